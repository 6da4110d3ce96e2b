"""Searches for candidate themes: asked for by an officer or due by themselves, watched while they run, and cancelled.

The worker does the searching. What is here is light: pages ask, cancel and show how far a search has come, and the
worker writes that down. A consultation has at most one search that is asked for or running.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from filelock import FileLock, Timeout
from sqlmodel import Session, SQLModel

from survey import audit
from survey.tables import FitState

FITS, CONSULTATIONS = (SQLModel.metadata.tables[name] for name in ("fit", "consultation"))
OPEN = (FitState.ASKED, FitState.RUNNING)

FIT_LOCK = 7_340_232  # an arbitrary number: with a consultation's own it names the lock that PostgreSQL keeps for us


class FitFacts(NamedTuple):
    """One search: who asked ("" when enough new comments had come in), how far it is, and how it ended.

    ``done`` of ``comments`` have been given what was found. That is 0 while it is being looked for. One that was
    cancelled or failed after that leaves what it had given, and ``done`` says to how many.
    """

    id: int
    consultation_id: int
    asked_by: str
    asked_at: datetime
    ended_at: datetime | None
    state: FitState
    comments: int
    done: int
    cancel: bool  # somebody has asked for its end, and the worker has not ended it yet

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done, or under way."""
        return self.state in OPEN


_FACTS = [FITS.c[name] for name in FitFacts._fields]


def ask(session: Session, consultation_id: int, *, by: str, now: datetime) -> FitFacts:
    """Ask for candidate themes to be looked for. Where that is asked for or under way already, gives that search."""
    if (there := open_one(session, consultation_id)) is not None:
        return there
    audit.record(session, who=by, what="asked for candidate themes", subject=str(consultation_id))
    return add(session, consultation_id, FitState.ASKED, by=by, now=now)


def cancel(session: Session, fit_id: int, *, by: str, now: datetime) -> FitFacts | None:
    """End a search. One that has not begun ends at once, one that runs within moments; one that has ended stays so.

    Comments that have been given something new by then keep it; the next search looks at all of them again.
    """
    waits = FITS.c.state == FitState.ASKED
    # In one statement, here and in put_back: whichever comes second goes by what the first has made of it.
    told = _change(
        session,
        fit_id,
        OPEN,
        state=sa.case((waits, FitState.CANCELLED), else_=FITS.c.state),
        ended_at=sa.case((waits, now), else_=FITS.c.ended_at),
        cancel=True,
    )
    found = facts(session, fit_id)
    if found is not None and told:
        audit.record(session, who=by, what="cancelled the search for themes", subject=str(found.consultation_id))
    return found


def latest(session: Session, consultation_id: int) -> FitFacts | None:
    """The last search of a consultation, whatever became of it; None if there was none yet."""
    return _first(session, FITS.c.consultation_id == consultation_id)


def open_one(session: Session, consultation_id: int) -> FitFacts | None:
    """The search that is asked for or running. Until the transaction ends nobody else can ask for one."""
    turn = sa.select(CONSULTATIONS.c.id).where(CONSULTATIONS.c.id == consultation_id)
    session.connection().execute(turn.with_for_update(key_share=True))
    return _first(session, FITS.c.consultation_id == consultation_id, FITS.c.state.in_(OPEN))


def last_ended(session: Session, consultation_id: int) -> FitFacts | None:
    """The last search that came to an end, good or bad."""
    return _first(session, FITS.c.consultation_id == consultation_id, FITS.c.state.not_in(OPEN))


def waiting(session: Session) -> list[int]:
    """The consultations for which a search is asked for or begun, in the order in which they were asked for."""
    asked = sa.select(FITS.c.consultation_id).where(FITS.c.state.in_(OPEN)).order_by(FITS.c.id)
    return list(session.connection().execute(asked).scalars())


def facts(session: Session, fit_id: int) -> FitFacts | None:
    """One search; None if it went with its consultation."""
    return _first(session, FITS.c.id == fit_id)


# -- what the worker writes down ---------------------------------------------------------------------------------------


def add(session: Session, consultation_id: int, state: FitState, *, by: str = "", now: datetime) -> FitFacts:
    """Write down a new search. Only where ``open_one`` has found none, in the same transaction."""
    row = {
        "consultation_id": consultation_id, "asked_by": by, "asked_at": now, "state": state,
        "comments": 0, "done": 0, "cancel": False,
    }  # fmt: skip
    return FitFacts(*session.connection().execute(sa.insert(FITS).values(row).returning(*_FACTS)).one())


def begin(session: Session, fit_id: int, comments: int) -> None:
    """A search of so many comments has begun, for the first time or from the beginning again."""
    _change(session, fit_id, OPEN, state=FitState.RUNNING, comments=comments, done=0)


def came_to(session: Session, fit_id: int, done: int) -> None:
    """So many comments have been given what was found."""
    _change(session, fit_id, [FitState.RUNNING], done=done)


def end(session: Session, fit_id: int, state: FitState, *, now: datetime) -> None:
    """A search has ended so, whether it ran or was only asked for."""
    _change(session, fit_id, OPEN, state=state, ended_at=now)


def put_back(session: Session, fit_id: int, *, now: datetime) -> None:
    """Whoever ran a search has to go: it is asked for again, from the beginning, unless it was cancelled meanwhile."""
    _change(
        session,
        fit_id,
        [FitState.RUNNING],
        state=sa.case((FITS.c.cancel, FitState.CANCELLED), else_=FitState.ASKED),
        ended_at=sa.case((FITS.c.cancel, now), else_=None),
        done=sa.case((FITS.c.cancel, FITS.c.done), else_=0),
    )


@contextmanager
def alone(engine: sa.Engine, consultation_id: int) -> Iterator[Callable[[], bool] | None]:
    """Nobody else searches in this consultation for as long as this lasts; None if somebody else does already.

    Gives a way to ask whether it still holds, which a database that was started again may have forgotten. A search
    that is marked as running while nobody holds this was left by a worker that was killed: the lock goes with it.
    """
    with (_by_the_server if engine.dialect.name == "postgresql" else _by_a_file)(engine, consultation_id) as held:
        yield held


@contextmanager
def _by_a_file(engine: sa.Engine, _: int) -> Iterator[Callable[[], bool] | None]:
    """Beside the embedded database there is one worker, and so one search at a time."""
    lock = FileLock(f"{engine.url.database}.fitting", thread_local=False)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        yield None
        return
    try:
        yield lambda: lock.is_locked
    finally:
        lock.release()


@contextmanager
def _by_the_server(engine: sa.Engine, consultation_id: int) -> Iterator[Callable[[], bool] | None]:
    # Without a transaction: one that stayed open would keep what was deleted meanwhile from being cleared away.
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.execute(sa.select(sa.func.pg_try_advisory_lock(FIT_LOCK, consultation_id))).scalar_one():
            yield None
            return

        def holds() -> bool:
            try:
                return not connection.invalidated and bool(connection.execute(sa.select(1)).scalar_one())
            except sa.exc.OperationalError:
                return False

        try:
            yield holds
        finally:
            if holds():
                connection.execute(sa.select(sa.func.pg_advisory_unlock(FIT_LOCK, consultation_id)))
            else:
                connection.invalidate()


def _first(session: Session, *which: sa.ColumnElement[bool]) -> FitFacts | None:
    row = session.connection().execute(sa.select(*_FACTS).where(*which).order_by(FITS.c.id.desc()).limit(1)).first()
    return FitFacts(*row) if row else None


def _change(session: Session, fit_id: int, while_it_is: Collection[FitState], **changed: object) -> bool:
    mine = sa.update(FITS).where(FITS.c.id == fit_id, FITS.c.state.in_(while_it_is)).values(changed)
    return session.connection().execute(mine).rowcount == 1
