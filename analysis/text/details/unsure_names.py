"""The wider net: words that may be somebody's name though little around them says so. For a person to decide on.

What is caught here is hidden like any name until somebody has looked, so it may be wrong now and then.
"""

import re
from collections.abc import Iterator
from functools import cache

from analysis.text import lines, tongues
from analysis.text.details import vocabulary
from analysis.text.details.detail import MASK, Detail, Span
from analysis.text.details.seen import Seen
from analysis.text.details.vocabulary import BEGINS, UPPER, WORD

_GAP = r"[^\S\n]{1,2}"
_KIN, _ROLE = vocabulary.either("kin"), vocabulary.either("roles")
_THEIR = rf"(?:my|our|his|her|their|the|a){_GAP}(?:{vocabulary.either('described')}{_GAP}){{0,2}}"
_AND_THEIR = rf"(?:{_GAP}and{_GAP}(?:my|our|his|her|their){_GAP}{_KIN})?"
_SMALL = r"(?P<value>[^\W\d_]{3,15})(?![^\W_]|['’-](?!s\b))"

# For the text as it is written.
_CAPITALS = re.compile(vocabulary.CAPITAL_WORD)
_TITLED = re.compile(
    rf"{BEGINS}(?:(?P<personal>[Mm]rs?|[Mm]s|[Mm]iss|[Mm]x|MRS?|[Mm]ister|Mst)"
    rf"|[Dd]r|[Pp]rof|[Ff]ather|[Pp]astor|[Ii]mam|[Ss]heikh|Fr)\.?{_GAP}(?P<value>[A-Z]{WORD}(?:{_GAP}[A-Z][a-z]{WORD})?)"
)
_SHOUTED = re.compile(rf"{BEGINS}(?P<value>[A-Z]{{4,12}})(?={_GAP}(?:IS|WAS|HAS|NEEDS|HAD|CANNOT|CAN'T|WILL)\b)")
_BEGINNING = re.compile(r"(?:^|[.!?:;•\n\"“(–-])[\s\"'“‘(•*-]*$")
_SURNAME = re.compile(rf"{MASK[Detail.NAME]}[^\S\n]$")
_THE_ROLE = re.compile(rf",?{_GAP}the{_GAP}(?:\w+{_GAP})?(?:{_ROLE}|{_KIN})\b")
# What follows on a person at the beginning of a sentence, where any word has a capital.
_DOES = re.compile(
    rf"['’]s\b|,|{_GAP}(?:and|&){_GAP}(?:[{UPPER}]|(?:her|his|their|my|our)\b)|{_GAP}[{UPPER}][a-z]"
    rf"|{_GAP}(?:{vocabulary.either('does')}|[a-z]{{2,12}}(?:ed|[^s]s))\b"
)

# For the text in small letters.
_TITLE_WORDS = frozenset(
    ["mr", "mrs", "miss", "ms", "mx", "mst", "mister", "dr", "prof", "father", "pastor", "imam", "sheikh", "fr"]
)
_AFTER_KIN = re.compile(rf"{BEGINS}{_THEIR}{_KIN}{_AND_THEIR},?{_GAP}{_SMALL}")
_AFTER_ROLE = re.compile(rf"{BEGINS}(?:my|our|his|her|the){_GAP}{_ROLE}{_GAP}{_SMALL}")
_ASKED = re.compile(
    rf"{BEGINS}(?:ask(?:ed)?(?:{_GAP}for)?|sp(?:oke|eak|oken){_GAP}(?:to|with)){_GAP}{_SMALL}"
    rf"(?={_GAP}(?:in|at|on|from|who)\b|,{_GAP}s?he\b)"
)
# What such a word stands after ends in one of these, with one space between two words.
_SPOKE = tuple(f"{speak} {to}" for speak in ("spoke", "speak", "spoken") for to in ("to", "with"))
_ENDS = (*{*re.findall(r"([a-z]+|1:1)[|)]", f"{_KIN}|{_ROLE}"), "ask", "asked", "ask for", "asked for"}, *_SPOKE)
_NEAR = 30  # characters before a word
_SAID_OF_SOMEBODY = re.compile(
    rf"(?:['’]s)?(?:[,.]|$|,?{_GAP}(?:is|was|has|had|who|and|needs|loves|goes|got|hits|can['’]?t|won['’]?t)\b)|['’]s\b"
)

_NO_NAME_ENDS_SO = re.compile(
    r"(?:ing|[^ei]ed|ly|ness|ful|less|tions?|ments?|able|ible|ous|ally|ical|ised|ized|ies|isms?|ists?|ships?|ology|ity|ure"
    r"|ance|ence|n't|nt)$"
)
_NO_CHILD_IS_CALLED_SO = re.compile(r"(?:s|ed|ing|ly|nt|n't|ful|ive|tic|ble|ous)$")
_TITLES = frozenset(
    re.findall("[a-z]{2,}", f"{vocabulary.either('titles')} {vocabulary.either('roles_as_titles')} drs")
)


@cache
def _plain() -> frozenset[str]:
    """Words beyond the common ones that name nobody: of the lines written for this project, and of other languages."""
    return (lines.vocabulary() | tongues.ALL) - vocabulary.GIVEN_NAMES


@cache
def _everyday() -> frozenset[str]:
    """Words that are never a child's name, even in small letters after "my son"."""
    return (_plain() | vocabulary.COMMON) - vocabulary.GIVEN_NAMES


def unsure_names(seen: Seen) -> Iterator[Span]:
    """Words with a capital that we do not know; any after a title; after kin and roles, those in small letters too."""
    text = seen.text
    for found in () if seen.words.isdisjoint(_TITLE_WORDS) else _TITLED.finditer(text):
        if not vocabulary.of_a_building(text, *found.span("value")):
            yield Span(Detail.NAME, found.start("personal" if found["personal"] else "value"), found.end())
    strange = (word for word in seen.words - _everyday() if len(word) > 2)
    if any(_follows_somebody(seen.low, word) for word in strange):
        yield from _in_small_letters(text, seen.low)
    if MASK[Detail.NAME] in text or seen.has_strange_capital:
        yield from _with_capitals(text)
    if text.isupper():
        for found in _SHOUTED.finditer(text):
            if _child_may_be_called(found["value"]):
                yield Span(Detail.NAME, *found.span("value"))


def _with_capitals(text: str) -> Iterator[Span]:
    for found in _CAPITALS.finditer(text):
        word, start = found[0], found.start()
        end = start + len(vocabulary.without_possessive(word))
        if _may_be_a_name(text, word, start, end) and not vocabulary.of_a_building(text, start, end):
            yield Span(Detail.NAME, start, end)


def _may_be_a_name(text: str, word: str, start: int, end: int) -> bool:
    known = vocabulary.bare(word)
    if len(known) < 2 or word[:2].isupper() or known in _TITLES:
        return False
    if _SURNAME.search(text, max(0, start - 2), start):
        return vocabulary.may_be_a_surname(known)
    begins = _BEGINNING.search(text, max(0, start - 12), start) is not None
    if known in vocabulary.IN_CONTEXT:
        return (not begins and known not in vocabulary.AS_OFTEN_A_WORD) or _THE_ROLE.match(text, end) is not None
    if begins and not _DOES.match(text, end) and not _THE_ROLE.match(text, end):
        return False
    return _is_strange(word) and (known in vocabulary.GIVEN_NAMES or not _NO_NAME_ENDS_SO.search(known))


def _is_strange(word: str) -> bool:
    return vocabulary.unknown(word) and vocabulary.bare(word) not in _plain()


def _follows_somebody(low: str, word: str) -> bool:
    """Whether it may stand where somebody's name does after kin and roles. Quick: few words do."""
    at = low.find(word)
    while at > 0:
        if " ".join(low[max(0, at - _NEAR) : at].split()).removesuffix(",").endswith(_ENDS):
            return True
        at = low.find(word, at + 1)
    return False


def _in_small_letters(text: str, low: str) -> Iterator[Span]:
    for pattern in (_AFTER_KIN, _AFTER_ROLE, _ASKED):
        for found in pattern.finditer(low):
            start, end = found.span("value")
            of_kin = pattern is _AFTER_KIN and found["value"] in vocabulary.GIVEN_NAMES
            if _child_may_be_called(text[start:end]) or (of_kin and _SAID_OF_SOMEBODY.match(low, end)):
                yield Span(Detail.NAME, start, end)


def _child_may_be_called(word: str) -> bool:
    known = vocabulary.bare(word)
    return _is_strange(word) and known not in vocabulary.IN_CONTEXT and not _NO_CHILD_IS_CALLED_SO.search(known)
