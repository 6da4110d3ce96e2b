"""Saying that responses changed, so that whoever watches reads them again."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from survey.database import next_change

RESPONSES = SQLModel.metadata.tables["response"]


def stamp(session: Session, response_ids: Collection[int]) -> None:
    """Say that these responses changed. The last act of a transaction."""
    number = next_change(session)
    for start in range(0, len(response_ids), 500):
        some = sorted(response_ids)[start : start + 500]
        session.connection().execute(sa.update(RESPONSES).where(RESPONSES.c.id.in_(some)).values(change=number))
