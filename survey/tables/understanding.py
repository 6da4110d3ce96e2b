"""Understanding: what a model reads in a comment, and what people add to it before it is shown or scored."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from survey.column_types import moment

_NOT_PLACED = sa.text("embedding IS NULL")  # the few that the worker looks for, ten times a second


class Reading(SQLModel, table=True):
    """What a model says of one comment. It goes when the comment goes."""

    __table_args__ = (
        sa.Index("ix_reading_not_placed", "comment_id", sqlite_where=_NOT_PLACED, postgresql_where=_NOT_PLACED),
    )

    comment_id: int = Field(foreign_key="comment.id", ondelete="CASCADE", primary_key=True)
    model: str = Field(max_length=64)
    frame: int = 1  # the number of the consultation's coding frame by which its themes were given
    sentiment: str = Field(max_length=32)
    unsure: bool = False  # the model does not claim the sentiment it found likeliest
    praise: bool = False  # whether any clause does that
    criticism: bool = False
    request: bool = False
    p_negative: float
    p_neutral: float
    p_positive: float
    embedding: bytes | None = None  # where what is shown of it lies among meanings; None until the worker has said so
    read_at: datetime = Field(sa_column=moment())


class SentimentJudgement(SQLModel, table=True):
    """What somebody who works here says of one comment's sentiment. Only added to: the last one counts."""

    __tablename__ = "sentiment_judgement"

    id: int | None = Field(default=None, primary_key=True)
    comment_id: int = Field(foreign_key="comment.id", ondelete="CASCADE", index=True)
    sentiment: str = Field(max_length=32)
    by: str = Field(max_length=64)
    at: datetime = Field(sa_column=moment())


class CommentTranslation(SQLModel, table=True):
    """A comment in English, as somebody who knows its language put it. What was written stays as it was."""

    __tablename__ = "comment_translation"

    comment_id: int = Field(foreign_key="comment.id", ondelete="CASCADE", primary_key=True)
    words: str = Field(sa_type=sa.Text)
    by: str = Field(max_length=64)
    at: datetime = Field(sa_column=moment())


class FoundDetail(SQLModel, table=True):
    """A place in a comment, or in its translation where it has one, that holds a personal detail: never its words.

    Numbers and addresses are certain. Names and schools are only suggested: hidden until a person says otherwise.
    """

    __tablename__ = "found_detail"
    __table_args__ = (sa.UniqueConstraint("comment_id", "start"),)

    id: int | None = Field(default=None, primary_key=True)
    comment_id: int = Field(foreign_key="comment.id", ondelete="CASCADE", index=True)
    start: int  # characters of ``survey.written.safe`` of the comment or its translation, from 0
    end: int
    kind: str = Field(max_length=32)
    suggested: bool = False
    hidden: bool = True
    decided_by: str = Field(default="", max_length=64)  # "" until somebody has decided
    decided_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
