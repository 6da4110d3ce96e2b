"""Placing: where comments and themes lie in meaning, worked out once and kept, so that pages can measure by it.

A chore of the worker's. Officers search by meaning from these places (``analysis.nearness``), and a summary is measured
by whom it lies near (``analysis.coverage``). They are made from the words that may be shown, so that nothing that is
hidden can be found by them; a comment's place goes with its reading, and so with the comment.
"""

import time
from collections.abc import Callable
from typing import Final

import sqlalchemy as sa
from sqlmodel import SQLModel

from analysis.nearness import as_stored
from analysis.text import vectors
from survey.database import reading, writing

PORTION: Final = 1_000  # comments at a time: a tenth of a second
REST_SECONDS: Final = 0.5  # when there is nothing to place

TABLES = SQLModel.metadata.tables
comments, readings = TABLES["comment"], TABLES["reading"]
themes, places = TABLES["theme"], TABLES["theme_place"]


class Placing:
    """Gives comments that have been read, and themes as they are worded, their places: a portion at each call."""

    def __init__(self, engine: sa.Engine, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._engine = engine
        self._clock = clock
        self._again_at = clock()
        self._vectors = vectors.chosen()

    def __call__(self) -> None:
        """Place those that wait, if it is time to. Call it as often as you like."""
        if self._clock() < self._again_at:
            return
        if self.place_comments() + self.place_themes() == 0:
            self._again_at = self._clock() + REST_SECONDS

    def place_comments(self) -> int:
        """Place a portion of the comments that wait, the newest first. Gives how many there were."""
        waiting = (
            sa.select(readings.c.comment_id, comments.c.redacted)
            .join(comments, comments.c.id == readings.c.comment_id)
            .where(readings.c.embedding.is_(None), comments.c.redacted.is_not(None))
            .order_by(readings.c.comment_id.desc())
            .limit(PORTION)
        )
        with reading(self._engine) as session:
            rows = session.connection().execute(waiting).all()
        if not rows:
            return 0
        stored = as_stored(self._vectors.of([row.redacted for row in rows]))
        # Of a comment that has been read again meanwhile, or had words hidden, this is not the place any more.
        same = sa.exists().where(comments.c.id == sa.bindparam("number"), comments.c.redacted == sa.bindparam("shown"))
        mine = sa.and_(readings.c.comment_id == sa.bindparam("number"), readings.c.embedding.is_(None), same)
        kept = sa.update(readings).where(mine).values(embedding=sa.bindparam("place"))
        with writing(self._engine) as session:
            placed = zip(rows, stored, strict=True)
            session.connection().execute(
                kept, [{"number": row.comment_id, "shown": row.redacted, "place": place} for row, place in placed]
            )
        return len(rows)

    def place_themes(self) -> int:
        """Place the themes whose wording has no place yet. Gives how many."""
        known = sa.exists().where(
            places.c.theme_id == themes.c.id,
            places.c.version == themes.c.version,
            places.c.vectors == self._vectors.name,
        )
        wanted = sa.select(themes.c.id, themes.c.version, themes.c.label, themes.c.description).where(~known)
        with reading(self._engine) as session:
            found = list(session.connection().execute(wanted))
        if not found:
            return 0
        rows = self._vectors.of([f"{row.label}. {row.description}" for row in found])
        told = [
            {"theme_id": one.id, "version": one.version, "vectors": self._vectors.name, "place": row}
            for one, row in zip(found, as_stored(rows), strict=True)
        ]
        with writing(self._engine) as session:
            session.connection().execute(sa.delete(places).where(places.c.theme_id.in_([one.id for one in found])))
            there = set(session.connection().execute(sa.select(themes.c.id)).scalars())
            if kept := [one for one in told if one["theme_id"] in there]:
                session.connection().execute(sa.insert(places), kept)
        return len(found)
