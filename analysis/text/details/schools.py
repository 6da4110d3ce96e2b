"""Names of schools, nurseries and colleges."""

import re
from collections.abc import Iterator

from analysis.text.details import vocabulary
from analysis.text.details.detail import MASK, Detail, Span
from analysis.text.details.vocabulary import BEGINS, CAPITAL, WORD

_LONGEST = 7  # words of a school's name before the one that says what it is

# Patterns of context are for text in small letters.
_HEAD = vocabulary.either("school_heads")
_KIND = rf"{_HEAD}(?:[^\S\n](?:and[^\S\n]|&[^\S\n])?(?:{_HEAD}|sixth form)){{0,3}}(?![^\W_]|['’-][^\W_])"
_ENDING = re.compile(f"{BEGINS}{_KIND}")
_SAINT = re.compile(
    rf"{BEGINS}(?:st|saint)\.?[^\S\n](?:{WORD}[^\S\n](?:and[^\S\n])?(?:{WORD}[^\S\n]){{0,2}}?{_KIND}|{WORD}(?<=['’]s))"
)
_IN_SMALL = re.compile(
    rf"{BEGINS}(?:at|from|to|attends|like|called|leaving|joined)[^\S\n](?P<value>(?P<word>{WORD})[^\S\n]{_KIND})"
)
_HINTS = ("school", "academy", "college", "primary", "high", "nurser", "infant", "junior", "grammar", "pre", "kinder", "play")

# Where no word says that it is a school, whoever is there may: "the head at Oakfield".
_CAPITALS = re.compile(rf"[^\S\n](?P<value>{CAPITAL}(?:[^\S\n]{CAPITAL}){{0,2}})")
_THERE = re.compile(
    rf"(?:{MASK[Detail.NAME]}|{BEGINS}(?:{vocabulary.either('roles')}|teachers|staff|team))"
    r"[^\S\n](?:(?:is|was|here|over)[^\S\n])?(?:at|from)(?![^\W_])"
    rf"|{BEGINS}(?:schools?|college|nursery)[^\S\n](?:(?:is|was)[^\S\n])?(?:like|called|named)(?![^\W_])"
    rf"|{BEGINS}(?:your|my|our|a)[^\S\n](?:child|children|kid|kids|son|daughter)[^\S\n]to(?![^\W_])"
    rf"|{BEGINS}(?:attends?|attended|attending)(?![^\W_])|{BEGINS}{WORD}[^\S\n](?:is|was)[^\S\n]at(?![^\W_])"
)


def schools(text: str) -> Iterator[Span]:
    """Oakfield School, St Mary's primary, Hagg Lane where the words say that it is a school."""
    low = vocabulary.lowered(text)
    if any(hint in low for hint in _HINTS):
        for found in _ENDING.finditer(low):
            start = _beginning(text, found.start())
            if start is not None:
                yield Span(Detail.SCHOOL, start, found.end())
        for found in _IN_SMALL.finditer(low):
            if _told_apart(text[slice(*found.span("word"))]):
                yield Span(Detail.SCHOOL, *found.span("value"))
    if "st " in low or "st." in low or "saint" in low:
        for found in _SAINT.finditer(low):
            if vocabulary.has_capital(text[found.start() :]) or _KIND_AT_END.search(found[0]):
                yield Span(Detail.SCHOOL, found.start(), found.end())
    if vocabulary.may_name_somebody(text):
        yield from _where_people_are(text, low)


_KIND_AT_END = re.compile(f"{_HEAD}$")


def _beginning(text: str, end: int) -> int | None:
    """Where the name begins of the school that is said to be one here, or None if it is a school like any other."""
    named = None
    for word in vocabulary.words_before(text, end, _LONGEST):
        capital = vocabulary.has_capital(word.written)
        if capital and _names_a_school(word.written, with_capital=vocabulary.has_capital(text[end:])):
            named = word.start
        elif named is not None and word.written.casefold() in ("of", "the", "and", "&"):
            continue
        elif not capital or vocabulary.shouted(word.written):
            break
    return named


def _names_a_school(word: str, *, with_capital: bool) -> bool:
    """Whether this word before "School", or "school", is one school's and not any school's."""
    known = vocabulary.bare(word.rstrip("."))
    if known in vocabulary.ANY_SCHOOL or (vocabulary.shouted(word) and len(known) < 5):
        return False
    if known in vocabulary.PLACES:
        return with_capital and known not in ("lancashire", "england", "britain", "uk")
    return vocabulary.unknown(word)


def _told_apart(word: str) -> bool:
    """Whether a word in small letters before "primary" can only be the school's name."""
    known = vocabulary.bare(word)
    return len(known) > 3 and vocabulary.unknown(word) and known not in vocabulary.ANY_SCHOOL


def _where_people_are(text: str, low: str) -> Iterator[Span]:
    for there in _THERE.finditer(low):
        found = _CAPITALS.match(text, there.end())
        end = None
        for word in re.finditer(WORD, found["value"]) if found else ():
            if vocabulary.shouted(word[0]) or not _names_a_school(word[0], with_capital=False):
                break
            end = word.start() + len(vocabulary.without_possessive(word[0]))
        if found and end is not None:
            yield Span(Detail.SCHOOL, found.start("value"), found.start("value") + end)
