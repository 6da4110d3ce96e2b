"""PDF documents that a screen reader can read: tagged as PDF/UA-1, set by the same program as the forms on paper."""

import unicodedata
from collections.abc import Sequence
from typing import Final

from analysis.report.blocks import (
    SHORT,
    Bars,
    Block,
    Grid,
    Heading,
    Points,
    Saying,
    Words,
    from_the_right,
    giving_way,
    tongue,
    unbroken,
)
from analysis.report.edition import Cover
from survey.printing.typesetting import how_many_pages, typeset
from survey.written import safe

PDF_FILE: Final = "application/pdf"
"""What browsers know such a file by."""

LETTERS: Final = 104
"""How many letters of a table stand on a line, about, as are the next."""
EDGES: Final = 1.8
"""How many of them the free space at both sides of a column takes."""
Given = dict[str, object]


def pdf(blocks: Sequence[Block], cover: Cover, *, points: int) -> bytes:
    """A PDF of those blocks, set in letters of that size. Raises PrintingError if no font can write a name in it."""
    return typeset("report", _document(blocks, cover, points), dated=cover.dated)


def pages(blocks: Sequence[Block], cover: Cover, *, points: int) -> int:
    """On how many pages they stand."""
    return how_many_pages("report", _document(blocks, cover, points))


def _document(blocks: Sequence[Block], cover: Cover, points: int) -> Given:
    return {
        "title": safe(cover.title),
        "points": points,
        "foot": safe(cover.status),
        "blocks": [_given(block) for block in blocks],
    }


def _given(block: Block) -> Given:
    """A block as the template takes it."""
    match block:
        case Heading(level, text):
            return {"kind": "heading", "level": level, "said": _text(text)}
        case Words(text, small, leads):
            return {"kind": "words", "said": _text(text), "small": small, "leads": leads}
        case Points(items):
            return {"kind": "points", "items": [_text(item) for item in items]}
        case Saying(words, translated, about):
            said = _text(f"“{words}”")
            return {"kind": "saying", "said": said, "translated": translated, "about": _text(about)}
        case Bars(title, _, rows):
            bars = [row._asdict() | {"label": _text(row.label), "said": unbroken(row.said)} for row in rows]
            return {"kind": "bars", "title": title, "rows": bars}
        case Grid(title, columns, rows, names, note):
            return {
                "kind": "grid",
                "title": _text(title),
                "columns": [unbroken(column) for column in columns],
                "rows": [[_text(cell) for cell in row] for row in rows],
                "names": names,
                "ways": giving_way(block, LETTERS - EDGES * len(columns)),
                "short": len(rows) <= SHORT,
                "note": note,
            }


def _text(text: str) -> Given:
    """Words with their language and direction."""
    right = from_the_right(text)
    return {"text": _writable(safe(unbroken(text))), "lang": tongue(text).partition("-")[0], "right": right}


def _writable(text: str) -> str:
    """Pictures that stand between words, for which no font on paper has a shape, by their names in square brackets."""
    return "".join(_named(letter) for letter in text if letter not in "\ufe0e\ufe0f")


def _named(letter: str) -> str:
    if unicodedata.category(letter) not in {"So", "Sk"} or ord(letter) < 0x2600:
        return letter
    return f"[{unicodedata.name(letter, 'picture').lower()}]"
