"""A burst stands out from its place's own past and from the county; what is always or everywhere said does not."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.bursts import FEWEST, WARM_UP, at_least, bursts_on, daily

CHANCE = 0.1
DAYS = 40
PLACES = ("north", "south", "east", "west")


def spoken(*said, a_day=3, days=DAYS):
    """So many people a day speak in each place; ``said`` are (about, place, first day, last day, people a day)."""
    rows = [(place, day, number) for place in PLACES for day in range(days) for number in range(a_day)]
    people = pd.DataFrame(rows, columns=["place", "day", "number"]).assign(person=np.arange(len(rows)))
    of = [
        people[(people["place"] == place) & people["day"].between(first, last) & (people["number"] < so_many)].assign(
            about=about
        )
        for about, place, first, last, so_many in said
    ]
    told = pd.concat(of) if of else people.head(0).assign(about="")
    return daily(people, told)


def names(bursts):
    return [(one.about, one.place) for one in bursts]


def test_what_begins_in_one_place_is_found_there_within_a_week():
    counted = spoken(("pause", "north", 30, 39, 2))

    found = [day for day in range(30, DAYS) if names(bursts_on(counted, day, daily_chance=CHANCE))]

    assert names(bursts_on(counted, 36, daily_chance=CHANCE)) == [("pause", "north")]
    assert found[0] < 37


def test_what_is_always_said_there_is_no_burst():
    counted = spoken(("waiting", "north", 0, 39, 2))

    assert bursts_on(counted, 39, daily_chance=CHANCE) == []


def test_what_the_whole_county_begins_to_say_is_no_burst_of_one_place():
    counted = spoken(*(("campaign", place, 30, 39, 2) for place in PLACES))

    assert bursts_on(counted, 36, daily_chance=CHANCE) == []


def test_that_more_people_answer_is_no_burst():
    usual = spoken(("waiting", "north", 0, 39, 1), a_day=2)
    rush = daily(
        pd.concat(
            [
                pd.DataFrame({"person": range(200), "place": "north", "day": 35}),
                pd.DataFrame({"person": range(200, 400), "place": "north", "day": np.arange(200) % 30}),
            ]
        ),
        pd.DataFrame({"person": [*range(100), *range(200, 300)], "place": "north", "about": "waiting"}),
    )

    assert bursts_on(usual, 39, daily_chance=CHANCE) == []
    assert bursts_on(rush, 35, daily_chance=CHANCE) == []


def test_fewer_people_than_may_be_named_are_no_burst_however_unlikely():
    counted = spoken(("pause", "north", 38, 39, 2))

    assert FEWEST == 5
    assert bursts_on(counted, 39, daily_chance=1.0) == []


def test_in_the_first_two_weeks_there_is_nothing_to_hold_it_against():
    counted = spoken(("pause", "north", 5, 12, 3))

    assert [bursts_on(counted, day, daily_chance=CHANCE) for day in range(WARM_UP - 1)] == [[]] * (WARM_UP - 1)


def test_who_says_it_twice_is_one_person():
    people = pd.DataFrame({"person": [1, 1, 2], "place": "north", "day": 0})
    said = pd.DataFrame({"person": [1, 1, 1], "place": "north", "about": "waiting"})

    counted = daily(people, said)

    assert counted.spoke.sum() == 2
    assert counted.said.sum() == 1


def test_the_tail_is_that_of_the_beta_binomial():
    """Beta(1, 1) makes every number as likely: 7 or more of 9 is 3/10. Beta(2, 3): 1 of 1 is 2/5, 2 of 2 a fifth."""
    assert at_least(7, 9, 1, 1) == pytest.approx(0.3)
    assert at_least(1, 1, 2, 3) == pytest.approx(0.4)
    assert at_least(2, 2, 2, 3) == pytest.approx(0.2)


@given(st.integers(0, 60), st.integers(0, 60), st.floats(0.05, 200), st.floats(0.05, 200))
def test_a_chance_is_one_and_falls_as_more_people_say_it(said, others, yes, no):
    people = said + others
    chances = [at_least(count, people, yes, no) for count in range(people + 1)]

    assert chances[0] == 1.0
    assert all(0 <= later <= earlier + 1e-9 for earlier, later in pairwise(chances))


def test_for_a_rate_that_is_known_it_is_the_binomial():
    """P(X >= 8 | n = 20, p = 0.1) = 0.000416 (binomial tables)."""
    assert at_least(8, 20, 1e6, 9e6) == pytest.approx(0.000416, abs=1e-6)
