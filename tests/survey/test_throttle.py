"""Slowing down guesses."""

from hypothesis import given
from hypothesis import strategies as st

from survey.throttle import FOR_A_NAME, FOR_ALL_NAMES, MOST_NAMES, Throttle


class Clock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def tries(throttle: Throttle, name: str, count: int) -> list[bool]:
    return [throttle.take(name) == 0 for _ in range(count)]


def test_a_few_tries_go_through_at_once_and_then_one_every_half_minute():
    clock = Clock()
    throttle = Throttle(clock=clock)

    assert tries(throttle, "Olu", 6) == [True] * 5 + [False]
    clock.now += FOR_A_NAME.seconds
    assert tries(throttle, "Olu", 2) == [True, False]


def test_one_name_being_guessed_keeps_nobody_else_out():
    throttle = Throttle(clock=Clock())

    tries(throttle, "Olu", 30)

    assert tries(throttle, "Lena", 1) == [True]


def test_many_names_being_guessed_are_slowed_down_together():
    throttle = Throttle(clock=Clock())

    through = [throttle.take(f"name {number}") == 0 for number in range(100)]

    assert sum(through) == FOR_ALL_NAMES.tries


def test_a_name_is_the_same_name_however_it_is_written():
    throttle = Throttle(clock=Clock())
    tries(throttle, "Olu Officer", 5)

    assert tries(throttle, "  olu   OFFICER ", 1) == [False]


def test_the_right_password_wipes_the_slate():
    throttle = Throttle(clock=Clock())
    tries(throttle, "Olu", 5)
    throttle.give_back("Olu")

    assert tries(throttle, "Olu", 5) == [True] * 5


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.floats(0, 120)), max_size=60))
def test_nobody_ever_waits_longer_than_one_try_takes_to_come_back(attempts):
    clock = Clock()
    throttle = Throttle(clock=clock)

    for name, pause in attempts:
        clock.now += pause
        assert 0 <= throttle.take(name) <= FOR_A_NAME.seconds


@given(st.integers(1, 400), st.floats(0, 10))
def test_no_pattern_of_guesses_gets_more_than_its_allowance(count, pause):
    clock = Clock()
    throttle = Throttle(clock=clock)
    begun = clock.now

    through = 0
    for _ in range(count):
        through += throttle.take("a") == 0
        clock.now += pause

    assert through <= FOR_A_NAME.tries + (clock.now - begun) / FOR_A_NAME.seconds


def test_it_does_not_remember_names_without_end():
    clock = Clock()
    throttle = Throttle(clock=clock)

    for number in range(MOST_NAMES + 50):
        clock.now += FOR_ALL_NAMES.seconds
        throttle.take(f"name {number}")

    assert len(throttle._full_again) <= MOST_NAMES + 1
