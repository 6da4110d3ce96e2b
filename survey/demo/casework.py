"""What the demonstration's safeguarding officers did: of all but the latest days, every case was seen and closed."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sqlmodel import Session, select

from survey.safeguarding.clock import working_time
from survey.tables import CaseState, SafeguardingCase, SafeguardingStep, StepKind

FIRST, SECOND = "safeguarding", "safeguarding-second"
"""The names of the demonstration's two designated safeguarding officers."""

LEFT = timedelta(days=3)  # of the latest days nobody has opened anything yet, so that there is something to do
LATELY = timedelta(days=7)  # of the week before, cases are looked at, and some are escalated
ESCALATIONS = {
    "harm_at_home": "social_care", "neglect": "social_care", "domestic_abuse": "domestic_abuse_service",
    "self_harm": "mental_health", "carer_breaking": "adult_care", "school_restraint": "school_lead",
    "staff_allegation": "designated_officer", "transport_incident": "transport",
}  # fmt: skip
OUTCOMES = ("passed_on", "passed_on", "known_already", "not_traceable", "advice_given")


def worked(session: Session, today: date, seed: int) -> None:
    """Put beside the cases what was done about them up to that day."""
    random = Random(f"{seed}/casework")  # noqa: S311  (a demonstration)
    now = datetime.combine(today, time(0), UTC)
    for case in session.exec(select(SafeguardingCase).order_by(SafeguardingCase.id)):  # type: ignore[arg-type]
        if case.came_at > now - LEFT:
            continue
        looked = _within_working_time(case.came_at, timedelta(minutes=random.randint(2, 50)))
        case.first_look_at, case.first_look_by, case.state = looked, FIRST, CaseState.LOOKED_AT
        _step(session, case, StepKind.OPENED, FIRST, looked)
        if case.came_at > now - LATELY and random.random() < 0.5:
            continue
        case.state, case.escalated_to = CaseState.ESCALATED, ESCALATIONS[case.kinds.split(",")[0]]
        _step(session, case, StepKind.ESCALATED, FIRST, looked + timedelta(minutes=10), case.escalated_to)
        if case.came_at <= now - LATELY:
            _close(session, case, looked, random.choice(OUTCOMES))
    session.flush()


def _within_working_time(came: datetime, wait: timedelta) -> datetime:
    """When somebody looks who is there in working hours, and takes so long to come to it."""
    looked = came + wait
    while working_time(came, looked) < wait:
        looked += timedelta(minutes=5)
    return looked


def _close(session: Session, case: SafeguardingCase, looked: datetime, outcome: str) -> None:
    case.state, case.outcome, case.proposed_by, case.confirmed_by = CaseState.CLOSED, outcome, FIRST, SECOND
    _step(session, case, StepKind.PROPOSED, FIRST, looked + timedelta(hours=30), outcome)
    _step(session, case, StepKind.OPENED, SECOND, looked + timedelta(hours=31))
    _step(session, case, StepKind.CONFIRMED, SECOND, looked + timedelta(hours=31), outcome)


def _step(session: Session, case: SafeguardingCase, what: StepKind, by: str, at: datetime, choice: str = "") -> None:
    session.add(SafeguardingStep(case_id=case.id or 0, what=what, by=by, at=at, choice=choice))
    session.add(case)
