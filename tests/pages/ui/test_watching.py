"""What asking and drawing pages may take is shared out among all who watch."""

import pytest

from pages.ui import watching
from pages.ui.watching import A_FEW, OFTEN_SECONDS, SELDOM_SECONDS, SHARE, Watchers

TOOK = 0.05
MANY = 10 * A_FEW
LAST = f"page {MANY - 1}"


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands where it is put; what it moves while a page is drawn, drawing takes of the processor too."""
    at = [100.0]
    monkeypatch.setattr(watching.time, "monotonic", lambda: at[0])
    monkeypatch.setattr(watching.time, "thread_time", lambda: at[0])
    return at


@pytest.fixture
def watchers(clock):
    """Many pages, drawn one after another as fast as their share allows; the last of them has just been."""
    known = Watchers()
    for number in range(MANY):
        known.asks(f"page {number}")
        clock[0] += TOOK / SHARE
        with known.drawing(f"page {number}"):
            clock[0] += TOOK
    return known


def seconds_until_drawn(watchers, clock, watching_now):
    """How long the page that was drawn last waits until it may be drawn, when it asks as often as it may."""
    began = clock[0]
    while not watchers.may_draw(LAST, watching_now):
        clock[0] += watchers.every(watching_now)
    return clock[0] - began


def test_a_few_are_drawn_as_often_as_that_costs_little(watchers, clock):
    assert seconds_until_drawn(watchers, clock, 1) <= OFTEN_SECONDS
    assert seconds_until_drawn(watchers, clock, A_FEW) <= 3 * OFTEN_SECONDS


def test_many_wait_the_longer_the_more_there_are_so_that_drawing_takes_no_more(watchers, clock):
    waited = seconds_until_drawn(watchers, clock, MANY)

    assert MANY * TOOK / waited <= 1.5 * SHARE
    assert watchers.may_draw("a page not drawn yet", MANY)


def test_many_that_may_all_be_drawn_are_drawn_one_after_another(watchers, clock):
    """Whatever comes in after a quiet hour is news to every page at once."""
    clock[0] += 3600
    pages, began = [f"page {number}" for number in range(MANY)], clock[0]
    at_once = [page for page in pages if watchers.may_draw(page, MANY)]

    waiting = pages[len(at_once) :]
    while waiting := [page for page in waiting if not watchers.may_draw(page, MANY)]:
        clock[0] += OFTEN_SECONDS

    assert 1 <= len(at_once) <= 2 * watching.AHEAD_SECONDS * SHARE / TOOK
    assert MANY * TOOK / (clock[0] - began + watching.AHEAD_SECONDS) <= 1.5 * SHARE


def test_what_drawing_took_in_the_end_is_what_is_taken_off_the_share(watchers, clock):
    clock[0] += 3600
    assert watchers.may_draw("page 0", MANY)
    with watchers.drawing("page 0"):
        clock[0] += 2.0

    assert not watchers.may_draw("page 1", MANY)
    clock[0] += 2.0 / SHARE - watching.AHEAD_SECONDS
    assert watchers.may_draw("page 1", MANY)


def test_a_page_that_is_dearer_to_draw_is_drawn_less_often(watchers, clock):
    cheap = seconds_until_drawn(watchers, clock, A_FEW)
    with watchers.drawing(LAST):
        clock[0] += 10 * TOOK

    assert seconds_until_drawn(watchers, clock, A_FEW) > 5 * cheap


def test_fifty_ask_no_more_often_together_than_five_do():
    watchers = Watchers()

    assert watchers.every(1) == watchers.every(A_FEW) == OFTEN_SECONDS
    assert 50 / watchers.every(50) == pytest.approx(A_FEW / OFTEN_SECONDS)
    assert watchers.every(1_000) == SELDOM_SECONDS


def test_a_page_that_was_drawn_while_few_watched_is_drawn_again_to_ask_less_often():
    watchers = Watchers()
    watchers.will_ask("page 0", A_FEW)

    assert not watchers.asks_too_often("page 0", A_FEW)
    assert watchers.asks_too_often("page 0", 2 * A_FEW)
    assert watchers.will_ask("page 0", 2 * A_FEW) == 2 * OFTEN_SECONDS
    assert not watchers.asks_too_often("page 0", 2 * A_FEW)


def test_nobody_waits_long_for_a_page_that_took_long_while_much_was_going_on(watchers, clock, monkeypatch):
    clock[0] += 3600
    monkeypatch.setattr(watching.time, "thread_time", lambda: 0.0)
    assert watchers.may_draw("page 0", MANY)
    with watchers.drawing("page 0"):
        clock[0] += 60

    assert not watchers.may_draw("page 1", MANY)
    clock[0] += watching.PAUSE_SECONDS
    assert watchers.may_draw("page 0", MANY)


def test_a_page_that_cannot_be_drawn_is_no_page_that_was_drawn_for_nothing(watchers, clock):
    with pytest.raises(RuntimeError), watchers.drawing(LAST):
        clock[0] += 10 * TOOK
        raise RuntimeError

    assert not watchers.may_draw(LAST, A_FEW)


def test_whoever_has_closed_the_page_is_counted_no_more(watchers, clock):
    clock[0] += 60

    assert watchers.asks("page 1") == 1
    assert watchers.may_draw("page 0", 10 * A_FEW), "nothing is known of it any more"
