"""Comments in which nobody is named and that yet tell who they are about."""

import csv
from pathlib import Path

import pytest

from analysis.text.details.combinations import combinations
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
