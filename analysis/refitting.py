"""Refitting: candidate themes, looked for again as comments come in that no theme of the frame was given to.

The fit itself runs elsewhere, through an executor, so that reading never waits for it: this module says what to fit
and when. When that is, is told by the database, so that a worker that starts does not begin at the beginning.
Comments are fitted as redacted, so that nobody's name becomes a theme, and none of their words are logged.
"""

import logging
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np
import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from analysis import suggestions
from analysis.suggestions import Suggested, themed
from analysis.text.discover import FEWEST, Centres, Discovery, discover
from analysis.text.evidence import says_nothing
from analysis.text.language import ENGLISH
from survey.database import reading
from survey.tables import GivenBy, ResponseState

log = logging.getLogger(__name__)

REST_SECONDS = 30.0
MORE_BY, MORE_AT_LEAST = 0.05, 5  # so many more comments, of those that have candidates, are worth a new fit

TABLES = SQLModel.metadata.tables
comments, readings, codings = TABLES["comment"], TABLES["reading"], TABLES["coding"]
responses, waves, themes = TABLES["response"], TABLES["wave"], TABLES["theme"]
candidates = TABLES["candidate_theme"]


class Material(NamedTuple):
    """What is to be fitted: one consultation's open comments, and where its candidate themes were found before."""

    consultation_id: int
    ids: tuple[int, ...]
    texts: tuple[str, ...]  # redacted
    start: Centres | None
    taken: frozenset[str]  # keys that no new candidate may have
    withdrawn: int  # how many responses of the consultation had been withdrawn by then
    at: datetime


class _Running(NamedTuple):
    material: Material
    future: "Future[Discovery]"


class Refitting:
    """Looks for candidate themes again when enough has come in, one consultation at a time.

    Call it as often as you like: it begins a fit that is due, at most one in rest_seconds, does not wait for it, and
    stores what has come back of it, a portion at each call.
    """

    def __init__(
        self,
        engine: sa.Engine,
        executor: Executor,
        *,
        model: str,
        clock: Callable[[], float] = time.monotonic,
        rest_seconds: float = REST_SECONDS,
    ) -> None:
        self._engine = engine
        self._executor = executor
        self._model = model
        self._clock = clock
        self._rest = rest_seconds
        self._running: _Running | None = None
        self._storing: Iterator[int] = iter(())
        self._looked_at = -float("inf")
        self._barren: dict[int, int] = {}  # how many open comments gave no candidate at all, by consultation

    def __call__(self) -> None:
        """Do what is due, if anything is. Raises BrokenExecutor if the executor can fit nothing any more."""
        if next(self._storing, None) is not None:
            return
        if self._running is None:
            self._begin()
        elif self._running.future.done():
            running, self._running = self._running, None
            self._come_back(running)

    def _begin(self) -> None:
        if self._clock() - self._looked_at < self._rest:
            return
        self._looked_at = self._clock()
        at = datetime.now(UTC)
        with reading(self._engine) as session:
            due = [one for one in _consultations(session) if is_due(session, one)]
            found = (material(session, one, at) for one in due)
            chosen = next((one for one in found if self._barren.get(one.consultation_id) != len(one.ids)), None)
        if chosen is not None:
            log.info("looking for candidate themes in %d comments", len(chosen.ids))
            future = self._executor.submit(fit, chosen.texts, chosen.start, chosen.taken)
            self._running = _Running(chosen, future)

    def _come_back(self, running: _Running) -> None:
        problem = running.future.exception()
        if isinstance(problem, BrokenExecutor):
            raise problem
        if problem is not None:  # reading goes on, and the next fit may fare better; its words might quote somebody
            log.error("a fit of candidate themes failed: %s", type(problem).__name__)
            return
        fitted, found = running.material, running.future.result()
        with reading(self._engine) as session:
            stands = withdrawn(session, fitted.consultation_id) == fitted.withdrawn
        if not stands:  # what was found may rest on words that have been taken back
            log.info("a response was withdrawn meanwhile: candidate themes are looked for again")
            self._looked_at = -float("inf")
            return
        if found.candidates.empty:
            self._barren[fitted.consultation_id] = len(fitted.ids)
        log.info("found %d candidate themes", len(found.candidates))
        told = Suggested(fitted.consultation_id, fitted.ids, found, self._model, fitted.at)
        self._storing = suggestions.store(self._engine, told)


def fit(texts: Sequence[str], start: Centres | None, taken: Collection[str]) -> Discovery:
    """Candidate themes in the comments that say something; those that say "Nothing" or "N/A" are given none."""
    silent = says_nothing(texts)
    speaking = ["" if nothing else text for text, nothing in zip(texts, silent, strict=True)]
    return discover(speaking, start=start, taken=taken)


def is_due(session: Session, consultation_id: int) -> bool:
    """Whether enough has changed since the consultation's last fit that was stored as a whole.

    What counts are open comments read since then, and comments that were given a theme since but have a candidate too.
    """
    mine = (candidates.c.consultation_id == consultation_id) & candidates.c.approved_as_id.is_(None)
    last = session.connection().execute(sa.select(sa.func.min(candidates.c.fitted_at)).where(mine)).scalar_one()
    given = sa.select(sa.func.count()).select_from(codings.join(candidates)).where(mine, _by_model())
    fitted, overtaken = _count(session, given), _count(session, given.where(themed(codings.c.comment_id)))
    new = _open(consultation_id)
    if last is not None:
        new = new.where(readings.c.read_at > last)
    waiting = _count(session, sa.select(sa.func.count()).select_from(new.subquery()))
    return waiting + overtaken >= (max(MORE_AT_LEAST, MORE_BY * fitted) if last is not None else FEWEST)


def material(session: Session, consultation_id: int, at: datetime) -> Material:
    """All that a fit of one consultation needs, as it is at that moment."""
    rows = session.connection().execute(_open(consultation_id).order_by(comments.c.id)).all()
    approved = sa.select(themes.c.key).where(themes.c.consultation_id == consultation_id)
    suggested = sa.select(candidates.c.key).where(candidates.c.consultation_id == consultation_id)
    return Material(
        consultation_id,
        tuple(row.id for row in rows),
        tuple(row.redacted for row in rows),
        _centres(session, consultation_id),
        frozenset(session.connection().execute(approved.union(suggested)).scalars()),
        withdrawn(session, consultation_id),
        at,
    )


def withdrawn(session: Session, consultation_id: int) -> int:
    """How many responses of a consultation have been withdrawn."""
    counting = (
        sa.select(sa.func.count())
        .select_from(responses.join(waves, waves.c.id == responses.c.wave_id))
        .where(waves.c.consultation_id == consultation_id, responses.c.state == ResponseState.WITHDRAWN)
    )
    return _count(session, counting)


def _consultations(session: Session) -> list[int]:
    every = sa.select(waves.c.consultation_id).distinct().order_by(waves.c.consultation_id)
    return list(session.connection().execute(every).scalars())


def _open(consultation_id: int) -> sa.Select[int, str]:
    """English comments that stand, have been read, and have no theme of the frame: ``id`` and ``redacted``."""
    return (
        sa.select(comments.c.id, comments.c.redacted)
        .join(responses, responses.c.id == comments.c.response_id)
        .join(waves, waves.c.id == responses.c.wave_id)
        .join(readings, readings.c.comment_id == comments.c.id)
        .where(
            waves.c.consultation_id == consultation_id,
            comments.c.language == ENGLISH,
            comments.c.redacted.is_not(None),
            responses.c.state == ResponseState.SENT,
            ~themed(comments.c.id),
        )
    )


def _by_model() -> sa.ColumnElement[bool]:
    return codings.c.given_by == GivenBy.MODEL


def _count(session: Session, counting: sa.Select[int]) -> int:
    return int(session.connection().execute(counting).scalar_one())


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
