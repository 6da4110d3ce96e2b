"""What the journeys find is written down for the accessibility statement, journey by journey, as each ends.

The record is part of the project: commit it with what it is about. Run again with the same result, it differs in its
dates alone. Several processes of one test run write to it in turn.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

from filelock import FileLock

from survey.statements import runs
from survey.statements.runs import Look, Walk


class Found(NamedTuple):
    """How many mistakes one page had, in one size of window and colour scheme."""

    size: str
    scheme: str
    checker: str
    page: str
    mistakes: int


class Ended(NamedTuple):
    """The heading of the page that was reached by keyboard alone."""

    size: str
    heading: str


IN_TURN: Final = Path(tempfile.gettempdir()) / "heard-runs.lock"
# What the journey under way has found so far.
LOOKED: list[Found] = []
WALKED: list[Ended] = []


@contextmanager
def kept(journey: str, about: str) -> Iterator[None]:
    """What is found meanwhile goes into the record under the name of that journey."""
    LOOKED.clear()
    WALKED.clear()
    yield
    if not LOOKED and not WALKED:
        return
    with FileLock(IN_TURN):
        known, today = runs.read(runs.FILE), datetime.now(UTC).date()
        for look in looks(journey, about, LOOKED, today):
            known = runs.with_look(known, look)
        for size, heading in WALKED:
            known = runs.with_walk(known, Walk(journey, size, today, heading))
        runs.write(runs.FILE, known)


def looks(journey: str, about: str, found: list[Found], day: date) -> list[Look]:
    """One row for each size and scheme; a page met twice has the mistakes of both times."""
    rows = []
    for (size, scheme, checker), pages in groupby(sorted(found), key=lambda one: one[:3]):
        mistakes: dict[str, int] = {}
        for one in pages:
            mistakes[one.page] = mistakes.get(one.page, 0) + one.mistakes
        rows.append(Look(journey, about, size, scheme, day, checker, mistakes))
    return rows
