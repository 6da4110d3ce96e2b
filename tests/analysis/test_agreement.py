"""Agreement between people: as published, whoever is first, and with an interval that keeps its promise."""

import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.agreement import Standard, agreement, standard

EXAMPLES = tomllib.loads((Path(__file__).parents[1] / "data" / "agreement.toml").read_text())["example"]
VALUES = st.sampled_from(["yes", "no", "perhaps"])


def codings(coders: list[list[str]]) -> pd.DataFrame:
    """Each unit a comment of its own; "." where somebody did not code it."""
    rows = [(unit, unit, value) for coder in coders for unit, value in enumerate(coder) if value != "."]
    return pd.DataFrame(rows, columns=["comment", "unit", "value"])


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["source"][:40])
def test_alpha_is_as_published(example):
    found = agreement(codings([coder.split() for coder in example["coders"]]))

    assert found.alpha == pytest.approx(example["alpha"], abs=0.0006)
    assert found.low <= found.alpha <= found.high


@given(st.lists(VALUES, min_size=2, max_size=20))
def test_where_all_say_the_same_of_each_alpha_is_one(said):
    assume(len(set(said)) > 1)

    assert agreement(codings([said, said, said])).alpha == 1


@given(st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=1, max_size=12), st.permutations(range(3)))
def test_who_is_who_makes_no_difference(said, order):
    coders = [list(coder) for coder in zip(*said, strict=True)]

    one, other = agreement(codings(coders)), agreement(codings([coders[place] for place in order]))

    assert one == pytest.approx(other, nan_ok=True)


@given(st.lists(st.tuples(VALUES, VALUES), min_size=2, max_size=12))
def test_what_one_person_alone_coded_changes_nothing(said):
    coders = [list(coder) for coder in zip(*said, strict=True)]
    more = [[*coders[0], "yes", "no"], [*coders[1], ".", "."]]

    assert agreement(codings(more)) == pytest.approx(agreement(codings(coders)), nan_ok=True)


def test_nothing_is_said_where_nothing_was_coded_twice_or_all_is_one_value():
    assert np.isnan(agreement(codings([["yes", "no"], [".", "."]])).alpha)
    assert np.isnan(agreement(codings([["no", "no"], ["no", "no"]])).alpha)


def test_the_same_codings_always_give_the_same_interval():
    said = codings([["yes", "no", "yes", "no", "no"], ["yes", "no", "no", "no", "yes"]])

    assert agreement(said) == agreement(said)


def test_the_themes_of_one_comment_are_drawn_together():
    """Eight themes of a comment on which two people differ in all are one comment, not eight."""
    rows = [(comment, theme, value) for comment in range(20) for theme in range(8)
            for value in ("yes", "no" if comment < 5 else "yes")]  # fmt: skip
    rows += [(100 + comment, 0, "no") for comment in range(20) for _ in range(2)]
    together = pd.DataFrame(rows, columns=["comment", "unit", "value"])
    apart = together.assign(comment=together["comment"] * 100 + together["unit"])

    one, other = agreement(together), agreement(apart)

    assert one.alpha == pytest.approx(other.alpha)
    assert one.high - one.low > 1.5 * (other.high - other.low)


def test_the_interval_holds_the_true_agreement_about_as_often_as_it_says():
    chance = np.random.default_rng(1)
    truth, slips, comments = 0.4, 0.15, 120
    # Two people who each see what is so, and slip in 15 of 100: the share that differs is 2 s (1 - s).
    seen = truth * (1 - slips) + (1 - truth) * slips
    alpha = 1 - 2 * slips * (1 - slips) / (2 * seen * (1 - seen))
    held = 0
    for _ in range(200):
        so = chance.random(comments) < truth
        people = [np.where((chance.random(comments) < slips) ^ so, "yes", "no").tolist() for _ in range(2)]
        found = agreement(codings(people))
        held += found.low <= alpha <= found.high

    assert 0.91 <= held / 200 <= 0.99


@pytest.mark.parametrize(
    ("alpha", "will_do"), [(0.8, Standard.RELIABLE), (0.667, Standard.TENTATIVE), (0.66, Standard.NEITHER)]
)
def test_the_customary_limits(alpha, will_do):
    assert standard(alpha) is will_do
