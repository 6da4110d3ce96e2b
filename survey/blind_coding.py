"""Coding blind: one person, one comment, every theme that stands; neither the computer nor anybody else looks over."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from survey import audit, changes, standing_themes
from survey.database import next_change
from survey.errors import CheckingError
from survey.tables import BlindCoding, CheckSample, Comment, Judgement, ResponseState

TABLES = SQLModel.metadata.tables
COMMENTS, RESPONSES = TABLES["comment"], TABLES["response"]
SAMPLES, SAMPLED, CODED = (TABLES[name] for name in ("check_sample", "sampled_comment", "blind_coding"))

SENTIMENTS = {
    "positive": "Positive",
    "negative": "Negative",
    "neutral": "Neither",
    "mixed / unclear": "Both, or unclear",
}
"""What a comment's tone may be called, and how it is put to whoever codes."""


class ToCode(NamedTuple):
    """A comment to be coded: its words fit to be shown, and what it answers. Nothing of what anybody said of it."""

    sample_id: int
    comment_id: int
    wave_id: int
    item: str
    service: str
    words: str
    done: int  # how many of the sample this person has coded
    left: int  # how many are left for them, with this one


def next_for(session: Session, sample_id: int, by: str) -> ToCode | None:
    """The next comment of a sample for this person, or None if there is nothing left for them.

    Each comment needs one person, a shared one two. Whoever begins is led through all of them; a second person first
    to what nobody has coded yet or is shared, in the order in which they were drawn.
    """
    people = sa.select(CODED.c.comment_id, sa.func.count().label("people")).where(CODED.c.sample_id == sample_id)
    counted = people.group_by(CODED.c.comment_id).subquery()
    mine = sa.exists().where(
        CODED.c.sample_id == sample_id, CODED.c.comment_id == SAMPLED.c.comment_id, CODED.c.by == by
    )
    wanted = sa.case((SAMPLED.c.shared, 2), else_=1)
    rows = (
        session.connection()
        .execute(
            sa.select(COMMENTS.c.id, RESPONSES.c.wave_id, COMMENTS.c.item, COMMENTS.c.service, COMMENTS.c.redacted)
            .select_from(SAMPLED)
            .join(SAMPLES, SAMPLES.c.id == SAMPLED.c.sample_id)
            .join(COMMENTS, COMMENTS.c.id == SAMPLED.c.comment_id)
            .join(RESPONSES, RESPONSES.c.id == COMMENTS.c.response_id)
            .outerjoin(counted, counted.c.comment_id == SAMPLED.c.comment_id)
            .where(
                SAMPLED.c.sample_id == sample_id,
                SAMPLES.c.ended_at.is_(None),
                RESPONSES.c.state == ResponseState.SENT,
                COMMENTS.c.redacted.is_not(None),
                ~mine,
                sa.func.coalesce(counted.c.people, 0) < wanted,
            )
            .order_by(SAMPLED.c.place)
        )
        .all()
    )
    if not rows:
        return None
    return ToCode(sample_id, *rows[0], done=done_by(session, sample_id, by), left=len(rows))


def done_by(session: Session, sample_id: int, by: str) -> int:
    """How many comments of a sample this person has coded."""
    counting = sa.select(sa.func.count()).where(CODED.c.sample_id == sample_id, CODED.c.by == by)
    return int(session.connection().execute(counting).scalar_one())


def record(
    session: Session,
    sample_id: int,
    comment_id: int,
    *,
    carries: Collection[int],
    sentiment: str,
    by: str,
    now: datetime,
) -> bool:
    """Keep what somebody said of one comment: of every theme that stands whether it carries it, and its tone.

    False, and nothing kept, if this person has said so already. Raises CheckingError if the comment has been withdrawn
    meanwhile or the sample ended, a theme named does not stand any more, or the tone is none there is.
    """
    stands = {theme.id for theme in standing_themes.standing(session, _consultation(session, sample_id))}
    if not set(carries) <= stands or sentiment not in SENTIMENTS:
        raise CheckingError("The themes have changed since this comment was shown. Look at it again.")
    response_id = _still_to_code(session, sample_id, comment_id)
    if _is_coded(session, sample_id, comment_id, by):
        return False
    if response_id is None:
        raise CheckingError(
            "The comment you coded was taken back, or its coding ended, before you saved it. Nothing was kept of it."
        )
    coding = BlindCoding(sample_id=sample_id, comment_id=comment_id, sentiment=sentiment, by=by, at=now)
    session.add(coding)
    session.flush()
    session.add_all(
        Judgement(
            comment_id=comment_id, theme_id=theme, carries=theme in carries, blind_coding_id=coding.id, by=by, at=now
        )
        for theme in sorted(stands)
    )
    session.flush()
    number = next_change(session)  # what a person says stands over what the computer said
    session.connection().execute(sa.update(RESPONSES).where(RESPONSES.c.id == response_id).values(change=number))
    return True


def take_back(session: Session, sample_id: int, *, by: str) -> int | None:
    """Take back what this person said last in a sample that is still being coded: they are shown that comment again.

    Gives the comment, or None if there is nothing to take back. That it was taken back is kept in the audit.
    """
    last = session.exec(
        select(BlindCoding)
        .join(CheckSample, col(CheckSample.id) == BlindCoding.sample_id)
        .where(BlindCoding.sample_id == sample_id, BlindCoding.by == by, col(CheckSample.ended_at).is_(None))
        .order_by(col(BlindCoding.id).desc())
        .limit(1)
    ).one_or_none()
    if last is None:
        return None
    comment_id = last.comment_id
    session.delete(last)
    session.flush()
    audit.record(session, who=by, what="take back a blind coding", subject=f"comment {comment_id}")
    changes.stamp(session, {session.get_one(Comment, comment_id).response_id})
    return comment_id


def _consultation(session: Session, sample_id: int) -> int:
    whose = sa.select(SAMPLES.c.consultation_id).where(SAMPLES.c.id == sample_id)
    found = session.connection().execute(whose).scalar_one_or_none()
    if found is None:
        raise CheckingError("That sample is not there. Open the page again.")
    return int(found)


def _is_coded(session: Session, sample_id: int, comment_id: int, by: str) -> bool:
    """Whether this person has coded it already."""
    mine = CODED.c.sample_id == sample_id, CODED.c.comment_id == comment_id, CODED.c.by == by
    return session.connection().execute(sa.select(CODED.c.id).where(*mine)).first() is not None


def _still_to_code(session: Session, sample_id: int, comment_id: int) -> int | None:
    """Whose comment it is, if it is there and the sample is open; both are held until what is said of it is kept."""
    there = (
        sa.select(COMMENTS.c.response_id)
        .join(SAMPLED, SAMPLED.c.comment_id == COMMENTS.c.id)
        .join(SAMPLES, SAMPLES.c.id == SAMPLED.c.sample_id)
        .join(RESPONSES, RESPONSES.c.id == COMMENTS.c.response_id)
        .where(
            SAMPLED.c.sample_id == sample_id,
            COMMENTS.c.id == comment_id,
            SAMPLES.c.ended_at.is_(None),
            RESPONSES.c.state == ResponseState.SENT,
        )
        .with_for_update(of=[COMMENTS, SAMPLES])
    )
    return session.connection().execute(there).scalar_one_or_none()
