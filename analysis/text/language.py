"""Which language a comment is in, as far as that decides whether the models may read it.

Models here read English. What is not English is kept for a person, and never scored blind.
"""

import re
import unicodedata
from collections import Counter

from analysis.text import lines, words

ENGLISH = "en"
OTHER = "other"  # some language that is not English
UNKNOWN = "unknown"  # no words to tell by: only marks, numbers or emoji

_SCRIPTS = {
    "ARABIC": "ur",  # in Lancashire; what is plainly Arabic is told apart below
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "BENGALI": "bn",
    "DEVANAGARI": "hi",
}
_URDU_LETTERS = re.compile("[ٹڈڑںےہھگچپکی]")
_POLISH_LETTERS = re.compile("[ąćęłńśźż]", re.IGNORECASE)
_ROMANIAN_LETTERS = re.compile("[ăâîșşțţ]", re.IGNORECASE)
_LETTERS_LOOKED_AT = 2_000
_WORDS_LOOKED_AT = 400
_PLAINLY_ENGLISH = 0.25  # English prose is about half small words
_ENOUGH_WORDS = 4
_FEW_KNOWN = 0.25  # even a list of nouns in English has more words we know than this
_ENGLISH_ENDING = re.compile(r"(?:ings?|ed|ly|ness|ful|less|tions?|ments?|ists?|ers?|ies|ity|ous|ial|ics?)$")
_PLAIN_LETTER = re.compile("[A-Za-z]")


def of(text: str) -> str:
    """The language of a comment: "en", "ur", "pl", "ro", "gu", "bn", "pa", "hi", "ur-Latn" (Urdu in Latin letters) …

    "other" is some language that is not English, "unknown" has no words to tell by. A comment in two languages has
    that of most of its small words. Short English without a small word ("Speech therapy!") counts as English.
    """
    scripts = _scripts(text[:_LETTERS_LOOKED_AT])
    if scripts.total() < 2:
        return UNKNOWN
    script = scripts.most_common(1)[0][0]
    return _by_small_words(text) if script == "LATIN" else _by_script(script, text)


def is_english(text: str) -> bool:
    """Whether the models may read this comment."""
    return of(text) == ENGLISH


def _scripts(text: str) -> Counter[str]:
    """How many letters of each script there are."""
    scripts = Counter({"LATIN": len(_PLAIN_LETTER.findall(text))})
    if not text.isascii():
        marks = (mark for mark in text if not mark.isascii() and mark.isalpha())
        scripts.update(unicodedata.name(mark, "UNKNOWN ").split(" ", 1)[0] for mark in marks)
    return scripts


def _by_script(script: str, text: str) -> str:
    if script == "ARABIC":
        return "ur" if _URDU_LETTERS.search(text) else "ar"
    return _SCRIPTS.get(script, OTHER)


def _by_small_words(text: str) -> str:
    said = set(words.split(text)[:_WORDS_LOOKED_AT])
    english = len(said & words.FUNCTION_WORDS[ENGLISH])
    if english > _PLAINLY_ENGLISH * len(said):
        return ENGLISH
    hits = {language: len(said & small) for language, small in words.FUNCTION_WORDS.items() if language != ENGLISH}
    foreign, most = max(hits.items(), key=lambda hit: hit[1])
    if most >= 2 and most > english:
        return foreign
    if english < 2 and (lettered := _by_letters(text)):
        return lettered
    return ENGLISH if english or _sounds_english(said) else OTHER


def _sounds_english(said: set[str]) -> bool:
    """Whether enough of the words are known, or end as English words do. A word or two may be a name: let it pass."""
    known = sum(word in lines.vocabulary() or _ENGLISH_ENDING.search(word) is not None for word in said)
    return len(said) < _ENOUGH_WORDS or known >= _FEW_KNOWN * len(said)


def _by_letters(text: str) -> str:
    if _POLISH_LETTERS.search(text):
        return "pl"
    return "ro" if _ROMANIAN_LETTERS.search(text) else ""
