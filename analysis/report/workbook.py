"""An Excel workbook: a sheet of notes, then one tidy table to a sheet, numbers as numbers."""

from collections.abc import Sequence
from io import BytesIO
from textwrap import wrap
from typing import Final, NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from analysis.report import cells, ledger_table, parts
from analysis.report.content import Figure, Table, Unit
from analysis.report.edition import Edition
from survey.written import safe

HELD: Final = "[c]"
"""Stands for a figure that is held back, as the Government Analysis Function has it."""
WIDEST: Final = 90
"""Letters: a longer cell is wrapped."""
WRAPPED: Final = 24
"""Letters: a longer cell is wrapped where there are many columns."""
NARROWEST: Final = 12
NOTED: Final = 4
"""Lines that a note above a table has, about, in the first column, which is the only one it can be wrapped in."""
PAGE: Final = 220
"""Letters: what stands beside one another on one page, printed at two thirds of its size."""
LINE: Final = 15
"""How high a line of a cell is, in points."""
A4: Final = 9
PLACE: Final = "0"
"""How the number of a sentence is written, which counts nothing."""
Cell = str | float | None


class Sheet(NamedTuple):
    """One table with its name on the tab, its title above it, and how each column is written."""

    name: str
    title: str
    note: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    manners: tuple[str, ...]  # a number's format for each column, "" for words


def workbook(edition: Edition) -> bytes:
    """Notes, sentences, the figures behind them, every table of the report, and the quotations."""
    made = BytesIO()
    book = Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    details, written = edition.content.details, edition.dated.replace(tzinfo=None)
    book.set_properties(
        {
            "title": safe(edition.title),
            "author": safe(details.owner),
            "subject": safe(edition.status),
            "created": written,
        }
    )
    sheets = _sheets(edition)
    _notes(book, edition, sheets)
    for sheet in sheets:
        _write(book, sheet)
    book.close()
    return made.getvalue()


def _sheets(edition: Edition) -> list[Sheet]:
    content = edition.content
    tables = [*content.profile, *content.tables, *([content.coverage.table] if content.coverage.table else [])]
    told = [_sentences(edition), _figures(edition)]
    told += [_of_table(f"Table {place}", table) for place, table in enumerate(tables, start=1)]
    return told + [sheet for sheet in (_quotes(edition), _decided(edition)) if sheet.rows]


def _sentences(edition: Edition) -> Sheet:
    numbers = edition.numbers
    rows = [(numbers.get(one.key), edition.said(one)) for one in edition.sentences]
    return Sheet("Sentences", "What the report says", "", ("Sentence", "What it says"), rows, (PLACE, ""))


def _figures(edition: Edition) -> Sheet:
    """The figures behind each sentence, under its number."""
    columns = (
        "Sentence", "What it is", "Figure", "Of", "Range, low", "Range, high", "Wave", "Theme", "Stance", "District",
        "How it is worked out",
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for one in edition.sentences:
        for figure in one.figures:
            place = (
                parts.wave_of(figure.filters, edition.content.details),
                parts.theme_of(figure.filters, edition),
                parts.STANCES.get(figure.filters.stance, ""),
                parts.place_of(figure, one),
            )
            rows.append((edition.numbers[one.key], figure.unit.value, *_numbers(figure), *place, figure.formula))
    note = "Shares and differences are fractions of 1. An empty cell does not apply."
    manners = (PLACE, "", "mixed", "#,##0", "0%", "0%", "", "", "", "", "")
    return Sheet("Figures", "The figures behind each sentence", note, columns, rows, manners)


def _numbers(figure: Figure) -> tuple[float | None, ...]:
    return figure.number, figure.base, figure.low, figure.high


def _of_table(name: str, table: Table) -> Sheet:
    words = cells.names(table)
    manners = tuple(
        "" if place < words else "#,##0" if column in cells.COUNTS else "0%"
        for place, column in enumerate(table.columns)
    )
    held = [tuple(HELD if cell is None else cell for cell in row) for row in table.rows]
    return Sheet(name, table.title, table.note, table.columns, held, manners)


def _quotes(edition: Edition) -> Sheet:
    labels = {found.theme: found.label for found in edition.content.findings}
    told = [one for one in edition.content.quotes if one.words]
    rows = [
        (labels.get(one.theme, "Beside the themes"), one.words, parts.TRANSLATED if one.is_translated else "")
        for one in told
    ]
    note = f"{parts.seed(edition)} By which rule they are drawn: see Method in the notes."
    return Sheet("Quotations", "In people’s own words", note, ("Theme", "Words", "Note"), rows, ("", "", ""))


def _decided(edition: Edition) -> Sheet:
    table = ledger_table.decided(edition.content)
    manners = tuple(
        "" if place < cells.names(table) else "#,##0" if column in cells.COUNTS else "0%"
        for place, column in enumerate(table.columns)
    )
    note = f"{parts.ledger_dated(edition)} {table.note}"
    return Sheet("Decided", table.title, note, table.columns, table.rows, manners)


def _notes(book: Workbook, edition: Edition, sheets: Sequence[Sheet]) -> None:
    """The first sheet: what this is, what is in it, how it was made and what it cannot tell."""
    sheet = book.add_worksheet("Notes")
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, WIDEST)
    content, held = edition.content, f"{HELD} stands for a figure that is held back, so that nobody can be recognised."
    told = [("Status", edition.status)]
    told += [("Note", parts.MADE_UP)] if content.details.demonstration else []
    told += [*parts.consultation(edition), *parts.asked(edition)]
    told += [("Sheet", f"{one.name}: {one.title}") for one in sheets]
    told += [("Held back", held)]
    told += [("Limit", limit) for limit in content.limits]
    told += [("Method", method) for method in content.methods]
    told += [("What that came to here", said) for said in content.here]
    told += [("What the program gets wrong", said) for said in content.wrong]
    told += [("Version", version) for version in parts.versions(edition)]
    sheet.write_string(0, 0, safe(edition.title), _title(book))
    for row, (what, said) in enumerate(told, start=1):
        sheet.write_string(row, 0, safe(what), plain)
        sheet.write_string(row, 1, safe(said), plain)
        sheet.set_row(row, _height([said], [WIDEST]))
    _printed(sheet, 1)
    sheet.set_portrait()


def _write(book: Workbook, told: Sheet) -> None:
    """One sheet: its title, its note, and the table below a header that stays in sight and on every page."""
    sheet = book.add_worksheet(told.name)
    widths = _widths(told)
    wrapped, head = {"text_wrap": True, "valign": "top"}, {"bold": True, "bg_color": "#E7ECEE", "border": 1}
    sheet.write_string(0, 0, safe(told.title), _title(book))
    sheet.write_string(1, 0, safe(told.note), book.add_format(wrapped))
    sheet.set_row(1, _height([told.note], widths[:1]))
    sheet.set_row(2, _height(told.columns, widths))
    looks = book.add_format(head | wrapped)
    for place, (column, width) in enumerate(zip(told.columns, widths, strict=True)):
        sheet.write_string(2, place, column, looks)
        sheet.set_column(place, place, width)
    formats = {name: _format(book, name) for name in {*told.manners, "0%", "#,##0", ""} - {"mixed"}}
    for number, row in enumerate(told.rows, start=3):
        sheet.set_row(number, _height(row, widths))
        for place, cell in enumerate(row):
            manner = told.manners[place] if told.manners[place] != "mixed" else _manner(str(row[1]))
            _put(sheet, number, place, cell, formats[manner])
    sheet.freeze_panes(3, 1)
    sheet.repeat_rows(2)
    sheet.repeat_columns(0)
    _printed(sheet, -(-sum(widths) // PAGE))


def _title(book: Workbook) -> Format:
    return book.add_format({"bold": True, "font_size": 14})


def _printed(sheet: Worksheet, pages: int) -> None:
    """How a sheet is printed: across, on as many pages beside one another as it can be read on."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&A&RPage &P of &N")
    sheet.fit_to_pages(pages, 0)


def _put(sheet: Worksheet, row: int, column: int, cell: Cell, look: Format) -> None:
    """A cell as what it is. Words are always words: none is ever taken for a formula."""
    if cell is None:
        sheet.write_blank(row, column, None, look)
    elif isinstance(cell, str):
        sheet.write_string(row, column, safe(cell), look)
    else:
        sheet.write_number(row, column, cell, look)


def _manner(unit: str) -> str:
    return "#,##0" if unit == Unit.COUNT else "0%"


def _format(book: Workbook, manner: str) -> Format:
    if not manner:  # apart from the number before it
        return book.add_format({"text_wrap": True, "indent": 1, "valign": "top"})
    side = {"align": "left"} if manner == PLACE else {}
    return book.add_format({"num_format": manner, "valign": "top"} | side)


def _height(row: Sequence[Cell], widths: Sequence[int]) -> int:
    """How high a row is, with its cells wrapped: not every program looks for itself."""
    lines = [len(wrap(str(cell), width - 1)) for cell, width in zip(row, widths, strict=True)]
    return LINE * max(1, *lines)


def _widths(told: Sheet) -> list[int]:
    """How wide each column is, in letters: as its longest cell, or as the page has room, the longest cells first."""
    wanted = [min(4 * WIDEST, _width(told, place)) for place in range(len(told.columns))]
    if told.note:
        wanted[0] = max(wanted[0], len(told.note) // NOTED)
    given = [min(WRAPPED, width) for width in wanted]
    room = PAGE * -(-sum(given) // PAGE) - sum(given)
    for _ in range(room):
        wrapped = [place for place, width in enumerate(given) if width < min(WIDEST, wanted[place])]
        if not wrapped:
            break
        given[max(wrapped, key=lambda place: wanted[place] / given[place])] += 1
    return given


def _width(told: Sheet, place: int) -> int:
    """What the longest cell of a column needs, and the longest word of its heading, which may be wrapped."""
    words = [len(word) for word in told.columns[place].split()]
    return max(NARROWEST, *(2 + length for length in words), *(2 + len(str(row[place])) for row in told.rows))
