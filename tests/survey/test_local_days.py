"""Days as people here count them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from survey.local_days import begins, day_of, ends, last_day_before


@given(some.dates(date(2000, 1, 1), date(2099, 12, 30)))
def test_a_day_is_over_as_the_next_begins_and_both_its_ends_are_in_it(day):
    assert ends(day) == begins(day + timedelta(days=1))
    assert day_of(begins(day)) == day
    assert last_day_before(ends(day)) == day


@pytest.mark.parametrize(("day", "hours"), [(date(2027, 3, 28), 23), (date(2027, 6, 1), 24), (date(2027, 10, 31), 25)])
def test_a_day_on_which_the_clocks_change_is_shorter_or_longer(day, hours):
    assert ends(day) - begins(day) == timedelta(hours=hours)


def test_in_summer_a_day_begins_while_it_is_the_day_before_in_utc():
    assert begins(date(2027, 6, 1)) == datetime(2027, 5, 31, 23, tzinfo=UTC)
