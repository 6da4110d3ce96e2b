"""Who did what, and when. Entries are only ever added, and never hold anything a respondent wrote."""

from datetime import UTC, datetime

from sqlmodel import Session

from survey.tables import AuditEntry


def record(session: Session, *, who: str, what: str, subject: str = "") -> None:
    """Note something that somebody did, as part of the transaction that does it."""
    session.add(AuditEntry(at=datetime.now(UTC), who=who, what=what, subject=subject[:200]))
