"""Looking for harm in what is being kept, in the transaction that keeps it: whoever waits for a worker waits too long.

Every way in calls this: both doors and what is keyed in (through ``responses``), and what is brought in from a file.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from survey import changes
from survey.database import Connected
from survey.safeguarding.patterns import kinds_in
from survey.tables import CaseState, ResponseState, StepKind

TABLES = SQLModel.metadata.tables
COMMENTS, RESPONSES = TABLES["comment"], TABLES["response"]
CASES, STEPS = TABLES["safeguarding_case"], TABLES["safeguarding_step"]
TOGETHER = 500

Rows = Sequence[Mapping[str, object]]
_Key = tuple[object, object, object, object]


class _New(NamedTuple):
    """A comment that is to be looked at, and why."""

    comment_id: int
    kinds: tuple[str, ...]
    came_at: datetime


def screen(session: Connected, rows: Rows, *, came: Callable[[int], datetime]) -> int:
    """Put those of some comments into the queue that may tell of harm. Gives how many.

    ``rows`` are comments as they were just stored; ``came`` says when a response's words came to us. A comment in
    which nothing is found costs no look at the database.
    """
    found = {_key(row): kinds for row in rows if (kinds := kinds_in(str(row["words"])))}
    if not found:
        return 0
    responses = sorted({int(str(key[0])) for key in found})
    new: list[_New] = []
    for start in range(0, len(responses), TOGETHER):
        some = responses[start : start + TOGETHER]
        kept = session.connection().execute(sa.select(COMMENTS).where(COMMENTS.c.response_id.in_(some)))
        new += [_New(row.id, found[key], came(row.response_id)) for row in kept if (key := _key(row._mapping)) in found]
    _put(session, new)
    return len(new)


def screen_all(session: Session, *, now: datetime) -> int:
    """Look through every comment that is in no case, such as those kept before there was a queue. Gives how many."""
    wanted = (
        sa.select(COMMENTS.c.id, COMMENTS.c.response_id, COMMENTS.c.words)
        .join(RESPONSES, RESPONSES.c.id == COMMENTS.c.response_id)
        .where(RESPONSES.c.state == ResponseState.SENT, ~sa.exists().where(CASES.c.comment_id == COMMENTS.c.id))
    )
    rows = [(row, kinds) for row in session.connection().execute(wanted) if (kinds := kinds_in(row.words))]
    _put(session, [_New(row.id, kinds, now) for row, kinds in rows])
    if rows:
        changes.stamp(session, {row.response_id for row, _ in rows})
    return len(rows)


def _key(row: Mapping[str, object] | sa.RowMapping) -> _Key:
    """What tells a comment from another before it has a number."""
    response_id, item, service, child = (row[name] for name in ("response_id", "item", "service", "child"))
    return response_id, item, service, child


def _put(session: Connected, new: Sequence[_New]) -> None:
    for start in range(0, len(new), TOGETHER):
        some = new[start : start + TOGETHER]
        values = [
            {
                "comment_id": one.comment_id,
                "kinds": ",".join(one.kinds),
                "raised_by": "",
                "came_at": one.came_at,
                "state": CaseState.WAITING,
                **dict.fromkeys(("first_look_by", "escalated_to", "outcome", "proposed_by", "confirmed_by"), ""),
            }
            for one in some
        ]
        into = sa.insert(CASES).returning(CASES.c.id, sort_by_parameter_order=True)
        ids = session.connection().execute(into, values).scalars().all()
        steps = [
            {"case_id": case, "what": StepKind.RAISED, "by": "", "at": one.came_at, "choice": "", "note": ""}
            for case, one in zip(ids, some, strict=True)
        ]
        session.connection().execute(sa.insert(STEPS), steps)
