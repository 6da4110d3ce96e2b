"""Names of people, where the words around give them away, and given names that are no other word."""

import re
from collections.abc import Collection, Iterator
from enum import Enum
from typing import NamedTuple

from analysis.text.details import vocabulary
from analysis.text.details.detail import MASK, Detail, Span
from analysis.text.details.vocabulary import BEGINS, CAPITAL, WORD

MOST_WORDS = 3  # of one name


class Sure(Enum):
    """How plainly the words around say that a name stands here, and so what is taken for one."""

    DECLARED = "declared"  # any word that is not plain English, in small letters too
    LIKELY = "likely"  # such a word with a capital, or a given name
    FAINT = "faint"  # a given name


class Lead(NamedTuple):
    """Words that end where a name begins: one of ``hints`` must be in the text for them to be there at all."""

    sure: Sure
    pattern: re.Pattern[str]
    hints: tuple[str, ...] = ("",)


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


def _lead(sure: Sure, pattern: str, *hints: str) -> Lead:
    return Lead(sure, re.compile(pattern), hints or ("",))


_LEADS = (
    _lead(Sure.DECLARED, f"{BEGINS}{_TITLE}", "mr", "miss", "ms ", "ms.", "mx", "mister"),
    _lead(Sure.DECLARED, rf"{BEGINS}(?:dr|prof)\.?[^\S\n]{{1,2}}", "dr ", "dr.", "prof"),
    _lead(Sure.DECLARED, f"{BEGINS}(?:{_KIN}|{_ROLE}|someone|somebody|staff){_CALLED}", "called", "named", "name of"),
    _lead(Sure.DECLARED, f"{BEGINS}{_NAME_IS}", "name"),
    _lead(Sure.LIKELY, rf"{BEGINS}{vocabulary.either('roles_as_titles')}(?:(?<=dr|of|ev)\.)?[^\S\n]{{1,2}}"),
    _lead(Sure.LIKELY, f"{BEGINS}{_WHO}{_KIN}{_TO_NAME}"),
    _lead(Sure.LIKELY, f"{BEGINS}{_ROLE}{_AT_SCHOOL}{_TO_NAME}"),
    _lead(Sure.LIKELY, rf"{_SCHOOL}[^\S\n]?[,(][^\S\n]?", _SCHOOL),
    _lead(Sure.LIKELY, f"{BEGINS}{_SIGNED}"),
    _lead(Sure.LIKELY, rf"{BEGINS}(?:ask|asked|thank|(?:speak|spoke|spoken|talk|talked)(?: to| with)){_GAP}"),
    _lead(Sure.FAINT, rf"{BEGINS}(?:our|i am|i'm|im|this is|from|with|and){_GAP}"),
)

# Words that follow at once on a name.
_FAMILY = "mum|mom|mam|dad|mother|father|nan|nana|gran|grandma|grandad|carer|parents?|family"
_TRAIL = re.compile(
    rf"(?<=['’]s)[^\S\n](?:{_FAMILY})\b|(?<=[^\W\d_])(?:{_GAP}(?:was|were){_GAP}born\b"
    rf"|[^\S\n]?[,(]?[^\S\n]?(?:dob\b|d\.o\.b|date of birth)"
    rf"|{_GAP}(?:(?:is|was|goes|went|started|works|worked|teaches){_GAP})?(?:at|to|from){_GAP}{_SCHOOL}"
    rf"|[^\S\n]?[,(][^\S\n]?(?:(?:the|our|my|his|her|their){_GAP})?(?:class |new |old )?(?:{_ROLE}|{_KIN})\b"
    rf"|{_GAP}(?:is|was|were|has been){_GAP}(?:our|my|his|her|their){_GAP}(?:new |old |first )?(?:{_ROLE}|{_KIN})\b)"
)
_LAST_LINE = re.compile(rf"\n[^\S\n]*+[-–~]?[^\S\n]*+(?P<value>{CAPITAL}(?:[^\S\n]{CAPITAL}){{1,2}})[\s.!x]*+$")

_NEXT = re.compile(rf"(?P<word>{WORD})(?P<gap>\.?[^\S\n]?)")
_AND = re.compile(r"[^\S\n]?(?:,|and\b|&)[^\S\n](?:and[^\S\n])?", re.IGNORECASE)
_CAPITALS = re.compile(rf"{BEGINS}{CAPITAL}")
_WORDS = re.compile(rf"{BEGINS}{WORD}")
_PERSONAL_TITLE = re.compile(f"{BEGINS}{_TITLE}$")


def names(text: str) -> Iterator[Span]:
    """Names of people. Mr, Mrs and the like go with the name; Dr stays, since it tells who is spoken of."""
    low, perhaps = vocabulary.lowered(text), vocabulary.may_name_somebody(text)
    for lead in _LEADS:
        if (perhaps or lead.sure is Sure.DECLARED) and any(hint in low for hint in lead.hints):
            for found in lead.pattern.finditer(low):
                yield from _read_on(text, found, lead.sure)
    if perhaps:
        for found in _TRAIL.finditer(low):
            yield from _read_back(text, found.start())
        yield from _on_their_own(text)


def _on_their_own(text: str) -> Iterator[Span]:
    """Given names wherever they stand, and two or three words with capitals on the last line."""
    for found in _WORDS.finditer(text):
        if vocabulary.plainly_a_name(found[0]):
            yield from _named(text, found.start(), Sure.FAINT)
    for found in _LAST_LINE.finditer(text):
        if all(vocabulary.unknown(word) for word in re.findall(WORD, found["value"])):
            yield Span(Detail.NAME, *found.span("value"))


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


def _first(word: str, sure: Sure) -> bool:
    if vocabulary.plainly_a_name(word):
        return True
    known = vocabulary.bare(word)
    given = known in vocabulary.GIVEN_NAMES
    if sure is Sure.DECLARED and (given or len(known) == 1) and vocabulary.has_capital(word) and word != "I":
        return True
    if sure is Sure.FAINT or not vocabulary.unknown(word):
        return False
    if sure is Sure.DECLARED:
        return len(known) > 2 or (vocabulary.has_capital(word) and word != "I")
    return vocabulary.has_capital(word) and len(known) > 1 and (given or not vocabulary.shouted(word))


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
