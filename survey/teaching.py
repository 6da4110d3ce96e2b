"""Teaching: letting the computer learn from what people said of comments, once that is proved to make it better.

An officer asks for a proof; the worker makes it (analysis.teaching). Only a proof that shows an improvement beyond
chance can be switched on, and it can be switched off at any time.
"""

from datetime import datetime
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from survey import audit
from survey.database import reading
from survey.errors import CheckingError
from survey.tables import ResponseState, Teaching

TABLES = SQLModel.metadata.tables
TEACHINGS, JUDGEMENTS, COMMENTS = TABLES["teaching"], TABLES["judgement"], TABLES["comment"]
RESPONSES, WAVES, CONSULTATIONS = TABLES["response"], TABLES["wave"], TABLES["consultation"]

FEWEST: Final = 200
"""So many comments coded blind are wanted: with fewer, what was learnt made it worse (patients' comments)."""


class Lesson(NamedTuple):
    """One proof that somebody asked for, what it showed, and whether it is in use."""

    id: int
    asked_by: str
    asked_at: datetime
    proved_at: datetime | None
    comments: int
    f1_without: float | None
    f1_with: float | None
    difference_low: float | None
    difference_high: float | None
    switched_on_by: str
    switched_on_at: datetime | None
    switched_off_at: datetime | None

    @property
    def is_better(self) -> bool:
        """What was learnt makes the computer better, beyond chance."""
        return self.difference_low is not None and self.difference_low > 0

    @property
    def is_on(self) -> bool:
        """The computer uses what it learnt."""
        return self.switched_on_at is not None and self.switched_off_at is None


def latest(session: Session, consultation_id: int) -> Lesson | None:
    """The last proof that was asked for, or None."""
    found = session.connection().execute(_lessons(consultation_id)).first()
    return Lesson._make(found) if found else None


def is_proved(engine: sa.Engine, teaching_id: int) -> bool:
    """Whether a proof that was asked for has been made, or is there no more."""
    with reading(engine) as session:
        waiting = sa.select(TEACHINGS.c.id).where(TEACHINGS.c.id == teaching_id, TEACHINGS.c.proved_at.is_(None))
        return session.connection().execute(waiting).first() is None


def in_use(session: Session, consultation_id: int) -> Lesson | None:
    """What the computer uses now of what it was taught; None if nothing.

    What it used at an earlier time cannot be told: of switching on and off only the last time is kept.
    """
    on = _lessons(consultation_id).where(TEACHINGS.c.switched_on_at.is_not(None), TEACHINGS.c.switched_off_at.is_(None))
    found = session.connection().execute(on).first()
    return Lesson._make(found) if found else None


def has_learnt_since(session: Session, consultation_id: int, moment: datetime) -> bool:
    """Whether the computer uses what it was taught at that moment or later: by what was coded before, perhaps.

    A sample that was drawn at that moment then says nothing any more of how good it is.
    """
    lesson = in_use(session, consultation_id)
    return lesson is not None and lesson.asked_at >= moment


def coded_blind(session: Session, consultation_id: int) -> int:
    """How many comments that stand have been coded blind."""
    counting = (
        sa.select(sa.func.count(sa.distinct(JUDGEMENTS.c.comment_id)))
        .join(COMMENTS, COMMENTS.c.id == JUDGEMENTS.c.comment_id)
        .join(RESPONSES, RESPONSES.c.id == COMMENTS.c.response_id)
        .join(WAVES, WAVES.c.id == RESPONSES.c.wave_id)
        .where(
            WAVES.c.consultation_id == consultation_id,
            RESPONSES.c.state == ResponseState.SENT,
            JUDGEMENTS.c.blind_coding_id.is_not(None),
        )
    )
    return int(session.connection().execute(counting).scalar_one())


def ask(session: Session, consultation_id: int, *, by: str, now: datetime) -> None:
    """Ask for a proof of what the judgements there are now would teach.

    Raises CheckingError if one is being made already, or fewer than FEWEST comments have been coded blind.
    """
    last = latest(session, consultation_id)
    if last is not None and last.proved_at is None:
        raise CheckingError("A proof is being made already. It appears here when it is done.")
    have = coded_blind(session, consultation_id)
    if have < FEWEST:
        raise CheckingError(f"{have} comments have been coded blind. From {FEWEST} it is worth trying.")
    session.add(Teaching(consultation_id=consultation_id, asked_by=by, asked_at=now))
    audit.record(
        session, who=by, what="ask for a proof of what coding teaches", subject=f"consultation {consultation_id}"
    )


def switch_on(session: Session, teaching_id: int, *, by: str, now: datetime) -> None:
    """Let the computer use what was proved, in place of anything it used before.

    Raises CheckingError if it was not proved to be better.
    """
    lesson = session.get(Teaching, teaching_id, with_for_update=True)
    if lesson is None or lesson.difference_low is None or lesson.difference_low <= 0:
        raise CheckingError("It has not been proved that this makes the computer better, so it cannot be switched on.")
    earlier = sa.update(TEACHINGS).where(
        TEACHINGS.c.consultation_id == lesson.consultation_id,
        TEACHINGS.c.id != teaching_id,
        TEACHINGS.c.switched_on_at.is_not(None),
        TEACHINGS.c.switched_off_at.is_(None),
    )
    session.connection().execute(earlier.values(switched_off_at=now))
    lesson.switched_on_by, lesson.switched_on_at, lesson.switched_off_at = by, now, None
    session.add(lesson)
    session.flush()
    audit.record(session, who=by, what="switch on what coding taught", subject=f"consultation {lesson.consultation_id}")
    _read_again(session, lesson.consultation_id)


def switch_off(session: Session, teaching_id: int, *, by: str, now: datetime) -> None:
    """Have the computer go by the coding frame alone again. Off already is off."""
    lesson = session.get(Teaching, teaching_id, with_for_update=True)
    if lesson is None or lesson.switched_on_at is None or lesson.switched_off_at is not None:
        return
    lesson.switched_off_at = now
    session.add(lesson)
    session.flush()
    audit.record(
        session, who=by, what="switch off what coding taught", subject=f"consultation {lesson.consultation_id}"
    )
    _read_again(session, lesson.consultation_id)


def _read_again(session: Session, consultation_id: int) -> None:
    """Comments may be given other themes than before: say so, so that they are given themes again."""
    mine = sa.update(CONSULTATIONS).where(CONSULTATIONS.c.id == consultation_id)
    session.connection().execute(mine.values(frame=CONSULTATIONS.c.frame + 1))


def _lessons(consultation_id: int) -> sa.Select[Any]:
    return (
        sa.select(*(TEACHINGS.c[name] for name in Lesson._fields))
        .where(TEACHINGS.c.consultation_id == consultation_id)
        .order_by(TEACHINGS.c.id.desc())
        .limit(1)
    )
