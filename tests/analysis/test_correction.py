"""Shares corrected for what the computer gets wrong, and how many comments that takes."""

import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.accuracy import TABLE
from analysis.correction import comments_needed, corrected

DATA = Path(__file__).parents[1] / "data"
EXAMPLES = tomllib.loads((DATA / "correction.toml").read_text())["example"]
SIZES = tomllib.loads((DATA / "sample_sizes.toml").read_text())
COUNTS = st.integers(0, 40)


def counts(labelled: list[int], rest: list[int]) -> pd.DataFrame:
    """A sample's table, and what the computer gave of all."""
    given_ = labelled[0] + labelled[1] + rest[0]
    return pd.DataFrame([[*labelled, given_, sum(labelled) + sum(rest)]], columns=[*TABLE, "count", "base"])


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["labelled"]))
def test_the_share_is_that_of_prediction_powered_inference(example):
    found = corrected(counts(example["labelled"], example["unlabelled"])).iloc[0]

    assert found["corrected"] == pytest.approx(example["share"], abs=0.001)
    # Theirs adds normal errors; ours puts Wilson's together, which is not centred where few were labelled.
    assert found["corrected_low"] == pytest.approx(example["low"], abs=0.008)
    assert found["corrected_high"] == pytest.approx(example["high"], abs=0.012)


@given(st.tuples(COUNTS, COUNTS, COUNTS, COUNTS), st.tuples(st.integers(0, 900), st.integers(0, 900)))
def test_a_corrected_share_lies_in_its_interval_and_that_between_nothing_and_all(labelled, rest):
    found = corrected(counts(list(labelled), list(rest))).iloc[0]

    if labelled[0] + labelled[1] == 0 or labelled[2] + labelled[3] == 0:
        assert np.isnan(found["corrected"])
        return
    assert 0 <= found["corrected_low"] <= found["corrected"] + 1e-12
    assert found["corrected"] - 1e-12 <= found["corrected_high"] <= 1


@given(st.tuples(st.integers(1, 40), st.integers(1, 40)), st.tuples(st.integers(1, 900), st.integers(1, 900)))
def test_a_computer_that_is_never_wrong_is_left_as_it_is(labelled, rest):
    told = counts([labelled[0], 0, 0, labelled[1]], list(rest))

    found = corrected(told).iloc[0]

    assert found["corrected"] == pytest.approx(found["count"] / found["base"])


@pytest.mark.parametrize(
    ("share", "caught", "cleared", "comments"),
    [(0.05, 0.7, 0.97, 2_000), (0.02, 0.6, 0.98, 2_000), (0.3, 0.8, 0.9, 600), (0.5, 0.5, 0.8, 2_000)],
)
def test_the_interval_holds_the_true_share_about_as_often_as_it_says(share, caught, cleared, comments):
    chance, times = np.random.default_rng(3), 1_000
    checked = comments_needed(0.05, comments)
    carry = chance.binomial(comments, share, times)
    both, only = chance.binomial(carry, caught), chance.binomial(comments - carry, 1 - cleared)
    cells = np.stack([both, only, carry - both, comments - carry - only], axis=1)
    drawn = [chance.multivariate_hypergeometric(each, checked) for each in cells]
    told = pd.DataFrame(drawn, columns=TABLE).assign(count=both + only, base=comments)

    found = corrected(told)

    held = ((found["corrected_low"] <= share) & (share <= found["corrected_high"])).mean()
    assert 0.93 <= held <= 0.98
    assert found["corrected"].mean() == pytest.approx(share, abs=0.003)


def test_so_many_comments_are_needed_as_the_published_table_says():
    needed = [comments_needed(0.05, comments) for comments in SIZES["of"]]

    # The table rounds to the nearest; one more than it says is what is never too few.
    assert all(0 <= mine - theirs <= 1 for mine, theirs in zip(needed, SIZES["draw"], strict=True))


@given(st.integers(0, 100_000), st.floats(0.005, 0.3))
def test_more_are_never_needed_than_there_are_and_those_that_are_needed_are_enough(comments, half_width):
    needed = comments_needed(half_width, comments)

    assert 0 <= needed <= comments
    if needed > 1:
        left = np.sqrt(0.25 / needed * (comments - needed) / (comments - 1))
        assert 1.95996 * left <= half_width * 1.001


@pytest.mark.parametrize("half_width", [0, 1, -0.1])
def test_a_half_width_that_is_none_is_refused(half_width):
    with pytest.raises(ValueError, match="half-width"):
        comments_needed(half_width, 100)
