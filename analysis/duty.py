"""On duty: the worker's process from its start to its end."""

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import active_children, get_context, parent_process

import sqlalchemy as sa

from analysis.copies import Comparing
from analysis.recoding import Recoding
from analysis.refitting import Refitting
from analysis.text.reading import OwnReader
from analysis.worker import work
from survey import database, drafts
from survey.questionnaire import Direction

log = logging.getLogger(__name__)

FORGET_EVERY_SECONDS = 3_600.0
SCRUB_EVERY_SECONDS = 60.0


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
    engine = database.engine()
    database.prepare(engine)
    reader = OwnReader()
    reader.read(["Ready?"], [Direction.OPEN], None)  # learns what it must before anybody waits for it
    elsewhere = ProcessPoolExecutor(
        max_workers=1, max_tasks_per_child=1, mp_context=get_context("spawn"), initializer=_stand_back
    )
    refitting = Refitting(engine, elsewhere, model=reader.model)
    forgetting = _Every(FORGET_EVERY_SECONDS, lambda: _forget(engine))
    recoding = Recoding(engine, reader)
    chores: list[Callable[[], None]] = [recoding, refitting, Comparing(engine), forgetting, *_scrubbing(engine)]
    work(engine, reader, stopping=ending.is_set, chores=chores)
    for fit in active_children():  # the next worker begins it again
        fit.terminate()
    elsewhere.shutdown(cancel_futures=True)
    log.info("ended")


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


def _stand_back() -> None:
    """A fit gives way to parents, to reading and to whoever watches, and ends with the worker it is for."""
    os.nice(10)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.join,), daemon=True).start()


def _end_after(gone: Callable[[], None]) -> None:
    gone()
    os._exit(1)
