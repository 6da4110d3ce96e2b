"""What a document is made of, whichever program will open it: headings, paragraphs, lists, tables, bars, quotations."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

ENGLISH: Final = "en"
WRITTEN_IN: Final = {"ARABIC": "ur", "GUJARATI": "gu", "BENGALI": "bn"}
"""The languages of ours that have letters of their own, by what Unicode calls those."""


class Heading(NamedTuple):
    """A heading: level 1 is the document's own title."""

    level: int
    text: str


class Words(NamedTuple):
    """A paragraph; a small one says what stands beside the matter."""

    text: str
    small: bool = False
    leads: bool = False
    """Whether it stays on the page of what follows."""


class Points(NamedTuple):
    """Things said one after another, each by itself."""

    items: tuple[str, ...]


BOLD: Final = 1.1
MOST: Final = 80
"""Letters: no column is said to need more."""
SHORT: Final = 15
"""Rows: a table that has no more stays on one page."""


class Grid(NamedTuple):
    """A table of cells as they are read. The first column says what each row is about."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    names: int = 1
    """How many columns, from the first on, hold words and not figures."""
    note: str = ""


class Bar(NamedTuple):
    """One share with its range, and how both are said."""

    label: str
    share: float
    low: float
    high: float
    said: str


class Bars(NamedTuple):
    """A picture of shares, and what it shows for people who do not see it."""

    title: str
    alt: str
    rows: tuple[Bar, ...]


class Saying(NamedTuple):
    """Somebody's own words."""

    words: str
    translated: bool = False
    about: str = ""
    """What a reader has to know of it: in which tone it was read, and its theme where no heading says that."""


_BEFORE_NUMBER: Final = re.compile(r"\b(about|of|Range,) (?=\d|low|high)")
Block = Heading | Words | Points | Grid | Bars | Saying


def giving_way(block: Grid, room: float) -> tuple[float, ...]:
    """How wide the columns of a table are beside one another, where it is wider than so many letters.

    0 stands for one that is as wide as its longest cell. The longest columns give way: of what the others leave, each
    has as much as is said here.
    """
    columns = [[unbroken(cell) for cell in column] for column in zip(block.columns, *block.rows, strict=True)]
    lengths = [longest(column) for column in columns]
    least = [max(len(word) for cell in column for word in cell.split(" ")) for column in columns]
    ways = [0.0] * len(columns)
    for place in sorted(range(len(columns)), key=lambda place: -lengths[place]):
        taken = [word if way else length for way, length, word in zip(ways, lengths, least, strict=True)]
        if sum(taken) <= (room if not any(ways) else room * 0.9):
            break
        ways[place] = min(MOST, lengths[place])
    return tuple(ways)


def longest(column: Sequence[str]) -> float:
    """How wide a column with that heading and those cells is, in letters. A heading is bold."""
    return max(BOLD * len(column[0]), *map(len, column))


def unbroken(text: str) -> str:
    """The same with its numbers on the line of the word before them: "about 1,050" is read as one."""
    return _BEFORE_NUMBER.sub("\\1\u00a0", text)


def tongue(text: str) -> str:
    """The language in which a heading or name is set: English unless its letters say otherwise."""
    foreign = (unicodedata.name(letter, "").partition(" ")[0] for letter in text if not letter.isascii())
    return next((WRITTEN_IN[script] for script in foreign if script in WRITTEN_IN), ENGLISH)


def from_the_right(text: str) -> bool:
    """Whether a text is read from right to left: as its first letter is."""
    first = (unicodedata.bidirectional(letter) for letter in text)
    return next((way for way in first if way in {"L", "R", "AL"}), "L") != "L"
