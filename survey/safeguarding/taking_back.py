"""What stays of a case whose owner takes the words back: a number, so that no case goes without a trace."""

from collections.abc import Collection
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, select

from survey.tables import CaseState, TakenBackCase

TABLES = SQLModel.metadata.tables
CASES, COMMENTS, RESPONSES = (TABLES[name] for name in ("safeguarding_case", "comment", "response"))


class TakenBack(NamedTuple):
    """How many cases went with their words, by how far people had come with them."""

    state: CaseState
    outcome: str
    cases: int


def note_taken_back(session: Session, comment_ids: Collection[int]) -> None:
    """Count the cases of comments that are about to go. Call it before they are deleted: the cases go with them."""
    going = session.connection().execute(
        sa.select(RESPONSES.c.wave_id, CASES.c.state, CASES.c.outcome, sa.func.count().label("cases"))
        .select_from(CASES)
        .join(COMMENTS, COMMENTS.c.id == CASES.c.comment_id)
        .join(RESPONSES, RESPONSES.c.id == COMMENTS.c.response_id)
        .where(COMMENTS.c.id.in_(comment_ids))
        .group_by(RESPONSES.c.wave_id, CASES.c.state, CASES.c.outcome)
    )
    for wave_id, state, outcome, cases in going.all():
        ended = outcome if state == CaseState.CLOSED else ""
        sought = select(TakenBackCase).where(
            TakenBackCase.wave_id == wave_id, TakenBackCase.state == state, TakenBackCase.outcome == ended
        )
        kept = session.exec(sought.with_for_update()).one_or_none()
        kept = kept or TakenBackCase(wave_id=wave_id, state=state, outcome=ended)
        kept.cases += cases
        session.add(kept)
        session.flush()


def taken_back(session: Session) -> list[TakenBack]:
    """How many cases went with their words, over all waves."""
    rows = session.exec(
        select(TakenBackCase.state, TakenBackCase.outcome, sa.func.sum(TakenBackCase.cases))
        .group_by(sa.text("state"), sa.text("outcome"))
        .order_by(sa.text("state"), sa.text("outcome"))
    ).all()
    return [TakenBack(CaseState(state), outcome, int(cases)) for state, outcome, cases in rows]
