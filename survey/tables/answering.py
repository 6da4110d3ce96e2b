"""Responses: what people have answered so far, what they sent, and their own words."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from survey.column_types import moment, stored


class Channel(StrEnum):
    """How a response reached us."""

    WEB = "web"
    PHONE = "phone"
    IN_PERSON = "in_person"
    PAPER = "paper"


class ResponseState(StrEnum):
    """Where a response is in its life. (Before it is sent it is a draft, in a table of its own.)"""

    SENT = "sent"
    WITHDRAWN = "withdrawn"


class Draft(SQLModel, table=True):
    """What somebody has answered so far and not yet sent: one document, never counted in any figure."""

    __table_args__ = (sa.UniqueConstraint("wave_id", "device_hash"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)  # becomes the response's public id
    wave_id: int = Field(foreign_key="wave.id", ondelete="CASCADE")
    device_hash: str | None = Field(default=None, max_length=64)
    resume_hash: str | None = Field(default=None, max_length=64, unique=True)
    language: str = Field(default="en", max_length=8)
    place: str = Field(default="", max_length=200)
    look: str = Field(default="", max_length=32)  # large print, high contrast, or both
    preview: bool = False  # somebody who works here is looking at it: it never becomes a response
    answers: str = Field(default="{}", sa_type=sa.Text)  # by answer key, as typed
    started_at: datetime = Field(sa_column=moment())
    saved_at: datetime = Field(sa_column=moment(index=True))


class Response(SQLModel, table=True):
    """One respondent's return in one wave."""

    __table_args__ = (sa.Index(None, "wave_id", "change"),)  # "what changed in this wave since N" reads this alone

    id: int | None = Field(default=None, primary_key=True)
    public_id: UUID = Field(unique=True)
    reference: str = Field(max_length=20, unique=True)
    wave_id: int = Field(foreign_key="wave.id")
    state: ResponseState = Field(
        default=ResponseState.SENT, sa_column=sa.Column(stored(ResponseState, "state"), nullable=False)
    )
    channel: Channel = Field(sa_column=sa.Column(stored(Channel, "channel"), nullable=False))
    variant: str = Field(default="standard", max_length=32)
    language: str = Field(default="en", max_length=8)
    district: str = Field(default="", max_length=32)  # an area's code, or what was chosen in its place
    quotable: bool = False  # they said that their words may be quoted, without their name
    entered_by: str = Field(default="", max_length=64)  # who keyed it in, if its owner did not
    notice_version: str = Field(default="", max_length=32)  # the privacy notice it was given under
    private_hash: str | None = Field(default=None, max_length=64, index=True, unique=True)
    device_hash: str | None = Field(default=None, max_length=64, index=True)
    started_at: datetime = Field(sa_column=moment())
    sent_at: datetime = Field(sa_column=moment())
    change: int = Field(sa_type=sa.BigInteger, index=True)


class Answer(SQLModel, table=True):
    """What a response says to one item, about one service and one child where those apply.

    An item with several answers has a row for each code. A comment's words are in ``Comment``.
    """

    __table_args__ = (
        sa.UniqueConstraint("response_id", "item", "service", "child", "code"),
        sa.CheckConstraint(
            "(CASE WHEN code <> '' THEN 1 ELSE 0 END) + (CASE WHEN number IS NOT NULL THEN 1 ELSE 0 END) + "
            "(CASE WHEN day IS NOT NULL THEN 1 ELSE 0 END) = 1",
            name="code_or_number_or_day",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    response_id: int = Field(foreign_key="response.id", ondelete="CASCADE", index=True)
    item: str = Field(max_length=64)
    service: str = Field(default="", max_length=32)
    child: int = 0
    code: str = Field(default="", max_length=32)
    number: float | None = None
    day: date | None = None


class Comment(SQLModel, table=True):
    """Somebody's own words, as written, and the form of them that may be shown once it has been read."""

    __table_args__ = (sa.UniqueConstraint("response_id", "item", "service", "child"),)

    id: int | None = Field(default=None, primary_key=True)
    response_id: int = Field(foreign_key="response.id", ondelete="CASCADE", index=True)
    item: str = Field(max_length=64)
    service: str = Field(default="", max_length=32)
    child: int = 0
    words: str = Field(sa_type=sa.Text)
    redacted: str | None = Field(default=None, sa_type=sa.Text)
    language: str | None = Field(default=None, max_length=8)
    other_language: str = Field(default="", max_length=8)  # where it goes over into a second one
    identifying: str = Field(default="", max_length=200)  # what together might tell who it is about, apart by commas


class Likeness(SQLModel, table=True):
    """That a comment says nearly the same as an earlier one. For a person to look at: nothing is left out for it."""

    comment_id: int = Field(foreign_key="comment.id", ondelete="CASCADE", primary_key=True)
    earlier_id: int = Field(foreign_key="comment.id", ondelete="CASCADE", index=True)
    share: float  # of the longer comment's word sequences, how many both have


class SecondKeying(SQLModel, table=True):
    """That a paper form was keyed in a second time by way of a check, and in how many answers the two differed."""

    __tablename__ = "second_keying"

    response_id: int = Field(foreign_key="response.id", ondelete="CASCADE", primary_key=True)
    keyed_by: str = Field(max_length=64)
    keyed_at: datetime = Field(sa_column=moment())
    differences: int


class EqualityAnswer(SQLModel, table=True):
    """One answer to an equality question. Kept apart: no column leads from here to what else was said.

    ``link`` is a keyed hash, worked out from a response when its owner withdraws it, and for nothing else.
    """

    __tablename__ = "equality_answer"
    __table_args__ = (sa.UniqueConstraint("link", "item", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    wave_id: int = Field(foreign_key="wave.id", ondelete="CASCADE", index=True)
    link: str = Field(max_length=64)
    item: str = Field(max_length=64)
    code: str = Field(max_length=32)


class ChangeCounter(SQLModel, table=True):
    """The one row whose value numbers every change that figures depend on."""

    __tablename__ = "change_counter"
    __table_args__ = (sa.CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(default=1, primary_key=True)
    value: int = Field(default=0, sa_type=sa.BigInteger)
