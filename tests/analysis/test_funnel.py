from math import comb

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from analysis.funnel import FEWEST_DISTRICTS, MOST_DRAWN, Funnel, dispersion, funnel


def districts(*pairs):
    return pd.DataFrame(pairs, columns=["count", "base"]).assign(district=[f"d{place}" for place in range(len(pairs))])


def among(counts) -> Funnel:
    """The funnel of these districts around the share of all of them."""
    return funnel(counts, around=share_of(counts))


def share_of(counts) -> float:
    return counts["count"].sum() / max(counts["base"].sum(), 1)


def alike(*others):
    """Eight districts at half, which differ by no more than chance, and others."""
    return districts((50, 100), (24, 50), (101, 200), (40, 80), (61, 120), (30, 60), (44, 90), (76, 150), *others)


def test_a_district_beyond_chance_is_outside_and_the_others_are_not():
    found = among(alike((20, 100)))

    assert found.districts["outside"].tolist() == [""] * 8 + ["outer"]


def test_a_district_with_three_answers_cannot_lie_outside_the_outer_limits():
    assert among(alike((0, 3))).districts["outside"].iloc[-1] == ""


def test_limits_narrow_as_more_answer_and_hold_the_county():
    limits = among(alike()).limits

    width = (limits["outer_high"] - limits["outer_low"]).to_numpy()
    assert width[149] < width[49] < width[9]
    assert (limits["outer_low"] <= limits["inner_low"]).all()
    assert limits["inner_low"].max() <= share_of(alike()) <= limits["inner_high"].min()
    assert (limits["inner_high"] <= limits["outer_high"]).all()


def test_exact_limits_agree_with_the_formula_worked_by_hand_from_a_table_of_the_binomial():
    """Spiegelhalter (2005), appendix: (r - α)/n with α = (P(R ≤ r) - p) / P(R = r), r the least with P(R ≤ r) ≥ p.

    Of ten, each yes or no as likely: 1, 10, 45 of 1,024 ways have 0, 1, 2 yeses. P(R ≤ 1) = 11/1,024 and P(R ≤ 2) =
    56/1,024, so for p = 0.025 r is 2, α = (56 - 25.6)/45 = 30.4/45, and the limit (2 - 30.4/45)/10 = 0.132444. For
    p = 0.001, P(R ≤ 1) is above it and P(R ≤ 0) = 1/1,024 is not: α = (11 - 1.024)/10 = 0.9976, the limit 0.000240.
    """
    at = funnel(districts((5, 10)), around=0.5).limits.iloc[9]

    assert at["inner_low"] == pytest.approx((2 - 30.4 / 45) / 10)
    assert at["outer_low"] == pytest.approx((1 - 0.9976) / 10)
    # The upper limit is that of p = 0.975: P(R ≤ 7) = 968/1,024, P(R ≤ 8) = 1,013/1,024, α = (1,013 - 998.4)/45.
    assert at["inner_high"] == pytest.approx((8 - 14.6 / 45) / 10)


@pytest.mark.parametrize(("share", "base"), [(0.1, 23), (0.42, 87), (0.9, 140)])
def test_exact_limits_agree_with_adding_up_the_binomial_term_by_term(share, base):
    at = funnel(districts((1, base)), around=share).limits.iloc[-1]
    terms = [comb(base, yes) * share**yes * (1 - share) ** (base - yes) for yes in range(base + 1)]

    for name, p in {"inner_low": 0.025, "inner_high": 0.975, "outer_low": 0.001, "outer_high": 0.999}.items():
        upto = np.cumsum(terms)
        r = int(np.argmax(upto >= p))
        assert at[name] == pytest.approx(np.clip((r - (upto[r] - p) / terms[r]) / base, 0, 1), abs=1e-9)


def test_dispersion_agrees_with_the_formula_worked_by_hand():
    """Eleven districts of 100 around a half, whose scores are -5 to 5: a tenth at each end is one, drawn in to 4.

    φ = 2 (16 + 16 + 9 + 4 + 1)/11 = 92/11.
    """
    count = 50 + 5.0 * np.arange(-5, 6)

    assert dispersion(count, np.full(11, 100.0), 0.5) == pytest.approx(92 / 11)
    found = funnel(pd.DataFrame({"count": count, "base": 100}), around=0.5)
    assert found.widened == pytest.approx((92 / 11) ** 0.5)


def test_around_a_share_that_is_rounded_to_all_nobody_is_called_far_out():
    assert (funnel(districts((99, 100), (100, 100)), around=1.0).districts["outside"] == "").all()


def test_however_many_have_answered_the_limits_are_drawn_from_one_to_the_most_with_enough_points_for_a_line():
    for most in (10, MOST_DRAWN, 250_000):
        drawn = among(districts((most // 2, most), (1, 3))).limits["base"]
        assert (drawn.iloc[0], drawn.iloc[-1]) == (1, most)
        assert drawn.is_monotonic_increasing
        assert drawn.is_unique
        assert len(drawn) == min(most, MOST_DRAWN)


def test_exact_limits_leave_about_the_stated_chance_outside():
    limits = among(districts((400, 1_000), (40, 100))).limits
    for near in (37, 120, 900):
        at = limits.iloc[(limits["base"] - near).abs().argmin()]
        base = int(at["base"])
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
    at = among(districts((4_000, 10_000), (4_000, 10_000))).limits.iloc[-1]

    reach = 1.959964 * np.sqrt(0.4 * 0.6 / 10_000)
    assert at["inner_high"] == pytest.approx(0.4 + reach, abs=2e-4)
    assert at["outer_high"] == pytest.approx(0.4 + 3.090232 / 1.959964 * reach, abs=3e-4)


def test_districts_that_differ_all_round_widen_the_limits():
    spread_out = districts(*((share, 100) for share in (20, 30, 35, 45, 50, 55, 60, 70, 75, 80)))

    found = among(spread_out)

    assert found.widened > 2
    assert found.districts["outside"].tolist() == [""] * 10


def test_one_that_stands_out_does_not_widen_the_limits_that_find_it():
    assert dispersion(np.array([50.0] * 11 + [5]), np.array([100.0] * 12), 0.5) == pytest.approx(1.0)


def test_with_few_districts_the_limits_are_not_widened():
    few = districts(*((10 if place % 2 else 90, 100) for place in range(FEWEST_DISTRICTS - 1)))

    assert among(few).widened == 1


def test_one_district_nobody_answered_in_has_no_limits_and_is_not_outside():
    last = among(alike((0, 0))).districts.iloc[-1]

    assert np.isnan(last["inner_low"])
    assert last["outside"] == ""


def test_everybody_agreeing_puts_nobody_outside():
    assert set(among(districts((10, 10), (200, 200), (0, 0))).districts["outside"]) == {""}


def test_there_is_no_funnel_where_nobody_answered():
    with pytest.raises(ValueError, match="Nobody answered"):
        among(districts((0, 0)))
