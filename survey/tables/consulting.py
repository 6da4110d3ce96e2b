"""Consultations: what is asked, in which waves, of which places, and in which languages it may be read."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from survey.column_types import moment, stored


class ConsultationKind(StrEnum):
    """What an exercise is in law, which decides what must go with it."""

    STATUTORY = "statutory consultation"
    ENGAGEMENT = "engagement"
    SURVEY = "survey"


class Consultation(SQLModel, table=True):
    """An exercise as a whole: its purpose, who owns it, when the decision is due."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(max_length=64, unique=True)
    title: str = Field(max_length=200)
    kind: ConsultationKind = Field(sa_column=sa.Column(stored(ConsultationKind, "kind"), nullable=False))
    owner: str = Field(max_length=200)
    decision_date: date | None = None
    demonstration: bool = False
    frame: int = 1  # one more whenever a comment might be given other themes than before
    themes_change: int = Field(default=0, sa_type=sa.BigInteger)  # the change in which its themes last became others


class QuestionnaireVersion(SQLModel, table=True):
    """A questionnaire as it was asked: never edited once somebody has answered it."""

    __tablename__ = "questionnaire_version"

    id: int | None = Field(default=None, primary_key=True)
    content_hash: str = Field(max_length=64, unique=True)
    content: str = Field(sa_type=sa.Text)


class Wave(SQLModel, table=True):
    """One period of fieldwork with one questionnaire version."""

    __table_args__ = (
        sa.UniqueConstraint("consultation_id", "code"),
        sa.CheckConstraint("closes_at > opens_at", name="closes_after_it_opens"),
    )

    id: int | None = Field(default=None, primary_key=True)
    consultation_id: int = Field(foreign_key="consultation.id", ondelete="CASCADE", index=True)
    questionnaire_version_id: int = Field(foreign_key="questionnaire_version.id")
    code: str = Field(max_length=32)
    title: str = Field(max_length=200)
    opens_at: datetime = Field(sa_column=moment())
    closes_at: datetime = Field(sa_column=moment())
    by_invitation: bool = False  # only somebody with an unused code may begin


class Area(SQLModel, table=True):
    """A district, with how long it lasts and what follows it, so that trends survive reorganisation."""

    code: str = Field(max_length=32, primary_key=True)
    name: str = Field(max_length=100)
    locality: str = Field(max_length=100)
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = Field(default=None, foreign_key="area.code")


class Invitation(SQLModel, table=True):
    """A code with which one response may be begun in a wave that is by invitation alone."""

    code_hash: str = Field(max_length=64, primary_key=True)
    wave_id: int = Field(foreign_key="wave.id", ondelete="CASCADE", index=True)
    used_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class ApprovedTranslation(SQLModel, table=True):
    """That a person has read a translation, as it stood then, and found it good."""

    __tablename__ = "approved_translation"
    __table_args__ = (sa.UniqueConstraint("name", "content_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=100)
    content_hash: str = Field(max_length=64)
    approved_by: str = Field(max_length=64)
    approved_at: datetime = Field(sa_column=moment())
