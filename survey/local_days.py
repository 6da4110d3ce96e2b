"""Days as people here count them: a wave opens and closes by the council's calendar, and is stored in UTC."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

LOCAL: Final = ZoneInfo("Europe/London")


def begins(day: date) -> datetime:
    """The moment at which a day begins here, in UTC."""
    return datetime.combine(day, time(), LOCAL).astimezone(UTC)


def ends(day: date) -> datetime:
    """The moment at which a day is over here: the first that is not in it any more."""
    return begins(day + timedelta(days=1))


def day_of(moment: datetime) -> date:
    """The day that it is here at a moment."""
    return moment.astimezone(LOCAL).date()


def last_day_before(moment: datetime) -> date:
    """The last day of which something is over by a moment: of what closes at midnight, the day that ends then."""
    return day_of(moment - timedelta(microseconds=1))
