"""Reading through: what officers keep beside comments while they read them. All of it goes when the comment goes."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from survey.column_types import moment


class CommentSeen(SQLModel, table=True):
    """That somebody who works here has read one comment. One who takes that back has no row."""

    __tablename__ = "comment_seen"

    by: str = Field(max_length=64, primary_key=True)
    comment_id: int = Field(foreign_key="comment.id", ondelete="CASCADE", primary_key=True, index=True)
    at: datetime = Field(sa_column=moment())


class CommentNote(SQLModel, table=True):
    """What somebody noted about a comment for everybody who reads comments. Its author may take it back."""

    __tablename__ = "comment_note"

    id: int | None = Field(default=None, primary_key=True)
    comment_id: int = Field(foreign_key="comment.id", ondelete="CASCADE", index=True)
    words: str = Field(sa_type=sa.Text)
    by: str = Field(max_length=64)
    at: datetime = Field(sa_column=moment())


class CommentFlag(SQLModel, table=True):
    """One flag on one comment, for everybody who reads comments. Which flags there are: ``survey/comment_flags.toml``.

    Anybody who reads comments may take it off again.
    """

    __tablename__ = "comment_flag"

    comment_id: int = Field(foreign_key="comment.id", ondelete="CASCADE", primary_key=True)
    flag: str = Field(max_length=32, primary_key=True)
    by: str = Field(max_length=64)
    at: datetime = Field(sa_column=moment())
