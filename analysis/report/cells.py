"""The cells of a report's tables: which hold numbers of people, which hold shares, and how each is said."""

from typing import Final

from analysis.phrases import number, percent
from analysis.report.content import Table

COUNTS: Final = frozenset({"Number", "Of", "Comments", "Responses", "Children", "Evidence, of", "Since, of"})
"""Columns of numbers of people or comments. All other numbers are shares."""
HELD: Final = "–"
"""Stands where a figure is not shown."""


def said(column: str, value: str | float | None) -> str:
    """What a cell says: "38%", "2,510", a name, or a dash for what is held back."""
    if value is None:
        return HELD
    if isinstance(value, str):
        return value
    return number(value) if column in COUNTS else percent(value)


def names(table: Table) -> int:
    """How many of a table's columns, from the first on, say what a row is about."""
    texts = [all(isinstance(row[place], str) for row in table.rows) for place in range(len(table.columns))]
    return next((place for place, text in enumerate(texts) if not text), len(texts)) if table.rows else 1
