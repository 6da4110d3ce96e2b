"""On duty: the worker's process from its start to its end."""

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

import sqlalchemy as sa

from analysis import executors
from analysis.copies import Comparing
from analysis.demonstration import Showing
from analysis.executors import Workplace
from analysis.placing import Placing
from analysis.recoding import Recoding
from analysis.refitting import Refitting
from analysis.rereading import Rereading
from analysis.sharing import FEWEST_AT_ONCE, SharedReader
from analysis.teaching import Proving
from analysis.worker import work
from survey import database, drafts
from survey.errors import ClusterError
from survey.questionnaire import Direction
from survey.settings import settings

log = logging.getLogger(__name__)

FORGET_EVERY_SECONDS = 3_600.0
SCRUB_EVERY_SECONDS = 60.0
SHOW_EVERY_SECONDS = 10.0


def serve() -> None:
    """Read comments as they arrive in the database that the settings name, until asked to end.

    SIGTERM and SIGINT ask it to, and so does the end of its input when HEARD_MINDED says that somebody minds it: then
    it goes when they do. A batch that was begun is finished first.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
    ending = threading.Event()
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, lambda *_: ending.set())
    if os.environ.get("HEARD_MINDED"):
        threading.Thread(target=_watch_input, args=(ending,), daemon=True).start()
    try:
        with executors.workplace(settings().cluster, settings().processes) as place:
            _work(place, ending.is_set)
    except ClusterError as problem:
        raise SystemExit(str(problem)) from problem
    log.info("ended")


def _work(place: Workplace, stopping: Callable[[], bool]) -> None:
    engine = database.engine()
    database.prepare(engine)
    reader = SharedReader(place.executor, place.places)
    ready = ["Ready?"] * FEWEST_AT_ONCE * place.places
    reader.read(ready, [Direction.OPEN] * len(ready), None)  # learns what it must before anybody waits for it
    refitting = Refitting(engine, place.beside, model=reader.model)
    forgetting = _Every(FORGET_EVERY_SECONDS, lambda: _forget(engine))
    proving = Proving(engine, place.beside)
    rereading = Rereading(engine, reader)
    recoding = Recoding(engine, reader)
    comparing = Comparing(engine)
    placing = Placing(engine)
    showing = _Every(SHOW_EVERY_SECONDS, Showing(engine))
    chores: list[Callable[[], None]] = [
        placing,
        rereading,
        recoding,
        refitting,
        proving,
        comparing,
        forgetting,
        showing,
        *_scrubbing(engine),
    ]
    try:
        work(engine, reader, stopping=stopping, chores=chores, places=place.places)
    finally:  # also when something went wrong: what is still done elsewhere would keep this process from its end
        proving.leave()
        refitting.leave()


class _Every:
    """Something done now, and then each time so many seconds have passed."""

    def __init__(self, seconds: float, task: Callable[[], object]) -> None:
        self._seconds = seconds
        self._task = task
        self._next = time.monotonic()

    def __call__(self) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + self._seconds
            self._task()


def _scrubbing(engine: sa.Engine) -> list[_Every]:
    """The embedded database keeps deleted words in its log until that is emptied; PostgreSQL clears up by itself."""
    if engine.dialect.name == "postgresql":
        return []
    return [_Every(SCRUB_EVERY_SECONDS, lambda: database.scrub(engine))]


def _forget(engine: sa.Engine) -> None:
    with database.writing(engine) as session:
        forgotten = drafts.forget_old(session, datetime.now(UTC))
    if forgotten:
        log.info("forgot %d old drafts", forgotten)


def _watch_input(ending: threading.Event) -> None:
    while os.read(sys.stdin.fileno(), 1024):  # past Python's buffer, whose lock would be in the way of an end
        pass
    ending.set()
