import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import hypergeom
from statsmodels.stats.multitest import multipletests

from analysis.compare import Rise
from analysis.standing import FEWEST, Control, Standing, standings
from tests.analysis.boards import board


def row_of(*counts, base=200, service="short breaks"):
    """One service whose districts have these counts of one base."""
    return pd.DataFrame(
        {"service": service, "district": [f"d{place}" for place in range(len(counts))], "count": counts, "base": base}
    )


def verdicts(cells, *, rise=Rise.GOOD, control=Control.EXPLORING):
    return standings(cells, rise=rise, control=control)["verdict"].tolist()


def test_a_district_far_below_the_others_is_clearly_worse_and_the_others_about_the_same():
    assert verdicts(row_of(120, 118, 122, 60, 121)) == [Standing.SAME] * 3 + [Standing.WORSE, Standing.SAME]


def test_where_a_rise_is_bad_it_is_clearly_better():
    assert verdicts(row_of(120, 118, 122, 60, 121), rise=Rise.BAD)[3] == Standing.BETTER


def test_fewer_people_than_can_tell_are_too_few_to_say_however_different_they_are():
    cells = row_of(120, 118, 122, 0, 121).assign(base=[200, 200, 200, FEWEST - 1, 200])

    assert verdicts(cells)[3] == Standing.TOO_FEW
    assert verdicts(cells.assign(base=[200, 200, 200, FEWEST, 200]))[3] == Standing.WORSE


def test_a_cell_where_a_gap_of_ten_points_cannot_be_ruled_out_is_not_called_the_same():
    assert verdicts(row_of(30, 28, 31, 29, base=50)) == [Standing.TOO_FEW] * 4


def test_a_service_of_one_district_has_nothing_to_be_compared_with():
    assert verdicts(row_of(120)) == [Standing.TOO_FEW]


def test_a_board_nobody_answered_says_nothing():
    assert verdicts(row_of(0, 0, base=0)) == [Standing.TOO_FEW] * 2
    assert verdicts(row_of()) == []


def test_what_is_published_must_be_surer_than_what_is_explored():
    cells, _ = board(np.random.default_rng(4), 2_234, planted=12)
    named = {control: _named(standings(cells, rise=Rise.GOOD, control=control)) for control in Control}

    assert named[Control.PUBLISHING].sum() < named[Control.EXPLORING].sum()
    assert not (named[Control.PUBLISHING] & ~named[Control.EXPLORING]).any()


def test_corrections_for_publishing_agree_with_statsmodels():
    cells, _ = board(np.random.default_rng(3), 2_000, planted=5)
    found = standings(cells, rise=Rise.GOOD, control=Control.PUBLISHING)
    judged = found["base"] >= FEWEST
    rest = found.groupby("service")[["count", "base"]].transform("sum") - found[["count", "base"]]
    tables = zip(found["count"], found["base"], rest["count"], rest["base"], strict=True)
    p = np.array([_mid_p(*table) for table in tables])[judged]

    assert found.loc[~judged, "q"].isna().all()
    assert found.loc[judged, "q"].to_numpy() == pytest.approx(multipletests(p, method="holm")[1])


def _mid_p(count, base, count_beside, base_beside):
    spread = hypergeom(base + base_beside, count + count_beside, base)
    below = spread.cdf(count - 1) + spread.pmf(count) / 2
    return min(1, 2 * min(below, 1 - below))


def test_on_boards_where_nothing_differs_hardly_any_names_a_cell():
    rng = np.random.default_rng(20)
    named = sum(_names_any(board(rng, families)[0]) for families in (235, 550, 1_200) for _ in range(60))

    assert named <= 14  # 5 % of 180 is 9, and chance may bring a few more


def test_planted_gaps_of_twenty_points_are_found_and_few_others_named():
    rng = np.random.default_rng(21)
    found, planted, wrong = 0, 0, []
    for _ in range(40):
        cells, apart = board(rng, 2_234, planted=6)
        named = standings(cells, rise=Rise.GOOD, control=Control.EXPLORING)
        hit = _named(named)
        found, planted = found + (hit & (apart != 0)).sum(), planted + (apart != 0).sum()
        wrong.append((hit & (apart == 0)).sum() / max(hit.sum(), 1))
        right_way = np.where(apart > 0, Standing.BETTER, Standing.WORSE)
        assert (named["verdict"].to_numpy() == right_way)[hit & (apart != 0)].all()

    assert found / planted >= 0.7
    assert np.mean(wrong) <= 0.15


def _names_any(cells):
    return _named(standings(cells, rise=Rise.GOOD, control=Control.EXPLORING)).any()


def _named(found):
    return found["verdict"].isin([Standing.BETTER, Standing.WORSE]).to_numpy()


def test_families_with_several_children_count_for_what_their_answers_are_worth():
    cells = row_of(120, 118, 122, 85, 121)
    as_families = cells.assign(effective=cells["base"] / 5.0)

    assert verdicts(cells)[3] == Standing.WORSE
    assert verdicts(as_families)[3] != Standing.WORSE


@settings(max_examples=8, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 5))
def test_the_order_of_cells_does_not_matter(chance, seed):
    cells, _ = board(np.random.default_rng(seed), 800, planted=3)
    order = list(range(len(cells)))
    chance.shuffle(order)
    straight = standings(cells, rise=Rise.GOOD, control=Control.EXPLORING)
    shuffled = standings(cells.iloc[order], rise=Rise.GOOD, control=Control.EXPLORING)

    assert shuffled.sort_index()["verdict"].tolist() == straight["verdict"].tolist()
