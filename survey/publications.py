"""Pages of what was said and done, frozen: made as a preview, published by somebody, withdrawn as easily.

What is kept is the page's content as text; what is in it is for ``analysis.record`` to know. A version that was
published is never written over. The newest answers for the consultation: once it is withdrawn, no older one takes its
place.
"""

from datetime import UTC, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, delete, select
from sqlmodel.sql.expression import SelectOfScalar

from survey import audit
from survey.errors import PublicationError
from survey.tables import Consultation, Publication

PAGES = SQLModel.metadata.tables["publication"].c


class Frozen(NamedTuple):
    """One page as it was frozen."""

    id: int
    number: int | None
    """Of the version; None for a preview."""
    content: str
    made_by: str
    made_at: datetime
    published_by: str
    published_at: datetime | None
    withdrawn_by: str
    withdrawn_at: datetime | None

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it."""
        return self.published_at is not None and self.withdrawn_at is None


def published(session: Session, consultation_id: int) -> list[Frozen]:
    """Every version that was ever published, withdrawn ones too, the newest first."""
    return [_frozen(row) for row in session.exec(_numbered(consultation_id))]


def newest(session: Session, consultation_id: int) -> Frozen | None:
    """The version that answers for the consultation, withdrawn or not; None if nothing was ever published."""
    row = session.exec(_numbered(consultation_id).limit(1)).first()
    return _frozen(row) if row else None


def is_public(session: Session, consultation_id: int) -> bool:
    """Whether there is a page that everybody may read. Every start page asks, so its content is left where it is."""
    rows = sa.select(PAGES.withdrawn_at).where(PAGES.consultation_id == consultation_id, PAGES.number.is_not(None))
    newest = session.connection().execute(rows.order_by(PAGES.number.desc()).limit(1)).first()
    return newest is not None and newest.withdrawn_at is None


def preview(session: Session, consultation_id: int) -> Frozen | None:
    """The page that somebody has made and nobody has published yet."""
    mine = select(Publication).where(Publication.consultation_id == consultation_id, col(Publication.number).is_(None))
    row = session.exec(mine.order_by(col(Publication.id).desc())).first()
    return _frozen(row) if row else None


def freeze(session: Session, consultation_id: int, content: str, *, by: str) -> Frozen:
    """Keep a page as a preview, in the place of an earlier preview."""
    _take_turn(session, consultation_id)
    session.exec(
        delete(Publication).where(
            col(Publication.consultation_id) == consultation_id, col(Publication.number).is_(None)
        )
    )
    row = Publication(consultation_id=consultation_id, content=content, made_by=by, made_at=datetime.now(UTC))
    session.add(row)
    session.flush()
    return _frozen(row)


def publish(session: Session, consultation_id: int, read: Frozen, *, by: str) -> int:
    """Publish a preview as it was read. Gives the version's number. Raises PublicationError if it is not there now.

    By its time too: a database gives a row's number to another once the row is gone.
    """
    _take_turn(session, consultation_id)
    row = session.get(Publication, read.id)
    gone = row is None or row.consultation_id != consultation_id or row.number is not None
    if row is None or gone or row.made_at != read.made_at:
        raise PublicationError("That preview is not there any more. Make a new one, read it, then publish it.")
    last = newest(session, consultation_id)
    row.number = (last.number or 0) + 1 if last else 1
    row.published_by, row.published_at = by, datetime.now(UTC)
    session.add(row)
    audit.record(session, who=by, what="publish page", subject=f"consultation {consultation_id}, version {row.number}")
    return row.number


def withdraw(session: Session, consultation_id: int, number: int, *, by: str) -> None:
    """Take a version off the public's page. Its address says from then on that it was withdrawn, and when."""
    _take_turn(session, consultation_id)
    row = session.exec(
        select(Publication).where(Publication.consultation_id == consultation_id, Publication.number == number)
    ).one_or_none()
    if row is None or row.withdrawn_at is not None:
        raise PublicationError(f"Version {number} is not public, so it cannot be withdrawn. Load the page again.")
    row.withdrawn_by, row.withdrawn_at = by, datetime.now(UTC)
    session.add(row)
    audit.record(session, who=by, what="withdraw page", subject=f"consultation {consultation_id}, version {number}")


def _numbered(consultation_id: int) -> SelectOfScalar[Publication]:
    mine = select(Publication).where(
        Publication.consultation_id == consultation_id, col(Publication.number).is_not(None)
    )
    return mine.order_by(col(Publication.number).desc())


def _take_turn(session: Session, consultation_id: int) -> None:
    """One person at a time numbers a consultation's versions."""
    session.get_one(Consultation, consultation_id, with_for_update=True)


def _frozen(row: Publication) -> Frozen:
    if row.id is None:
        raise ValueError("This page has not been stored yet: flush the session first.")
    return Frozen(
        row.id,
        row.number,
        row.content,
        row.made_by,
        row.made_at,
        row.published_by,
        row.published_at,
        row.withdrawn_by,
        row.withdrawn_at,
    )
