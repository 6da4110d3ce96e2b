"""Teaching at work: the worker proves what people's judgements would teach, and reads by it where it is switched on."""

import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np
import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from analysis.text.learning import Judged, Proof, Taught, learn, prove
from survey import carried, standing_themes, teaching
from survey.check_samples import checkable
from survey.coding_frame import CodingFrame
from survey.database import reading, writing
from survey.standing_themes import StandingTheme

log = logging.getLogger(__name__)

REST_SECONDS = 2.0  # somebody may be waiting for what they asked

TABLES = SQLModel.metadata.tables
COMMENTS, JUDGEMENTS, TEACHINGS = TABLES["comment"], TABLES["judgement"], TABLES["teaching"]


class _Running(NamedTuple):
    teaching_id: int
    judged: int  # how many judgements it rests on
    future: "Future[Proof | None]"
    executor: Executor


class Proving:
    """Proves what was asked for, one at a time. Call it as often as you like: the proof itself is made elsewhere.

    Where a judgement goes while its proof is made, because a comment was withdrawn, the proof is made anew. One that
    fails ends without figures, and can be asked for again. One that was lost with where it was made is made once more,
    for others may have been the cause; lost again, it has failed.
    executors gives each proof an executor of its own, which is shut down without waiting when the proof has come back.
    """

    def __init__(
        self,
        engine: sa.Engine,
        executors: Callable[[], Executor],
        *,
        clock: Callable[[], float] = time.monotonic,
        rest_seconds: float = REST_SECONDS,
    ) -> None:
        self._engine = engine
        self._executors = executors
        self._clock = clock
        self._rest = rest_seconds
        self._running: _Running | None = None
        self._lost: int | None = None  # the proof that was lost with where it was made
        self._looked_at = -float("inf")

    def __call__(self) -> None:
        """Do what is due, if anything is."""
        if self._running is None:
            self._begin()
        elif self._running.future.done():
            running, self._running = self._running, None
            running.executor.shutdown(wait=False)
            self._come_back(running)

    def leave(self) -> None:
        """Let go of what is under way: whoever comes next begins it again."""
        if self._running is not None:
            self._running.executor.shutdown(wait=False, cancel_futures=True)
            self._running = None

    def _begin(self) -> None:
        if self._clock() - self._looked_at < self._rest:
            return
        self._looked_at = self._clock()
        with reading(self._engine) as session:
            asked = session.connection().execute(_asked()).first()
            if asked is None:
                return
            themes = standing_themes.standing(session, asked.consultation_id)
            material = judged(session, asked.consultation_id, _ids(themes), until=asked.asked_at)
        frame = standing_themes.frame_of(themes)
        if frame is None:
            self._store(asked.id, None)
            return
        log.info("proving what the judgements of %d comments would teach", len(material.texts))
        executor = self._executors()
        self._running = _Running(asked.id, _size(material), executor.submit(prove, material, frame), executor)

    def _come_back(self, running: _Running) -> None:
        problem = CancelledError() if running.future.cancelled() else running.future.exception()
        if isinstance(problem, BrokenExecutor | CancelledError) and self._lost != running.teaching_id:
            log.error("a proof was lost, and is made once more: %s", type(problem).__name__)
            self._lost, self._looked_at = running.teaching_id, -float("inf")
            return
        if problem is not None:  # its words might quote somebody
            log.error("a proof failed: %s", type(problem).__name__)
            self._store(running.teaching_id, None)
            return
        with reading(self._engine) as session:
            mine = sa.select(TEACHINGS).where(TEACHINGS.c.id == running.teaching_id)
            asked = session.connection().execute(mine).first()
            if asked is None:
                return
            themes = standing_themes.standing(session, asked.consultation_id)
            now_there = _size(judged(session, asked.consultation_id, _ids(themes), until=asked.asked_at))
        if now_there != running.judged:
            log.info("a judgement is gone meanwhile: it is proved again")
            self._looked_at = -float("inf")
            return
        self._store(running.teaching_id, running.future.result())

    def _store(self, teaching_id: int, proof: Proof | None) -> None:
        figures: dict[str, object] = {"proved_at": datetime.now(UTC)}
        if proof is not None:
            figures |= {
                "comments": proof.comments, "f1_without": proof.f1_without, "f1_with": proof.f1_with,
                "difference_low": proof.low, "difference_high": proof.high,
            }  # fmt: skip
        with writing(self._engine) as session:
            session.connection().execute(sa.update(TEACHINGS).where(TEACHINGS.c.id == teaching_id).values(figures))


class Learnt:
    """What each consultation's comments are to be read by: its frame, and what was learnt where that is switched on.

    Worked out again from the judgements that are left whenever one of them is gone, or the frame has changed.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[tuple[object, ...], Taught]] = {}

    def of(self, session: Session, consultation_id: int, frame: CodingFrame) -> CodingFrame | Taught:
        """The frame itself, or that frame with what was learnt."""
        lesson = teaching.in_use(session, consultation_id)
        if lesson is None:
            self._known.pop(consultation_id, None)
            return frame
        which = (lesson.id, frame, _fingerprint(session, consultation_id, lesson.asked_at))
        known = self._known.get(consultation_id)
        if known is None or known[0] != which:
            ids = {theme.key: theme.id for theme in standing_themes.standing(session, consultation_id)}
            columns = [ids.get(theme.key) for theme in frame.themes]
            material = judged(session, consultation_id, columns, until=lesson.asked_at)
            known = (which, learn(material, frame, name=f"taught {lesson.id}"))
            self._known[consultation_id] = known
        return known[1]


def judged(session: Session, consultation_id: int, themes: Sequence[int | None], *, until: datetime) -> Judged:
    """What people had said by then of a consultation's comments: of each comment and theme what was said last.

    themes are the ids of those that the columns are for; None for one of which nothing can have been said. A theme that
    was merged counts for the one that it was merged into, as everywhere (survey.carried).
    """
    counting = standing_themes.counts_for(session, consultation_id).themes
    column = {theme: place for place, theme in enumerate(themes) if theme is not None}
    there = checkable(consultation_id).add_columns(COMMENTS.c.redacted).order_by(COMMENTS.c.id)
    last = carried.last_said(session, consultation_id, _by_then(consultation_id, until))
    spoken = {comment for comment, _ in last}
    comments = [row for row in session.connection().execute(there) if row.id in spoken]
    place = {row.id: number for number, row in enumerate(comments)}
    says = np.full((len(comments), len(themes)), np.nan)
    blind = np.zeros(says.shape, dtype=np.bool_)
    for (comment, theme), one in last.items():
        if comment in place and counting.get(theme) in column:
            cell = place[comment], column[counting[theme]]
            says[cell] = np.nanmax([says[cell], float(one.carries)])
            blind[cell] |= one.blind
    return Judged(tuple(row.redacted for row in comments), tuple(row.response_id for row in comments), says, blind)


def _ids(themes: Sequence[StandingTheme]) -> list[int]:
    return [theme.id for theme in themes]


def _asked() -> sa.Select[int, int, datetime]:
    """The proof that has waited longest."""
    return (
        sa.select(TEACHINGS.c.id, TEACHINGS.c.consultation_id, TEACHINGS.c.asked_at)
        .where(TEACHINGS.c.proved_at.is_(None))
        .order_by(TEACHINGS.c.id)
        .limit(1)
    )


def _by_then(consultation_id: int, until: datetime) -> sa.ColumnElement[bool]:
    """Of judgements: those made by then of a comment that can be read."""
    there = checkable(consultation_id).with_only_columns(COMMENTS.c.id)
    return sa.and_(JUDGEMENTS.c.comment_id.in_(there), JUDGEMENTS.c.at <= until)


def _fingerprint(session: Session, consultation_id: int, until: datetime) -> tuple[int, int]:
    """How many judgements there are, and the sum of their numbers: another when one is gone."""
    counting = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(JUDGEMENTS.c.id), 0)).where(
        _by_then(consultation_id, until)
    )
    count, total = session.connection().execute(counting).one()
    return int(count), int(total)


def _size(material: Judged) -> int:
    return int((~np.isnan(material.says)).sum())
