"""Lines written for this project in the way parents write, each with its sentiment, its stance and why it is there.

They teach the models of sentiment and stance, and nothing else does: no respondent's comment is ever trained on. What
each kind is for, and who wrote it, is in sentiment_kinds.csv.
"""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

from analysis.text import tone, words

_FILE = Path(__file__).parent / "sentiment_lines.csv"


class Line(NamedTuple):
    """One line: what it says, how it is meant, what it does, and the kind of difficulty it stands for.

    ``stance`` is "" where a line does several things, one after the other.
    """

    text: str
    sentiment: str
    stance: str
    kind: str


@cache
def written() -> tuple[Line, ...]:
    """All the lines, in the order of their file."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(Line(**row) for row in csv.DictReader(file))


@cache
def vocabulary() -> frozenset[str]:
    """English words known here: those of the lines and those whose tone is known."""
    return frozenset(word for line in written() for word in words.split(line.text)) | tone.rated()
