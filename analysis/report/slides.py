"""PowerPoint slides: charts that can be changed, and under each slide the base and range of every figure on it."""

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from io import BytesIO
from typing import Final

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Emu, Pt

from analysis.phrases import listed
from analysis.report import breaks, native_chart, parts
from analysis.report.blocks import Grid, from_the_right, tongue
from analysis.report.content import Finding, Sentence
from analysis.report.edition import Edition
from analysis.report.native_chart import Box, Stack
from analysis.report.settled import settled
from survey.languages import LANGUAGES
from survey.written import safe

WIDE: Final = Emu(12_192_000)
HIGH: Final = Emu(6_858_000)
BODY: Final = Box(609_600, 1_500_000, 10_972_800, 4_900_000)
ROOM: Final = 900
"""Letters that fit on a slide."""
ROWS: Final = 14
"""Rows of a table that fit on a slide."""
ROW: Final = 280_000
"""How high one is, in the units of office programs, as is how wide a letter in it is."""
LETTER: Final = 100_000
TITLE: Final = 360_000
"""How high what stands above a table is, how far apart two tables are, and how narrow one may be with its title."""
BESIDE: Final = 300_000
NARROWEST: Final = 2_400_000
HEAD: Final = "E7ECEE"
WAYS: Final = ("Criticise only", "Praise and criticise", "Praise only", "Neither")
FRONT, WITH_TEXT, WITH_CHART = 0, 1, 5
"""Which of a presentation's own layouts."""


def slides(edition: Edition) -> bytes:
    """A presentation: in short, the themes, each by itself, who answered, whom it leaves out, how it was made."""
    deck = Presentation()
    _widened(deck)
    _front(deck, edition)
    _text(deck, "In short", _said(edition, edition.content.opening), _bases(edition, edition.content.opening))
    _themes(deck, edition)
    _services(deck, edition)
    _answered(deck, edition)
    _after(deck, edition)
    properties = deck.core_properties
    properties.title, properties.author = safe(edition.title), safe(edition.content.details.owner)
    properties.last_modified_by, properties.language = properties.author, "en-GB"
    properties.subject = safe(edition.status)
    properties.created = properties.modified = edition.dated.replace(tzinfo=None)
    made = BytesIO()
    deck.save(made)
    return settled(made.getvalue(), edition.dated)


def _widened(deck: Deck) -> None:
    """The library's slides are for screens of another time: widen them and all that stands on their layouts."""
    times = WIDE / deck.slide_width
    deck.slide_width, deck.slide_height = WIDE, HIGH
    for holder in (deck.slide_master, *deck.slide_layouts):
        for shape in holder.placeholders:
            if shape._element.xfrm is not None or holder is deck.slide_master:
                shape.left, shape.width = Emu(round(shape.left * times)), Emu(round(shape.width * times))


def _front(deck: Deck, edition: Edition) -> None:
    details = edition.content.details
    slide = _slide(deck, FRONT, edition.title)
    told = [f"{details.consultation}: {details.wave}", edition.status]
    told += [parts.MADE_UP] if details.demonstration else []
    _filled(slide.placeholders[1].text_frame, told, 20)
    notes = [f"{what}: {said}" for what, said in (*parts.consultation(edition), *parts.asked(edition))]
    _noted(slide, notes)


def _themes(deck: Deck, edition: Edition) -> None:
    findings = edition.content.findings
    drawn = parts.bars(findings)
    if drawn is None:
        _text(deck, "Main themes", [parts.TOO_FEW], [])
        return
    slide = _slide(deck, WITH_CHART, "How many raised each theme")
    native_chart.bars(slide, drawn, BODY)
    _noted(slide, [drawn.alt, *_bases(edition, [found.how_many for found in findings])])
    if stood := _stances(edition):
        slide = _slide(deck, WITH_CHART, "What people do about each theme")
        native_chart.stack(slide, stood, BODY)
        _noted(slide, [stood.alt, *_bases(edition, [one for found in findings for one in found.stances])])
    for found in findings:
        _finding(deck, found, edition)
    if beside := [parts.said_aloud(one) for one in parts.quotes(edition.content.beside)]:
        _text(deck, "Also said, beside the main themes", beside, [edition.content.drawing.rule, parts.seed(edition)])


def _finding(deck: Deck, found: Finding, edition: Edition) -> None:
    _text(deck, found.label, _said(edition, found.sentences), _bases(edition, found.sentences))
    told = [parts.said_aloud(one) for one in parts.quotes(found.quotes)] or [parts.NOBODY_QUOTED]
    _text(deck, f"In people’s own words: {found.label}", told, [edition.content.drawing.rule, parts.seed(edition)])


def _stances(edition: Edition) -> Stack | None:
    """Of those who raise each main theme, how many criticise only, do both, praise only and do neither."""
    labels = [found.label for found in edition.content.findings]
    (table,) = (one for one in edition.content.tables if one.key == "stances")
    share = table.columns.index("Share")
    of = {(str(row[0]), str(row[1])): row[share] for row in table.rows}
    shares = {way: tuple(_share(of.get((label, way))) for label in labels) for way in WAYS}
    if not any(value is not None for row in shares.values() for value in row):
        return None
    said = []
    for place, label in enumerate(labels):
        known = [(way, row[place]) for way, row in shares.items() if row[place] is not None]
        said.append(f"{label}: {listed([f'{way.lower()} {share:.0%}' for way, share in known]) or 'not shown'}")
    alt = f"Of those who raised each theme. What is not shown is held back. {'; '.join(said)}."
    return Stack("What people do about each theme", alt, tuple(labels), tuple(shares.items()))


def _share(value: str | float | None) -> float | None:
    return value if isinstance(value, float) else None


def _services(deck: Deck, edition: Edition) -> None:
    """How each service is rated and what became of that, where there is a wave before."""
    if told := [line for _, line in breaks.of_services(edition.content)]:
        _text(deck, f"How the rating of each service has changed since {edition.content.details.before}", told, [])


def _answered(deck: Deck, edition: Edition) -> None:
    for number, together in enumerate(_side_by_side(_cut(edition)), start=1):
        slide = _slide(deck, WITH_CHART, "Who answered" if number == 1 else f"Who answered (continued, {number})")
        left = BODY.left
        for shown in together:
            title = Emu(left), Emu(BODY.top), Emu(_width(shown)), Emu(TITLE)
            _filled(slide.shapes.add_textbox(*title).text_frame, [shown.title], 14)
            _table(slide, shown, left, BODY.top + TITLE)
            left += _width(shown) + BESIDE
        _noted(slide, [])


def _cut(edition: Edition) -> Iterator[Grid]:
    """The tables of who answered, those that are too long for a slide in pieces."""
    for table in edition.content.profile:
        shown = parts.grid(table)
        for place in range(0, max(1, len(shown.rows)), ROWS):
            title = shown.title if not place else f"{shown.title} (continued)"
            yield shown._replace(title=title, rows=shown.rows[place : place + ROWS])


def _side_by_side(tables: Iterable[Grid]) -> list[list[Grid]]:
    """Tables in the order they come, as many to a slide as stand beside one another there."""
    found: list[list[Grid]] = []
    room = 0
    for one in tables:
        if not found or _width(one) > room:
            found.append([])
            room = BODY.width
        found[-1].append(one)
        room -= _width(one) + BESIDE
    return found


def _widths(shown: Grid) -> list[int]:
    """How wide each column is: no wider than it needs."""
    long = [max(map(len, column)) for column in zip(shown.columns, *shown.rows, strict=True)]
    return [min(BODY.width // len(long), LETTER * (letters + 3)) for letters in long]


def _width(shown: Grid) -> int:
    """How wide a table is, with what is said above and below it."""
    return max(sum(_widths(shown)), NARROWEST)


def _table(slide: Slide, shown: Grid, left: int, top: int) -> None:
    """A table of PowerPoint's own: no wider than it needs, its figures to the right."""
    widths = _widths(shown)
    size = Emu(left), Emu(top), Emu(sum(widths)), Emu(ROW * (1 + len(shown.rows)))
    frame = slide.shapes.add_table(1 + len(shown.rows), len(widths), *size)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", safe(f"{shown.title}. {shown.note}".strip()))
    for column, width in zip(frame.table.columns, widths, strict=True):
        column.width = Emu(width)
    for row, cells in zip(frame.table.rows, (shown.columns, *shown.rows), strict=True):
        row.height = Emu(ROW)
        for place, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            _filled(cell.text_frame, [text], 14)
            cell.margin_top = cell.margin_bottom = Emu(0)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            (paragraph,) = cell.text_frame.paragraphs
            paragraph.space_after = Pt(0)
            paragraph.alignment = PP_ALIGN.RIGHT if place >= shown.names else PP_ALIGN.LEFT
    if shown.note:
        box = Emu(left), Emu(top + frame.height), Emu(_width(shown)), Emu(2 * ROW)
        _filled(slide.shapes.add_textbox(*box).text_frame, [shown.note], 14)
    for cell in frame.table.rows[0].cells:
        cell.fill.solid()
        cell.fill.fore_color.rgb = RGBColor.from_string(HEAD)
        cell.text_frame.paragraphs[0].runs[0].font.bold = True


def _after(deck: Deck, edition: Edition) -> None:
    content = edition.content
    for one in content.decided or ():
        told = [one.told, *(line if isinstance(line, str) else edition.said(line) for line in one.lines)]
        _text(deck, f"{one.state}: {one.about}", told, [parts.ledger_dated(edition), *_bases(edition, one.sentences)])
    left_out = _said(edition, content.coverage.sentences) or [parts.NOT_MEASURED]
    _text(deck, "Who this leaves out", left_out, _bases(edition, content.coverage.sentences))
    _text(deck, "What this cannot tell", list(content.limits), [])
    made = [*parts.versions(edition), "The full report has the methods, every table, and where each number comes from."]
    _text(deck, "How this was made", made, list(content.methods))


def _said(edition: Edition, sentences: Sequence[Sentence]) -> list[str]:
    return [edition.said(one) for one in sentences]


def _bases(edition: Edition, sentences: Sequence[Sentence]) -> list[str]:
    """Every figure of some sentences with its base, its range and what it counts."""
    return [
        f"{parts.with_base(figure)}: {parts.counts(figure, one, edition)}. {figure.formula}"
        for one in sentences
        for figure in one.figures
    ]


def _text(deck: Deck, title: str, told: Sequence[str], notes: Sequence[str], *, points: int = 18) -> None:
    """What there is to say, on as many slides as it takes."""
    for place, some in enumerate(_shared_out(told)):
        slide = _slide(deck, WITH_TEXT, title if not place else f"{title} (continued, {place + 1})")
        _filled(slide.placeholders[1].text_frame, some, points)
        _noted(slide, notes if not place else [])


def _shared_out(told: Sequence[str]) -> Iterator[list[str]]:
    """Things to say in lots that each fit on a slide."""
    lot: list[str] = []
    for one in told:
        if lot and (sum(map(len, lot)) + len(one) > ROOM or len(lot) == 10):
            yield lot
            lot = []
        lot.append(one)
    yield lot


def _slide(deck: Deck, layout: int, title: str) -> Slide:
    slide: Slide = deck.slides.add_slide(deck.slide_layouts[layout])
    frame = slide.shapes.title.text_frame
    _filled(frame, [title], 30 if len(title) <= 60 else 22 if len(title) <= 120 else 16)
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame.paragraphs[0].alignment = PP_ALIGN.CENTER if layout == FRONT else PP_ALIGN.LEFT
    frame.paragraphs[0].runs[0].font.bold = True
    if layout != FRONT:
        _numbered(slide)
    return slide


def _numbered(slide: Slide) -> None:
    """Its number at its foot, where its layout has one: the library leaves it out."""
    (of_layout,) = (
        one for one in slide.slide_layout.placeholders if one.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER
    )
    number = deepcopy(of_layout._element)
    number.nvSpPr.cNvPr.set("id", str(max(shape.shape_id for shape in slide.shapes) + 1))
    slide.shapes._spTree.append(number)


def _filled(frame: TextFrame, told: Sequence[str], points: int) -> None:
    """Words in a frame, a paragraph each, marked with their language and read from where they are to be."""
    frame.word_wrap = True
    size = points if sum(map(len, told)) <= ROOM else 12
    for place, text in enumerate(told):
        paragraph = frame.paragraphs[0] if not place else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = safe(text)
        run.font.size, run.font.color.rgb = Pt(size), RGBColor.from_string(native_chart.INK)
        paragraph.space_after = Pt(size / 3)
        run.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK
        if (spoken := tongue(text)) != "en":
            run._r.get_or_add_rPr().set("lang", LANGUAGES[spoken].tag)
        if from_the_right(text):
            paragraph._p.get_or_add_pPr().set("rtl", "1")


def _noted(slide: Slide, notes: Sequence[str]) -> None:
    slide.notes_slide.notes_text_frame.text = safe("\n".join(notes))
