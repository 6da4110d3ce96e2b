"""Whom a summary speaks for is measured by the same rule as comments drawn by chance."""

import numpy as np
import pandas as pd
import pytest

from analysis import coverage
from analysis.coverage import COMPARED_FROM, MEASURED, ground, length_of, measured

LONGER = "more than 40 words"
SPOTS = np.eye(64, dtype=np.float32)


def comments(*groups):
    """Each group: (people, district, spot). They write ten words each, near that spot."""
    rows = [(district, spot) for people, district, spot in groups for _ in range(people)]
    frame = pd.DataFrame(rows, columns=["district", "spot"])
    numbers = np.arange(1, len(frame) + 1)
    frame = frame.assign(comment_id=numbers, response_id=numbers, words=" ".join(["word"] * 10), language="en")
    rng = np.random.default_rng(5)
    rows = SPOTS[frame["spot"]] + 0.1 * rng.normal(size=(len(frame), 64)).astype(np.float32) / 8
    return frame, dict(zip(numbers.tolist(), rows, strict=True))


MANY = comments(*[(40, "north", spot) for spot in range(30)], *[(40, "south", spot) for spot in range(30, 60)])


@pytest.fixture(scope="module")
def county():
    return ground(*MANY, by=("district",), seed=1)


def row(found, by="", group=""):
    groups = found.groups
    return groups[(groups["by"] == by) & (groups["group"] == group)].iloc[0]


def test_a_summary_of_one_side_of_the_county_speaks_for_that_side_alone(county):
    found = measured(county, SPOTS[:30], 300, seed=1)

    north, south = (row(found, "district", place) for place in ("north", "south"))
    assert north["count"] > 0.95 * north["base"]
    assert south["count"] < 0.1 * south["base"]
    assert row(found)["base"] == 2_000 < len(MANY[0])


def test_a_summary_that_says_nothing_speaks_for_nobody_and_lists_who_is_left_out(county):
    found = measured(county, SPOTS[:0], 300, seed=1)

    assert row(found)["count"] == 0
    assert row(found)["chance"] > 0
    assert len(found.left_out) == len(set(found.left_out)) == 20


def test_the_first_that_are_left_out_are_those_that_most_others_are_like():
    lonely = comments((200, "north", 0), (1, "north", 1), (200, "south", 2))
    found = measured(ground(*lonely, by=("district",), seed=1), SPOTS[:1], 20, seed=1)

    assert found.left_out
    assert lonely[0].set_index("comment_id").loc[found.left_out[0], "spot"] == 2


def test_more_words_drawn_by_chance_speak_for_more(county):
    few, more = (row(measured(county, SPOTS[:1], words, seed=1))["chance"] for words in (50, 500))

    assert few < more


def test_comments_drawn_by_chance_do_about_as_well_as_chance(county):
    """The measure gains nothing from being called a summary: an honest random draw lands inside its own range."""
    rng = np.random.default_rng(3)
    inside = 0
    for _ in range(40):
        picked = rng.choice(len(county.rows), 30, replace=False)
        found = row(measured(county, county.rows[picked] + county.middle, 300, seed=1))
        inside += found["chance_low"] <= found["count"] / found["base"] <= found["chance_high"]

    assert inside >= 34


def test_the_same_seed_gives_the_same_figures(county):
    first, again = (measured(county, SPOTS[:5], 300, seed=4).groups for _ in range(2))

    pd.testing.assert_frame_equal(first, again)


def test_comments_in_other_languages_are_not_measured_until_somebody_puts_them_into_english():
    frame, vectors = comments((40, "north", 0), (40, "south", 1))
    urdu = frame.assign(language=["ur"] * 40 + ["en-t-ur"] * 40)

    assert set(ground(urdu, vectors, by=(), seed=1).comments["language"]) == {"en-t-ur"}


def test_with_no_place_or_one_there_is_nothing_to_measure():
    frame, vectors = comments((3, "north", 0))

    assert ground(frame, {}, by=(), seed=1) is None
    assert ground(frame, {1: vectors[1]}, by=(), seed=1) is None


def test_of_very_many_comments_some_are_measured(county):
    assert len(county.comments) == MEASURED


@pytest.mark.parametrize(
    ("words", "group"),
    [
        (1, "1 to 5 words"),
        (5, "1 to 5 words"),
        (6, "6 to 15 words"),
        (40, "16 to 40 words"),
        (41, "more than 40 words"),
    ],
)
def test_lengths_are_grouped(words, group):
    assert length_of(words) == group


def test_only_groups_that_are_large_enough_are_worth_more():
    frame, vectors = comments((COMPARED_FROM, "north", 0), (COMPARED_FROM - 1, "south", 1))
    land = ground(frame, vectors, by=("district",), seed=1)

    worth = pd.Series(land.worth(np.zeros(len(frame), dtype=bool))).groupby(land.comments["district"]).first()

    assert worth["north"] > worth["south"]
    assert coverage.expected(land, 50, seed=1)
