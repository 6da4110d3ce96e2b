import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep

from analysis.compare import Rise, Verdict, against_the_rest, differences, verdicts

COLUMNS = ["count", "base", "count_before", "base_before"]


def pairs(*rows):
    return pd.DataFrame(rows, columns=COLUMNS)


def words(*rows, rise=Rise.GOOD):
    return verdicts(pairs(*rows), rise=rise)["verdict"].tolist()


# Newcombe (1998) Stat. Med. 17, 873-890, Table II, method 10, contrasts (a) to (h).
@pytest.mark.parametrize(
    ("row", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((0, 10, 0, 10), -0.2775, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1.0000),
        ((10, 10, 0, 10), 0.6075, 1.0000),
    ],
)
def test_intervals_agree_with_the_published_table(row, low, high):
    found = differences(pairs(row)).iloc[0]

    assert found["low"] == pytest.approx(low, abs=5e-5)
    assert found["high"] == pytest.approx(high, abs=5e-5)


sides = st.integers(1, 400).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))


@given(st.lists(st.tuples(sides, sides), min_size=1, max_size=20))
@settings(deadline=None)
def test_intervals_agree_with_statsmodels(rows):
    found = differences(pairs(*[(*now, *then) for now, then in rows]))

    for row, (now, then) in zip(found.itertuples(), rows, strict=True):
        low, high = confint_proportions_2indep(*now, *then, method="newcomb")
        assert row.low == pytest.approx(low, abs=1e-9)
        assert row.high == pytest.approx(high, abs=1e-9)


def test_the_exact_test_never_finds_more_than_fishers():
    found = differences(pairs((15, 20, 6, 20), (3, 40, 9, 38), (0, 5, 0, 5)))

    for row in found.itertuples():
        two_by_two = [
            [row.count, row.base - row.count],
            [row.count_before, row.base_before - row.count_before],
        ]
        assert row.p >= fisher_exact(two_by_two).pvalue - 1e-12


def test_a_clear_rise_is_named_for_what_a_rise_means():
    row = (180, 300, 120, 300)

    assert words(row, rise=Rise.GOOD) == [Verdict.BETTER]
    assert words(row, rise=Rise.BAD) == [Verdict.WORSE]
    assert words(row, rise=Rise.NEITHER) == [Verdict.MORE]
    assert words((120, 300, 180, 300), rise=Rise.GOOD) == [Verdict.WORSE]


def test_no_clear_change_is_said_only_when_a_big_one_can_be_ruled_out_on_one_side():
    assert words((250, 500, 245, 500)) == [Verdict.NO_CLEAR_CHANGE]
    assert words((10, 20, 10, 20)) == [Verdict.TOO_FEW]


def test_nine_people_are_too_few_whatever_they_say_and_ten_are_not():
    assert words((9, 9, 0, 400)) == [Verdict.TOO_FEW]
    assert words((10, 10, 0, 400)) == [Verdict.BETTER]


def test_nobody_on_one_side_is_too_few_to_tell():
    assert words((0, 0, 50, 100)) == [Verdict.TOO_FEW]


def test_a_difference_that_would_pass_alone_does_not_pass_among_many():
    borderline = (60, 100, 44, 100)
    alone = words(borderline)
    among_many = words(borderline, *[(50, 100, 50, 100)] * 30)

    assert alone == [Verdict.BETTER]
    assert among_many[0] == Verdict.NO_CLEAR_CHANGE


def test_corrected_values_agree_with_statsmodels():
    found = verdicts(pairs((60, 100, 44, 100), (52, 100, 50, 100), (80, 100, 50, 100), (1, 3, 2, 3)), rise=Rise.GOOD)

    expected = multipletests(found["p"][:3], method="holm")[1]
    np.testing.assert_allclose(found["q"][:3], expected)
    assert np.isnan(found["q"].iloc[3])


def test_boards_with_nothing_in_them_seldom_cry_out():
    """264 cells with no true difference: at most one board in twenty may show any clear cell."""
    random = np.random.default_rng(20180108)
    loud = 0
    for _ in range(100):
        base = random.integers(3, 60, 264)
        counts = pd.DataFrame(
            {"service": np.repeat(np.arange(22), 12), "count": random.binomial(base, 0.4), "base": base}
        )
        found = verdicts(against_the_rest(counts, within="service"), rise=Rise.GOOD)
        loud += found["verdict"].isin([Verdict.BETTER, Verdict.WORSE]).any()

    assert loud <= 5


def test_a_place_is_compared_with_the_county_without_it():
    counts = pd.DataFrame({"theme": ["a", "a", "b"], "count": [3, 5, 7], "base": [10, 20, 30]})

    beside = against_the_rest(counts, within="theme")

    assert beside["count_before"].tolist() == [5, 3, 0]
    assert beside["base_before"].tolist() == [20, 10, 0]
