"""Disclosures found among lines and comments of known truth: recall, and precision, each with its Wilson interval."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from analysis.proportions import wilson
from survey import database, demo
from survey.safeguarding.patterns import kinds_in
from tests.load.figure import Figure
from tests.survey.safeguarding.lines import lines

WHAT = {
    "tuned": "lines the patterns were made on",
    "held": "lines held back, written before the patterns by the same hand",
    "fresh": "lines written after the patterns to be hard, judged once",
}
RECALL = 0.95


def measure(folder: Path) -> Iterator[Figure]:
    """Recall and precision on each half of the seeded lines, and on the demonstration, whose lines were tuned on."""
    for half, what in WHAT.items():
        rows = [(line["serious"] == "1", line["words"]) for line in lines(half)]
        yield from _figures(f"safeguarding.{half}", what, rows, at_least=RECALL if half != "fresh" else None)
    engine = database.connect(f"sqlite:///{folder / 'heard.sqlite3'}")
    database.prepare(engine)
    demo.load(engine, truth=folder / "truth")
    engine.dispose()
    with (folder / "truth" / "comments.csv").open(encoding="utf-8", newline="") as file:
        rows = [(bool(row["safeguarding"]), row["words"]) for row in csv.DictReader(file)]
    yield from _figures("safeguarding.demonstration", "comments; patterns were tuned on them", rows, at_least=RECALL)


def _figures(name: str, what: str, rows: Iterable[tuple[bool, str]], *, at_least: float | None) -> Iterator[Figure]:
    told = [(serious, bool(kinds_in(words))) for serious, words in rows]
    right = sum(serious and found for serious, found in told)
    there, found = sum(serious for serious, _ in told), sum(found for _, found in told)
    yield _share(f"{name}_recall", right, there, what, at_least)
    yield _share(f"{name}_precision", right, found, what, None)


def _share(name: str, count: int, base: int, what: str, at_least: float | None) -> Figure:
    share = count / max(base, 1)
    low, high = wilson(np.array([share]), np.array([float(base)]))
    unit = f"share: {count} of {base}, {low[0]:.3f} to {high[0]:.3f}; {what}"
    return Figure(name, round(share, 3), unit, at_least=at_least)
