"""Copies among comments, when one of them goes: the others still say nearly the same as one another."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

LIKENESSES = SQLModel.metadata.tables["likeness"]


def hand_on(session: Session, comment_ids: Collection[int]) -> None:
    """Before these comments are deleted: of those that were like one of them, the earliest stands in its place."""
    followers = (
        sa.select(LIKENESSES.c.earlier_id, LIKENESSES.c.comment_id)
        .where(LIKENESSES.c.earlier_id.in_(comment_ids), LIKENESSES.c.comment_id.not_in(comment_ids))
        .order_by(LIKENESSES.c.comment_id)
    )
    heirs: dict[int, int] = {}
    for gone, follower in session.connection().execute(followers):
        heirs.setdefault(gone, follower)
    for gone, heir in heirs.items():
        of_gone = sa.and_(LIKENESSES.c.earlier_id == gone, LIKENESSES.c.comment_id != heir)
        session.connection().execute(sa.update(LIKENESSES).where(of_gone).values(earlier_id=heir))
