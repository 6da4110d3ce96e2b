"""Reports that were signed off: what they said, how it has been put since, and which comments they quote.

The words of a comment are never kept here. A quotation is the number of a comment, and goes when its comment goes.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from survey.column_types import moment


class Report(SQLModel, table=True):
    """A summary as somebody signed it off. Only added to: what it said then stays as it was.

    content holds figures that had been through the gate, and no words of anybody's.
    """

    id: int | None = Field(default=None, primary_key=True)
    consultation_id: int = Field(foreign_key="consultation.id", ondelete="CASCADE", index=True)
    wave_id: int = Field(foreign_key="wave.id", ondelete="CASCADE", index=True)
    title: str = Field(max_length=200)
    made_by: str = Field(max_length=64)
    made_at: datetime = Field(sa_column=moment())
    change: int = Field(sa_type=sa.BigInteger)  # the last change to the answers that is in it
    frame: int  # the number of the coding frame
    act_id: int | None = Field(default=None, foreign_key="theme_act.id", ondelete="SET NULL")
    code_version: str = Field(max_length=64)
    seed: int
    quoted: int  # how many comments it quoted then
    content: str = Field(sa_type=sa.Text)


class ReportWording(SQLModel, table=True):
    """How somebody put one sentence of a report, beside what was computed. Only added to: the last one counts."""

    __tablename__ = "report_wording"

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="report.id", ondelete="CASCADE", index=True)
    sentence: str = Field(max_length=160)  # its key
    words: str = Field(sa_type=sa.Text)  # "" where the computed text stands again
    by: str = Field(max_length=64)
    at: datetime = Field(sa_column=moment())


class ReportQuote(SQLModel, table=True):
    """That a report quotes a comment, under which theme ("" beside them all), and in which place."""

    __tablename__ = "report_quote"

    report_id: int = Field(foreign_key="report.id", ondelete="CASCADE", primary_key=True)
    comment_id: int = Field(foreign_key="comment.id", ondelete="CASCADE", primary_key=True, index=True)
    theme: str = Field(max_length=64)
    place: int


class StruckQuote(SQLModel, table=True):
    """That somebody struck a comment out of what is quoted, everywhere, and why."""

    __tablename__ = "struck_quote"

    comment_id: int = Field(foreign_key="comment.id", ondelete="CASCADE", primary_key=True)
    reason: str = Field(max_length=300)
    by: str = Field(max_length=64)
    at: datetime = Field(sa_column=moment())


class ThemePlace(SQLModel, table=True):
    """Where a theme lies in meaning, as one version of it was worded: beside it lie the comments that it speaks for."""

    __tablename__ = "theme_place"

    theme_id: int = Field(foreign_key="theme.id", ondelete="CASCADE", primary_key=True)
    version: int
    vectors: str = Field(max_length=32)  # by which kind of vectors
    place: bytes
