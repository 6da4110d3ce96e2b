"""Names of schools, nurseries and colleges."""

import re
from collections.abc import Iterator

from analysis.text.details import vocabulary
from analysis.text.details.detail import MASK, Detail, Span
from analysis.text.details.seen import Seen
from analysis.text.details.vocabulary import BEGINS, CAPITAL, WORD

_LONGEST = 7  # words of a school's name before the one that says what it is

# Patterns of context are for text in small letters.
_HEAD = vocabulary.either("school_heads")
_KIND = rf"{_HEAD}(?:[^\S\n](?:and[^\S\n]|&[^\S\n])?(?:{_HEAD}|sixth form)){{0,3}}(?![^\W_]|['’-][^\W_])"
_ENDING = re.compile(f"{BEGINS}{_KIND}")
_SAINT = re.compile(
    rf"{BEGINS}(?:st|saint)\.?[^\S\n](?:{WORD}[^\S\n](?:and[^\S\n])?(?:{WORD}[^\S\n]){{0,2}}?{_KIND}|{WORD}(?<=['’]s))"
)
_SACRED = re.compile(
    rf"{BEGINS}(?:our lady|sacred heart|all saints|christ the king|holy[^\S\n]{WORD}|blessed[^\S\n]{WORD})(?:['’]?s)?"
    rf"[^\S\n](?:(?:and|of)[^\S\n])?(?:{WORD}[^\S\n]){{0,4}}?{_KIND}"
)
_SACRED_SIGN = re.compile("our lady|sacred|all saints|christ|holy|blessed")
# What stands before "primary" in "at oakfield primary", and in "oakfield primary were rubbish".
_IN_SMALL = re.compile(
    rf"(?:{BEGINS}(?:at|from|to|attends|like|called|leaving|joined)[^\S\n]|(?P<first>^|[.!?;\n])[^\S\n]*)"
    rf"(?P<word>{WORD})[^\S\n]\Z"
)
_DID = re.compile(
    r"[^\S\n](?:is|are|was|were|has|have|had|do|does|did|don|said|say|let|never|needs?|won|refused|excluded)\b"
)
_SORTS = frozenset({"special", "secondary", "community", "catholic", "specialist"})  # in small letters, before "school"
_BEFORE = frozenset(
    {"sir", "lady", "little", "great", "royal", "north", "south", "east", "west", "upper", "lower", "happy"}
)
_SET_OFF = re.compile(
    r"(?:school|academy|college|nursery|preschool)[^\S\n]?[,(][^\S\n]?"
    rf"(?P<value>{CAPITAL}(?:[^\S\n]{CAPITAL}){{0,3}})(?=[,)])"
)
_HEADS = vocabulary.either("school_heads")
_HEAD_WORDS = frozenset(re.findall("[a-z]+", f"{_HEADS.replace('s?', '')} {_HEADS.replace('s?', 's')}"))

_TITLES = frozenset(re.findall("[a-z]{2,}", f"{vocabulary.either('titles')} {vocabulary.either('roles_as_titles')}"))
_KIND_AT_END = re.compile(f"{_HEAD}$")

# Where no word says that it is a school, whoever is there may: "the head at Oakfield".
_THERE = re.compile(rf"{BEGINS}(?:at|from|like|called|named|to|attend(?:s|ed|ing)?)(?=[^\S\n])")
_CAPITALS = re.compile(rf"[^\S\n](?P<value>{CAPITAL}(?:[^\S\n]{CAPITAL}){{0,2}})")
_WHO_IS_THERE = {
    "at": rf"(?:{MASK[Detail.NAME]}|{BEGINS}(?:{vocabulary.either('roles')}|teachers|staff|team))"
    rf"(?:[^\S\n](?:is|was|here|over))?|{BEGINS}{WORD}[^\S\n](?:is|was)",
    "like": rf"{BEGINS}(?:schools?|college|nursery)(?:[^\S\n](?:is|was))?",
    "to": rf"{BEGINS}(?:your|my|our|a)[^\S\n](?:child|children|kid|kids|son|daughter)",
}
_WHO_IS_THERE |= {"from": _WHO_IS_THERE["at"], "called": _WHO_IS_THERE["like"], "named": _WHO_IS_THERE["like"]}
_WHO = {word: re.compile(rf"(?:{pattern})[^\S\n]$") for word, pattern in _WHO_IS_THERE.items()}
_NEAR = 60  # characters before "at" in which somebody is looked for


def schools(seen: Seen) -> Iterator[Span]:
    """Oakfield School, St Mary's primary, Hagg Lane where the words say that it is a school."""
    if not seen.words.isdisjoint(_HEAD_WORDS):
        yield from _said_to_be_one(seen.text, seen.low)
        yield from _set_off(seen.text)
    if "st" in seen.words or "saint" in seen.words:
        for found in _SAINT.finditer(seen.low):
            if vocabulary.has_capital(seen.text[found.start() : found.end()]) or _KIND_AT_END.search(found[0]):
                yield Span(Detail.SCHOOL, found.start(), found.end())
    if seen.may_name_somebody:
        yield from _where_people_are(seen.text, seen.low)


def _said_to_be_one(text: str, low: str) -> Iterator[Span]:
    endings = [found.span() for found in _ENDING.finditer(low) if not _is_any(text, found.start())]
    for first, end in endings:
        for start in (_beginning(text, first), _beginning_in_small(text, low, first, end)):
            if start is not None:
                yield Span(Detail.SCHOOL, start, end)
    for found in _SACRED.finditer(low) if _SACRED_SIGN.search(low) else ():
        yield Span(Detail.SCHOOL, found.start(), found.end())


def _is_any(text: str, start: int) -> bool:
    """Whether the word before "school" says that it is a school like any other. Quick: most are."""
    before = text[max(0, start - _NEAR) : start].split()
    plain = before and before[-1] in vocabulary.COMMON and before[-1] not in _SORTS
    return bool(plain) and not text[start : start + 2].isupper()


def _beginning_in_small(text: str, low: str, end: int, said: int) -> int | None:
    """Where the name begins that one word alone, in small letters or not, gives a school, or None."""
    found = _IN_SMALL.search(low, max(0, end - _NEAR), end)
    if found is None or (found["first"] is not None and not _DID.match(low, said)):
        return None
    return found.start("word") if _told_apart(text[slice(*found.span("word"))]) else None


def _set_off(text: str) -> Iterator[Span]:
    """Names between commas, or in brackets, after the word school: "our school, Astley Park, is full"."""
    for found in _SET_OFF.finditer(text):
        words = found["value"].split()
        told = [
            vocabulary.unknown(word) or (len(words) > 1 and vocabulary.bare(word) in vocabulary.PLACES)
            for word in words
        ]
        if any(told) and vocabulary.bare(words[0]) not in _TITLES:
            yield Span(Detail.SCHOOL, *found.span("value"))


def called_for_short(name: str) -> str | None:
    """The word, in small letters, by which a school may be called again: oakfield for Oakfield School."""
    first = re.match(WORD, name)
    if first is None or not vocabulary.has_capital(name) or len(first[0]) < 5 or not _told_apart(first[0]):
        return None
    return vocabulary.bare(first[0])


def _beginning(text: str, end: int) -> int | None:
    """Where the name begins of the school that is said to be one here, or None if it is a school like any other."""
    named, head, in_a_street = None, text[end : end + 2], False
    for word in vocabulary.words_before(text, end, _LONGEST):
        known = vocabulary.bare(word.written)
        if _names_a_school(word.written, head) or (in_a_street and known in vocabulary.PLACES):
            named = word.start
        elif named is None and known in vocabulary.BUILDINGS and vocabulary.has_capital(word.written):
            in_a_street = True
        elif named is not None and known in _BEFORE and vocabulary.has_capital(word.written):
            named = word.start
        elif word.written in _SORTS if named is None else known in ("of", "the", "and", "&"):
            continue
        elif not _may_be_part(word.written, head) or _ENDING.fullmatch(known):
            break
    return named


def _names_a_school(word: str, head: str) -> bool:
    """Whether this word before "School", or "school", is one school's and not any school's."""
    known = vocabulary.bare(word.rstrip("."))
    short = vocabulary.shouted(word) and len(known) < (4 if head.isupper() else 5)
    if not vocabulary.has_capital(word) or known in vocabulary.ANY_SCHOOL or short:
        return False
    if known in vocabulary.PLACES:
        return head[:1].isupper() and known not in ("lancashire", "england", "britain", "uk")
    return vocabulary.unknown(word)


def _may_be_part(word: str, head: str) -> bool:
    """Whether a plain word may stand inside a name, as in Thornsett Bank College; hardly any where all is shouted."""
    if head.isupper():
        return vocabulary.bare(word) in vocabulary.BUILDINGS
    return vocabulary.has_capital(word) and not vocabulary.shouted(word)


def _told_apart(word: str) -> bool:
    """Whether a word in small letters before "primary" can only be the school's name."""
    known = vocabulary.bare(word)
    return len(known) > 3 and vocabulary.unknown(word) and known not in vocabulary.ANY_SCHOOL


def _where_people_are(text: str, low: str) -> Iterator[Span]:
    for there in _THERE.finditer(low):
        found = _CAPITALS.match(text, there.end())
        who = _WHO.get(there[0])
        if found and (who is None or who.search(low, max(0, there.start() - _NEAR), there.start())):
            end = _end_of_school(found)
            if end and not vocabulary.of_a_building(text, found.start("value"), end, small=True):
                yield Span(Detail.SCHOOL, found.start("value"), end)


def _end_of_school(found: re.Match[str]) -> int | None:
    """Where the school's name ends that these words begin with, or None if they do not."""
    end = None
    for word in re.finditer(WORD, found["value"]):
        if vocabulary.shouted(word[0]) or not _names_a_school(word[0], ""):
            break
        end = found.start("value") + word.start() + len(vocabulary.without_possessive(word[0]))
    return end
