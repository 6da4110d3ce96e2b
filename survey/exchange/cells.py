"""Cells of a CSV file: made safe to open in a spreadsheet, in a way that can be undone."""

import re
from datetime import UTC, date, datetime

# A spreadsheet takes a cell that begins with one of these for a formula, and may run it.
STARTS_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def guarded(text: str) -> str:
    """The text with an apostrophe before it, if a spreadsheet would otherwise take it for a formula."""
    return f"'{text}" if STARTS_FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text that ``guarded`` was given."""
    return cell[1:] if cell.startswith("'") and STARTS_FORMULA.match(cell) else cell


def moment(value: datetime) -> str:
    """A time in UTC to the microsecond: ``2026-03-01T14:05:00+00:00``."""
    return value.astimezone(UTC).isoformat()


def read_moment(cell: str) -> datetime:
    """The time in a cell. Raises ValueError if it is not one, or has no time zone."""
    value = datetime.fromisoformat(cell)
    if value.tzinfo is None:
        raise ValueError("no time zone")
    return value.astimezone(UTC)


def number(value: float | None) -> str:
    """A number without a needless ``.0``, or nothing."""
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else repr(value)


def day(value: date | None) -> str:
    """A day as ``2026-03-01``, or nothing."""
    return value.isoformat() if value else ""
