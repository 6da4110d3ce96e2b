import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from analysis.proportions import effective_base, shares

groups = st.lists(st.integers(1, 5000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))), min_size=1)


def table(pairs):
    return pd.DataFrame(pairs, columns=["count", "base"])


# Newcombe (1998) Stat. Med. 17, 857-872, Table I, method 3 (score, no continuity correction).
@pytest.mark.parametrize(
    ("count", "base", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_intervals_agree_with_the_published_table(count, base, low, high):
    row = shares(table([(count, base)])).iloc[0]

    assert row["share"] == count / base
    assert row["low"] == pytest.approx(low, abs=5e-5)
    assert row["high"] == pytest.approx(high, abs=5e-5)


@given(groups)
@settings(deadline=None)
def test_intervals_agree_with_statsmodels(pairs):
    ours = shares(table(pairs))

    low, high = proportion_confint(ours["count"], ours["base"], method="wilson")
    np.testing.assert_allclose(ours["low"], low, atol=1e-12)
    np.testing.assert_allclose(ours["high"], high, atol=1e-12)


@given(groups)
@settings(deadline=None)
def test_a_share_lies_in_its_interval_and_the_interval_between_0_and_1(pairs):
    ours = shares(table(pairs))

    assert (ours["low"] >= 0).all()
    assert (ours["high"] <= 1).all()
    assert ((ours["low"] <= ours["share"] + 1e-12) & (ours["share"] <= ours["high"] + 1e-12)).all()


def test_a_group_that_nobody_is_in_has_no_share():
    row = shares(table([(0, 0)])).iloc[0]

    assert row[["share", "low", "high"]].isna().all()


def test_the_frame_given_is_left_as_it_was():
    given_frame = table([(1, 2)])

    shares(given_frame)

    assert list(given_frame) == ["count", "base"]


def test_impossible_counts_are_refused_by_name():
    counts = table([(1, 2), (3, 2), (-1, 2)]).set_index(pd.Index(["fine", "too many", "negative"]))

    with pytest.raises(ValueError, match=r"\['too many', 'negative'\]"):
        shares(counts)


def worth(rows):
    people = pd.DataFrame(rows, columns=["group", "count", "base"])
    return effective_base(people["count"], people["base"], people["group"])


def test_one_answer_from_each_person_is_worth_almost_exactly_one_answer():
    people = [("a", int(n < 30), 1) for n in range(100)]

    # By hand: v = 100/99 x 0.3 x 0.7 / 100, so 0.21 / v = 99.
    assert worth(people)["a"] == pytest.approx(99)


def test_people_who_answer_six_times_alike_count_once_each():
    people = [("a", 6 * (n % 2), 6) for n in range(50)]

    # By hand: v = 50/49 x 50 x 9 / 300^2 = 0.0051020, so 0.25 / v = 49.
    assert worth(people)["a"] == pytest.approx(49)


def test_answers_that_all_agree_are_worth_as_many_as_there_are_people():
    assert worth([("a", 3, 3), ("a", 2, 2), ("b", 0, 4)]).to_dict() == {"a": 2, "b": 1}


def test_answers_worth_less_widen_the_interval_and_leave_the_share_alone():
    counts = table([(60, 120)])

    plain, widened = shares(counts).iloc[0], shares(counts.assign(effective=40.0)).iloc[0]

    assert widened["share"] == plain["share"]
    assert widened["low"] < plain["low"]
    assert widened["high"] > plain["high"]
