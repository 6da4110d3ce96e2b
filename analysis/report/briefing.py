"""The briefing: two pages for a meeting. What does not fit is left to the full report, and said to be."""

from collections.abc import Iterator, Sequence
from typing import Final

from analysis.compare import Verdict
from analysis.phrases import counted, listed
from analysis.report import breaks, parts
from analysis.report.blocks import Bars, Block, Grid, Heading, Points, Saying, Words
from analysis.report.content import Finding, Sentence
from analysis.report.edition import Edition
from analysis.report.pdf import pages, pdf
from analysis.report.voices import LANGUAGES
from analysis.report.word import tall, word

PAGES: Final = 2
LETTERS_POINTS: Final = 10
"""How large its letters are, in points, as is every height and width below."""
HIGH: Final = 1545
"""What stands on two pages of Word, as heights are reckoned here: a little more than they are in LibreOffice."""
WIDE: Final = 487
"""How wide a line of Word is."""
QUOTED: Final = 3
SHORT: Final = 45
"""Words: a longer quotation is left to the full report."""
DECIDED: Final = 5
"""Actions that are told at most."""
EACH: Final = 8
"""Places and changes that are told at most."""


def on_paper(edition: Edition) -> bytes:
    """The briefing as PDF, with as many themes as two pages hold: it is set again until they do."""
    drafts = list(_drafts(edition))
    chosen = next((one for one in drafts if pages(one, edition.cover, points=LETTERS_POINTS) <= PAGES), drafts[-1])
    return pdf(chosen, edition.cover, points=LETTERS_POINTS)


def in_word(edition: Edition) -> bytes:
    """The briefing for Word, which alone knows how many pages it makes of it: so that is reckoned."""
    drafts = list(_drafts(edition))
    chosen = next((one for one in drafts if sum(map(_height, one)) <= HIGH), drafts[-1])
    return word(chosen, edition.cover, points=LETTERS_POINTS)


def _drafts(edition: Edition) -> Iterator[tuple[Block, ...]]:
    """The briefing with all its themes, and with one fewer each time."""
    for many in range(len(edition.content.findings), -1, -1):
        yield tuple(_told(edition, many))


def _told(edition: Edition, many: int) -> Iterator[Block]:
    content = edition.content
    told = content.findings[:many]
    yield Heading(1, edition.title)
    yield from parts.status(edition)
    yield Words(" · ".join(f"{what}: {said}" for what, said in parts.consultation(edition)), small=True)
    yield Heading(2, "In short")
    yield from parts.points(edition, _in_short(edition, many))
    yield Heading(2, "Main themes")
    drawn = parts.bars(content.findings if many else ())
    yield drawn or Words("The main themes are in the full report." if content.findings else parts.TOO_FEW)
    for found in told:
        yield Heading(3, found.label)
        yield from parts.points(edition, (*found.stances, *found.disagreement))
    if 0 < many < len(content.findings):
        more = counted(len(content.findings) - many, "more theme is", "more themes are")
        yield Words(f"{more} told in the full report.", small=True)
    yield from _gathered("Where it differs clearly", _where(told, edition))
    changes = [line for verdict, line in breaks.of_services(content) if verdict in {Verdict.BETTER, Verdict.WORSE}]
    changes += [f"{found.label}: {edition.said(one)}" for found in told for one in found.change]
    yield from _gathered("What has changed", changes)
    yield from _own_words(told)
    yield from _ending(edition, many)


def _in_short(edition: Edition, many: int) -> Sequence[Sentence]:
    """The opening; where little else fits, without its lists of themes."""
    opening = edition.content.opening
    return opening if many else [one for one in opening if not one.key.startswith("opening.said")]


def _where(told: Sequence[Finding], edition: Edition) -> list[str]:
    """Where a theme is raised clearly more or less often, with the ranges that the sentences leave out."""
    named = [(found.label, one) for found in told for one in found.where if one.key.endswith((".more", ".less"))]
    said = []
    for label, one in named:
        ranges = listed([f"{parts.place_of(figure, one)} {parts.spread(figure)}" for figure in one.figures])
        said.append(f"{label}: {edition.said(one)} Ranges: {ranges}.")
    return said


def _gathered(title: str, told: Sequence[str]) -> Iterator[Block]:
    if told:
        yield Heading(2, title)
        yield Points(tuple(told[:EACH]))
        if len(told) > EACH:
            yield Words(f"{len(told) - EACH} more are in the full report.", small=True)


def _own_words(told: Sequence[Finding]) -> Iterator[Block]:
    """A short quotation of each theme, under which its theme is named, as far as there are any."""
    short = [
        next((one for one in parts.quotes(found.quotes, found.label) if len(one.words.split()) <= SHORT), None)
        for found in told
    ]
    chosen = [one for one in short if one is not None][:QUOTED]
    if chosen:
        yield Heading(2, "In people’s own words")
        yield from chosen


def _ending(edition: Edition, many: int) -> Iterator[Block]:
    content = edition.content
    yield from _decided(edition)
    yield Heading(2, "Who this leaves out")
    sentences = content.coverage.sentences
    if content.coverage.table and many:
        yield from parts.points(edition, sentences)
    else:
        yield Words("See the full report." if content.coverage.table else parts.NOT_MEASURED)
        yield from parts.points(edition, [one for one in sentences if one.key == LANGUAGES])
    yield Heading(2, "Before you use this")
    yield Words(" ".join(content.limits[:2]), small=True)
    quoted = f"Quotations are drawn by a rule, beginning from {content.drawing.seed}, and never picked by hand."
    yield Words(f"{quoted} {' '.join(parts.versions(edition))} Methods: see the full report.", small=True)


def _decided(edition: Edition) -> Iterator[Block]:
    decided = edition.content.decided
    if decided:
        yield Heading(2, "What was decided and done")
        yield Points(tuple(parts.in_a_line(one, edition) for one in decided[:DECIDED]))
        more = f"{len(decided) - DECIDED} more are in the full report. " if len(decided) > DECIDED else ""
        yield Words(f"{more}{parts.ledger_dated(edition)}", small=True)


def _height(block: Block) -> float:
    """About how high a block is in Word."""
    match block:
        case Heading(level, text):
            return 7 + _wrapped(text, {1: 18, 2: 13}.get(level, 11))
        case Points(items):
            return sum(1 + _wrapped(item, LETTERS_POINTS, indent=36) for item in items)
        case Bars(_, _, rows):
            return 25 + tall(rows)
        case Grid(_, columns, rows, _, _):
            return 40 + sum(2 + max(_wrapped(cell, 9, among=len(columns)) for cell in row) for row in rows)
        case Saying(words, _, about):
            return 7 + _wrapped(words, LETTERS_POINTS, indent=20) + (11 if about else 0)
        case Words(text, small, _):
            return 3.5 + _wrapped(text, 9 if small else LETTERS_POINTS)


def _wrapped(text: str, points: int, *, indent: int = 0, among: int = 1) -> float:
    """How high some words in letters of that size are: a letter is about half as wide, a line a fifth higher."""
    return 1.22 * points * max(1, -(-len(text) * points * 0.45 // (WIDE / among - indent)))
