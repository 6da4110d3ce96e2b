"""Unsure first: the comments of a consultation in the order in which it helps most that a person looks at them."""

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from survey.check_samples import checkable
from survey.tables import GivenBy

TABLES = SQLModel.metadata.tables
COMMENTS, READINGS, CODINGS = TABLES["comment"], TABLES["reading"], TABLES["coding"]
JUDGEMENTS, SAMPLES, SAMPLED = TABLES["judgement"], TABLES["check_sample"], TABLES["sampled_comment"]
TONES = TABLES["sentiment_judgement"]


def unsure_first(session: Session, consultation_id: int, *, limit: int, skip: int = 0) -> list[int]:
    """The ids of comments that nobody has judged yet, those that the computer is least sure of first.

    How sure it is of a comment is how sure it is of what it is least sure of: the weakest of the themes it gave, where
    it gave one, and the likeliest tone. One whose tone it does not claim to know comes before all others. Comments of
    a sample that is still being coded blind are left out: there nobody may see what the computer said.
    """
    weakest = (
        sa.select(sa.func.min(CODINGS.c.strength))
        .where(CODINGS.c.comment_id == COMMENTS.c.id, CODINGS.c.given_by == GivenBy.MODEL)
        .scalar_subquery()
    )
    tone = _larger(READINGS.c.p_negative, _larger(READINGS.c.p_neutral, READINGS.c.p_positive))
    sure = sa.case((weakest < tone, weakest), else_=tone)
    judged = sa.exists().where(JUDGEMENTS.c.comment_id == COMMENTS.c.id)
    tone_judged = sa.exists().where(TONES.c.comment_id == COMMENTS.c.id)
    being_coded = sa.exists().where(
        SAMPLED.c.comment_id == COMMENTS.c.id, SAMPLED.c.sample_id == SAMPLES.c.id, SAMPLES.c.ended_at.is_(None)
    )
    found = (
        checkable(consultation_id)
        .with_only_columns(COMMENTS.c.id)
        .where(~judged, ~tone_judged, ~being_coded)
        .order_by(READINGS.c.unsure.desc(), sure, COMMENTS.c.id)
        .limit(limit)
        .offset(skip)
    )
    return list(session.connection().execute(found).scalars())


def _larger(one: sa.ColumnElement[float], other: sa.ColumnElement[float]) -> sa.ColumnElement[float]:
    return sa.case((one > other, one), else_=other)
