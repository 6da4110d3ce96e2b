"""What drawing pages may take is shared out among all who watch."""

import pytest

from pages.ui import watching
from pages.ui.watching import A_FEW, EVERY_SECONDS, Watchers


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands where it is put."""
    at = [100.0]
    monkeypatch.setattr(watching.time, "monotonic", lambda: at[0])
    return at


def test_a_few_may_draw_whenever_something_came(clock):
    watchers = Watchers()
    there = [watchers.asks(f"page {number}") for number in range(A_FEW)]
    watchers.draws("page 0")

    assert there[-1] == A_FEW
    assert watchers.may_draw("page 0", there[-1])


def test_many_wait_the_longer_the_more_there_are(clock):
    watchers = Watchers()
    watchers.draws("page 0")

    assert not watchers.may_draw("page 0", 10 * A_FEW)
    clock[0] += EVERY_SECONDS * 10
    assert watchers.may_draw("page 0", 10 * A_FEW)
    assert watchers.may_draw("page 1", 10 * A_FEW), "that has not been drawn yet"


def test_whoever_has_closed_the_page_is_counted_no_more(clock):
    watchers = Watchers()
    watchers.asks("page 0")
    clock[0] += 60

    assert watchers.asks("page 1") == 1
