import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from analysis.funnel import FEWEST_DISTRICTS, dispersion, funnel


def districts(*pairs):
    return pd.DataFrame(pairs, columns=["count", "base"]).assign(district=[f"d{place}" for place in range(len(pairs))])


def alike(*others):
    """Eight districts at half, which differ by no more than chance, and others."""
    return districts((50, 100), (24, 50), (101, 200), (40, 80), (61, 120), (30, 60), (44, 90), (76, 150), *others)


def test_a_district_beyond_chance_is_outside_and_the_others_are_not():
    found = funnel(alike((20, 100)))

    assert found.districts["outside"].tolist() == [""] * 8 + ["outer"]


def test_a_district_with_three_answers_cannot_lie_outside_the_outer_limits():
    assert funnel(alike((0, 3))).districts["outside"].iloc[-1] == ""


def test_limits_narrow_as_more_answer_and_hold_the_county():
    limits = funnel(alike()).limits

    width = (limits["outer_high"] - limits["outer_low"]).to_numpy()
    assert width[149] < width[49] < width[9]
    assert (limits["outer_low"] <= limits["inner_low"]).all()
    assert limits["inner_low"].max() <= funnel(alike()).share <= limits["inner_high"].min()
    assert (limits["inner_high"] <= limits["outer_high"]).all()


def test_exact_limits_leave_about_the_stated_chance_outside():
    limits = funnel(districts((400, 1_000), (40, 100))).limits
    for base in (37, 120, 900):
        at = limits[limits["base"] == base].iloc[0]
        count = np.arange(base + 1)
        outside = binom.pmf(count, base, 0.4)[
            (count / base < at["inner_low"]) | (count / base > at["inner_high"])
        ].sum()
        assert 0.02 <= outside <= 0.08
        # Both ends of the formula: the binomial's own steps on either side of each limit hold the stated tail.
        low = at["inner_low"] * base
        assert binom.cdf(np.floor(low), base, 0.4) <= 0.025 + 1e-9 or binom.cdf(np.floor(low) - 1, base, 0.4) <= 0.025
        assert binom.cdf(np.ceil(low), base, 0.4) >= 0.025


def test_for_many_answers_the_limits_are_those_of_the_normal_distribution():
    at = funnel(districts((4_000, 10_000), (4_000, 10_000))).limits.iloc[-1]

    reach = 1.959964 * np.sqrt(0.4 * 0.6 / 10_000)
    assert at["inner_high"] == pytest.approx(0.4 + reach, abs=2e-4)
    assert at["outer_high"] == pytest.approx(0.4 + 3.090232 / 1.959964 * reach, abs=3e-4)


def test_districts_that_differ_all_round_widen_the_limits():
    spread_out = districts(*((share, 100) for share in (20, 30, 35, 45, 50, 55, 60, 70, 75, 80)))

    found = funnel(spread_out)

    assert found.widened > 2
    assert found.districts["outside"].tolist() == [""] * 10


def test_one_that_stands_out_does_not_widen_the_limits_that_find_it():
    assert dispersion(np.array([50.0] * 11 + [5]), np.array([100.0] * 12), 0.5) == pytest.approx(1.0)


def test_with_few_districts_the_limits_are_not_widened():
    few = districts(*((10 if place % 2 else 90, 100) for place in range(FEWEST_DISTRICTS - 1)))

    assert funnel(few).widened == 1


def test_one_district_nobody_answered_in_has_no_limits_and_is_not_outside():
    last = funnel(alike((0, 0))).districts.iloc[-1]

    assert np.isnan(last["inner_low"])
    assert last["outside"] == ""


def test_everybody_agreeing_puts_nobody_outside():
    assert set(funnel(districts((10, 10), (200, 200), (0, 0))).districts["outside"]) == {""}


def test_there_is_no_funnel_where_nobody_answered():
    with pytest.raises(ValueError, match="Nobody answered"):
        funnel(districts((0, 0)))
