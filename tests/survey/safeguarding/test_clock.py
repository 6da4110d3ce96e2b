"""How long somebody waited is counted in the time in which somebody is there."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.safeguarding.clock import working_time

MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In June 2026, which begins on a Monday. Clocks in Lancashire are an hour ahead of UTC then."""
    return datetime(2026, 6, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        (at(1, 9), at(1, 9, 40), 40),
        (at(1, 20), at(2, 7), 0),
        (at(1, 20), at(2, 9), 60),
        (at(5, 15, 30), at(8, 8, 30), 60),
        (at(6, 10), at(7, 18), 0),
        (at(1, 0), at(2, 0), 480),
    ],
    ids=["within a day", "by night", "from the evening", "over a weekend", "at the weekend", "a whole day"],
)
def test_only_working_hours_count(start, end, minutes):
    assert working_time(start, end) == timedelta(minutes=minutes)


def test_nobody_is_there_on_a_bank_holiday():
    # Christmas Day 2026 is a Friday; Boxing Day, a Saturday, is made up for on the Monday (www.gov.uk/bank-holidays).
    eve, after = datetime(2026, 12, 24, 16, 30, tzinfo=UTC), datetime(2026, 12, 29, 9, 30, tzinfo=UTC)

    assert working_time(eve, after) == timedelta(hours=1)


@given(MOMENTS, MOMENTS, MOMENTS)
def test_it_adds_up_and_is_never_more_than_the_time_itself(one, two, three):
    first, second, third = sorted((one, two, three))

    assert working_time(first, second) + working_time(second, third) == working_time(first, third)
    assert timedelta() <= working_time(first, third) <= third - first
