"""What is stored: one class a table, each with the rules that no row may break.

Times are UTC. Enumerations are stored by value. Codes and cookies are stored only as keyed hashes.
"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from survey.column_types import moment, stored

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class ConsultationKind(StrEnum):
    """What an exercise is in law, which decides what must go with it."""

    STATUTORY = "statutory consultation"
    ENGAGEMENT = "engagement"
    SURVEY = "survey"


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


class GivenBy(StrEnum):
    """Who gave a coding."""

    MODEL = "model"
    PERSON = "person"


class RoleName(StrEnum):
    """What somebody who works here may do."""

    OFFICER = "officer"
    LEADER = "leader"
    ADMINISTRATOR = "administrator"


class Consultation(SQLModel, table=True):
    """An exercise as a whole: its purpose, who owns it, when the decision is due."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(max_length=64, unique=True)
    title: str = Field(max_length=200)
    kind: ConsultationKind = Field(sa_column=sa.Column(stored(ConsultationKind, "kind"), nullable=False))
    owner: str = Field(max_length=200)
    decision_date: date | None = None
    demonstration: bool = False


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


class Reading(SQLModel, table=True):
    """What a model says of one comment. It goes when the comment goes."""

    comment_id: int = Field(foreign_key="comment.id", ondelete="CASCADE", primary_key=True)
    model: str = Field(max_length=64)
    sentiment: str = Field(max_length=32)
    p_negative: float
    p_neutral: float
    p_positive: float
    embedding: bytes | None = None
    read_at: datetime = Field(sa_column=moment())


class Theme(SQLModel, table=True):
    """A theme that people agreed on: an entry of the consultation's coding frame."""

    __table_args__ = (sa.UniqueConstraint("consultation_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    consultation_id: int = Field(foreign_key="consultation.id", ondelete="CASCADE")
    key: str = Field(max_length=64)
    label: str = Field(max_length=120)
    description: str = Field(default="", sa_type=sa.Text)
    phrases: str = Field(default="", sa_type=sa.Text)  # one to a line
    version: int = 1


class CandidateTheme(SQLModel, table=True):
    """A theme that a model suggests and no person has approved."""

    __tablename__ = "candidate_theme"
    __table_args__ = (sa.UniqueConstraint("consultation_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    consultation_id: int = Field(foreign_key="consultation.id", ondelete="CASCADE")
    key: str = Field(max_length=64)
    label: str = Field(max_length=200)
    size: int = 0
    centre: bytes | None = None  # where the next fit starts from
    fitted_at: datetime = Field(sa_column=moment())


class Coding(SQLModel, table=True):
    """One theme given to one comment, and by whom."""

    __table_args__ = (
        sa.UniqueConstraint("comment_id", "theme_id"),
        sa.UniqueConstraint("comment_id", "candidate_theme_id"),
        sa.CheckConstraint("(theme_id IS NULL) <> (candidate_theme_id IS NULL)", name="theme_or_candidate"),
    )

    id: int | None = Field(default=None, primary_key=True)
    comment_id: int = Field(foreign_key="comment.id", ondelete="CASCADE", index=True)
    theme_id: int | None = Field(default=None, foreign_key="theme.id", ondelete="CASCADE", index=True)
    candidate_theme_id: int | None = Field(
        default=None, foreign_key="candidate_theme.id", ondelete="CASCADE", index=True
    )
    strength: float
    given_by: GivenBy = Field(sa_column=sa.Column(stored(GivenBy, "given_by"), nullable=False))
    model: str = Field(default="", max_length=64)


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


class ChangeCounter(SQLModel, table=True):
    """The one row whose value numbers every change that figures depend on."""

    __tablename__ = "change_counter"
    __table_args__ = (sa.CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(default=1, primary_key=True)
    value: int = Field(default=0, sa_type=sa.BigInteger)


def stored_id(
    row: Consultation | Wave | QuestionnaireVersion | Response | Comment | Theme | CandidateTheme | Person,
) -> int:
    """The number of a row that has been stored. Raises ValueError for one that has not."""
    if row.id is None:
        raise ValueError(f"This {type(row).__name__} has not been stored yet: flush the session first.")
    return row.id
