"""Placing: where comments and themes lie in meaning, worked out once and kept, so that pages can measure by it.

A chore of the worker's. What is placed is what may be shown of a comment, so that nothing of what was taken out of it
is in its place; the place goes with the reading, and so with the comment.
"""

import time
from typing import Final

import numpy as np
import sqlalchemy as sa
from sqlmodel import SQLModel

from analysis.text import vectors
from analysis.text.vectors import Matrix
from survey.database import reading, writing

TABLES = SQLModel.metadata.tables
comments, readings = TABLES["comment"], TABLES["reading"]
themes, places = TABLES["theme"], TABLES["theme_place"]

BATCH: Final = 1_000
LOOK_EVERY_SECONDS: Final = 1.0


class Placing:
    """Gives comments that were read, and themes as they are worded, their places."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._vectors = vectors.chosen()
        self._next = 0.0

    def __call__(self) -> None:
        """Place some that have no place yet, if it is time to look."""
        if time.monotonic() < self._next:
            return
        placed = self.place_comments()
        self.place_themes()
        self._next = 0.0 if placed == BATCH else time.monotonic() + LOOK_EVERY_SECONDS

    def place_comments(self) -> int:
        """Place the newest comments that have no place. Gives how many."""
        wanted = (
            sa.select(comments.c.id, comments.c.redacted)
            .join(readings, readings.c.comment_id == comments.c.id)
            .where(readings.c.embedding.is_(None), comments.c.redacted.is_not(None))
            .order_by(comments.c.id.desc())
            .limit(BATCH)
        )
        with reading(self._engine) as session:
            found = [(row.id, row.redacted) for row in session.connection().execute(wanted)]
        if not found:
            return 0
        rows = self._vectors.of([words for _, words in found])
        # Only if it is still what was read: its number may be another's by now, or its words others.
        still = sa.exists().where(comments.c.id == sa.bindparam("number"), comments.c.redacted == sa.bindparam("said"))
        keep = sa.update(readings).where(readings.c.comment_id == sa.bindparam("number"), still)
        told = [
            {"number": number, "said": words, "kept": as_bytes(row)}
            for (number, words), row in zip(found, rows, strict=True)
        ]
        with writing(self._engine) as session:
            session.connection().execute(keep.values(embedding=sa.bindparam("kept")), told)
        return len(found)

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
            {"theme_id": one.id, "version": one.version, "vectors": self._vectors.name, "place": as_bytes(row)}
            for one, row in zip(found, rows, strict=True)
        ]
        with writing(self._engine) as session:
            session.connection().execute(sa.delete(places).where(places.c.theme_id.in_([one.id for one in found])))
            there = set(session.connection().execute(sa.select(themes.c.id)).scalars())
            if kept := [one for one in told if one["theme_id"] in there]:
                session.connection().execute(sa.insert(places), kept)
        return len(found)


def as_bytes(row: Matrix) -> bytes:
    """A place as it is kept: half as many bits as it was worked out in, which changes nothing that is measured."""
    return row.astype(np.float16).tobytes()
