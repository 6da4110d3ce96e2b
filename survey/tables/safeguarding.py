"""Comments that may disclose harm: a case for each, what was done about it, and what stays when it is taken back."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from survey.column_types import moment, stored


class CaseState(StrEnum):
    """How far people have come with a case."""

    WAITING = "waiting"  # nobody has opened it
    LOOKED_AT = "looked at"
    ESCALATED = "escalated"
    CLOSED = "closed"


class StepKind(StrEnum):
    """What somebody did about a case."""

    RAISED = "raised"
    OPENED = "opened"
    ESCALATED = "escalated"
    NOTED = "noted"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    SENT_BACK = "sent back"
    REOPENED = "reopened"


class SafeguardingCase(SQLModel, table=True):
    """A comment that may disclose harm, from when it was kept. It goes with the comment."""

    __tablename__ = "safeguarding_case"
    __table_args__ = (
        sa.CheckConstraint("confirmed_by = '' OR confirmed_by <> proposed_by", name="two_people"),
        sa.CheckConstraint("state <> 'closed' OR confirmed_by <> ''", name="closed_by_somebody"),
    )

    id: int | None = Field(default=None, primary_key=True)
    comment_id: int = Field(foreign_key="comment.id", ondelete="CASCADE", unique=True)
    kinds: str = Field(max_length=200)  # keys, apart by commas
    raised_by: str = Field(default="", max_length=64)  # "" where the words alone did
    came_at: datetime = Field(sa_column=moment(index=True))
    state: CaseState = Field(
        default=CaseState.WAITING, sa_column=sa.Column(stored(CaseState, "state"), nullable=False, index=True)
    )
    first_look_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    first_look_by: str = Field(default="", max_length=64)
    escalated_to: str = Field(default="", max_length=32)
    outcome: str = Field(default="", max_length=32)  # proposed until somebody else has confirmed it
    proposed_by: str = Field(default="", max_length=64)
    confirmed_by: str = Field(default="", max_length=64)


class SafeguardingStep(SQLModel, table=True):
    """One thing that was done about a case, by whom, and what they noted. It goes with the case."""

    __tablename__ = "safeguarding_step"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="safeguarding_case.id", ondelete="CASCADE", index=True)
    what: StepKind = Field(sa_column=sa.Column(stored(StepKind, "what"), nullable=False))
    by: str = Field(default="", max_length=64)
    at: datetime = Field(sa_column=moment())
    choice: str = Field(default="", max_length=32)  # whom it was passed to, or which outcome
    note: str = Field(default="", sa_type=sa.Text)


class TakenBackCase(SQLModel, table=True):
    """How many cases of a wave went because their owner took the words back, by how far people had come with them.

    A number and nothing else: no day, no kind and no link leads to whoever it was.
    """

    __tablename__ = "taken_back_case"
    __table_args__ = (sa.UniqueConstraint("wave_id", "state", "outcome"),)

    id: int | None = Field(default=None, primary_key=True)
    wave_id: int = Field(foreign_key="wave.id", ondelete="CASCADE")
    state: CaseState = Field(sa_column=sa.Column(stored(CaseState, "state"), nullable=False))
    outcome: str = Field(default="", max_length=32)
    cases: int = 0
