"""Placing: where what is shown of each comment lies among meanings, stored beside what was read in it.

Officers search by meaning from these places (``analysis.nearness``). They are made from the words that may be shown, so
that nothing that is hidden can be found by them, and only by the word table: vectors of spelling know no meaning.
"""

import time
from collections.abc import Callable
from typing import Final

import sqlalchemy as sa
from sqlmodel import SQLModel

from analysis.nearness import as_stored
from analysis.text import vectors, word_table
from survey.database import reading, writing

PORTION: Final = 1_000  # comments at a time: a tenth of a second
REST_SECONDS: Final = 0.5  # when there is nothing to place

TABLES = SQLModel.metadata.tables
comments, readings = TABLES["comment"], TABLES["reading"]


class Placing:
    """Gives comments that have been read their place, a portion at each call. Call it as often as you like."""

    def __init__(self, engine: sa.Engine, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._engine = engine
        self._clock = clock
        self._again_at = clock()
        self._off = vectors.chosen().name != word_table.NAME

    def __call__(self) -> None:
        """Place those that wait, if it is time to."""
        if self._off or self._clock() < self._again_at:
            return
        if self.place() == 0:
            self._again_at = self._clock() + REST_SECONDS

    def place(self) -> int:
        """Place a portion of those that wait, the newest first. Gives how many there were."""
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
        stored = as_stored(word_table.table().of([row.redacted for row in rows]))
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
