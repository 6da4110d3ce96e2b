"""How soon somebody looked: in working time, so that a comment sent at night is not late before anybody is there."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from statistics import median
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import SQLModel

from survey.database import Connected
from survey.local_days import LOCAL
from survey.safeguarding.choices import choices
from survey.tables import CaseState

CASES = SQLModel.metadata.tables["safeguarding_case"]
FRIDAY = 4


class Times(NamedTuple):
    """How long cases waited for the first look, in working time; None where there is nothing to tell."""

    waiting: int
    overdue: int
    """How many have waited longer than they may."""
    longest_waiting: timedelta | None
    looked_at: int
    median: timedelta | None
    longest: timedelta | None


def working_time(start: datetime, end: datetime) -> timedelta:
    """How much of the time between two moments somebody is there to look: in working hours, Monday to Friday but for
    England's bank holidays.
    """
    hours = choices().working_hours
    first, last = start.astimezone(LOCAL), end.astimezone(LOCAL)
    total = timedelta()
    day = first.date()
    while day <= last.date():
        if _is_working_day(day):
            opens = datetime.combine(day, time(hours.opens), LOCAL)
            closes = opens + timedelta(hours=hours.closes - hours.opens)
            total += max(timedelta(), min(closes, last) - max(opens, first))
        day += timedelta(days=1)
    return total


@lru_cache(maxsize=1_024)
def _is_working_day(day: date) -> bool:
    from holidays import country_holidays  # 0.4 s, which only whoever has a case waits for

    return day.weekday() <= FRIDAY and day not in country_holidays("GB", subdiv="ENG", years=day.year)


def overdue(session: Connected, *, now: datetime) -> int:
    """How many cases nobody has opened in the working time that they may wait. A number, and nothing else."""
    waiting = session.connection().execute(sa.select(CASES.c.came_at).where(CASES.c.state == CaseState.WAITING))
    return sum(_is_late(came, now) for came in waiting.scalars())


def times(session: Connected, *, now: datetime) -> Times:
    """How long cases of every wave have waited, and wait."""
    rows = session.connection().execute(sa.select(CASES.c.came_at, CASES.c.first_look_at)).all()
    looked = [working_time(row.came_at, row.first_look_at) for row in rows if row.first_look_at]
    waiting = [working_time(row.came_at, now) for row in rows if not row.first_look_at]
    return Times(
        len(waiting),
        sum(_is_late(row.came_at, now) for row in rows if not row.first_look_at),
        max(waiting, default=None),
        len(looked),
        timedelta(seconds=median(one.total_seconds() for one in looked)) if looked else None,
        max(looked, default=None),
    )


def _is_late(came: datetime, now: datetime) -> bool:
    allowed = timedelta(hours=choices().working_hours.first_look_within_hours)
    recent = max(came, now - timedelta(days=14))  # whatever is older is late by any count
    return working_time(recent.astimezone(UTC), now) > allowed
