import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.pooling import pooled, spread

COUNTS = st.lists(st.integers(0, 300).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))), min_size=1)


def rows_of(pairs, service="short breaks"):
    return pd.DataFrame(pairs, columns=["count", "base"]).assign(service=service)


def test_a_small_district_is_drawn_far_and_a_large_one_hardly():
    cells = rows_of([(1, 6), (150, 300), (60, 300), (240, 300), (120, 300)])
    found = pooled(cells, within="service")
    own, county = cells["count"] / cells["base"], cells["count"].sum() / cells["base"].sum()
    moved = (found["pooled"] - own) / (county - own)

    assert moved.iloc[0] > 0.3
    assert moved.iloc[2] < 0.1


def test_districts_that_differ_by_no_more_than_chance_all_lie_at_the_county():
    found = pooled(rows_of([(50, 100), (51, 100), (49, 100), (50, 100)]), within="service")

    assert found["pooled"].to_numpy() == pytest.approx(0.5, abs=0.005)


def test_where_nobody_answered_the_county_is_all_there_is_to_go_by():
    found = pooled(rows_of([(20, 100), (60, 100), (0, 0)]), within="service")

    assert found["pooled"].iloc[2] == pytest.approx(0.4, abs=0.05)
    assert found["pooled_low"].iloc[2] < 0.1
    assert found["pooled_high"].iloc[2] > 0.7
    assert pooled(rows_of([(0, 0)]), within="service")[["pooled", "pooled_low", "pooled_high"]].isna().all(axis=None)


def test_services_are_pooled_apart():
    apart = pd.concat([rows_of([(10, 100), (12, 100)], "a"), rows_of([(90, 100), (88, 100)], "b")], ignore_index=True)

    assert pooled(apart, within="service")["pooled"].round(1).tolist() == [0.1, 0.1, 0.9, 0.9]


# Tarone (1982) Biometrics 38, 215-220: tumours in 71 groups of laboratory rats, as in Gelman and others (2013)
# Bayesian Data Analysis, 3rd ed., table 5.1, whose section 5.3 gives 2.4 and 14.3 as posterior means of alpha and beta.
RATS = (
    [(0, 20)] * 7 + [(0, 19)] * 4 + [(0, 18)] * 2 + [(0, 17)] + [(1, 20)] * 4 + [(1, 19)] * 2 + [(1, 18)] * 2
    + [(2, 25), (2, 24), (2, 23)] + [(2, 20)] * 6 + [(1, 10), (5, 49), (2, 19), (5, 46), (3, 27), (2, 17), (7, 49)]
    + [(7, 47), (3, 20), (3, 20), (2, 13), (9, 48), (10, 50)] + [(4, 20)] * 7 + [(10, 48)] + [(4, 19)] * 3
    + [(5, 22), (11, 46), (12, 49), (5, 20), (5, 20), (6, 23), (5, 19), (6, 22), (6, 20), (6, 20), (6, 20)]
    + [(16, 52), (15, 47), (15, 46), (9, 24), (4, 14)]
)  # fmt: skip


def test_the_spread_agrees_with_a_published_example():
    count, base = (np.array(column, dtype="f8") for column in zip(*RATS, strict=True))
    assert len(RATS) == 71

    found = spread(count, base)

    assert (found.mean * found.worth) @ found.weight == pytest.approx(2.4, abs=0.1)
    assert ((1 - found.mean) * found.worth) @ found.weight == pytest.approx(14.3, abs=0.5)


def test_pooled_estimates_lie_nearer_the_truth_than_raw_ones_and_their_intervals_hold_it():
    rng = np.random.default_rng(6)
    raw, drawn, held = [], [], []
    for _ in range(200):
        base = rng.integers(4, 120, 12)
        truth = rng.beta(0.5 * 30, 0.5 * 30, 12)
        found = pooled(rows_of(list(zip(rng.binomial(base, truth), base, strict=True))), within="service")
        raw.append(((found["count"] / found["base"] - truth) ** 2).mean())
        drawn.append(((found["pooled"] - truth) ** 2).mean())
        held.append(((found["pooled_low"] <= truth) & (truth <= found["pooled_high"])).mean())

    assert np.mean(drawn) < 0.6 * np.mean(raw)
    assert 0.92 <= np.mean(held) <= 0.97


@settings(deadline=None, max_examples=30)
@given(COUNTS)
def test_an_estimate_lies_within_its_interval_and_keeps_the_order_of_districts_of_one_size(pairs):
    cells = rows_of(pairs)
    if not cells["base"].sum():
        return
    found = pooled(cells, within="service")

    assert (found["pooled_low"] >= 0).all()
    assert (found["pooled_low"] <= found["pooled"]).all()
    assert (found["pooled"] <= found["pooled_high"]).all()
    assert (found["pooled_high"] <= 1).all()
    for _, alike in found.groupby("base"):
        assert alike.sort_values("count")["pooled"].is_monotonic_increasing
