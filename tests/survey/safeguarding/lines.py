"""Lines written for this project: some that disclose harm, some that only sound like it."""

import csv
from pathlib import Path

FILE = Path(__file__).parents[2] / "data" / "safeguarding.csv"


def lines(half: str) -> list[dict[str, str]]:
    """The lines the patterns were made on ("tuned"), those held back ("held"), or those written last ("fresh")."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["half"] == half]
