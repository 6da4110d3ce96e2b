"""Which language a comment is in, and whether it goes over into a second one.

Models here read English. What is not English is kept for a person, and never scored blind. A comment that is nearly all
English is read, and marked as going over into another language.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

from analysis.text import foreign, lines, words
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
_ENGLISH = _SMALL | vocabulary.COMMON | lines.vocabulary() | vocabulary.NAMES_OF_THINGS
_ALL_TELLING = frozenset().union(*_TELLING.values())
_SCRIPTS = {"GUJARATI": "gu", "GURMUKHI": "pa", "BENGALI": "bn", "DEVANAGARI": "hi"}
_URDU_LETTERS = re.compile("[ٹڈڑںےہھگچپکی]")
_LETTERED = {"pl": re.compile("[ąćęłńśźż]"), "ro": re.compile("[ăâîșşțţ]")}

_LETTERS_LOOKED_AT = 2_000
_WORDS_LOOKED_AT = 400
_A_GOOD_PART = 0.3  # of the words: from here on the comment is for a person who knows the language
_MOST_KNOWN = 0.7  # of the words: no line in another language has so many that are English too
_ENOUGH_WORDS = 4
_FOREIGN, _PLAINLY_FOREIGN = (
    4.0,
    12.0,
)  # leads over English (see ``foreign.lead``): of four words and more, and of fewer
_APART = 2  # words: further from one another they are no phrase
_ENGLISH_ENDING = re.compile(r"(?:ings?|ed|ly|ness|ful|less|tions?|ments?|ists?|ers?|ies|ity|ous|ial|ics?)$")
_FORM = re.compile("(?:s|es|d|ed|ing|in|ly|er)$")
_CAPITALS = re.compile(r"[^\W\d_a-z][\w'’]*")
_TWO_STRANGE = bytes([False, False])
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
        return _in_latin_letters(words.split(text)[:_WORDS_LOOKED_AT], text)
    scripts = _scripts(text[:_LETTERS_LOOKED_AT])
    if scripts.total() < 2:
        return Spoken(UNKNOWN)
    foreign = {script: count for script, count in scripts.items() if script != "LATIN"}
    if not foreign:
        return _in_latin_letters(words.split(text)[:_WORDS_LOOKED_AT], text)
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
    return Spoken(_in_latin_letters(latin, text).language, language)


def _by_script(script: str, text: str) -> str:
    if script == "ARABIC":
        said = set(words.split(text))
        of_each = {language: len(said & WORDS[language]) for language in _TOLD_IN_ARABIC}
        if any(of_each.values()):
            return max(of_each, key=of_each.__getitem__)
        return "ur" if _URDU_LETTERS.search(text) else "ar"
    return _SCRIPTS.get(script, OTHER)


def _in_latin_letters(listed: Sequence[str], text: str) -> Spoken:
    said = [word for word in listed if not word.isdigit()]
    different = set(said)
    if different.isdisjoint(_ALL_TELLING) and all(map(str.isascii, different)):
        if all(map(_is_known, different)) and not different.isdisjoint(_SMALL):
            return Spoken(ENGLISH)  # as most comments are: nothing is left to ask
        language = _by_itself(said)
        return Spoken(language, _goes_over(text, said) if language == ENGLISH else "")
    weighed = max((_weighed(language, said) for language in _TELLING), key=lambda one: (one.found, one.share))
    small = len(different & _SMALL)
    if _is_spoken(weighed, different, small):
        return Spoken(weighed.language, ENGLISH if small > 1 else "")
    language = _by_itself(said)
    if language != ENGLISH:
        return Spoken(language)
    return Spoken(ENGLISH, weighed.language if weighed.together else _goes_over(text, said))


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
    return any(word in _ENGLISH for word in different)


def _by_itself(said: Sequence[str]) -> str:
    """Whether words that no list of ours tells are English, of some other language, or too few to tell.

    Most of the words of any English are known here, and then that is all. Else the letters are asked: of a few words
    only where they are plain, so that "ur rubbish" is read. One to three words of which none is English tell nothing.
    """
    different = {word for word in said if word not in vocabulary.GIVEN_NAMES or word in _ENGLISH}
    known = sum(map(_is_known, different))
    if known and known >= _MOST_KNOWN * len(different):
        return ENGLISH
    few = len(different) < _ENOUGH_WORDS
    lead = foreign.lead(" ".join(said))
    if lead > (_PLAINLY_FOREIGN if few else _FOREIGN):
        return OTHER
    if few and not known and not any(map(_ENGLISH_ENDING.search, different)):
        return UNKNOWN
    return ENGLISH


@lru_cache(maxsize=50_000)
def _is_known(word: str) -> bool:
    """Whether it is a word of the English that parents write here, or a form of one."""
    plain = word.removesuffix("'s").replace("'", "")
    if plain in _ENGLISH:
        return True
    stem = _FORM.sub("", plain)
    return stem != plain and (stem in _ENGLISH or f"{stem}e" in _ENGLISH)


def _goes_over(text: str, said: Sequence[str]) -> str:
    """OTHER where words in a row are no English and no names, and look like another language; else ""."""
    if _TWO_STRANGE not in bytes(map(_is_known, said)):
        return ""
    capitals = {word.lower() for word in _CAPITALS.findall(text)}
    for strange, run in groupby(said, lambda word: not (_is_known(word) or word in capitals or word.isdigit())):
        if strange:
            apart = [word for word in run if word not in vocabulary.GIVEN_NAMES]
            if len(apart) > 1 and foreign.lead(" ".join(apart)) > _PLAINLY_FOREIGN:
                return OTHER
    return ""
