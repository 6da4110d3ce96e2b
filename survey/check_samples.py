"""Samples: comments drawn by chance, for people to code without seeing what the computer said of them.

What was drawn does not change. A comment that is withdrawn goes from the sample as from everywhere else; the others
are a random part of the rest, so nothing is put in its place.
"""

from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from survey import standing_themes, teaching
from survey.errors import CheckingError
from survey.tables import CheckSample, ResponseState, SampledComment

TABLES = SQLModel.metadata.tables
COMMENTS, READINGS, RESPONSES, WAVES = (TABLES[name] for name in ("comment", "reading", "response", "wave"))
SAMPLES, SAMPLED, CODED = (TABLES[name] for name in ("check_sample", "sampled_comment", "blind_coding"))
JUDGEMENTS, CONSULTATIONS = TABLES["judgement"], TABLES["consultation"]

LANGUAGE = "en"  # what the computer gives themes to
PLACES = 2  # how many people code a comment that is shared


class Sample(NamedTuple):
    """A sample, and how far its coding has come."""

    id: int
    half_width: float
    comments: int  # of how many it was drawn
    size: int
    drawn_by: str
    drawn_at: datetime
    taught_until: datetime | None  # comments of which something had been said by then were left out
    ended_by: str
    ended_at: datetime | None
    there: int  # of its comments, how many have not been withdrawn
    coded: int  # how many of those somebody has coded
    shared: int  # how many of those are for two people
    coded_twice: int  # how many of these two people have coded

    @property
    def is_done(self) -> bool:
        """Nothing is left to code for anybody."""
        return self.coded == self.there and self.coded_twice == self.shared


def checkable(consultation_id: int, *, before: datetime | None = None) -> sa.Select[Any]:
    """``id`` and ``response_id`` of the comments that can be checked: in English, read, and not withdrawn.

    With ``before``, of those alone that were sent by then.
    """
    wanted = (
        sa.select(COMMENTS.c.id, COMMENTS.c.response_id)
        .join(RESPONSES, RESPONSES.c.id == COMMENTS.c.response_id)
        .join(WAVES, WAVES.c.id == RESPONSES.c.wave_id)
        .join(READINGS, READINGS.c.comment_id == COMMENTS.c.id)
        .where(
            WAVES.c.consultation_id == consultation_id,
            RESPONSES.c.state == ResponseState.SENT,
            COMMENTS.c.language == LANGUAGE,
            COMMENTS.c.redacted.is_not(None),
        )
    )
    return wanted if before is None else wanted.where(RESPONSES.c.sent_at <= before)


def unseen(session: Session, consultation_id: int) -> list[int]:
    """The comments that a sample may be drawn from.

    Where the computer has learnt from what people said of some comments, it would be judged by what it was told: those
    are left out.
    """
    return _untold(session, checkable(consultation_id), _taught_until(session, consultation_id))


def drawn_from(session: Session, consultation_id: int, sample: Sample) -> list[int]:
    """The comments that a sample was drawn from, without those that were withdrawn since."""
    return _untold(session, checkable(consultation_id, before=sample.drawn_at), sample.taught_until)


def draw(
    session: Session,
    consultation_id: int,
    *,
    half_width: float,
    size: int,
    shared: int,
    seed: int,
    by: str,
    now: datetime,
) -> int:
    """Draw so many comments, each as likely as any other, ``shared`` of them for two people. Gives the sample's id.

    The same comments and seed give the same sample, in the same order. Raises CheckingError if another sample is still
    being coded, if no theme stands, or if there are not so many comments.
    """
    taken = sa.select(CONSULTATIONS.c.id).where(CONSULTATIONS.c.id == consultation_id)
    session.connection().execute(taken.with_for_update(key_share=True))  # two officers do not draw at once
    if any(one.ended_at is None for one in samples(session, consultation_id)):
        raise CheckingError("A sample is being coded already. Finish it, or end it, before you draw another.")
    if not standing_themes.standing(session, consultation_id):
        raise CheckingError("There are no themes to code with yet. Approve or add some first.")
    taught_until = _taught_until(session, consultation_id)  # once: what is drawn from and what is kept are the same
    known = _untold(session, checkable(consultation_id), taught_until)
    if not 0 < size <= len(known) or not 0 <= shared <= size:
        raise CheckingError(f"There are {len(known)} comments to draw from. Choose how precise it must be again.")
    chance = np.random.default_rng(seed)
    drawn = chance.permutation(known)[:size]
    twice = set(chance.permutation(size)[:shared].tolist())
    sample = CheckSample(
        consultation_id=consultation_id,
        half_width=half_width,
        comments=len(known),
        size=size,
        shared=shared,
        seed=seed,
        drawn_by=by,
        drawn_at=now,
        taught_until=taught_until,
    )
    session.add(sample)
    session.flush()
    session.add_all(
        SampledComment(sample_id=sample.id or 0, comment_id=int(comment), place=place, shared=place in twice)
        for place, comment in enumerate(drawn)
    )
    return sample.id or 0


def samples(session: Session, consultation_id: int) -> list[Sample]:
    """The samples of a consultation, the latest first, with how far each has come."""
    people = (
        sa.select(CODED.c.sample_id, CODED.c.comment_id, sa.func.count().label("people"))
        .group_by(CODED.c.sample_id, CODED.c.comment_id)
        .subquery()
    )
    done = sa.func.coalesce(people.c.people, 0)
    far = (
        sa.select(
            SAMPLED.c.sample_id,
            sa.func.count().label("there"),
            _how_many(done > 0).label("coded"),
            _how_many(SAMPLED.c.shared).label("shared"),
            _how_many(sa.and_(SAMPLED.c.shared, done >= PLACES)).label("coded_twice"),
        )
        .outerjoin(
            people, sa.and_(people.c.sample_id == SAMPLED.c.sample_id, people.c.comment_id == SAMPLED.c.comment_id)
        )
        .group_by(SAMPLED.c.sample_id)
        .subquery()
    )
    of_sample = ("id", "half_width", "comments", "size", "drawn_by", "drawn_at", "taught_until", "ended_by", "ended_at")
    how_far = ("there", "coded", "shared", "coded_twice")
    rows = session.connection().execute(
        sa.select(*(SAMPLES.c[name] for name in of_sample), *(sa.func.coalesce(far.c[name], 0) for name in how_far))
        .outerjoin(far, far.c.sample_id == SAMPLES.c.id)
        .where(SAMPLES.c.consultation_id == consultation_id)
        .order_by(SAMPLES.c.id.desc())
    )
    return [Sample(*row) for row in rows]


def under_way(session: Session, consultation_id: int) -> frozenset[int]:
    """The comments that people are coding blind now: until that has ended, nobody is shown what was said of them."""
    listed = (
        sa.select(SAMPLED.c.comment_id)
        .join(SAMPLES, SAMPLES.c.id == SAMPLED.c.sample_id)
        .where(SAMPLES.c.consultation_id == consultation_id, SAMPLES.c.ended_at.is_(None))
    )
    return frozenset(session.connection().execute(listed).scalars())


def people_under_way(session: Session, wave_id: int) -> frozenset[int]:
    """The responses of a wave with a comment that is being coded blind now."""
    listed = (
        sa.select(COMMENTS.c.response_id)
        .join(SAMPLED, SAMPLED.c.comment_id == COMMENTS.c.id)
        .join(SAMPLES, SAMPLES.c.id == SAMPLED.c.sample_id)
        .join(RESPONSES, RESPONSES.c.id == COMMENTS.c.response_id)
        .where(RESPONSES.c.wave_id == wave_id, SAMPLES.c.ended_at.is_(None))
    )
    return frozenset(session.connection().execute(listed).scalars())


def end(session: Session, sample_id: int, *, by: str, now: datetime) -> bool:
    """End the coding of a sample, so that what came of it can be seen; gives whether it had not been ended yet."""
    ended = sa.update(SAMPLES).where(SAMPLES.c.id == sample_id, SAMPLES.c.ended_at.is_(None))
    return session.connection().execute(ended.values(ended_by=by, ended_at=now)).rowcount == 1


def _taught_until(session: Session, consultation_id: int) -> datetime | None:
    """What was said by then taught the computer what it uses now; None if it uses nothing of the kind."""
    learnt = teaching.in_use(session, consultation_id)
    return learnt.asked_at if learnt else None


def _untold(session: Session, wanted: sa.Select[Any], until: datetime | None) -> list[int]:
    """Those of these comments of which nobody had said anything by then."""
    if until is not None:
        told = sa.exists().where(JUDGEMENTS.c.comment_id == COMMENTS.c.id, JUDGEMENTS.c.at <= until)
        wanted = wanted.where(~told)
    return list(session.connection().execute(wanted.order_by(COMMENTS.c.id)).scalars())


def _how_many(what: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((what, 1), else_=0))
