"""What a document is made of, whichever program will open it: headings, paragraphs, lists, tables, bars, quotations."""

import unicodedata
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


class Points(NamedTuple):
    """Things said one after another, each by itself."""

    items: tuple[str, ...]


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
    theme: str = ""
    """What it is about, where it stands under no heading that says so."""


Block = Heading | Words | Points | Grid | Bars | Saying


def tongue(text: str) -> str:
    """The language in which a heading or name is set: English unless its letters say otherwise."""
    foreign = (unicodedata.name(letter, "").partition(" ")[0] for letter in text if not letter.isascii())
    return next((WRITTEN_IN[script] for script in foreign if script in WRITTEN_IN), ENGLISH)


def from_the_right(text: str) -> bool:
    """Whether a text is read from right to left: as its first letter is."""
    first = (unicodedata.bidirectional(letter) for letter in text)
    return next((way for way in first if way in {"L", "R", "AL"}), "L") != "L"
