"""The cells of a report's tables: which hold numbers of people, which hold shares, and how each is said."""

from typing import Final

from analysis.phrases import number, percent
from analysis.report.content import Table

COUNTS: Final = frozenset({"Number", "Of", "Comments", "Responses", "Children", "Evidence, of", "Since, of"})
"""Columns of numbers of people or comments. All other numbers are shares."""
SPELT_OUT: Final = frozenset({"Change, low", "Change, high"})
"""Columns of numbers that stand in words beside them: for programs, and left out where people read."""
HELD: Final = "–"
"""Stands where a figure is not shown."""


def said(column: str, value: str | float | None) -> str:
    """What a cell says: "38%", "2,510", a name, or a dash for what is held back."""
    if value is None:
        return HELD
    if isinstance(value, str):
        return value
    return number(value) if column in COUNTS else percent(value)


def read(table: Table) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """What people read of a table: its columns, and its rows with each cell as it is said."""
    kept = [place for place, column in enumerate(table.columns) if column not in SPELT_OUT]
    columns = tuple(table.columns[place] for place in kept)
    rows = tuple(tuple(said(table.columns[place], row[place]) for place in kept) for row in table.rows)
    return columns, rows


def names(table: Table) -> int:
    """How many of a table's columns, from the first on, say what a row is about."""
    texts = [all(isinstance(row[place], str) for row in table.rows) for place in range(len(table.columns))]
    return next((place for place, text in enumerate(texts) if not text), len(texts)) if table.rows else 1
