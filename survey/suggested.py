"""Themes that the program suggested, when words they were made from are taken back: withdrawn, or corrected."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Final

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

CODINGS, CANDIDATES = (SQLModel.metadata.tables[name] for name in ("coding", "candidate_theme"))

# Both stand in place of the moment at which a candidate was fitted.
NOT_DONE: Final = datetime(1970, 1, 1, tzinfo=UTC)  # until the whole of its fit is stored
LOOK_AGAIN: Final = datetime(1970, 1, 2, tzinfo=UTC)  # words were taken back, and no search has begun since


def forget(session: Session, comment_ids: Collection[int]) -> None:
    """Before these comments are deleted: what was suggested from them alone goes, the others are to be looked for anew.

    One that was approved is people's by now, and stays without the words it was found by.
    """
    coded = sa.select(CODINGS.c.candidate_theme_id).where(
        CODINGS.c.comment_id.in_(comment_ids), CODINGS.c.candidate_theme_id.is_not(None)
    )
    connection = session.connection()
    touched = set(connection.execute(coded).scalars())
    others = sa.select(CODINGS.c.candidate_theme_id).where(
        CODINGS.c.candidate_theme_id.in_(touched), CODINGS.c.comment_id.not_in(comment_ids)
    )
    left = set(connection.execute(others.distinct()).scalars())
    alone = CANDIDATES.c.id.in_(touched - left)
    connection.execute(sa.delete(CANDIDATES).where(alone, CANDIDATES.c.approved_as_id.is_(None)))
    connection.execute(sa.update(CANDIDATES).where(alone).values(label="", words="", centre=None))
    connection.execute(sa.update(CANDIDATES).where(CANDIDATES.c.id.in_(left)).values(fitted_at=LOOK_AGAIN))


def look_now(session: Session, consultation_id: int) -> None:
    """A search begins, before it reads its comments: whatever is taken back from now on is marked anew."""
    marked = CANDIDATES.c.fitted_at == LOOK_AGAIN, CANDIDATES.c.consultation_id == consultation_id
    session.connection().execute(sa.update(CANDIDATES).where(*marked).values(fitted_at=NOT_DONE))


def to_be_looked_for(session: Session, consultation_id: int) -> bool:
    """Whether words were taken back from a candidate that nobody has approved, and no search has begun since."""
    marked = CANDIDATES.c.fitted_at == LOOK_AGAIN, CANDIDATES.c.consultation_id == consultation_id
    found = sa.select(CANDIDATES.c.id).where(*marked, CANDIDATES.c.approved_as_id.is_(None)).limit(1)
    return session.connection().execute(found).first() is not None
