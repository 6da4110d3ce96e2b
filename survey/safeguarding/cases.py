"""The queue as it is read: what is listed of a case without its words, and a case in full."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from survey import consultations
from survey.areas import districts
from survey.consultations import WaveFacts
from survey.database import Connected
from survey.questionnaire import Optioned, Questionnaire
from survey.safeguarding.choices import choices
from survey.tables import CaseState, ResponseState, StepKind
from survey.wording import words_in

TABLES = SQLModel.metadata.tables
CASES, STEPS = TABLES["safeguarding_case"], TABLES["safeguarding_step"]
COMMENTS, RESPONSES = TABLES["comment"], TABLES["response"]

FEWEST = 5
"""Where fewer people than this answered from a district, only the part of the county is told."""


class Listed(NamedTuple):
    """A case as the queue shows it: everything but the words."""

    case_id: int
    kinds: tuple[str, ...]
    question: str
    service: str
    place: str
    """The district, or the part of the county where few answered from it; "" where nobody said."""
    wave: str
    came_at: datetime
    state: CaseState
    raised_by: str
    first_look_at: datetime | None
    escalated_to: str
    outcome: str
    proposed_by: str


class Step(NamedTuple):
    """One thing that was done about a case."""

    what: StepKind
    by: str
    at: datetime
    choice: str
    note: str


class InFull(NamedTuple):
    """A case with the words exactly as they were written, the language they are in, and all that was done."""

    listed: Listed
    words: str
    language: str
    steps: tuple[Step, ...]


class _Wave(NamedTuple):
    """What is needed to name the parts of one wave."""

    facts: WaveFacts
    asked: Questionnaire
    people: dict[str, int]  # by district


def listed(session: Session) -> list[Listed]:
    """Every case, those that nobody has opened first, then those that are open, the oldest of each first."""
    rows = session.connection().execute(_wanted()).all()
    waves = {number: _wave(session, number) for number in {row.wave_id for row in rows}}
    order = {state: place for place, state in enumerate(CaseState)}
    cases = [_listed(row, waves[row.wave_id]) for row in rows]
    return sorted(cases, key=lambda one: (order[one.state], one.came_at, one.case_id))


def in_full(session: Session, case_id: int) -> InFull | None:
    """One case with its words. Whoever shows it to somebody keeps that they looked: see ``acts.open_case``."""
    row = session.connection().execute(_wanted(case_id)).first()
    if row is None:
        return None
    done = session.connection().execute(sa.select(STEPS).where(STEPS.c.case_id == case_id).order_by(STEPS.c.id))
    steps = tuple(Step(StepKind(step.what), step.by, step.at, step.choice, step.note) for step in done)
    return InFull(_listed(row, _wave(session, row.wave_id)), row.words, row.language or "", steps)


def not_to_be_quoted(session: Connected, wave_id: int) -> frozenset[int]:
    """The responses of a wave of which nothing may be quoted or listed among the latest, by their ids.

    Those with a case, until two people have decided that it is not a disclosure.
    """
    cleared = sa.and_(CASES.c.state == CaseState.CLOSED, CASES.c.outcome.in_(choices().quotable.outcomes))
    held = (
        sa.select(COMMENTS.c.response_id)
        .join(CASES, CASES.c.comment_id == COMMENTS.c.id)
        .join(RESPONSES, RESPONSES.c.id == COMMENTS.c.response_id)
        .where(RESPONSES.c.wave_id == wave_id, ~cleared)
    )
    return frozenset(session.connection().execute(held).scalars())


def _wanted(case_id: int | None = None) -> sa.Select[tuple[object, ...]]:
    wanted = (
        sa.select(
            *CASES.c,
            *(COMMENTS.c.item, COMMENTS.c.service, COMMENTS.c.words, COMMENTS.c.language),
            *(RESPONSES.c.district, RESPONSES.c.wave_id),
        )
        .join(COMMENTS, COMMENTS.c.id == CASES.c.comment_id)
        .join(RESPONSES, RESPONSES.c.id == COMMENTS.c.response_id)
    )
    return wanted if case_id is None else wanted.where(CASES.c.id == case_id)


def _wave(session: Session, wave_id: int) -> _Wave:
    facts = consultations.wave(session, wave_id)
    counted = session.connection().execute(
        sa.select(RESPONSES.c.district, sa.func.count())
        .where(RESPONSES.c.wave_id == wave_id, RESPONSES.c.state == ResponseState.SENT)
        .group_by(RESPONSES.c.district)
    )
    people = {district: int(number) for district, number in counted}
    return _Wave(facts, consultations.questionnaire_of(session, facts), people)


def _listed(row: "sa.Row[tuple[object, ...]]", wave: _Wave) -> Listed:
    say = words_in("en")
    services = wave.asked.role("services")
    options = services.options if isinstance(services, Optioned) else ()
    named = {option.code: say.of(option.text) for option in options}
    return Listed(
        row.id,
        tuple(row.kinds.split(",")),
        say.of(wave.asked.item(row.item).text),
        named.get(row.service, ""),
        _place(row.district, wave),
        wave.facts.title,
        row.came_at,
        CaseState(row.state),
        row.raised_by,
        row.first_look_at,
        row.escalated_to,
        row.outcome,
        row.proposed_by,
    )


def _place(code: str, wave: _Wave) -> str:
    county = districts(wave.asked.areas) if wave.asked.areas else ()
    home = next((one for one in county if one.code == code), None)
    if home is None:
        return ""
    return home.name if wave.people.get(code, 0) >= FEWEST else f"{home.locality} Lancashire"
