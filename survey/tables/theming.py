"""Themes: those people agreed on with all that was done to them, those a model suggests, and who carries which.

A coding is what a model gives, a judgement what a person says; the last judgement of a comment and a theme stands over
any coding. A theme that was merged, or a candidate that was approved, keeps its codings and says which theme they count
for now. So nothing that was given is ever rewritten, and everything can be undone.
"""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from survey.column_types import moment, stored


class GivenBy(StrEnum):
    """Who gave a coding."""

    MODEL = "model"
    PERSON = "person"


class ThemeActKind(StrEnum):
    """What a person can do to themes."""

    LOADED = "loaded"  # the frame as it was when its history began
    ADDED = "added"
    APPROVED = "approved"
    EDITED = "edited"
    MERGED = "merged"
    SPLIT = "split"
    RETIRED = "retired"
    RESTORED = "restored"
    UNDONE = "undone"


class FitState(StrEnum):
    """How far a search for candidate themes has come."""

    ASKED = "asked"
    RUNNING = "running"
    STORED = "stored"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Theme(SQLModel, table=True):
    """A theme that people agreed on: an entry of the consultation's coding frame, as it is now."""

    __table_args__ = (sa.UniqueConstraint("consultation_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    consultation_id: int = Field(foreign_key="consultation.id", ondelete="CASCADE")
    key: str = Field(max_length=64)
    label: str = Field(max_length=120)
    description: str = Field(default="", sa_type=sa.Text)
    phrases: str = Field(default="", sa_type=sa.Text)  # one to a line
    version: int = 1
    retired: bool = False
    merged_into_id: int | None = Field(default=None, foreign_key="theme.id")  # what its comments count for now


class ThemeAct(SQLModel, table=True):
    """One thing somebody did to the themes of a consultation, and of one approved, which candidate it was.

    Only added to.
    """

    __tablename__ = "theme_act"

    id: int | None = Field(default=None, primary_key=True)
    consultation_id: int = Field(foreign_key="consultation.id", ondelete="CASCADE", index=True)
    what: ThemeActKind = Field(sa_column=sa.Column(stored(ThemeActKind, "what"), nullable=False))
    by: str = Field(max_length=64)
    at: datetime = Field(sa_column=moment())
    undoes_id: int | None = Field(default=None, foreign_key="theme_act.id", unique=True)
    candidate_theme_id: int | None = Field(default=None, foreign_key="candidate_theme.id", ondelete="SET NULL")


class ThemeVersion(SQLModel, table=True):
    """A theme as one act left it. Kept for ever, so that an earlier report can be made again."""

    __tablename__ = "theme_version"
    __table_args__ = (sa.UniqueConstraint("theme_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    theme_id: int = Field(foreign_key="theme.id", ondelete="CASCADE", index=True)
    act_id: int = Field(foreign_key="theme_act.id", ondelete="CASCADE", index=True)
    version: int
    label: str = Field(max_length=120)
    description: str = Field(default="", sa_type=sa.Text)
    phrases: str = Field(default="", sa_type=sa.Text)
    retired: bool = False
    merged_into_id: int | None = Field(default=None, foreign_key="theme.id")


class CandidateTheme(SQLModel, table=True):
    """A theme that a model suggests; approved as a theme of the frame once a person says so."""

    __tablename__ = "candidate_theme"
    __table_args__ = (sa.UniqueConstraint("consultation_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    consultation_id: int = Field(foreign_key="consultation.id", ondelete="CASCADE")
    key: str = Field(max_length=64)
    label: str = Field(max_length=200)
    words: str = Field(default="", sa_type=sa.Text)  # that set it apart, apart by commas
    size: int = 0
    stability: float | None = None  # of the fits to part of the comments, the share that found it again
    centre: bytes | None = None  # where the next fit starts from
    approved_as_id: int | None = Field(default=None, foreign_key="theme.id")
    fitted_at: datetime = Field(sa_column=moment())


class Coding(SQLModel, table=True):
    """One theme given to one comment, by which model, on which words, and what they say of it."""

    __table_args__ = (
        sa.UniqueConstraint("comment_id", "theme_id"),
        sa.UniqueConstraint("comment_id", "candidate_theme_id"),
        sa.CheckConstraint("(theme_id IS NULL) <> (candidate_theme_id IS NULL)", name="theme_or_candidate"),
        sa.CheckConstraint("NOT (given_by = 'model' AND trim(model) = '')", name="model_is_named"),
    )

    id: int | None = Field(default=None, primary_key=True)
    comment_id: int = Field(foreign_key="comment.id", ondelete="CASCADE", index=True)
    theme_id: int | None = Field(default=None, foreign_key="theme.id", ondelete="CASCADE", index=True)
    candidate_theme_id: int | None = Field(
        default=None, foreign_key="candidate_theme.id", ondelete="CASCADE", index=True
    )
    strength: float
    margin: float | None = None  # of a candidate: how much nearer it is than the next
    words: str = Field(default="", max_length=200)  # up to three words that decided it, apart by commas
    praise: bool = False
    criticism: bool = False
    request: bool = False
    given_by: GivenBy = Field(sa_column=sa.Column(stored(GivenBy, "given_by"), nullable=False))
    model: str = Field(default="", max_length=64)


class CheckSample(SQLModel, table=True):
    """Comments drawn by chance for people to code without seeing what the model said."""

    __tablename__ = "check_sample"

    id: int | None = Field(default=None, primary_key=True)
    consultation_id: int = Field(foreign_key="consultation.id", ondelete="CASCADE", index=True)
    half_width: float  # of the interval wanted around a share: what its size was worked out from
    comments: int  # of how many it was drawn
    size: int
    shared: int  # of them, how many a second person codes too
    seed: int
    drawn_by: str = Field(max_length=64)
    drawn_at: datetime = Field(sa_column=moment())
    # What was said by then taught the computer when it was drawn, so those comments were left out; None if nothing did.
    # Kept here, for teaching is switched off and on again and keeps only the last time.
    taught_until: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    ended_by: str = Field(
        default="", max_length=64
    )  # "" while it is being coded: until then nobody sees what came of it
    ended_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class SampledComment(SQLModel, table=True):
    """One comment of a sample, in the order in which it is coded."""

    __tablename__ = "sampled_comment"

    sample_id: int = Field(foreign_key="check_sample.id", ondelete="CASCADE", primary_key=True)
    comment_id: int = Field(foreign_key="comment.id", ondelete="CASCADE", primary_key=True, index=True)
    place: int
    shared: bool = False


class BlindCoding(SQLModel, table=True):
    """That one person has coded one comment of a sample. Its themes are judgements, also those it does not carry."""

    __tablename__ = "blind_coding"
    __table_args__ = (sa.UniqueConstraint("sample_id", "comment_id", "by"),)

    id: int | None = Field(default=None, primary_key=True)
    sample_id: int = Field(foreign_key="check_sample.id", ondelete="CASCADE", index=True)
    comment_id: int = Field(foreign_key="comment.id", ondelete="CASCADE", index=True)
    sentiment: str = Field(default="", max_length=32)
    by: str = Field(max_length=64)
    at: datetime = Field(sa_column=moment())


class Judgement(SQLModel, table=True):
    """What a person says of one comment and one theme. Only added to: the last one counts."""

    id: int | None = Field(default=None, primary_key=True)
    comment_id: int = Field(foreign_key="comment.id", ondelete="CASCADE", index=True)
    theme_id: int = Field(foreign_key="theme.id", ondelete="CASCADE", index=True)
    carries: bool
    blind_coding_id: int | None = Field(default=None, foreign_key="blind_coding.id", ondelete="CASCADE", index=True)
    by: str = Field(max_length=64)
    at: datetime = Field(sa_column=moment())


class Teaching(SQLModel, table=True):
    """What people's judgements would teach the model, proved on judgements it had not seen, and whether it may be used.

    Figures are micro-averaged F1 over the themes, by cross-validation; the interval is of the difference. They are
    missing where a proof has ended without any. What it learns from are the judgements there were when it was asked.
    """

    id: int | None = Field(default=None, primary_key=True)
    consultation_id: int = Field(foreign_key="consultation.id", ondelete="CASCADE", index=True)
    asked_by: str = Field(max_length=64)
    asked_at: datetime = Field(sa_column=moment())
    proved_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    comments: int = 0
    f1_without: float | None = None
    f1_with: float | None = None
    difference_low: float | None = None
    difference_high: float | None = None
    switched_on_by: str = Field(default="", max_length=64)
    switched_on_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    switched_off_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class Fit(SQLModel, table=True):
    """One search for candidate themes: who asked for it, how far it has come, and whether to stop."""

    id: int | None = Field(default=None, primary_key=True)
    consultation_id: int = Field(foreign_key="consultation.id", ondelete="CASCADE", index=True)
    asked_by: str = Field(default="", max_length=64)  # "" when enough new comments had come in
    asked_at: datetime = Field(sa_column=moment())
    ended_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    state: FitState = Field(sa_column=sa.Column(stored(FitState, "state"), nullable=False))
    comments: int = 0
    done: int = 0  # of the comments, how many have been given what was found
    cancel: bool = False
