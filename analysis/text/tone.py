"""The tone of single words: how good or bad a word sounds in a comment about a public service.

The base is the lexicon of VADER, whose words were rated by people for social media. There "crisis" and "special" have
a tone; about special needs they are the subject, not a verdict. tone_words.csv says which words are only subjects (tone
0) and adds those of services ("fobbed", "punctual") with their tone, from -3 (worst) to 3 (best). It has phrases too,
in which a word has no tone that it has elsewhere: "as well", "that kind of wait", "a great deal".

Source: Hutto and Gilbert (2014), VADER: a parsimonious rule-based model for sentiment analysis of social media text.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from vaderSentiment.vaderSentiment import BOOSTER_DICT, NEGATE, SentimentIntensityAnalyzer

_HERE = Path(__file__).parent
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?(?:-[a-z]+)*|[,.;:!?]")
_BREAKS = frozenset(",.;:!?")

_ALSO_TURNING = {"no", "nobody", "hardly", "barely", "scarcely", "nowt", "noone", "lack", "lacked"}
_TURNING = (_ALSO_TURNING | set(NEGATE)) - {
    "nothing",  # as often praise ("nothing but") as not: the cues tell
    "despite",
    "without",  # turns the next word only
}
_REACH = 5  # words over which "not" turns what follows
# "No the service was excellent" says no to a question, and turns nothing.
_AFTER_AN_ANSWER = frozenset([
    "the", "they", "it", "i", "we", "you", "he", "she", "everything", "everyone", "all", "this", "that", "my", "our",
    "staff",
])  # fmt: skip
_TURNED_GOOD, _TURNED_BAD = -0.7, -0.5  # "not good" is rather bad; "not bad" is only a little good


class Tone(NamedTuple):
    """How much good and how much bad is in a text: sums of the tones of its words, both zero or more."""

    good: float
    bad: float


class _Phrase(NamedTuple):
    """The words of a phrase, and how many of them stand before the one it is kept by."""

    words: tuple[str, ...]
    before: int


def of(text: str) -> Tone:
    """The good and the bad in a text of small letters, with "not" and "very" taken into account."""
    tones, phrases = _tones(), _phrases()
    said = _TOKEN.findall(text)
    found = [
        _in_place(said, place, tone)
        for place, word in enumerate(said)
        if (tone := tones.get(word)) and not (word in phrases and _is_of_any(phrases[word], said, place))
    ]
    return Tone(sum(tone for tone in found if tone > 0), -sum(tone for tone in found if tone < 0))


def rated() -> frozenset[str]:
    """The words that somebody has rated, subjects included."""
    return frozenset(_tones()) | frozenset(_ours())


def _is_of_any(phrases: Sequence[_Phrase], said: Sequence[str], place: int) -> bool:
    """Whether the word in this place belongs to one of these phrases of it."""
    return any(
        tuple(said[max(0, place - before) : place - before + len(phrase)]) == phrase for phrase, before in phrases
    )


def _in_place(said: list[str], place: int, tone: float) -> float:
    turned = False
    for distance in range(min(_REACH, place), 0, -1):
        word = said[place - distance]
        if word in _BREAKS:
            turned = False
        elif _turns(word, distance) and not (word == "no" and said[place - distance + 1] in _AFTER_AN_ANSWER):
            turned = True
        elif distance <= 2 and (more := BOOSTER_DICT.get(word)):
            tone += more if tone > 0 else -more
    if not turned:
        return tone
    return tone * (_TURNED_GOOD if tone > 0 else _TURNED_BAD)


def _turns(word: str, distance: int) -> bool:
    return word in _TURNING or word.endswith("n't") or (word == "without" and distance == 1)


@cache
def _tones() -> dict[str, float]:
    ours = _ours()
    base = {word: tone for word, tone in SentimentIntensityAnalyzer().lexicon.items() if word not in ours}
    return base | {word: tone for word, tone in ours.items() if tone}


@cache
def _phrases() -> dict[str, list[_Phrase]]:
    """By word with a tone, the phrases in which it has none."""
    tones, found = _tones(), defaultdict[str, list[_Phrase]](list)
    for phrase in (tuple(written.split()) for written in _ours() if " " in written):
        for before, word in enumerate(phrase):
            if word in tones:
                found[word].append(_Phrase(phrase, before))
    return dict(found)


@cache
def _ours() -> dict[str, float]:
    with (_HERE / "tone_words.csv").open(encoding="utf-8", newline="") as file:
        return {row["word"]: float(row["tone"]) for row in csv.DictReader(file)}
