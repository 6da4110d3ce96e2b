"""What a comment says, without the personal details that can be found in it."""

from collections.abc import Iterable
from typing import NamedTuple

from analysis.text.details import names
from analysis.text.details.addresses import emails, houses, postcodes, web_addresses
from analysis.text.details.detail import Detail, Span, apart, cover, joined, mask
from analysis.text.details.numbers import birth_dates, case_numbers, insurance_numbers, nhs_numbers
from analysis.text.details.phones import phones, phones_spelt, phones_to_ring
from analysis.text.details.schools import called_for_short, schools
from analysis.text.details.seen import Seen
from analysis.text.details.unsure_names import unsure_names

__all__ = ["SUGGESTED", "Detail", "Redacted", "Span", "redact", "rest"]

SUGGESTED = frozenset({Detail.NAME, Detail.SCHOOL})
"""Kinds that the words around only suggest: hidden until a person has looked. All others are certain enough."""

# Every search and the digits that a comment must have for it to find anything.
_SEARCHES = (
    (emails, 0), (web_addresses, 0), (nhs_numbers, 10), (phones, 6), (phones_to_ring, 6), (phones_spelt, 0),
    (insurance_numbers, 6), (case_numbers, 3), (birth_dates, 1), (postcodes, 1), (houses, 1), (schools, 0),
    (names.names, 0),
)  # fmt: skip


class Redacted(NamedTuple):
    """A comment with what was found replaced, and where it was found in the comment as given, in order."""

    text: str
    found: tuple[Span, ...]


def redact(text: str) -> Redacted:
    """The comment with a word in square brackets wherever a personal detail was found: [phone], [name], [school].

    Gives it back unchanged where nothing was found; redacting it again changes nothing. Hidden characters split what
    they stand in, so give it a comment that ``analysis.text.clean.safe`` has seen.

    This does not make a comment anonymous. A name that nothing around it gives away stays in, and so does what tells
    who somebody is without naming them. Let a person read it before anybody outside sees it.
    """
    seen, found = Seen(cover(text)), list[Span]()
    known: dict[Detail, set[str]] = {Detail.NAME: set(), Detail.SCHOOL: set()}
    while more := _looked_through(seen, known) or apart(unsure_names(seen)):
        found = joined(sorted([*found, *more], key=lambda span: span.start), text)
        seen = Seen(mask(seen.text, found))
    return Redacted(_filled(text, ((f"[{span.kind}]", span) for span in found)), tuple(found))


def rest(text: str, found: Iterable[Span]) -> str:
    """The comment with nothing in the place of what was found in it: all that may count for anything."""
    return _filled(text, ((" ", span) for span in found))


def _looked_through(seen: Seen, known: dict[Detail, set[str]]) -> list[Span]:
    """What is found in the text as it is masked so far. One thing leads to another, hence again until nothing is.

    ``known``, by what people and schools who were found may be called again, is added to.
    """
    found: list[Span] = []
    original = covered = seen.text
    for search, least in _SEARCHES:
        if seen.digits >= least and (these := list(search(seen))):
            found += (more := apart(these))
            covered = mask(covered, more)
            seen = Seen(covered)
    for kind, start, end in found:
        if kind is Detail.NAME:
            known[kind] |= names.parts(original[start:end])
        elif kind is Detail.SCHOOL and (short := called_for_short(original[start:end])):
            known[kind].add(short)
    for kind, words in known.items():
        if words and (more := apart(names.again(covered, words, kind))):
            found += more
            covered = mask(covered, more)
    return sorted(found, key=lambda span: span.start)


def _filled(text: str, found: Iterable[tuple[str, Span]]) -> str:
    pieces, at = [], 0
    for filling, (_, start, end) in found:
        pieces += [text[at:start], filling]
        at = end
    return "".join(pieces) + text[at:]
