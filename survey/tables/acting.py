"""What was decided and done about what people said, and what was published of it. Nothing here is anybody's words.

An action is a row of versions: each act adds one, and none is ever rewritten. A page that was published is kept as it
was, with its figures, so that it says the same for ever.
"""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from survey.column_types import moment, stored
from survey.ledger import ActionActKind, ActionState


class Action(SQLModel, table=True):
    """One decision or action of a consultation. What it says is in its versions."""

    id: int | None = Field(default=None, primary_key=True)
    consultation_id: int = Field(foreign_key="consultation.id", ondelete="CASCADE", index=True)


class ActionVersion(SQLModel, table=True):
    """An action as one act left it. It is about a theme or a service; only one that was compared is done."""

    __tablename__ = "action_version"
    __table_args__ = (
        sa.UniqueConstraint("action_id", "version"),
        sa.CheckConstraint("theme_id IS NOT NULL OR service <> ''", name="theme_or_service"),
        sa.CheckConstraint("state <> 'done' OR compared_wave_id IS NOT NULL", name="done_is_compared"),
        sa.CheckConstraint(
            "state <> 'done' OR compared_word = 'too few to say' "
            "OR (compared_low IS NOT NULL AND compared_high IS NOT NULL)",
            name="done_has_figures",  # without them there is only the word of actions that were called done before it
        ),
        sa.CheckConstraint("state <> 'not doing' OR because <> ''", name="refused_has_reason"),
    )

    id: int | None = Field(default=None, primary_key=True)
    action_id: int = Field(foreign_key="action.id", ondelete="CASCADE", index=True)
    version: int
    what: ActionActKind = Field(sa_column=sa.Column(stored(ActionActKind, "what"), nullable=False))
    by: str = Field(max_length=64)
    at: datetime = Field(sa_column=moment())
    state: ActionState = Field(sa_column=sa.Column(stored(ActionState, "state"), nullable=False))
    told: str = Field(sa_type=sa.Text)
    because: str = Field(default="", sa_type=sa.Text)
    theme_id: int | None = Field(default=None, foreign_key="theme.id", ondelete="CASCADE", index=True)
    service: str = Field(default="", max_length=64)
    owner: str = Field(default="", max_length=120)  # a job; "" while there is none yet
    due: date | None = None
    districts: str = Field(default="", sa_type=sa.Text)  # codes, one to a line; "" for all
    tags: str = Field(default="", sa_type=sa.Text)  # one to a line
    predicted: int | None = None  # points
    wave_id: int = Field(foreign_key="wave.id", ondelete="CASCADE", index=True)  # that the evidence is from
    evidence_share: float | None = None  # released at the time
    evidence_low: float | None = None
    evidence_high: float | None = None
    evidence_base: int | None = None
    compared_wave_id: int | None = Field(default=None, foreign_key="wave.id", ondelete="CASCADE", index=True)
    compared_word: str = Field(default="", max_length=32)
    compared_low: float | None = None
    compared_high: float | None = None


class ActionWording(SQLModel, table=True):
    """What an action says in another language. Only added to: the last one counts while the English is the same."""

    __tablename__ = "action_wording"

    id: int | None = Field(default=None, primary_key=True)
    action_id: int = Field(foreign_key="action.id", ondelete="CASCADE", index=True)
    version: int  # of the action whose English was put into that language
    language: str = Field(max_length=16)
    told: str = Field(sa_type=sa.Text)
    because: str = Field(default="", sa_type=sa.Text)
    by: str = Field(max_length=64)
    at: datetime = Field(sa_column=moment())


class Publication(SQLModel, table=True):
    """A page of what was said and done, as it was frozen: a preview until somebody publishes it."""

    __table_args__ = (sa.UniqueConstraint("consultation_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    consultation_id: int = Field(foreign_key="consultation.id", ondelete="CASCADE", index=True)
    number: int | None = None  # of the version; none while it is a preview
    content: str = Field(sa_type=sa.Text)
    made_by: str = Field(max_length=64)
    made_at: datetime = Field(sa_column=moment())
    published_by: str = Field(default="", max_length=64)
    published_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    withdrawn_by: str = Field(default="", max_length=64)
    withdrawn_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
