"""The parts that a briefing, a full report and slides have in common."""

from collections.abc import Iterator, Sequence
from typing import Final

from analysis.phrases import between, counted, listed, number, percent, swing
from analysis.report import cells
from analysis.report.blocks import Bar, Bars, Block, Grid, Heading, Points, Saying, Words
from analysis.report.content import Decided, Details, Figure, Filters, Finding, Quote, Sentence, Table, Unit
from analysis.report.edition import Edition
from survey.local_days import day_of, last_day_before

MADE_UP: Final = "This is a demonstration. The families, answers and comments are made up."
NOBODY_QUOTED: Final = "Nobody who raised this may be quoted, or has agreed to be quoted."
TOO_FEW: Final = "Too few comments have been read to say what the main themes are."
NOTHING_DECIDED: Final = "Nothing has been decided in the ledger yet."
TRANSLATED: Final = "Put into English by a person."
NOT_MEASURED: Final = "This has not been measured: comments were still being compared in meaning."
STANCES: Final = {
    "criticism": "only criticise it",
    "praise": "only praise it",
    "both": "praise and criticise it",
    "request": "ask for something",
}
BEHIND: Final = {
    "read": "comments that have been read",
    "waiting": "comments that are still to be read",
    "foreign": "comments in other languages",
}


def status(edition: Edition) -> Iterator[Block]:
    """What it is, who signed it off, and what is not in it any more."""
    yield Words(f"{edition.content.details.consultation}: {edition.content.details.wave}. {edition.status}", small=True)
    if edition.content.details.demonstration:
        yield Words(MADE_UP)
    if edition.gone:
        yield Words(f"{counted(edition.gone, 'quotation is', 'quotations are')} not shown any more.", small=True)


def consultation(edition: Edition) -> list[tuple[str, str]]:
    """Of what, by whom and when people were asked, and how many answered: what it is, and what that was."""
    of = edition.content.details
    told = [
        ("Consultation", of.consultation),
        ("Kind", of.kind.capitalize()),
        ("Asked by", of.owner),
        ("Wave", of.wave),
        ("Open", f"{day_of(of.opens_at):%-d %B %Y} to {last_day_before(of.closes_at):%-d %B %Y}"),
    ]
    told += [("Answered", format(figure)) for figure in _opening(edition, "answered")]
    told += [("Wrote something that has been read", format(figure)) for figure in _opening(edition, "wrote")]
    told += [("Wave before", of.before)] if of.before else []
    told += [("Decision due", f"{of.decision_date:%-d %B %Y}")] if of.decision_date else []
    return told


def asked(edition: Edition) -> list[tuple[str, str]]:
    """The questions that what is told here answers: by which services were rated, and in people's own words."""
    of = edition.content.details
    told = [("Asked of each service", f"“{of.rating}”")] if of.rating else []
    own = [("Asked in people’s own words", " ".join(f"“{question}”" for question in of.own_words))]
    return told + (own if of.own_words else [])


def _opening(edition: Edition, name: str) -> list[Figure]:
    return [figure for one in edition.content.opening for figure in one.figures if figure.name == name]


def points(edition: Edition, sentences: Sequence[Sentence], *, numbered: bool = False) -> Iterator[Block]:
    """Sentences as a list, each with the number under which its figures are listed, if they are."""
    numbers = edition.numbers if numbered else {}
    items = [_line(one, edition, numbers) for one in sentences]
    if items:
        yield Points(tuple(items))


def quotes(told: Sequence[Quote], theme: str = "") -> Iterator[Saying]:
    """Quotations whose words are still there, with their tone, and the theme they are of where nothing else says it."""
    for one in told:
        if one.words:
            about = " ".join(part for part in (f"{theme}." if theme else "", one.read_as) if part)
            yield Saying(one.words, one.is_translated, about)


def said_aloud(one: Saying) -> str:
    """A quotation in a line, marked where a person put it into English."""
    about = " ".join(part for part in (one.about, TRANSLATED if one.translated else "") if part)
    return f"“{one.words}”{f' ({about})' if about else ''}"


def bars(findings: Sequence[Finding]) -> Bars | None:
    """How many raised each of the main themes, as a picture with its words; None where nothing can be said."""
    rows = tuple(_bar(found.label, found.how_many.figures[0]) for found in findings)
    if not rows:
        return None
    said = listed([f"{row.label}, {row.said}" for row in rows])
    title = "How many of those who commented raised each theme"
    return Bars(title, f"{title}. The lines show the range for chance alone. {said}.", rows)


def _bar(label: str, figure: Figure) -> Bar:
    low, high = float(figure.low or 0), float(figure.high or 0)
    return Bar(label, figure.number, low, high, f"{figure} of {figure:base} ({percent(low)} to {percent(high)})")


def grid(table: Table) -> Grid:
    """A table of the report with its cells as they are read."""
    columns, rows = cells.read(table)
    return Grid(table.title, columns, rows, min(cells.names(table), len(columns)), table.note)


def decided(edition: Edition) -> Iterator[Block]:
    """Every action as the ledger told of it on that day, each under what it is about."""
    numbers = edition.numbers
    for one in edition.content.decided or ():
        yield Heading(3, one.about)
        yield Words(f"{one.state}: {one.told}", leads=True)
        yield Points(tuple(_line(line, edition, numbers) for line in one.lines))


def _line(line: str | Sentence, edition: Edition, numbers: dict[str, int]) -> str:
    if isinstance(line, str):
        return line
    return f"{edition.said(line)} [{numbers[line.key]}]" if line.key in numbers else edition.said(line)


def ledger_dated(edition: Edition) -> str:
    """On which day the ledger stood so."""
    return f"As the ledger stood on {edition.dated:%-d %B %Y}. That a share moved does not prove what moved it."


def in_a_line(one: Decided, edition: Edition) -> str:
    """An action with what came of it, for where there is little room."""
    state = "; ".join(part for part in (one.state.lower(), one.owner) if part)
    ending = edition.said(one.since) if one.since else f"Why not: {one.because}"
    return f"{one.about}: {one.told.rstrip('.')} ({state}). {ending}"


def versions(edition: Edition) -> tuple[str, ...]:
    """Everything that has to be the same for the same report to come out."""
    made = edition.content.versions
    return (
        f"Answers: up to change {made.change:,}.",
        f"Themes: coding frame {made.frame}, after act {made.act if made.act is not None else 'none'}.",
        f"Program: {made.code}.",
        f"Comments read by: {', '.join(made.readers) or 'nobody'}.",
        f"Chance: begins from {made.seed}.",
    )


def of(figure: Figure) -> str:
    """The base of a figure, "–" where it has none."""
    return format(figure, "base") if figure.base is not None else "–"


def spread(figure: Figure) -> str:
    """The range of a figure, "–" where it has none."""
    if figure.low is None or figure.high is None:
        return "–"
    ends = figure.low, figure.high
    return swing(*ends) if figure.unit is Unit.DIFFERENCE else between(*ends)


def with_base(figure: Figure) -> str:
    """A figure with its base and its range: "32% of about 410, between 28% and 37%"."""
    told = [f"{figure} of {figure:base}" if figure.base is not None else format(figure)]
    told += [spread(figure)] if figure.low is not None else []
    return ", ".join(told)


def counts(figure: Figure, sentence: Sentence, edition: Edition) -> str:
    """What a figure counts, in words."""
    details, filters = edition.content.details, figure.filters
    told = [wave_of(filters, details)]
    told += [BEHIND[filters.behind]] if filters.behind else []
    told += [f"theme “{label}”" for label in [theme_of(filters, edition)] if label]
    told += [STANCES[filters.stance]] if filters.stance else []
    told += [f"in {place}" for place in [place_of(figure, sentence)] if place]
    return ", ".join(told)


def wave_of(filters: Filters, details: Details) -> str:
    """The title of the wave, or of the waves, that a figure is of."""
    known = details.wave if filters.wave in {"", details.wave_code} else details.before or filters.wave
    return filters.waves or known


def theme_of(filters: Filters, edition: Edition) -> str:
    """What the theme of a figure is called, "" where it is of none."""
    labels = {one.theme: one.about for one in edition.content.decided or () if one.theme}
    labels |= {found.theme: found.label for found in edition.content.findings}
    return labels.get(filters.theme, filters.theme)


def place_of(figure: Figure, sentence: Sentence) -> str:
    """What the district of a figure is called in its sentence, "" where it is of all."""
    if not figure.filters.district:
        return ""
    return dict(sentence.names).get(f"p{figure.name.removeprefix('d')}", figure.filters.district)


def seed(edition: Edition) -> str:
    """From which number chance began when quotations were drawn."""
    told = f"Chance begins from the number {edition.content.drawing.seed}."
    return f"{told} The same comments and the same number give the same quotations."


def amount(value: float | None) -> str:
    """A number of people as it is read, "–" where there is none."""
    return "–" if value is None else number(value)
