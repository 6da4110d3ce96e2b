"""A kind of personal detail, where one stands, and a comment with those found so far masked."""

import re
from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple


class Detail(StrEnum):
    """A kind of personal detail. In a redacted comment its value stands in square brackets: [phone]."""

    PHONE = "phone"
    EMAIL = "e-mail"
    WEB = "web address"
    POSTCODE = "postcode"
    ADDRESS = "address"
    NHS_NUMBER = "NHS number"
    NATIONAL_INSURANCE = "National Insurance number"
    BIRTH_DATE = "date of birth"
    CASE_NUMBER = "case number"
    NAME = "name"
    SCHOOL = "school"


class Span(NamedTuple):
    """Where in a comment a detail stands: from ``start`` up to ``end``, in characters."""

    kind: Detail
    start: int
    end: int


MASK = {detail: chr(0xE000 + number) for number, detail in enumerate(Detail)}
"""What fills the place of a detail that was found, so that it is found once and the others can lean on it."""

ANY_MASK = f"[{''.join(MASK.values())}]"
_FOREIGN = re.compile(ANY_MASK)
_PLACEHOLDER = re.compile(r"\[(" + "|".join(map(re.escape, Detail)) + r")\]")


def cover(text: str) -> str:
    """The text, as long as it was, with details masked that were redacted before: "[phone]"."""
    clear = _FOREIGN.sub("\ufffd", text)
    return _PLACEHOLDER.sub(lambda found: MASK[Detail(found[1])] * len(found[0]), clear) if "[" in clear else clear


def mask(text: str, spans: Iterable[Span]) -> str:
    """The text, as long as it was, with these details masked. They must be in order and apart."""
    pieces, at = [], 0
    for kind, start, end in spans:
        pieces += [text[at:start], MASK[kind] * (end - start)]
        at = end
    return "".join(pieces) + text[at:]


def apart(spans: Iterable[Span]) -> list[Span]:
    """The spans in order; where some overlap, one for all of them, of the kind of the first."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if merged and span.start < merged[-1].end:
            merged[-1] = merged[-1]._replace(end=max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def joined(spans: Iterable[Span], text: str) -> list[Span]:
    """The spans, which must be in order, with neighbouring names made one: a forename and its surname."""
    ordered = list(spans)
    result = ordered[:1]
    for before, span in pairwise(ordered):
        if before.kind is span.kind is Detail.NAME and text[before.end : span.start] == " ":
            result[-1] = result[-1]._replace(end=span.end)
        else:
            result.append(span)
    return result
