"""An attacker with every total and a solver finds out nothing that is hidden."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from analysis.protection import further, solved
from analysis.suppression import LEADER, OFFICER, Held, release

MARGINS = [["service"], ["district"]]


@st.composite
def tables(draw):
    """Services by districts with few answers here and there, as small surveys have them."""
    services, districts = draw(st.integers(2, 5)), draw(st.integers(2, 5))
    bases = draw(
        st.lists(st.sampled_from([0, 1, 3, 6, 12, 40]), min_size=services * districts, max_size=services * districts)
    )
    counts = [draw(st.integers(0, base)) for base in bases]
    places = [(f"s{row}", f"d{column}") for row in range(services) for column in range(districts)]
    return pd.DataFrame(places, columns=["service", "district"]).assign(count=counts, base=bases)


def recovered(cells, held, policy):
    """Hidden cells with answers in them whose base, or whose yeses, a linear program can pin to one value.

    It knows the base and the yeses of every cell and every total that are shown (totals of more than one cell), and
    that yeses are no fewer than none and no more than the base. Where nobody answered there is nobody to give away.
    """
    hidden = np.flatnonzero(held)
    equations, sums = known_of(cells, hidden, policy)
    answered = [place for place, row in enumerate(hidden) if cells["base"].iloc[row]] if len(sums) else []
    return [
        hidden[place]
        for place in answered
        for variable in (place, len(hidden) + place)
        if np.ptp(reach(variable, len(hidden), equations, sums)) < 1e-6
    ]


def known_of(cells, hidden, policy):
    """What the totals that are shown say of the yeses and the bases of hidden cells: one equation each."""
    equations, sums = [], []
    for _, rows in [*cells.groupby("service"), *cells.groupby("district")]:
        inside = np.isin(hidden, rows.index)
        if len(rows) > 1 and inside.any() and policy.shows(rows["count"].sum(), rows["base"].sum()):
            gone = rows[rows.index.isin(hidden)]
            equations += [np.concatenate([inside, 0 * inside]), np.concatenate([0 * inside, inside])]
            sums += [gone["count"].sum(), gone["base"].sum()]
    return np.array(equations), np.array(sums)


def reach(variable, cells, equations, sums):
    """The least and the most that one yes or base may be."""
    aim = np.eye(2 * cells)[variable]
    never_more = np.hstack([np.eye(cells), -np.eye(cells)])
    found = [linprog(sign * aim, A_ub=never_more, b_ub=np.zeros(cells), A_eq=equations, b_eq=sums) for sign in (1, -1)]
    return [sign * (one.fun if one.status == 0 else -np.inf) for sign, one in zip((1, -1), found, strict=True)]


def told_of_many(total, held, policy):
    """Whether what is hidden of a total is of people who all say the same, as many as may be told so of."""
    gone = total[held[total.index]]
    return gone["base"].sum() >= policy.unanimous and gone["count"].sum() in (0, gone["base"].sum())


# Of one service nobody says so among the thirteen who are left when what is shown is taken from its total.
THIRTEEN_ALIKE = pd.DataFrame(
    [(f"s{row}", f"d{column}", 0, 0) for row in range(5) for column in range(4)],
    columns=["service", "district", "count", "base"],
)
THIRTEEN_ALIKE.loc[[8, 9, 11, 15, 19], ["count", "base"]] = [(0, 12), (1, 40), (0, 1), (1, 1), (0, 12)]


@settings(max_examples=60, deadline=None)
@given(tables(), st.sampled_from([OFFICER, LEADER]))
@example(THIRTEEN_ALIKE, OFFICER)
def test_a_solver_with_every_total_recovers_no_hidden_share_or_base(cells, policy):
    held = release(cells, policy, totals=MARGINS).figures["held"] != Held.NOT
    everything = [total for _, total in cells.groupby("service")] + [total for _, total in cells.groupby("district")]
    # A total that is hidden throughout leaves nothing to hide beside it, and one in which everybody says the same says
    # so of everybody in it, as do so many people left of it that they may be told of; elsewhere nothing may be found.
    beyond_help = {
        row
        for total in everything
        if held[total.index].all()
        or total["count"].sum() in (0, total["base"].sum())
        or told_of_many(total, held, policy)
        for row in total.index
    }

    assert [found for found in recovered(cells, held, policy) if found not in beyond_help] == []


def test_what_joins_two_knots_of_hidden_cells_is_hidden_too():
    # Two squares of four hidden cells each, and one hidden cell between them: every line hides at least two, and yet
    # the one between follows from the totals of three lines.
    hidden = np.zeros((5, 5), dtype=bool)
    hidden[np.ix_([0, 1], [0, 1])] = True
    hidden[np.ix_([3, 4], [3, 4])] = True
    hidden[1, 3] = True
    services, districts = np.indices(hidden.shape)
    cells = pd.DataFrame({"service": services.ravel(), "district": districts.ravel(), "count": 20, "base": 40})
    lines = [np.flatnonzero(cells[axis] == place) for axis in ("service", "district") for place in range(5)]

    assert solved(hidden.ravel(), lines).reshape(5, 5)[1, 3]
    more = further(hidden.ravel(), cells, MARGINS, OFFICER.shows)
    assert more.any()
    assert not solved(hidden.ravel() | more, lines).any()


def test_people_who_all_say_the_same_are_not_given_away_by_their_total():
    cells = pd.DataFrame(
        {"service": "a", "district": list("vwxyz"), "count": [3, 4, 30, 20, 25], "base": [3, 4, 60, 60, 60]}
    )
    held = release(cells, OFFICER, totals=[["service"]]).figures["held"]

    assert held.tolist() == [Held.FEW, Held.FEW, Held.NOT, Held.PROTECTS, Held.NOT]


def test_nothing_is_hidden_where_nothing_is_small():
    cells = pd.DataFrame({"service": list("aabb"), "district": list("xyxy"), "count": 20, "base": 60})

    assert not further(np.zeros(4, dtype=bool), cells, MARGINS, OFFICER.shows).any()


@pytest.mark.parametrize("totals", [[], [[]], MARGINS])
def test_no_figures_need_no_protection(totals):
    nothing = pd.DataFrame({"service": [], "district": [], "count": [], "base": []})

    assert len(further(np.zeros(0, dtype=bool), nothing, totals, OFFICER.shows)) == 0


def test_a_figure_that_is_part_of_no_total_needs_no_company():
    cells = pd.DataFrame({"service": list("abc"), "district": "x", "count": [1, 20, 20], "base": [2, 60, 60]})

    assert further(np.array([True, False, False]), cells, [["service"]], OFFICER.shows).sum() == 0
