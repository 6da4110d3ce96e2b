"""Copies: new comments compared with those of the same consultation, and written down where they say nearly the same.

Nothing is left out of any figure for it: a person looks, and decides what it means. What has been compared is held in
the worker's memory as numbers, and worked out again after a start, a portion at a time, so that reading never waits.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from analysis.text import likeness
from analysis.text.likeness import NEARLY, Index, Sequences
from survey.changes import stamp
from survey.database import reading, writing
from survey.tables import ResponseState

log = logging.getLogger(__name__)

PORTION: Final = 400  # comments at a time: some tenths of a second
REST_SECONDS: Final = 1.0  # when there is nothing left to compare
LOOK_BACK: Final = 500  # numbers of comments: one that was being kept while a later one was read is not missed

TABLES = SQLModel.metadata.tables
comments, responses, waves, likenesses = (TABLES[name] for name in ("comment", "response", "wave", "likeness"))


class Said(NamedTuple):
    """One comment, as it is compared."""

    id: int
    response_id: int
    consultation_id: int
    sequences: Sequences


class Copy(NamedTuple):
    """That one comment says nearly the same as an earlier one, and how much of it both have."""

    comment: Said
    earlier: Said
    share: float


class Comparing:
    """Compares what has come in since it last looked, a portion at each call. Call it as often as you like."""

    def __init__(self, engine: sa.Engine, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._engine = engine
        self._clock = clock
        self._again_at = clock()
        self._indexes: dict[int, Index] = defaultdict(Index)
        # Of the latest comments, those compared. By whose they are, too: the number of one that is gone is used again.
        self._known: set[tuple[int, int]] = set()
        self._latest = 0

    def __call__(self) -> None:
        """Compare a portion, if there is one."""
        if self._clock() < self._again_at:
            return
        with reading(self._engine) as session:
            new = self._new(session)
            found = self._compared(session, [one for one in new if one.sequences])
        if found:
            written = write(self._engine, found)
            log.info("found %d comments that say nearly the same as another", written)
        self._remember(new)
        if len(new) < PORTION:
            self._again_at = self._clock() + REST_SECONDS

    def _new(self, session: Session) -> list[Said]:
        """The next comments, the earliest first."""
        latest = _standing(comments.c.id, comments.c.response_id).where(comments.c.id > self._latest - LOOK_BACK)
        found = session.connection().execute(latest.order_by(comments.c.id).limit(PORTION + LOOK_BACK))
        new = [row.id for row in found if (row.id, row.response_id) not in self._known][:PORTION]
        return _of(session, new) if new else []

    def _remember(self, new: Iterable[Said]) -> None:
        self._known |= {(one.id, one.response_id) for one in new}
        self._latest = max((number for number, _ in self._known), default=0)
        self._known = {one for one in self._known if one[0] > self._latest - LOOK_BACK}

    def _compared(self, session: Session, new: list[Said]) -> list[Copy]:
        signed = list(zip(new, likeness.signatures([one.sequences for one in new]), strict=True))
        worth = {near for one, signature in signed for near in self._indexes[one.consultation_id].near(signature)}
        known = {one.id: one for one in _of(session, worth)} | {one.id: one for one in new}
        gone = worth - set(known)
        found = []
        for one, signature in signed:
            index = self._indexes[one.consultation_id]
            others = [known[near] for near in index.near(signature) if near in known]
            if (copy := _most_alike(one, others)) is not None:
                found.append(copy)
            index.add(one.id, signature, gone=gone)
        return found


def write(engine: sa.Engine, found: Collection[Copy]) -> int:
    """Keep what was found of comments that are still there, and say that they changed. Gives how many were new."""
    with writing(engine) as session:
        ids = {one.id for copy in found for one in (copy.comment, copy.earlier)}
        there = sa.select(comments.c.id).where(comments.c.id.in_(ids)).with_for_update(read=True, key_share=True)
        still = set(session.connection().execute(there).scalars())
        rows = [
            {"comment_id": copy.comment.id, "earlier_id": copy.earlier.id, "share": copy.share}
            for copy in found
            if {copy.comment.id, copy.earlier.id} <= still
        ]
        insert = (postgresql if engine.dialect.name == "postgresql" else sqlite).insert(likenesses)
        new = insert.values(rows).on_conflict_do_nothing().returning(likenesses.c.comment_id) if rows else None
        written = set(session.connection().execute(new).scalars()) if new is not None else set()
        if written:
            stamp(session, {copy.comment.response_id for copy in found if copy.comment.id in written})
    return len(written)


def _most_alike(one: Said, others: Iterable[Said]) -> Copy | None:
    """The comment of somebody else that has most in common, the earlier of two; or None if none has enough.

    What one person wrote twice, about two services perhaps, is no copy.
    """
    shared = [(likeness.share(one.sequences, other.sequences), -other.id, other) for other in others]
    alike = [each for each in shared if each[0] >= NEARLY and each[2].response_id != one.response_id]
    if not alike:
        return None
    most, _, other = max(alike)
    later, earlier = (one, other) if one.id > other.id else (other, one)
    return Copy(later, earlier, most)


def _standing(*wanted: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Those columns of the comments of every response that stands."""
    return (
        sa.select(*wanted)
        .select_from(comments)
        .join(responses, responses.c.id == comments.c.response_id)
        .join(waves, waves.c.id == responses.c.wave_id)
        .where(responses.c.state == ResponseState.SENT)
    )


def _of(session: Session, ids: Collection[int]) -> list[Said]:
    wanted = _standing(comments.c.id, comments.c.response_id, waves.c.consultation_id, comments.c.words)
    rows = session.connection().execute(wanted.where(comments.c.id.in_(ids)).order_by(comments.c.id))
    return [Said(row.id, row.response_id, row.consultation_id, likeness.sequences(row.words)) for row in rows]
