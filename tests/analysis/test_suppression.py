from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis.suppression import LEADER, OFFICER, PUBLIC, Held, Released, release, release_counts

POLICIES = [OFFICER, LEADER, PUBLIC]
BOTH = [["service"], ["district"]]


def board(bases, counts):
    """One row per cell of a grid, services down and districts across."""
    down, across = np.indices(bases.shape)
    return pd.DataFrame(
        {
            "service": [f"s{row}" for row in down.ravel()],
            "district": [f"d{column}" for column in across.ravel()],
            "count": counts.ravel(),
            "base": bases.ravel(),
        }
    )


def groups(*pairs):
    counts, bases = zip(*pairs, strict=True)
    return board(np.array([bases]), np.array([counts]))


@st.composite
def boards(draw):
    shape = draw(st.tuples(st.integers(2, 6), st.integers(2, 6)))
    bases = draw(arrays(int, shape, elements=st.integers(0, 60)))
    wanted = draw(arrays(float, shape, elements=st.floats(0, 1, width=16)))
    return board(bases, np.floor(wanted * bases).astype(int))


@given(boards(), st.sampled_from(POLICIES))
@settings(deadline=None)
def test_no_shown_figure_is_under_the_minimum(cells, policy):
    shown = cells.loc[release(cells, policy, totals=BOTH).shown.index]

    rest = shown["base"] - shown["count"]
    assert (shown["base"] >= policy.fewest).all()
    assert not ((shown["count"] > 0) & (shown["count"] < policy.smallest)).any()
    assert not ((rest > 0) & (rest < policy.smallest)).any()
    assert not (((shown["count"] == 0) | (rest == 0)) & (shown["base"] < policy.unanimous)).any()


@given(boards(), st.sampled_from(POLICIES))
@settings(deadline=None)
def test_no_line_hides_just_one_when_its_total_is_shown(cells, policy):
    figures = release(cells, policy, totals=BOTH).figures

    hidden = figures["held"] != Held.NOT
    for line in ("service", "district"):
        sums = cells.groupby(line)[["count", "base"]].sum()
        shown = [policy.shows(count, base) for count, base in sums.itertuples(index=False)]
        of_somebody = cells[cells["base"] > 0]
        lacking = hidden[of_somebody.index].groupby(of_somebody[line]).sum()
        several = of_somebody.groupby(line).size() > 1
        assert (lacking[several & pd.Series(shown, index=sums.index)[several.index]] != 1).all()


@given(boards(), st.sampled_from(POLICIES))
@settings(deadline=None)
def test_nothing_numeric_is_left_in_what_is_held_back(cells, policy):
    released = release(cells, policy, totals=BOTH)

    hidden = released.figures[released.figures["held"] != Held.NOT]
    assert hidden[["count", "base", "share", "low", "high"]].isna().all(axis=None)
    assert released.held_back == len(hidden)
    assert len(released.shown) + released.held_back == len(cells)


@given(boards(), st.sampled_from(POLICIES))
@settings(deadline=None)
def test_choosing_some_of_what_was_released_brings_nothing_back(cells, policy):
    released = release(cells, policy, totals=BOTH)

    for service in cells["service"].unique():
        part = released.of("service", service)
        assert part.figures["held"].tolist() == (
            released.figures.loc[released.figures["service"] == service, "held"].tolist()
        )


# The boundaries of each policy, either side: an off-by-one here has been published before.
@pytest.mark.parametrize(
    ("policy", "count", "base", "held"),
    [
        (OFFICER, 2, 4, Held.FEW),
        (OFFICER, 2, 5, Held.NOT),
        (OFFICER, 1, 9, Held.NOT),
        (OFFICER, 9, 9, Held.UNANIMOUS),
        (OFFICER, 10, 10, Held.NOT),
        (OFFICER, 0, 9, Held.UNANIMOUS),
        (OFFICER, 0, 0, Held.FEW),
        (LEADER, 0, 9, Held.FEW),
        (LEADER, 0, 10, Held.UNANIMOUS),
        (LEADER, 19, 19, Held.UNANIMOUS),
        (LEADER, 20, 20, Held.NOT),
        (LEADER, 1, 40, Held.SMALL),
        (LEADER, 7, 40, Held.SMALL),
        (LEADER, 8, 40, Held.NOT),
        (LEADER, 32, 40, Held.NOT),
        (LEADER, 33, 40, Held.SMALL),
        (LEADER, 39, 40, Held.SMALL),
        (LEADER, 0, 40, Held.NOT),
    ],
)
def test_each_policy_holds_back_what_it_says(policy, count, base, held):
    assert release(groups((count, base)), policy).figures["held"].tolist() == [held]


def test_many_answers_from_few_people_are_still_few_people():
    counts = groups((10, 24)).assign(people=4, effective=4.0)

    assert release(counts, OFFICER).figures["held"].tolist() == [Held.FEW]


def test_the_smallest_that_is_not_nothing_is_hidden_to_protect_another():
    figures = release(groups((2, 3), (20, 60), (0, 0), (9, 20), (30, 90)), OFFICER, totals=[[]]).figures

    assert figures["held"].tolist() == [Held.FEW, Held.NOT, Held.FEW, Held.PROTECTS, Held.NOT]

    figures = release(groups((2, 3), (20, 60), (9, 20), (30, 90)), OFFICER, totals=[[]]).figures

    assert figures["held"].tolist() == [Held.FEW, Held.NOT, Held.PROTECTS, Held.NOT]


def test_without_totals_nothing_more_is_hidden():
    assert release(groups((2, 3), (20, 60), (9, 20)), OFFICER).held_back == 1


def test_what_protects_one_line_is_itself_protected_on_the_other():
    bases = np.array([[3, 20, 30], [40, 50, 60], [70, 80, 90]])
    figures = release(board(bases, bases // 2), OFFICER, totals=BOTH).figures

    hidden = (figures["held"] != Held.NOT).to_numpy().reshape(3, 3)
    assert hidden.tolist() == [[True, True, False], [True, True, False], [False, False, False]]


def test_leaders_see_rounded_numbers_and_whole_per_cents_of_the_true_ones():
    row = release(groups((157, 412)), LEADER).figures.iloc[0]

    # Wilson limits of 157/412: 0.3355 and 0.4288 (statsmodels proportion_confint, method "wilson").
    assert row[["count", "base", "share", "low", "high"]].tolist() == [155, 410, 0.38, 0.34, 0.43]


def test_officers_see_the_numbers_as_they_are():
    row = release(groups((157, 412)), OFFICER).figures.iloc[0]

    assert row["count"] == 157
    assert row["share"] == 157 / 412


@pytest.mark.parametrize(("number", "shown"), [(0, 0), (2, 0), (3, 5), (12, 10), (13, 15), (2512, 2510)])
def test_numbers_are_rounded_to_the_nearest_five(number, shown):
    assert LEADER.rounded(number) == shown
    assert OFFICER.rounded(number) == number


def test_a_low_number_of_responses_is_the_message_to_an_officer_and_hidden_from_the_public():
    counts = pd.DataFrame({"district": ["a", "b", "c"], "count": [3, 41, 0]})

    assert release_counts(counts, OFFICER).figures["count"].tolist() == [3, 41, 0]
    public = release_counts(counts, PUBLIC).figures
    assert public["held"].tolist() == [Held.SMALL, Held.NOT, Held.NOT]
    assert public["count"].iloc[1:].tolist() == [40, 0]


def test_a_hidden_number_of_responses_is_protected_where_the_total_is_shown():
    counts = pd.DataFrame({"district": ["a", "b", "c"], "count": [3, 41, 90]})

    figures = release_counts(counts, PUBLIC, totals=[[]]).figures

    assert figures["held"].tolist() == [Held.SMALL, Held.PROTECTS, Held.NOT]


def test_rows_can_be_chosen_in_the_order_they_are_named_and_given_names():
    released = release(groups((20, 40), (20, 60), (9, 50)), OFFICER)

    chosen = released.among("district", ["d2", "d0"])
    chosen = chosen.naming("district", pd.Series({"d2": "Burnley", "d0": "Wyre"}), "name")

    assert chosen.figures["name"].tolist() == ["Burnley", "Wyre"]
    assert chosen.figures["base"].tolist() == [50, 40]


def test_changing_a_copy_of_the_figures_does_not_change_what_was_released():
    released = release(groups((20, 40)), OFFICER)

    figures = released.figures
    figures.loc[0, "base"] = 1

    assert released.figures["base"].tolist() == [40]


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.reader)
def test_nothing_to_release_is_released_as_nothing(policy):
    nothing = groups((1, 2)).iloc[:0]

    assert release(nothing, policy, totals=BOTH).figures.empty


def test_only_the_gate_makes_what_has_been_through_it():
    root = Path(__file__).parents[2]
    makers = {
        str(file.relative_to(root))
        for room in ("analysis", "pages")
        for file in (root / room).rglob("*.py")
        if f"{Released.__name__}(" in file.read_text(encoding="utf-8")
    }

    assert makers == {"analysis/suppression.py"}
