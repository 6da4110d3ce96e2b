"""What people do about a case. Each is kept with who and when; two people must agree before one is closed."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from survey import audit, changes
from survey.errors import SafeguardingError
from survey.safeguarding.cases import InFull, in_full
from survey.safeguarding.choices import choices
from survey.tables import CaseState, Comment, SafeguardingCase, SafeguardingStep, StepKind

GONE = "This case is gone: whoever wrote the comment has taken it back."
LONGEST_NOTE = 4_000


def raise_by_hand(session: Session, comment_id: int, kind: str, by: str, now: datetime) -> int:
    """Put a comment into the queue because somebody thinks it may disclose harm. Gives the number of its case.

    Where it has a case, the kind is added to it, and it is opened again if it was closed. Raises SafeguardingError if
    the comment is gone or there is no such kind.
    """
    _known(kind, choices().kinds, "kind of harm")
    comment = session.get(Comment, comment_id, with_for_update=True)
    if comment is None:
        raise SafeguardingError("This comment is gone: whoever wrote it has taken it back.")
    sought = select(SafeguardingCase).where(SafeguardingCase.comment_id == comment_id)
    case = session.exec(sought.with_for_update()).one_or_none()
    if case is None:
        case = SafeguardingCase(comment_id=comment_id, kinds=kind, raised_by=by, came_at=now)
    else:
        case.kinds = ",".join(sorted({*case.kinds.split(","), kind}))
        _open_again(case)
    session.add(case)
    session.flush()
    _keep(session, case, StepKind.RAISED, by, now, choice=kind)
    changes.stamp(session, {comment.response_id})
    return case.id or 0


def open_case(session: Session, case_id: int, *, by: str, now: datetime) -> InFull:
    """A case with its words exactly as written, for somebody whose looking is kept. The first look stops its clock.

    Raises SafeguardingError if it is gone.
    """
    case = _case(session, case_id)
    if case.state is CaseState.WAITING:
        case.state = CaseState.LOOKED_AT
    if case.first_look_at is None:
        case.first_look_at, case.first_look_by = now, by
    _keep(session, case, StepKind.OPENED, by, now)
    return _in_full(session, case_id)


def escalate(session: Session, case_id: int, to: str, note: str, *, by: str, now: datetime) -> None:
    """Keep whom a case was passed to. Raises SafeguardingError if it is closed or gone, or there is no such choice."""
    _known(to, choices().escalations, "place to pass it to")
    case = _opened_by(session, case_id, by)
    case.state, case.escalated_to = CaseState.ESCALATED, to
    _keep(session, case, StepKind.ESCALATED, by, now, choice=to, note=note)


def add_note(session: Session, case_id: int, note: str, *, by: str, now: datetime) -> None:
    """Keep a note with a case. Raises SafeguardingError if it says nothing, or the case is gone."""
    if not note.strip():
        raise SafeguardingError("Enter a note first.")
    _keep(session, _case(session, case_id), StepKind.NOTED, by, now, note=note)


def propose(session: Session, case_id: int, outcome: str, note: str, *, by: str, now: datetime) -> None:
    """Say how a case should end. Somebody else has to confirm it.

    Raises SafeguardingError if it is closed or gone, this person has not opened it, or there is no such outcome.
    """
    _known(outcome, choices().outcomes, "outcome")
    case = _opened_by(session, case_id, by)
    case.outcome, case.proposed_by = outcome, by
    _keep(session, case, StepKind.PROPOSED, by, now, choice=outcome, note=note)


def confirm(session: Session, case_id: int, outcome: str, *, by: str, now: datetime) -> None:
    """Close a case with the outcome that somebody else proposed.

    ``outcome`` is the one that was before this person. Raises SafeguardingError if that is not what is proposed now,
    if this person proposed it, or has not opened the case, or if it is closed or gone.
    """
    case = _opened_by(session, case_id, by)
    if not case.outcome or case.outcome != outcome:
        raise SafeguardingError("What is proposed has changed meanwhile. Open the case again and read it.")
    if case.proposed_by == by:
        raise SafeguardingError("You proposed this outcome. Somebody else has to confirm it.")
    case.state, case.confirmed_by = CaseState.CLOSED, by
    _keep(session, case, StepKind.CONFIRMED, by, now, choice=outcome)
    _say_changed(session, case)


def send_back(session: Session, case_id: int, note: str, *, by: str, now: datetime) -> None:
    """Do not agree with what is proposed: the case stays open. Raises SafeguardingError if nothing is proposed."""
    case = _opened_by(session, case_id, by)
    if not case.outcome:
        raise SafeguardingError("Nothing is proposed for this case.")
    outcome, case.outcome, case.proposed_by = case.outcome, "", ""
    _keep(session, case, StepKind.SENT_BACK, by, now, choice=outcome, note=note)


def reopen(session: Session, case_id: int, note: str, *, by: str, now: datetime) -> None:
    """Open a closed case again: its comment is not quoted from then on.

    Raises SafeguardingError if it is not closed.
    """
    case = _case(session, case_id)
    if case.state is not CaseState.CLOSED:
        raise SafeguardingError("This case is open already.")
    _open_again(case)
    _keep(session, case, StepKind.REOPENED, by, now, note=note)
    _say_changed(session, case)


def _open_again(case: SafeguardingCase) -> None:
    if case.state is not CaseState.CLOSED:
        return
    case.state = CaseState.ESCALATED if case.escalated_to else CaseState.LOOKED_AT
    case.outcome = case.proposed_by = case.confirmed_by = ""


def _known(chosen: str, there: dict[str, str], what: str) -> None:
    if chosen not in there:
        raise SafeguardingError(f"Choose a {what} from the list.")


def _case(session: Session, case_id: int) -> SafeguardingCase:
    """The case, which nobody else changes until this is done."""
    case = session.get(SafeguardingCase, case_id, with_for_update=True)
    if case is None:
        raise SafeguardingError(GONE)
    return case


def _opened_by(session: Session, case_id: int, by: str) -> SafeguardingCase:
    """A case that is not closed, if this person has read it."""
    case = _case(session, case_id)
    if case.state is CaseState.CLOSED:
        raise SafeguardingError("This case is closed. Open it again first.")
    looked = select(SafeguardingStep.id).where(
        SafeguardingStep.case_id == case_id, SafeguardingStep.by == by, SafeguardingStep.what == StepKind.OPENED
    )
    if session.exec(looked.limit(1)).first() is None:
        raise SafeguardingError("Open the case and read it before you decide about it.")
    return case


def _in_full(session: Session, case_id: int) -> InFull:
    session.flush()
    found = in_full(session, case_id)
    if found is None:
        raise SafeguardingError(GONE)
    return found


def _keep(
    session: Session,
    case: SafeguardingCase,
    what: StepKind,
    by: str,
    now: datetime,
    *,
    choice: str = "",
    note: str = "",
) -> None:
    """Keep a step with the case, and in the audit that it was taken: there by number alone, without a word."""
    if len(note) > LONGEST_NOTE:
        raise SafeguardingError(f"The note must be {LONGEST_NOTE:,} characters or fewer. It has {len(note):,}.")
    session.add(case)
    step = SafeguardingStep(case_id=case.id or 0, what=what, by=by, at=now, choice=choice, note=note.strip())
    session.add(step)
    audit.record(session, who=by, what=f"safeguarding case: {what}", subject=f"case {case.id}")
    session.flush()


def _say_changed(session: Session, case: SafeguardingCase) -> None:
    """What may be quoted has changed, so whatever holds it in memory reads it again."""
    owner = sa.select(col(Comment.response_id)).where(col(Comment.id) == case.comment_id)
    changes.stamp(session, {int(session.connection().execute(owner).scalar_one())})
