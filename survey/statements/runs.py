"""What the tests in a real browser found, as they wrote it down: the accessibility statement shows just this.

One row is one journey in one window size and colour scheme: which pages it looked at and how many mistakes were on
each, or how far it came by keyboard alone. A row is replaced when its journey is run again.
"""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from survey.statements import Statement

FILE: Final = Path(__file__).parent / "runs.json"


class Look(NamedTuple):
    """What one journey found on the pages it came by: how many mistakes, by the page's address and title."""

    journey: str
    about: str  # which of several things the journey is taken with; mostly empty
    size: str
    scheme: str
    day: date
    checker: str  # what looked: "axe-core 4.10.2"
    mistakes: dict[str, int]


class Walk(NamedTuple):
    """Where a journey ended that used the keyboard alone."""

    journey: str
    size: str
    day: date
    reached: str


class Runs(NamedTuple):
    """All that is on record."""

    looks: tuple[Look, ...] = ()
    walks: tuple[Walk, ...] = ()


class Result(NamedTuple):
    """What all looks at some pages come to."""

    what: str
    pages: int
    looks: int  # each page is looked at in several sizes and colours
    mistakes: int
    first: date
    last: date


class Reached(NamedTuple):
    """That the end of a way was reached by keyboard alone."""

    what: str
    day: date


def read(file: Path) -> Runs:
    """The record in that file; an empty one if there is none yet."""
    if not file.exists():
        return Runs()
    raw = json.loads(file.read_text(encoding="utf-8"))
    return Runs(
        tuple(Look(**row | {"day": date.fromisoformat(row["day"])}) for row in raw["looks"]),
        tuple(Walk(**row | {"day": date.fromisoformat(row["day"])}) for row in raw["walks"]),
    )


@cache
def on_record() -> Runs:
    """The record that comes with Heard."""
    return read(FILE)


def write(file: Path, runs: Runs) -> None:
    """Write a record down: the same one always gives the same file."""
    looks = sorted(runs.looks, key=lambda row: row[:4])
    walks = sorted(runs.walks, key=lambda row: row[:2])
    raw = {
        "looks": [row._asdict() | {"day": row.day.isoformat()} for row in looks],
        "walks": [row._asdict() | {"day": row.day.isoformat()} for row in walks],
    }
    file.write_text(json.dumps(raw, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def with_look(runs: Runs, look: Look) -> Runs:
    """The record with that look in place of the one before it."""
    return runs._replace(looks=(*(row for row in runs.looks if row[:4] != look[:4]), look))


def with_walk(runs: Runs, walk: Walk) -> Runs:
    """The record with that walk in place of the one before it."""
    return runs._replace(walks=(*(row for row in runs.walks if row[:2] != walk[:2]), walk))


def results(statement: Statement, runs: Runs) -> list[Result]:
    """What was found on the pages that a statement names; nothing of those that were not looked at."""
    found = []
    for tested in statement.tested:
        looks = [row for row in runs.looks if row.journey in tested.journeys]
        if looks:
            days = [row.day for row in looks]
            found.append(
                Result(
                    tested.what,
                    pages=len({page for row in looks for page in row.mistakes}),
                    looks=sum(len(row.mistakes) for row in looks),
                    mistakes=sum(sum(row.mistakes.values()) for row in looks),
                    first=min(days),
                    last=max(days),
                )
            )
    return found


def reached(statement: Statement, runs: Runs) -> list[Reached]:
    """The ends that were reached by keyboard alone, of the ways that a statement names."""
    last = {walk.journey: walk.day for walk in sorted(runs.walks, key=lambda row: row.day)}
    return [Reached(walked.what, last[walked.journey]) for walked in statement.walked if walked.journey in last]


def checkers(runs: Runs) -> list[str]:
    """What looked at the pages."""
    return sorted({row.checker for row in runs.looks})
