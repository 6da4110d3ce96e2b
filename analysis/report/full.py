"""The full report: everything, with the figures behind each sentence at its end."""

from collections.abc import Iterator
from itertools import chain

from analysis.report import parts
from analysis.report.blocks import Block, Grid, Heading, Points, Words
from analysis.report.content import Finding
from analysis.report.edition import Edition


def full(edition: Edition) -> tuple[Block, ...]:
    """All that a report says, from its title to where each number comes from."""
    sections = (
        _front(edition),
        _who(edition),
        _themes(edition),
        _decided(edition),
        _left_out(edition),
        _drawing(edition),
        _tables(edition),
        _made(edition),
        _behind(edition),
    )
    return tuple(chain.from_iterable(sections))


def _front(edition: Edition) -> Iterator[Block]:
    yield Heading(1, edition.title)
    yield from parts.status(edition)
    yield Heading(2, "In short")
    yield from parts.points(edition, edition.content.opening, numbered=True)
    yield Words(edition.content.limits[0])
    yield Heading(2, "The consultation")
    told = (*parts.consultation(edition), *parts.asked(edition))
    yield Grid("What was asked, by whom and when", ("What", "Details"), told, 2)


def _who(edition: Edition) -> Iterator[Block]:
    yield Heading(2, "Who answered")
    for table in edition.content.profile:
        yield parts.grid(table)


def _themes(edition: Edition) -> Iterator[Block]:
    content = edition.content
    yield Heading(2, "Main themes")
    drawn = parts.bars(content.findings)
    if drawn is None:
        yield Words(parts.TOO_FEW)
        return
    yield drawn
    for found in content.findings:
        yield from _finding(found, edition)
    if content.beside:
        yield Heading(2, "Also said")
        yield Words("Drawn from all comments, for what the main themes leave out.", leads=True)
        yield from parts.quotes(content.beside)


def _finding(found: Finding, edition: Edition) -> Iterator[Block]:
    yield Heading(3, found.label)
    if found.description:
        yield Words(found.description, small=True, leads=True)
    yield from parts.points(edition, found.sentences, numbered=True)
    told = tuple(parts.quotes(found.quotes))
    yield from told or (Words(parts.NOBODY_QUOTED, small=True),)


def _decided(edition: Edition) -> Iterator[Block]:
    decided = edition.content.decided
    if decided is not None:
        yield Heading(2, "What was decided and done")
        yield Words(parts.ledger_dated(edition) if decided else parts.NOTHING_DECIDED, leads=bool(decided))
        yield from parts.decided(edition)


def _left_out(edition: Edition) -> Iterator[Block]:
    coverage = edition.content.coverage
    yield Heading(2, "Who this leaves out")
    yield from parts.points(edition, coverage.sentences, numbered=True)
    yield parts.grid(coverage.table) if coverage.table else Words(parts.NOT_MEASURED)


def _drawing(edition: Edition) -> Iterator[Block]:
    yield Heading(2, "How quotations were chosen")
    yield Words(edition.content.drawing.rule)
    yield Words(parts.seed(edition))


def _tables(edition: Edition) -> Iterator[Block]:
    yield Heading(2, "Tables")
    for table in edition.content.tables:
        yield parts.grid(table)


def _made(edition: Edition) -> Iterator[Block]:
    rule = edition.content.drawing.rule
    yield Heading(2, "How this was made")
    yield Points(tuple(step for step in edition.content.methods if step != rule))
    if edition.content.here:
        yield Heading(3, "What that came to here")
        yield Points(edition.content.here)
    if edition.content.wrong:
        yield Heading(3, "What the program gets wrong")
        yield Points(edition.content.wrong)
    yield Heading(3, "From what it was made")
    yield Points(parts.versions(edition))
    yield Heading(2, "What this cannot tell")
    yield Points(edition.content.limits)


def _behind(edition: Edition) -> Iterator[Block]:
    """Each figure under the number of its sentence, with the letter under which it is said how it was worked out."""
    numbers = edition.numbers
    ways: dict[str, str] = {}
    rows = []
    for sentence in edition.sentences:
        for figure in sentence.figures:
            way = ways.setdefault(figure.formula, _letters(len(ways)))
            counted = parts.counts(figure, sentence, edition).removeprefix(f"{edition.content.details.wave}, ")
            told = (format(figure), parts.of(figure), parts.spread(figure), counted)
            rows.append((f"[{numbers[sentence.key]}]", *told, way))
    yield Heading(2, "Where each number comes from")
    where = f"Where no wave is named, they are of {edition.content.details.wave}."
    yield Words(f"The number in square brackets behind a sentence leads to its figures here. {where}", leads=True)
    columns = ("Sentence", "Figure", "Of", "Range", "Counted", "How")
    yield Grid("Figures behind each sentence", columns, tuple(rows), len(columns))
    yield Heading(3, "How figures are worked out")
    yield Points(tuple(f"{way}: {formula}" for formula, way in ways.items()))


def _letters(place: int) -> str:
    """A, B … Z, AA, AB …"""
    return (_letters(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)
