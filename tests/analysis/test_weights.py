import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.weights import LEAST, MOST, raked

FAMILIES = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy")), min_size=30, max_size=120)


def people(pairs):
    return pd.DataFrame(pairs, columns=["district", "plan"])


def test_raking_hits_both_margins_and_keeps_how_the_two_go_together():
    # Deming and Stephan: of all tables with these margins, the one raked has the odds ratios of the table it began as.
    seed = np.array([[40, 30, 20, 10], [35, 50, 100, 75], [30, 80, 70, 120], [20, 30, 40, 50]])
    rows, columns = np.indices(seed.shape)
    each = people(
        list(zip(np.repeat(rows.ravel(), seed.ravel()), np.repeat(columns.ravel(), seed.ravel()), strict=True))
    )
    wanted = {"district": pd.Series([150, 300, 400, 150]), "plan": pd.Series([200, 300, 400, 100])}

    found = raked(each, wanted)

    long = each.assign(weight=found.each)
    table = long.pivot_table(index="district", columns="plan", values="weight", aggfunc="sum").to_numpy()
    fitted = table * 1_000 / table.sum()
    assert fitted.sum(axis=1) == pytest.approx([150, 300, 400, 150], abs=0.01)
    assert fitted.sum(axis=0) == pytest.approx([200, 300, 400, 100], abs=0.01)
    ratios = fitted[1:, 1:] * fitted[0, 0] / (fitted[1:, :1] * fitted[:1, 1:])
    assert ratios == pytest.approx(seed[1:, 1:] * seed[0, 0] / (seed[1:, :1] * seed[:1, 1:]), rel=1e-4)
    assert found.trimmed == 0


def test_the_effective_number_is_that_of_kish():
    half = people([("a", "x")] * 90 + [("b", "x")] * 10)

    found = raked(half, {"district": pd.Series({"a": 0.5, "b": 0.5})})

    assert found.each.iloc[0] == pytest.approx(0.5 / 0.9)
    assert found.each.iloc[-1] == pytest.approx(5.0)
    # n / (1 + the squared coefficient of variation of the weights)
    assert found.effective == pytest.approx(100 / (1 + found.each.var(ddof=0)))
    assert found.design_effect == pytest.approx(100 / found.effective)


def test_nobody_counts_for_more_than_five_and_what_that_leaves_undone_is_said():
    found = raked(people([("a", "x")] * 98 + [("b", "x")] * 2), {"district": pd.Series({"a": 0.5, "b": 0.5})})

    assert found.each.max() == MOST
    assert found.trimmed == 2
    assert found.furthest > 0.3


def test_people_who_did_not_say_keep_what_they_have_and_places_nobody_is_from_are_left_out():
    each = people([("a", "x")] * 10 + [("not_sure", "x")] * 10 + [("b", "x")] * 30)

    found = raked(each, {"district": pd.Series({"a": 0.4, "b": 0.4, "c": 0.2})})

    assert found.each[each["district"] == "not_sure"].to_numpy() == pytest.approx(1.0)
    sums = found.each.groupby(each["district"]).sum()
    assert sums["a"] == pytest.approx(sums["b"])


def test_without_a_population_everybody_counts_alike():
    found = raked(people([("a", "x"), ("b", "y")]), {})

    assert found.each.tolist() == [1.0, 1.0]
    assert found.effective == 2


def test_no_responses_cannot_be_weighted():
    with pytest.raises(ValueError, match="no responses"):
        raked(people([]), {})


@settings(deadline=None)
@given(FAMILIES)
@example([("a", "x")] * 28 + [("a", "y"), ("b", "x")])  # all would be held at one limit or the other
def test_weights_are_one_on_average_and_lie_between_their_limits(pairs):
    wanted = {"district": pd.Series({"a": 0.5, "b": 0.3, "c": 0.2}), "plan": pd.Series({"x": 0.4, "y": 0.6})}
    found = raked(people(pairs), wanted)

    assert found.each.mean() == pytest.approx(1)
    assert found.each.min() >= LEAST
    assert found.each.max() <= MOST
    assert found.effective <= len(pairs) + 1e-6
