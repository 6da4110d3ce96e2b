"""Refitting: candidate themes, looked for again as comments come in that no theme of the frame was given to.

The fit itself runs elsewhere, through an executor, so that reading never waits for it: this module says what to fit
and when. When that is, is told by the database, so that a worker that starts does not begin at the beginning, and
takes up what another left.
Comments are fitted as redacted, so that nobody's name becomes a theme, and none of their words are logged.
"""

import logging
import time
from collections.abc import Callable, Collection, Generator, Sequence
from concurrent.futures import CancelledError, Executor, Future
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple

import numpy as np
import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from analysis import suggestions
from analysis.suggestions import Suggested, fingerprint
from analysis.text import stance
from analysis.text.discover import Centres, Discovery, discover
from analysis.text.evidence import says_nothing
from survey import consultations, fits, suggested
from survey.database import reading, writing
from survey.fits import FitFacts
from survey.questionnaire import Direction
from survey.tables import FitState, ResponseState
from survey.uncovered import is_due, uncovered

log = logging.getLogger(__name__)

REST_SECONDS = 30.0
ASKED_SECONDS = 1.0  # until what somebody asked for is begun
GATHERED = 10_000  # comments at a step: some tenths of a second

TABLES = SQLModel.metadata.tables
comments, candidates = TABLES["comment"], TABLES["candidate_theme"]
responses, waves, themes = TABLES["response"], TABLES["wave"], TABLES["theme"]


class Material(NamedTuple):
    """What is to be fitted: one consultation's open comments, and where its candidate themes were found before."""

    consultation_id: int
    ids: tuple[int, ...]
    texts: tuple[str, ...]  # redacted
    directions: tuple[Direction, ...]
    start: Centres | None
    taken: frozenset[str]  # keys that no new candidate may have
    said: tuple[int, ...]  # the fingerprints of their words as they came in
    at: datetime


class _Leaving(Exception):
    """Whoever fits has to go."""


class Refitting:
    """Looks for candidate themes when somebody asks for it, or when enough has come in, one consultation at a time.

    Call it as often as you like: it begins a fit that is wanted, at most one in rest_seconds of those nobody asked for,
    does not wait for it, and stores what has come back of it, a portion at each call. How far a fit is stands in the
    database, and so does whether to end it. executors gives each fit an executor of its own, which is shut down without
    waiting when the fit has come back or is wanted no more.
    """

    def __init__(
        self,
        engine: sa.Engine,
        executors: Callable[[], Executor],
        *,
        model: str,
        clock: Callable[[], float] = time.monotonic,
        rest_seconds: float = REST_SECONDS,
    ) -> None:
        self._engine = engine
        self._executors = executors
        self._model = model
        self._clock = clock
        self._rest = rest_seconds
        self._steps: Generator[None, None, None] | None = None
        self._looked_at = self._asked_at = -float("inf")

    def __call__(self) -> None:
        """Do the next step of what is under way, or see whether anything is wanted."""
        self._steps = self._steps or self._next()
        try:
            next(self._steps)
        except StopIteration:
            self._steps = None

    def leave(self) -> None:
        """Let go of what is under way: whoever comes next begins it again. The database may be gone meanwhile."""
        steps, self._steps = self._steps, None
        if steps is None:
            return
        try:
            with suppress(StopIteration, _Leaving):  # it may stand where nothing has been begun that must be put back
                steps.throw(_Leaving())
        except sa.exc.DBAPIError as problem:
            # It stays marked as running, which nobody does: whoever comes next begins it again all the same.
            log.warning("a fit of candidate themes could not be put back: %s", type(problem).__name__)

    def _next(self) -> Generator[None, None, None]:
        for consultation_id in self._wanted():
            if (yield from self._fitted(consultation_id)):
                return

    def _wanted(self) -> list[int]:
        """The consultations to look at: those for which somebody has asked, and now and then all of them."""
        now = self._clock()
        if now - self._looked_at >= self._rest:
            self._looked_at = self._asked_at = now
            with reading(self._engine) as session:
                return list(dict.fromkeys([*fits.waiting(session), *_consultations(session)]))
        if now - self._asked_at >= min(ASKED_SECONDS, self._rest):
            self._asked_at = now
            with reading(self._engine) as session:
                return list(dict.fromkeys(fits.waiting(session)))
        return []

    def _fitted(self, consultation_id: int) -> "Generator[None, None, bool]":
        """Carry out the fit of a consultation that is wanted, if one is and nobody else does. Gives whether one was."""
        with fits.alone(self._engine, consultation_id) as ours:
            wanted = self._opened(consultation_id) if ours is not None else None
            if ours is None or wanted is None:
                return False
            try:
                state = yield from self._carried_out(wanted, ours)
            except _Leaving:
                self._write(partial(fits.put_back, fit_id=wanted.id, now=datetime.now(UTC)))
                return True
            if state is not None:
                self._write(partial(fits.end, fit_id=wanted.id, state=state, now=datetime.now(UTC)))
                log.info("a fit of candidate themes ended: %s", state)
            return True

    def _opened(self, consultation_id: int) -> FitFacts | None:
        """The fit that is asked for, or was begun by a worker that is gone; or else a new one, if it is due."""
        with reading(self._engine) as session:  # what takes long to count nobody has to wait for
            latest = fits.latest(session, consultation_id)
            due = (latest is None or not latest.is_open) and is_due(session, consultation_id)
        with writing(self._engine) as session:
            now = datetime.now(UTC)
            found = fits.open_one(session, consultation_id)
            if found is None:
                return fits.add(session, consultation_id, FitState.RUNNING, now=now) if due else None
            if found.cancel:
                fits.end(session, found.id, FitState.CANCELLED, now=now)
                return None
        return found

    def _carried_out(self, wanted: FitFacts, ours: Callable[[], bool]) -> "Generator[None, None, FitState | None]":
        """A step at a time; gives how it ended, or None if it is somebody else's by now."""
        while True:
            self._write(partial(suggested.look_now, consultation_id=wanted.consultation_id))
            given = yield from gathered(self._engine, wanted.consultation_id, datetime.now(UTC))
            self._write(partial(fits.begin, fit_id=wanted.id, comments=len(given.ids)))
            log.info("looking for candidate themes in %d comments", len(given.ids))
            found = yield from self._found(wanted, given, ours)
            if not isinstance(found, Discovery):
                return found
            if (yield from stands(self._engine, given)):
                log.info("found %d candidate themes", len(found.candidates))
                yield
                told = Suggested(given.consultation_id, given.ids, given.said, found, self._model, given.at)
                state = yield from self._stored(wanted, told, ours)
                if state is not FitState.STORED or (yield from stands(self._engine, given)):
                    return state
            # What was found may rest on words that have been taken back.
            log.info("words were taken back meanwhile: candidate themes are looked for again")

    def _found(
        self, wanted: FitFacts, given: Material, ours: Callable[[], bool]
    ) -> "Generator[None, None, Discovery | FitState | None]":
        executor = self._executors()
        try:
            future: Future[Discovery] = executor.submit(fit, given.texts, given.directions, given.start, given.taken)
            while True:
                yield
                if not ours():
                    return None
                if self._is_cancelled(wanted):
                    return FitState.CANCELLED
                if future.done():
                    return _come_back(future)
        finally:
            executor.shutdown(wait=False)

    def _stored(
        self, wanted: FitFacts, told: Suggested, ours: Callable[[], bool]
    ) -> "Generator[None, None, FitState | None]":
        portions, done = suggestions.store(self._engine, told), 0
        while ours():
            if self._is_cancelled(wanted):
                return FitState.CANCELLED
            if next(portions, None) is None:
                return FitState.STORED
            done = min(done + suggestions.PORTION, len(told.ids))
            self._write(partial(fits.came_to, fit_id=wanted.id, done=done))
            yield
        return None

    def _is_cancelled(self, wanted: FitFacts) -> bool:
        with reading(self._engine) as session:
            found = fits.facts(session, wanted.id)
        return found is None or found.cancel

    def _write(self, written: Callable[[Session], None]) -> None:
        with writing(self._engine) as session:
            written(session)


def _come_back(future: "Future[Discovery]") -> Discovery | FitState:
    problem = CancelledError() if future.cancelled() else future.exception()
    if problem is None:
        return future.result()
    # Reading goes on, and the next fit may fare better. What it says might quote somebody.
    log.error("a fit of candidate themes failed: %s", type(problem).__name__)
    return FitState.FAILED


def fit(
    texts: Sequence[str], directions: Sequence[Direction], start: Centres | None, taken: Collection[str]
) -> Discovery:
    """Candidate themes in the comments that say something; those that say "Nothing" or "N/A" are given none.

    What was ``assigned`` says besides whether each comment praises its candidate, criticises it or asks for it.
    """
    silent = says_nothing(texts)
    speaking = ["" if nothing else text for text, nothing in zip(texts, silent, strict=True)]
    found = discover(speaking, start=start, taken=taken)
    does = stance.about(speaking, found.assigned["words"].tolist(), directions)
    return found._replace(assigned=found.assigned.join(does))


def gathered(engine: sa.Engine, consultation_id: int, at: datetime) -> "Generator[None, None, Material]":
    """All that a fit of one consultation needs, brought together a portion of the comments at a step."""
    approved = sa.select(themes.c.key).where(themes.c.consultation_id == consultation_id)
    candidate_keys = sa.select(candidates.c.key).where(candidates.c.consultation_id == consultation_id)
    with reading(engine) as session:
        start = _centres(session, consultation_id)
        taken = frozenset(session.connection().execute(approved.union(candidate_keys)).scalars())
    ids: list[int] = []
    texts: list[str] = []
    said: list[int] = []
    asked: list[Direction] = []
    more = True
    while more:
        with reading(engine) as session:
            further = uncovered(consultation_id).where(comments.c.id > (ids[-1] if ids else 0)).order_by(comments.c.id)
            rows = session.connection().execute(further.add_columns(comments.c.words).limit(GATHERED)).all()
            directions = consultations.directions_of(session, {row.wave_id for row in rows})
        ids += [row.id for row in rows]
        texts += [row.redacted for row in rows]
        said += [fingerprint(row.words) for row in rows]
        asked += [directions.get((row.wave_id, row.item), Direction.OPEN) for row in rows]
        more = len(rows) == GATHERED
        if more:
            yield
    return Material(consultation_id, tuple(ids), tuple(texts), tuple(asked), start, taken, tuple(said), at)


def stands(engine: sa.Engine, given: Material) -> "Generator[None, None, bool]":
    """Whether every comment is there yet with the words it had: none was withdrawn or corrected. As many at a step."""
    for first in range(0, len(given.ids), GATHERED):
        if first:
            yield
        known = dict(zip(given.ids[first : first + GATHERED], given.said[first : first + GATHERED], strict=True))
        there = (
            sa.select(comments.c.id, comments.c.words)
            .join(responses, responses.c.id == comments.c.response_id)
            .where(comments.c.id.between(min(known), max(known)), responses.c.state == ResponseState.SENT)
        )
        with reading(engine) as session:
            rows = session.connection().execute(there)
            same = sum(known.get(row.id) == fingerprint(row.words) for row in rows)
        if same < len(known):
            return False
    return True


def _consultations(session: Session) -> list[int]:
    every = sa.select(waves.c.consultation_id).distinct().order_by(waves.c.consultation_id)
    return list(session.connection().execute(every).scalars())


def _centres(session: Session, consultation_id: int) -> Centres | None:
    """Where the last fit found its themes, for the next to start from."""
    kept = session.connection().execute(
        sa.select(candidates.c.key, candidates.c.centre)
        .where(
            candidates.c.consultation_id == consultation_id,
            candidates.c.centre.is_not(None),
            candidates.c.approved_as_id.is_(None),  # what it was found by is a theme of the frame now
        )
        .order_by(candidates.c.id)
    )
    rows = {row.key: np.frombuffer(row.centre, dtype=suggestions.STORED) for row in kept}
    if len({len(row) for row in rows.values()}) != 1:  # none, or made by different vectors
        return None
    return Centres(tuple(rows), np.vstack(list(rows.values())).astype(np.float32))
