"""When waves are open, and when in a wave people answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from random import Random

OPEN_DAYS = 65
OPEN_BEFORE_TODAY = 40  # so that the last wave has gone on for six weeks and closes in three or four
HOURS = (2, 1, 0, 0, 0, 1, 3, 5, 5, 6, 6, 5, 6, 6, 4, 4, 4, 4, 5, 8, 13, 14, 10, 5)  # answers by hour of the day


@dataclass(frozen=True, slots=True)
class Fieldwork:
    """One wave: its code, when it opens and closes, and the days on which people answered so far."""

    number: int  # counted from 1
    code: str
    opens_at: datetime
    closes_at: datetime
    days: tuple[date, ...]
    weights: tuple[float, ...]  # cumulative, by day

    @property
    def year(self) -> int:
        """The year in which it opens."""
        return self.opens_at.year


def fieldworks(today: date, count: int) -> tuple[Fieldwork, ...]:
    """As many waves, a year apart, the last of which is open on the day given."""
    opening = today - timedelta(days=OPEN_BEFORE_TODAY)
    return tuple(_fieldwork(number, count, opening, today) for number in range(1, count + 1))


def moment(fieldwork: Fieldwork, random: Random, *, since: timedelta | None = None) -> datetime:
    """When somebody sends their answers; within that time of the last day, if one is given."""
    if since is not None:
        day = fieldwork.days[-1] - timedelta(days=random.randrange(since.days))
    else:
        day = random.choices(fieldwork.days, cum_weights=fieldwork.weights)[0]
    hour = random.choices(range(24), HOURS)[0]
    sent = datetime.combine(day, time(hour, random.randrange(60), random.randrange(60)), UTC)
    return max(sent, fieldwork.opens_at + timedelta(minutes=random.randrange(4, 90)))


def _fieldwork(number: int, count: int, opening: date, today: date) -> Fieldwork:
    opens = _years_before(opening, count - number)
    closes = opens + timedelta(days=OPEN_DAYS)
    length = (today - opens).days if number == count else OPEN_DAYS
    return Fieldwork(
        number=number,
        code=str(opens.year),
        opens_at=datetime.combine(opens, time(9), UTC),
        closes_at=datetime.combine(closes, time(17), UTC),
        days=tuple(opens + timedelta(days=day) for day in range(length)),
        weights=tuple(accumulate(_day_weights(length, ended=number < count))),
    )


def _day_weights(length: int, *, ended: bool) -> Sequence[float]:
    """A rush at the opening, one on the day it is shared in parents' groups, a reminder, and one at the end."""
    shared, reminder = 11, 24
    return [
        1.0
        + 5.0 * 2 ** (-day / 3)
        + (11.0 if day == shared else 4.0 if day == shared + 1 else 0.0)
        + (4.0 if reminder <= day < reminder + 3 else 0.0)
        + (3.5 if ended and day >= length - 4 else 0.0)
        for day in range(length)
    ]


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year - years, day=28)
