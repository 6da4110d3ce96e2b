"""Names of people, where the words around give them away, and given names that are no other word."""

import re
from collections.abc import Collection, Iterator
from enum import StrEnum
from functools import lru_cache

from analysis.text.details import vocabulary
from analysis.text.details.detail import MASK, Detail, Span
from analysis.text.details.seen import Seen
from analysis.text.details.vocabulary import BEGINS, CAPITAL, UPPER, WORD

MOST_WORDS = 3  # of one name


class Sure(StrEnum):
    """How plainly the words around say that a name stands here, and so what is taken for one."""

    DECLARED = "declared"  # any word that is not plain English, in small letters too
    LIKELY = "likely"  # such a word with a capital, or a given name
    FAINT = "faint"  # a given name


# All patterns of context are for text in small letters.
_GAP = r"[^\S\n]{1,3}"
_KIN, _ROLE = vocabulary.either("kin"), vocabulary.either("roles")
_SCHOOL = MASK[Detail.SCHOOL]
_WHO = rf"(?:my|our|his|her|their|me|the|a|your|another){_GAP}(?:{vocabulary.either('described')}{_GAP}){{0,2}}"
_TO_NAME = rf"(?:[^\S\n]?,[^\S\n]?|[^\S\n]?[(:–-][^\S\n]?|{_GAP}(?:is|was){_GAP}|{_GAP})"
_CALLED = rf"(?:,|{_GAP}(?:is|was|who is|who was))?{_GAP}(?:called|named|name of|by the name of){_GAP}"
_AT_SCHOOL = rf"(?:{_GAP}(?:at|from|in|of){_GAP}{_SCHOOL}++)?"
_NAME_IS = (
    rf"(?:my|his|her|their|your|child'?s|son'?s|daughter'?s)(?:{_GAP}(?:full|first|real))?{_GAP}"
    rf"name(?:['’]s|{_GAP}is|{_GAP}was|:){_GAP}"
)
_SIGNED = (
    "(?:signed|(?:kind |best |warm )?(?:regards|wishes)|sincerely|faithfully|cheers|well done|shout ?out to"
    r"|(?:many )?thanks(?: to)?|thank you(?: to)?)[\s,:.–-]{1,4}"
)
_TITLE = rf"(?:{vocabulary.either('titles')})(?:(?<=m[rsx])\.|(?<=mrs)\.)?[^\S\n]{{1,2}}"


# Each with words of which one is in it.
_DECLARING = (
    (re.compile(f"{BEGINS}{_TITLE}"), frozenset(["mr", "mrs", "miss", "ms", "mx", "mister"])),
    (re.compile(rf"{BEGINS}(?:dr|prof)\.?[^\S\n]{{1,2}}"), frozenset(["dr", "prof"])),
    (re.compile(f"{BEGINS}{_NAME_IS}"), frozenset(["name"])),
)
# Who is said to be called something, looked for before where that is said.
_SAYS_CALLED = re.compile(rf"(?:called|named|name{_GAP}of){_GAP}")
_CALLED_WORDS = frozenset(["called", "named", "name"])
_SOMEBODY_CALLED = re.compile(rf"{BEGINS}(?:{_KIN}|{_ROLE}|someone|somebody|staff){_CALLED}\Z")
# What ends where a name begins: looked for before a word that may be one.
_LIKELY = re.compile(
    rf"(?:{BEGINS}(?:{vocabulary.either('roles_as_titles')}(?:(?<=dr|of|ev)\.)?[^\S\n]{{1,2}}|{_WHO}{_KIN}{_TO_NAME}"
    rf"|{_ROLE}{_AT_SCHOOL}{_TO_NAME}|{_SIGNED}"
    rf"|(?:ask|asked|thank|(?:speak|spoke|spoken|talk|talked)(?: to| with)){_GAP})|{_SCHOOL}[^\S\n]?[,(][^\S\n]?)\Z"
)
_FAINT = re.compile(rf"{BEGINS}(?:our|i am|i'm|im|this is|from|with|and){_GAP}\Z")
_REACH = 80  # characters before a word in which they are looked for

# Words that follow at once on a name.
_FAMILY = "mum|mom|mam|dad|mother|father|nan|nana|gran|grandma|grandad|carer|parents?|family"
_TRAIL = re.compile(
    rf"(?<=['’]s)[^\S\n](?:{_FAMILY})\b|(?<=[^\W\d_])(?=[\s,(d])(?:{_GAP}(?:was|were){_GAP}born\b"
    rf"|[^\S\n]?[,(]?[^\S\n]?(?:dob\b|d\.o\.b|date of birth)"
    rf"|{_GAP}(?:(?:is|was|goes|went|started|works|worked|teaches){_GAP})?(?:at|to|from){_GAP}{_SCHOOL}"
    rf"|[^\S\n]?[,(][^\S\n]?(?:(?:the|our|my|his|her|their){_GAP})?(?:class |new |old )?(?:{_ROLE}|{_KIN})\b"
    rf"|{_GAP}(?:is|was|were|has been){_GAP}(?:our|my|his|her|their){_GAP}(?:new |old |first )?(?:{_ROLE}|{_KIN})\b)"
)
_LAST_LINE = re.compile(rf"\n[^\S\n]*+[-–~]?[^\S\n]*+(?P<value>{CAPITAL}(?:[^\S\n]{CAPITAL}){{1,2}})[\s.!x]*+$")

_NEXT = re.compile(rf"(?P<word>{WORD})(?P<gap>\.?[^\S\n]?)")
_AND = re.compile(r"[^\S\n]?(?:,|and\b|&)[^\S\n](?:and[^\S\n])?", re.IGNORECASE)
_CAPITALS = re.compile(vocabulary.CAPITAL_WORD)
_CAPITALS_OR_AFTER_HYPHEN = re.compile(rf"[{UPPER}](?<![^\W_].)[^\W\d_]*+(?:['’-][^\W\d_]++){{0,3}}")  # "the TA-Maggie"
_WORDS = re.compile(rf"{BEGINS}{WORD}")
_PERSONAL_TITLE = re.compile(f"{BEGINS}{_TITLE}$")


def names(seen: Seen) -> Iterator[Span]:
    """Names of people. Mr, Mrs and the like go with the name; Dr stays, since it tells who is spoken of."""
    for lead, words in _DECLARING:
        for found in lead.finditer(seen.low) if not words.isdisjoint(seen.words) else ():
            yield from _read_on(seen.text, found, Sure.DECLARED)
    for called in _SAYS_CALLED.finditer(seen.low) if not _CALLED_WORDS.isdisjoint(seen.words) else ():
        if somebody := _SOMEBODY_CALLED.search(seen.low, max(0, called.start() - _REACH), called.end()):
            yield from _read_on(seen.text, somebody, Sure.DECLARED)
    if seen.may_name_somebody:
        yield from _not_declared(seen)
        for found in _LAST_LINE.finditer(seen.text) if "\n" in seen.text else ():
            if all(vocabulary.unknown(word) for word in re.findall(WORD, found["value"])):
                yield Span(Detail.NAME, *found.span("value"))


def _not_declared(seen: Seen) -> Iterator[Span]:
    """Names that only what stands before or after them gives away, and given names wherever they stand."""
    plain = seen.text.isascii() and seen.words.isdisjoint(vocabulary.FORENAMES)
    for word in (_CAPITALS_OR_AFTER_HYPHEN if plain else _WORDS).finditer(seen.text):
        if _likely(word[0]):
            for sure, lead in ((Sure.LIKELY, _LIKELY), (Sure.FAINT, _FAINT)):
                if before := lead.search(seen.low, max(0, word.start() - _REACH), word.start()):
                    yield from _read_on(seen.text, before, sure)
            if _TRAIL.match(seen.low, word.end()):
                yield from _read_back(seen.text, word.end())
            yield from _named(seen.text, word.start(), Sure.FAINT)


def again(text: str, known: Collection[str], kind: Detail) -> Iterator[Span]:
    """Every other place where one of these words, in small letters, stands with a capital."""
    for found in _CAPITALS.finditer(text) if known else ():
        word = vocabulary.without_possessive(found[0])
        if word.casefold() in known and not vocabulary.of_a_building(text, found.start(), found.end()):
            yield Span(kind, found.start(), found.start() + len(word))


def parts(name: str) -> set[str]:
    """The words of a name, in small letters, by which somebody may be called again."""
    words = {vocabulary.bare(word) for word in re.findall(WORD, name)}
    return {word for word in words if len(word) > 2 and vocabulary.unknown(word)}


def _read_on(text: str, found: re.Match[str], sure: Sure) -> Iterator[Span]:
    """The name that begins where these words end, and those that follow with "and" between them."""
    at, title = found.end(), _PERSONAL_TITLE.search(found[0])
    if title and title[0].casefold().startswith(("miss", "ms")) and not _with_capital(text, at):
        return  # "I miss him", "has MS and"
    for span in _named(text, at, sure):
        start = found.start() + title.start() if title and span.start == at else span.start
        yield span._replace(start=start)
        joined = _AND.match(text, span.end)
        if joined and sure is not Sure.DECLARED:
            yield from _named(text, joined.end(), Sure.LIKELY)


def _with_capital(text: str, at: int) -> bool:
    return text[at : at + 1].isupper()


def _named(text: str, at: int, sure: Sure) -> Iterator[Span]:
    """The name that begins here, if one does."""
    end, position = at, at
    for place in range(MOST_WORDS):
        found = _NEXT.match(text, position)
        if found is None or not (_first(found["word"], sure) if place == 0 else _further(found["word"], text[at:end])):
            break
        end = position + len(vocabulary.without_possessive(found["word"]))
        if end != found.end("word") or not found["gap"] or (found["gap"][0] == "." and end - position > 1):
            break
        position = found.end()
    if end > at and not vocabulary.of_a_building(text, at, end):
        yield Span(Detail.NAME, at, end)


@lru_cache(maxsize=vocabulary.REMEMBERED)
def _likely(word: str) -> bool:
    """Whether a name may begin with this word. Asked of every capital, and so remembered by the word alone."""
    return _first(word, Sure.LIKELY)


@lru_cache(maxsize=vocabulary.REMEMBERED)
def _first(word: str, sure: Sure) -> bool:
    """Whether a name may begin with this word, where it is so plain that one stands here."""
    if vocabulary.plainly_a_name(word):
        return True
    known = vocabulary.bare(word)
    given = known in vocabulary.GIVEN_NAMES
    if sure is Sure.DECLARED and (given or len(known) == 1) and vocabulary.has_capital(word) and word != "I":
        return True
    if sure is Sure.FAINT or (sure is Sure.LIKELY and not vocabulary.has_capital(word)) or not vocabulary.unknown(word):
        return False
    if sure is Sure.DECLARED:
        return len(known) > 2 or (vocabulary.has_capital(word) and word != "I")
    return len(known) > 1 and (given or not vocabulary.shouted(word))


def _further(word: str, so_far: str) -> bool:
    """Whether this word is still of the name: a surname, or an initial."""
    if not vocabulary.has_capital(word) or vocabulary.shouted(word) != vocabulary.shouted(so_far.split()[0]):
        return vocabulary.has_capital(word) and len(word) == 1 and word != "I"
    return vocabulary.unknown(word) and word != "I"


def _read_back(text: str, end: int) -> Iterator[Span]:
    """The name that ends here: the last of the words before that may be one."""
    start = None
    for word in vocabulary.words_before(text, end, MOST_WORDS):
        if not _first(word.written, Sure.LIKELY):
            if word.written.casefold() in ("at", "in", "near", "to"):
                return  # "at Oakfield, the head"
            break
        start = word.start
    if start is not None:
        yield Span(Detail.NAME, start, start + len(vocabulary.without_possessive(text[start:end])))
