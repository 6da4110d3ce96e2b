"""How long a report takes, from answers in the database to every file that leaders open.

``make bench ONLY=report_files``: on the demonstration with its ledger, copied until 100,000 have answered one wave and
as many in proportion the others. All is made in a process of its own that knows nothing yet, whose settings name that
database.
"""

import json
import logging
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from analysis import demonstration
from analysis.charts.chart import LIGHT
from analysis.placing import Placing
from analysis.report import files
from analysis.report.edition import Edition
from pages.leaders import whole
from pages.ui import data
from survey import database
from tests.load.figure import Figure
from tests.load.multiply import multiply
from tests.running import ROOT
from tests.scene import load_and_read_county

ANSWERED = 100_000
WITHIN_SECONDS = 60


def measure(folder: Path) -> Iterator[Figure]:
    engine = database.connect(load_and_read_county(folder))
    placing = Placing(engine)
    while placing.place_comments():
        pass
    placing.place_themes()
    demonstration.show(engine)
    with engine.connect() as connection:
        by_wave = connection.execute(sa.text("select count(*) from response group by wave_id")).scalars().all()
    multiply(engine, until=ANSWERED * sum(by_wave) // max(by_wave) + 1)
    engine.dispose()
    told = subprocess.run(
        [sys.executable, "-m", "tests.load.report_files"],
        cwd=ROOT,
        env=os.environ | {"HEARD_DATA": str(folder)},
        stdout=subprocess.PIPE,
        check=True,
    )
    yield from (Figure(*json.loads(line)) for line in told.stdout.splitlines())


def made() -> Iterator[Figure]:
    """All answers read, the summary of the wave that most answered, then each of its files."""
    known = data.waves()
    begun = time.perf_counter()
    states = [data.now(wave) for wave in known]
    read = time.perf_counter() - begun
    yield Figure("report_answers_read", round(read, 1), "s")
    largest = max(states, key=lambda state: len(state.frames.responses))
    yield Figure("report_responses", len(largest.frames.responses), "responses in the wave", ANSWERED)
    everybody = sum(len(state.frames.responses) for state in states)
    yield Figure("report_responses_read", everybody, "responses in all waves")
    begun = time.perf_counter()
    content = whole.summed_up(largest.wave, known, LIGHT).content
    edition = Edition("What families said", content, datetime(2026, 11, 3, tzinfo=UTC), 1, "officer")
    summed_up = time.perf_counter() - begun
    yield Figure("report_summary", round(summed_up, 1), "s, with what the ledger has")
    took = {kind: seconds(lambda kind=kind: files.made(kind, edition)) for kind in files.Kind}
    yield from (Figure(f"report_{kind}", round(each, 2), "s") for kind, each in took.items())
    yield Figure("report_from_nothing", round(read + summed_up + sum(took.values()), 1), "s", WITHIN_SECONDS)
    yield Figure("report_memory", round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024), "MB")


def seconds(make: Callable[[], object]) -> float:
    begun = time.perf_counter()
    make()
    return time.perf_counter() - begun


if __name__ == "__main__":
    logging.disable(logging.WARNING)  # Streamlit says of every cached read that no browser is there
    for figure in made():
        print(json.dumps(figure), flush=True)
