"""Comments in which nobody is named and that yet tell who they are about."""

import csv
from pathlib import Path

import pytest

from analysis.text.details.combinations import PLACE, combinations
from analysis.text.redact import redact

WRITTEN = Path(__file__).parents[2] / "data" / "combinations.csv"


@pytest.fixture(scope="module")
def judged():
    with WRITTEN.open(encoding="utf-8", newline="") as file:
        return [(row["tells"] == "yes", bool(combinations(row["said"]))) for row in csv.DictReader(file)]


def test_most_of_what_is_marked_does_tell_and_most_of_what_tells_is_marked(judged):
    marked = [tells for tells, flagged in judged if flagged]
    telling = [flagged for tells, flagged in judged if tells]

    assert sum(marked) >= 0.9 * len(marked)
    assert sum(telling) >= 0.8 * len(telling)


def test_it_says_what_in_a_comment_tells():
    said = "He is the only 9 year old with a tracheostomy in our village"

    assert combinations(said) == (
        "an age", "a rare condition or treatment", "a school or a place", "that there is only one",
    )  # fmt: skip


def test_a_school_that_was_found_is_a_place():
    said = "My twins are 7, one is deaf, both at Larkmoor Primary School"

    assert combinations(said) == ()
    assert "a school or a place" in combinations(said, redact(said).found)


def test_what_is_far_apart_tells_nothing_together():
    said = "He is 9 years old and tube fed. " + "We waited and nobody rang. " * 20 + "Slaidburn is lovely."

    assert combinations(said) == ()


@pytest.mark.parametrize(
    "said",
    [
        "He is 7 and tube fed and we have waited a year",
        "We have waited a year. He is tube fed, and he was seven when we asked",
        "My twins are 7 and one is deaf",
        "I run the after school club and see it every week",
    ],
)
def test_where_the_district_is_known_it_counts_as_a_place_beside_whatever_is_said(said):
    assert combinations(said) == ()
    assert "a school or a place" in combinations(said, beside=[PLACE])


@pytest.mark.parametrize(
    "said", ["He is 7 and we have waited a year", "She is tube fed", "Burnley is lovely and he is 7", ""]
)
def test_a_district_and_one_thing_more_tell_nothing_together(said):
    assert combinations(said, beside=[PLACE]) == ()


def test_a_district_brings_nothing_together_that_stands_far_apart():
    said = "He is 9 years old. " + "We waited and nobody rang. " * 20 + "He is tube fed."

    assert combinations(said, beside=[PLACE]) == ()
