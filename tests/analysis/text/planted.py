"""Lines written for this project with personal details marked in them, and how many of those are found.

Lines marked "held" were written, and judged once, after the rules were.
"""

import csv
import re
from pathlib import Path
from typing import NamedTuple

from analysis.text.redact import SUGGESTED, redact

DATA = Path(__file__).parents[2] / "data"
PLANTED = re.compile(r"\{(?:(?P<kind>[^|{}]+)\|)?(?P<value>[^{}]+)\}")
TITLE = re.compile(r"(?:Mrs?|Ms|Miss|Dr|Nurse|Father|Auntie|Cllr|Councillor|Prof|Rev|Mst) ", re.IGNORECASE)


class Counted(NamedTuple):
    """How many details there were and which were missed; how many were given as one and which of those were none."""

    there: int
    missed: list[str]
    given: int
    false: list[str]

    @property
    def found_share(self) -> float:
        return 1 - len(self.missed) / self.there

    @property
    def right_share(self) -> float:
        return 1 - len(self.false) / max(self.given, 1)


def planted(said: str) -> tuple[str, list[tuple[str, int, int]]]:
    """A line without the marks around what is planted in it, and where that stands, with its kind if it has one."""
    text, spans, at = "", [], 0
    for found in PLANTED.finditer(said):
        text += said[at : found.start()]
        spans.append((found["kind"] or "", len(text), len(text) + len(found["value"])))
        text, at = text + found["value"], found.end()
    return text + said[at:], spans


def lines_of(name: str, part: str = "") -> list[str]:
    """The lines of a file, or of one part of it."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return [row["said"] for row in csv.DictReader(file) if not part or row["part"] == part]


def covered(text: str, start: int, end: int, found) -> bool:
    """Whether every letter and figure from here to there is in something that was found."""
    gone = {at for span in found for at in range(span.start, span.end)}
    return all(at in gone for at in range(start, end) if text[at].isalnum())


def structured(part: str) -> Counted:
    """Numbers, addresses and dates of birth, whatever is around them."""
    return _counted(lines_of("structured_details.csv", part), suggested=False)


def names(part: str) -> Counted:
    """Names and schools, which are suggested. A title before a name need not be found."""
    return _counted(lines_of("names.csv", part), suggested=True)


def _counted(lines: list[str], *, suggested: bool) -> Counted:
    there, given, missed, false = 0, 0, [], []
    for line in lines:
        text, spans = planted(line)
        found = redact(text).found
        wanted = [span for span in spans if span[0] == "" or (span[0] in SUGGESTED) == suggested]
        mine = [one for one in found if (one.kind in SUGGESTED) == suggested]
        bare = [(start + len(title[0]) if (title := TITLE.match(text[start:end])) else start, end)
                for _, start, end in wanted]  # fmt: skip
        there, given = there + len(wanted), given + len(mine)
        missed += [text[start:end] for start, end in bare if not covered(text, start, end, found)]
        false += [
            text[one.start : one.end]
            for one in mine
            if not any(start < one.end and one.start < end for _, start, end in spans)
        ]
    return Counted(there, missed, given, false)
