"""People who work here, what they may do, and what they did."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from survey.column_types import moment, stored


class RoleName(StrEnum):
    """What somebody who works here may do."""

    OFFICER = "officer"
    LEADER = "leader"
    ADMINISTRATOR = "administrator"
    SAFEGUARDING = "safeguarding"  # a designated safeguarding officer


class Person(SQLModel, table=True):
    """Somebody who works here and may sign in."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=64, unique=True)
    password_hash: str = Field(max_length=200)
    failures: int = 0
    locked_until: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class PersonRole(SQLModel, table=True):
    """One role that one person has."""

    __tablename__ = "person_role"

    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE", primary_key=True)
    role: RoleName = Field(sa_column=sa.Column(stored(RoleName, "role"), primary_key=True))


class StaffSession(SQLModel, table=True):
    """One signed-in browser."""

    __tablename__ = "staff_session"

    token_hash: str = Field(max_length=64, primary_key=True)
    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    started_at: datetime = Field(sa_column=moment())
    seen_at: datetime = Field(sa_column=moment())


class AuditEntry(SQLModel, table=True):
    """Who did what, and when. Only ever added to."""

    __tablename__ = "audit_entry"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_column=moment(index=True))
    who: str = Field(max_length=64)
    what: str = Field(max_length=64)
    subject: str = Field(default="", max_length=200)
