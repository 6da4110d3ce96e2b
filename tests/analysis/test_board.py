"""What is worked out of a board is worked out of what is shown, and is as rounded as that."""

import numpy as np
import pandas as pd
import pytest

from analysis.board import COUNTY, SHOWN, funnelled, variation, with_verdicts
from analysis.cube import counted
from analysis.overview import Chosen, Measure, Scope, axes_of
from analysis.standing import Standing
from analysis.suppression import LEADER, OFFICER, PUBLIC
from tests.analysis.test_overview import SCOPE, wave

DISTRICTS = tuple(f"d{place}" for place in range(10))
WIDE = Scope(
    services=pd.Series({"ot": "Occupational therapy"}),
    places=pd.DataFrame({"name": DISTRICTS, "column": 1, "row": range(10)}, index=list(DISTRICTS)),
    rating=SCOPE.rating,
    tones=SCOPE.tones,
    good="good",
    themes=SCOPE.themes,
)
GOOD, ALL = Measure.RATED_GOOD, Chosen()


def county(*places):
    """Occupational therapy in several places: each a district with how many rate it well, of how many."""
    rated = [(district, code, number) for district, good, base in places
             for code, number in (("good", good), ("poor", base - good))]  # fmt: skip
    return counted(wave(*((n, at, "web", "ot", code, "neutral") for at, code, n in rated)), axes_of(WIDE))


def funnel_of(cube, policy=OFFICER, chosen=ALL):
    return funnelled(cube, WIDE, "ot", chosen, GOOD, policy)


EVEN = [(district, 20, 40) for district in DISTRICTS]


def test_the_line_of_a_funnel_is_the_county_s_figure_as_it_is_released():
    cube = county(*EVEN[:3], ("elsewhere", 1, 30))

    found = funnel_of(cube)

    (county_of,) = variation(cube, WIDE, ALL, GOOD, OFFICER).county.figures.to_dict("records")
    assert found.around == (COUNTY, county_of["share"], county_of["base"]) == (COUNTY, 61 / 150, 150)


def test_limits_reach_no_further_than_the_largest_district_shown():
    # The largest is held back: nobody there says yes, of fewer than ten.
    found = funnel_of(county(("d0", 3, 6), ("d1", 2, 5), ("d2", 0, 9), ("d3", 0, 9)))

    assert found.districts.shown["district"].tolist() == ["d0", "d1"]
    assert found.limits["base"].max() == 6


@pytest.mark.parametrize("policy", [OFFICER, LEADER, PUBLIC])
def test_there_is_no_funnel_where_no_district_may_be_shown(policy):
    assert funnel_of(county(*((district, 1, 3) for district in DISTRICTS)), policy) is None
    assert funnel_of(county(), policy) is None


def test_what_widens_limits_is_how_far_the_districts_shown_differ():
    spread = [(district, yes, 40) for district, yes in zip(DISTRICTS, (8, 32) * 4, strict=False)]

    shown = funnel_of(county(*spread)).limits
    hidden = funnel_of(county(*spread, ("d8", 0, 9), ("d9", 0, 9))).limits
    fewer = funnel_of(county(*spread[:7])).limits

    assert hidden["inner_high"].iloc[-1] > fewer["inner_high"].iloc[-1]
    assert shown["inner_high"].iloc[-1] == pytest.approx(hidden["inner_high"].iloc[-1], abs=0.05)


def test_for_leaders_everything_in_a_funnel_is_rounded_as_their_figures_are():
    found = funnel_of(county(("d0", 21, 43), ("d1", 22, 44), ("d2", 11, 41)), LEADER)

    limits = found.limits[["inner_low", "inner_high", "outer_low", "outer_high"]].to_numpy()
    assert (limits == np.round(limits, 2)).all()
    assert found.limits["base"].max() == 45
    assert found.around == (COUNTY, 0.42, 130)
    shown = found.districts.shown[["share", "inner_low", "outer_high"]].to_numpy()
    assert (shown == np.round(shown, 2)).all()


def test_where_the_county_is_held_back_districts_are_set_beside_those_shown_together():
    # Leaders see no number from 1 to 7: here the county's three, which are d1's.
    cube = county(("d0", 0, 40), ("d1", 3, 40), ("d2", 0, 40))

    found = funnel_of(cube, LEADER)

    assert variation(cube, WIDE, ALL, GOOD, LEADER).county.shown.empty
    assert found.around == (SHOWN, 0.0, 80)
    assert (found.districts.shown["outside"] == "").all()


def test_a_verdict_is_on_a_district_beside_the_others_that_are_shown():
    cube = county(*EVEN[:4], ("d4", 0, 9), ("d5", 0, 9), ("elsewhere", 30, 30))

    shown = with_verdicts(cube, WIDE, ALL, GOOD, OFFICER).shown

    assert (shown["difference"] == 0).all()
    assert (shown["verdict"] == Standing.TOO_FEW).all()


def test_what_may_be_published_has_to_be_surer():
    cube = county(*((district, 60, 120) for district in DISTRICTS[:8]), ("d8", 42, 120), ("d9", 42, 120))

    found = {
        policy.reader: with_verdicts(cube, WIDE, ALL, GOOD, policy).figures["verdict"] for policy in (OFFICER, LEADER)
    }

    assert (found["officer"] == Standing.WORSE).sum() == 2
    assert (found["leader"] == Standing.WORSE).sum() == 0


def test_for_leaders_what_a_verdict_rests_on_is_rounded():
    found = with_verdicts(county(("d0", 31, 63), ("d1", 51, 64)), WIDE, ALL, GOOD, LEADER).shown

    rounded = found[["difference", "difference_low", "difference_high", "q", "pooled", "pooled_low"]].to_numpy("f8")
    assert len(found) == 2
    assert (rounded == np.round(rounded, 2)).all()
