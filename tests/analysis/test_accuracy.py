"""How good a computer is at a theme: precision, recall, and both together."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import accuracy
from analysis.accuracy import TABLE
from analysis.proportions import shares

COUNTS = st.integers(0, 60)


def table(*rows: tuple[int, int, int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=TABLE).assign(theme=range(len(rows)))


def test_each_comment_is_counted_where_person_and_computer_put_it():
    judged = pd.DataFrame(
        [(7, True, True), (7, True, False), (7, False, True), (7, False, False), (7, False, False), (8, True, True)],
        columns=["theme", "person", "computer"],
    )

    assert accuracy.crossed(judged)[["theme", *TABLE]].to_numpy().tolist() == [[7, 1, 1, 1, 2], [8, 1, 0, 0, 0]]


def test_precision_is_of_what_the_computer_gave_and_recall_of_what_people_gave():
    crossed = table((30, 10, 20, 40))

    assert accuracy.precision(crossed)[["count", "base"]].to_numpy().tolist() == [[30, 40]]
    assert accuracy.recall(crossed)[["count", "base"]].to_numpy().tolist() == [[30, 50]]


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_f1_is_the_harmonic_mean_of_the_two_and_lies_in_its_interval(both, computer_only, person_only, neither):
    crossed = table((both, computer_only, person_only, neither))

    found = accuracy.f1(crossed).iloc[0]
    right = shares(accuracy.precision(crossed))["share"].iloc[0]
    missed = shares(accuracy.recall(crossed))["share"].iloc[0]

    if both == computer_only == person_only == 0:
        assert np.isnan(found["f1"])
        return
    if both:
        assert found["f1"] == pytest.approx(2 * right * missed / (right + missed))
    assert 0 <= found["low"] <= found["f1"] + 1e-12
    assert found["f1"] <= found["high"] + 1e-12 <= 1 + 2e-12


def test_the_interval_of_f1_holds_the_true_one_about_as_often_as_it_says():
    chance = np.random.default_rng(2)
    shares_of = np.array([0.06, 0.03, 0.02, 0.89])
    true = 2 * shares_of[0] / (2 * shares_of[0] + shares_of[1] + shares_of[2])
    drawn = chance.multinomial(300, shares_of, size=2_000)

    found = accuracy.f1(pd.DataFrame(drawn, columns=TABLE))

    held = ((found["low"] <= true) & (true <= found["high"])).mean()
    assert 0.93 <= held <= 0.98
