"""The inspection pack as a document: each outcome with its evidence, how that has changed, and what was done."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from enum import StrEnum
from typing import Final, NamedTuple

from analysis.inspection import Acted, Evidence, Pack, Section
from analysis.ledger import Felt, Why
from analysis.phrases import swing, unclear
from analysis.report.blocks import Block, Grid, Heading, Points, Words
from analysis.report.decided import STATES
from analysis.report.edition import Cover
from analysis.report.parts import MADE_UP
from analysis.report.pdf import PDF_FILE, pdf
from analysis.report.word import WORD_FILE, word
from survey.ledger import ActionState

LETTERS: Final = 10


class Offered(NamedTuple):
    """How a file is offered."""

    label: str
    mime: str


class PackFile(StrEnum):
    """One file that a pack can be had as."""

    WORD = "inspection.docx"
    PDF = "inspection.pdf"


OFFERED: Final = {
    PackFile.WORD: Offered("Inspection pack (Word)", WORD_FILE),
    PackFile.PDF: Offered("Inspection pack (PDF)", PDF_FILE),
}


def made(kind: PackFile, pack: Pack, *, owner: str, notes: tuple[str, ...], made_up: bool) -> bytes:
    """A file of a pack: the same pack gives the same bytes. notes say how its figures are to be read.

    Raises PrintingError for a PDF with a letter in it that no font has.
    """
    blocks = tuple(_blocks(pack, notes, made_up=made_up))
    dated = datetime.combine(pack.made, time(), UTC)
    cover = Cover(_title(pack), owner, f"Inspection pack of {pack.made:%-d %B %Y}.", dated)
    write = word if kind is PackFile.WORD else pdf
    return write(blocks, cover, points=LETTERS)


def tables(section: Section) -> tuple[Grid, ...]:
    """The evidence for an outcome and the actions for it, as they are read: on the page as in the files."""
    return (*_evidence(section), *_actions(section))


def _title(pack: Pack) -> str:
    return f"Inspection: {pack.title}"


def _blocks(pack: Pack, notes: tuple[str, ...], *, made_up: bool) -> Iterator[Block]:
    yield Heading(1, _title(pack))
    yield Words(f"Made on {pack.made:%-d %B %Y}. {pack.source}", small=True)
    if made_up:
        yield Words(MADE_UP)
    for section in pack.sections:
        yield Heading(2, section.label)
        yield from tables(section)
        if section.gaps:
            yield Points(section.gaps)
    yield Heading(2, "How to read this")
    yield Points(notes)


def _evidence(section: Section) -> Iterator[Grid]:
    if section.evidence:
        since = section.evidence[0].since
        rows = [(one.what, _figure(one), *([_change(one)] if since else [])) for one in section.evidence]
        columns = ("Evidence", "Share (likely range)", *([f"Since {since}"] if since else []))
        yield Grid("Evidence from families", columns, tuple(rows), len(columns))


def _actions(section: Section) -> Iterator[Grid]:
    if section.actions:
        rows = [
            (one.told, one.owner or "No owner yet", _due(one), STATES[one.state], _felt(one)) for one in section.actions
        ]
        columns = ("Action", "Owner", "Due", "State", "Felt by families")
        yield Grid("Actions", columns, tuple(rows), len(columns))


def _figure(one: Evidence) -> str:
    return str(one.figure) if one.figure else "Too few to show"


def _change(one: Evidence) -> str:
    change = one.change
    if change is None or change.felt is Felt.EARLY:
        return "–"
    if change.felt is Felt.OTHER_WORDS:
        return "Asked in other words, so not compared"
    if change.low is None or change.high is None:
        return "Too few to say"
    if change.felt is Felt.FELT:
        return f"Clearly better, {swing(change.low, change.high)}"
    if change.why is Why.WORSE:
        return f"Clearly worse, {swing(change.low, change.high)}"
    if change.why is Why.MIX:
        return "No clear change among children of the same age"
    word = "Too few to say" if change.felt is Felt.FEW else "No clear change"
    return f"{word}, {unclear(change.low, change.high)}"


def _due(one: Acted) -> str:
    return "–" if one.due is None else f"{one.due:%-d %B %Y}{' (overdue)' if one.overdue else ''}"


def _felt(one: Acted) -> str:
    return "–" if one.state is ActionState.REFUSED else one.since or f"{one.felt.capitalize()}."
