"""Which language a comment is in, and whether it goes over into a second one.

Models here read English. What is not English is kept for a person, and never scored blind. A comment that is nearly all
English is read, and marked as going over into another language.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from analysis.text import lines, words
from analysis.text.details import vocabulary
from analysis.text.tongues import WORDS

ENGLISH = "en"
OTHER = "other"  # some language that is not English
UNKNOWN = "unknown"  # no words to tell by: only marks, numbers or emoji

_SMALL = WORDS[ENGLISH]
_TOLD_IN_ARABIC = ("ur", "pa-Arab")
_TELLING = {
    language: listed - _SMALL - vocabulary.COMMON - lines.vocabulary()
    for language, listed in WORDS.items()
    if language not in (ENGLISH, *_TOLD_IN_ARABIC)
}
"""By language in Latin letters, the words that are not English too."""
_ALL_TELLING = frozenset().union(*_TELLING.values())
_SCRIPTS = {"GUJARATI": "gu", "GURMUKHI": "pa", "BENGALI": "bn", "DEVANAGARI": "hi"}
_URDU_LETTERS = re.compile("[ٹڈڑںےہھگچپکی]")
_LETTERED = {"pl": re.compile("[ąćęłńśźż]"), "ro": re.compile("[ăâîșşțţ]")}

_LETTERS_LOOKED_AT = 2_000
_WORDS_LOOKED_AT = 400
_A_GOOD_PART = 0.3  # of the words: from here on the comment is for a person who knows the language
_PLAINLY_ENGLISH = 0.25  # English prose is about half small words
_ENOUGH_WORDS = 4
_FEW_KNOWN = 0.25  # even a list of nouns in English has more words we know than this
_APART = 2  # words: further from one another they are no phrase
_ENGLISH_ENDING = re.compile(r"(?:ings?|ed|ly|ness|ful|less|tions?|ments?|ists?|ers?|ies|ity|ous|ial|ics?)$")
_PLAIN_LETTER = re.compile("[A-Za-z]")
_TWO_LETTERS = re.compile("[A-Za-z][^A-Za-z]*[A-Za-z]")


class Spoken(NamedTuple):
    """What a comment is written in.

    ``language`` is "en", "pl", "ro", "ur", "pa-Arab", "pa", "gu", "bn", "hi", "ur-Latn" and "pa-Latn" (Urdu and
    Panjabi in Latin letters) …, "other" for some language that is not English, or "unknown" where there are no words
    to tell by. ``second`` is the language that it goes over into, "" where it stays in one.
    """

    language: str
    second: str = ""


class _Weighed(NamedTuple):
    """One language that words were found of: how many different ones, their share of all, whether they are a phrase."""

    language: str
    found: int
    share: float
    together: bool


def look(text: str) -> Spoken:
    """What a comment is written in. ``text`` is as ``clean.plain`` gives it.

    Where three words in ten or more are of another language, that is its language, however much English is around
    them. Short English without a small word ("Speech therapy!") counts as English.
    """
    if text.isascii():
        if not _TWO_LETTERS.search(text[:_LETTERS_LOOKED_AT]):
            return Spoken(UNKNOWN)
        return _in_latin_letters(words.split(text)[:_WORDS_LOOKED_AT])
    scripts = _scripts(text[:_LETTERS_LOOKED_AT])
    if scripts.total() < 2:
        return Spoken(UNKNOWN)
    foreign = {script: count for script, count in scripts.items() if script != "LATIN"}
    if not foreign:
        return _in_latin_letters(words.split(text)[:_WORDS_LOOKED_AT])
    return _in_two_scripts(max(foreign, key=foreign.__getitem__), text)


def of(text: str) -> str:
    """The language of a comment: that of ``look``."""
    return look(text).language


def is_english(text: str) -> bool:
    """Whether the models may read this comment."""
    return of(text) == ENGLISH


def _scripts(text: str) -> Counter[str]:
    """How many letters of each script there are. Latin letters with marks are Latin."""
    scripts = Counter({"LATIN": len(_PLAIN_LETTER.findall(text))})
    marks = (mark for mark in text if not mark.isascii() and mark.isalpha())
    scripts.update(unicodedata.name(mark, "UNKNOWN ").split(" ", 1)[0] for mark in marks)
    return scripts


def _in_two_scripts(script: str, text: str) -> Spoken:
    """Of a comment with other letters than Latin ones in it."""
    said = words.split(text)[:_WORDS_LOOKED_AT]
    latin = [word for word in said if _PLAIN_LETTER.search(word)]
    language = _by_script(script, text)
    if len(said) - len(latin) >= _A_GOOD_PART * len(said):
        return Spoken(language, ENGLISH if len(_SMALL.intersection(latin)) > 1 else "")
    return Spoken(_in_latin_letters(latin).language, language)


def _by_script(script: str, text: str) -> str:
    if script == "ARABIC":
        said = set(words.split(text))
        of_each = {language: len(said & WORDS[language]) for language in _TOLD_IN_ARABIC}
        if any(of_each.values()):
            return max(of_each, key=of_each.__getitem__)
        return "ur" if _URDU_LETTERS.search(text) else "ar"
    return _SCRIPTS.get(script, OTHER)


def _in_latin_letters(listed: Sequence[str]) -> Spoken:
    said = [word for word in listed if not word.isdigit()]
    different = set(said)
    if different.isdisjoint(_ALL_TELLING) and all(map(str.isascii, different)):
        return Spoken(ENGLISH if _sounds_english(different) else OTHER)
    weighed = max((_weighed(language, said) for language in _TELLING), key=lambda one: (one.found, one.share))
    small = len(different & _SMALL)
    if _is_spoken(weighed, different, small):
        return Spoken(weighed.language, ENGLISH if small > 1 else "")
    if not weighed.together and not _sounds_english(different):
        return Spoken(OTHER)
    return Spoken(ENGLISH, weighed.language if weighed.together else "")


def _weighed(language: str, said: Sequence[str]) -> _Weighed:
    telling, letters = _TELLING[language], _LETTERED.get(language)
    places = [place for place, word in enumerate(said) if word in telling or (letters and letters.search(word))]
    together = any(after - before <= _APART and said[before] != said[after] for before, after in pairwise(places))
    return _Weighed(language, len({said[place] for place in places}), len(places) / max(len(said), 1), together)


def _is_spoken(weighed: _Weighed, different: set[str], small: int) -> bool:
    """Whether enough is of that language. A single word is only where nothing beside it is English."""
    if weighed.found > 1:
        return weighed.share >= _A_GOOD_PART
    return weighed.found == 1 and small == 0 and weighed.share >= 1 / 2 and not _knows_any(different)


def _knows_any(different: set[str]) -> bool:
    return any(word in vocabulary.COMMON or word in lines.vocabulary() for word in different)


def _sounds_english(different: set[str]) -> bool:
    """Whether enough of the words are known, or end as English words do. A word or two may be a name: let it pass."""
    if len(different & _SMALL) > _PLAINLY_ENGLISH * len(different) or len(different) < _ENOUGH_WORDS:
        return True
    known = sum(
        word in vocabulary.COMMON or word in lines.vocabulary() or _ENGLISH_ENDING.search(word) is not None
        for word in different
    )
    return known >= _FEW_KNOWN * len(different)
