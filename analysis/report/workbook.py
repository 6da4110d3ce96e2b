"""An Excel workbook: a sheet of notes, then one tidy table to a sheet, numbers as numbers."""

from collections.abc import Sequence
from io import BytesIO
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
LINE: Final = 15
"""How high a line of a cell is, in points."""
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
    return Sheet("Sentences", "What the report says", "", ("Sentence", "What it says"), rows, ("0", ""))


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
    manners = ("0", "", "mixed", "#,##0", "0%", "0%", "", "", "", "", "")
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
    note = f"{edition.content.drawing.rule} {parts.seed(edition)}"
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
    bold, plain = (
        book.add_format({"bold": True, "font_size": 14}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, WIDEST)
    content, held = edition.content, f"{HELD} stands for a figure that is held back, so that nobody can be recognised."
    told = [(edition.title, edition.status)]
    told += [("Note", parts.MADE_UP)] if content.details.demonstration else []
    told += parts.consultation(edition)
    told += [("Sheet", f"{one.name}: {one.title}") for one in sheets]
    told += [("Held back", held)]
    told += [("Limit", limit) for limit in content.limits]
    told += [("Method", method) for method in content.methods]
    told += [("What that came to here", said) for said in content.here]
    told += [("What the program gets wrong", said) for said in content.wrong]
    told += [("Version", version) for version in parts.versions(edition)]
    for row, (what, said) in enumerate(told):
        sheet.write_string(row, 0, safe(what), bold if row == 0 else plain)
        sheet.write_string(row, 1, safe(said), plain)
        sheet.set_row(row, _height([said]))


def _write(book: Workbook, told: Sheet) -> None:
    """One sheet: its title, its note, and the table below a header that stays in sight."""
    sheet = book.add_worksheet(told.name)
    sheet.write_string(0, 0, safe(told.title), book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, safe(told.note))
    head = book.add_format({"bold": True, "bg_color": "#E7ECEE", "border": 1, "text_wrap": True, "valign": "top"})
    for place, column in enumerate(told.columns):
        sheet.write_string(2, place, column, head)
        sheet.set_column(place, place, _width(column, [row[place] for row in told.rows]))
    formats = {name: _format(book, name) for name in {*told.manners, "0%", "#,##0", ""} - {"mixed"}}
    for number, row in enumerate(told.rows, start=3):
        sheet.set_row(number, _height(row))
        for place, cell in enumerate(row):
            manner = told.manners[place] if told.manners[place] != "mixed" else _manner(str(row[1]))
            _put(sheet, number, place, cell, formats[manner])
    sheet.freeze_panes(3, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


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
    look = {"valign": "top", "text_wrap": not manner} | ({"num_format": manner} if manner else {})
    return book.add_format(look)


def _height(row: Sequence[Cell]) -> int:
    """How high a row is, with its longest cell wrapped: not every program looks for itself."""
    return LINE * max(-(-len(str(cell)) // (WIDEST - 5)) or 1 for cell in row)


def _width(column: str, values: Sequence[Cell]) -> int:
    return min(WIDEST, max(12, len(column) + 2, *(len(str(value)) + 2 for value in values)) if values else 12)
