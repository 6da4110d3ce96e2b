"""A change divided into mix and what is left: as published, adding up, and silent where nothing moved."""

import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.mix import REST, divided, together

EXAMPLES = tomllib.loads((Path(__file__).parents[1] / "data" / "decomposition.toml").read_text())["example"]

cell = st.integers(1, 200).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))
waves = st.lists(st.tuples(cell, cell), min_size=1, max_size=12)


def counts(cells):
    frame = pd.DataFrame(cells, columns=["count", "base"])
    return frame.assign(group=[f"g{place}" for place in range(len(frame))])


def both(pairs):
    return counts([now for now, _ in pairs]), counts([then for _, then in pairs])


def crude(frame):
    return frame["count"].sum() / frame["base"].sum()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["source"][:16])
def test_it_is_as_published(example):
    now, then = (
        pd.DataFrame({"count": np.array(example[f"rate_{when}"]) * size / example["per"], "base": size})
        for when in ("now", "then")
        for size in [np.array(example[f"size_{when}"], dtype="f8")]
    )
    found = divided(now, then)

    assert found.now * example["per"] == pytest.approx(example["same_mix_now"], abs=0.001)
    assert found.then * example["per"] == pytest.approx(example["same_mix_then"], abs=0.001)
    assert found.mix * example["per"] == pytest.approx(example["mix"], abs=0.001)


@given(waves)
def test_the_two_parts_add_up_to_the_change_as_answered(pairs):
    now, then = both(pairs)
    found = divided(now, then)

    assert found.change == pytest.approx(crude(now) - crude(then), abs=1e-9)
    assert found.mix + found.alike == pytest.approx(found.change, abs=1e-9)
    assert found.now - found.then == pytest.approx(found.alike, abs=1e-9)
    assert found.low <= found.alike <= found.high


@given(waves)
def test_where_the_same_families_answer_nothing_comes_of_the_mix(pairs):
    now, then = both(pairs)
    then = then.assign(base=now["base"] * 3, count=(then["count"] / then["base"] * now["base"] * 3))

    assert divided(now, then).mix == pytest.approx(0, abs=1e-9)


@given(waves)
def test_where_every_group_is_as_content_as_before_all_of_it_is_mix(pairs):
    now, then = both(pairs)
    then = then.assign(count=now["count"] / now["base"] * then["base"])
    found = divided(now, then)

    assert found.alike == pytest.approx(0, abs=1e-9)
    assert found.p == pytest.approx(1, abs=1e-6)


@given(waves, st.randoms())
def test_the_order_of_the_groups_makes_no_difference(pairs, random):
    shuffled = pairs[:]
    random.shuffle(shuffled)

    assert divided(*both(shuffled)) == pytest.approx(divided(*both(pairs)), abs=1e-9)


@given(waves)
def test_the_other_way_round_it_is_the_same_with_the_sign_turned(pairs):
    now, then = both(pairs)
    one, other = divided(now, then), divided(then, now)

    assert (one.mix, one.alike, one.p) == pytest.approx((-other.mix, -other.alike, other.p), abs=1e-9)


@given(st.lists(st.tuples(cell, cell), min_size=1, max_size=12), st.integers(1, 40))
def test_taking_small_groups_together_leaves_nobody_out_and_no_group_too_small(pairs, fewest):
    now, then = both(pairs)
    sides = together(now, then, fewest=fewest)

    for side, before in zip(sides, (now, then), strict=True):
        assert side["base"].sum() == before["base"].sum()
        assert side["count"].sum() == before["count"].sum()
        assert len(side) == 1 or side["base"].min() >= fewest
    assert sides[0]["group"].tolist() == sides[1]["group"].tolist()


def test_a_group_that_nobody_was_in_before_is_put_with_the_smallest_others():
    sides = together(counts([(5, 20), (3, 30), (2, 9)]), counts([(5, 25), (3, 40), (0, 0)]), fewest=5)

    assert [side["group"].tolist() for side in sides] == [["g1", REST], ["g1", REST]]


def test_a_group_without_anybody_cannot_be_divided():
    with pytest.raises(ValueError, match="put small groups together first"):
        divided(counts([(1, 5), (0, 0)]), counts([(1, 5), (1, 5)]))


def test_its_interval_keeps_its_promise_where_only_the_mix_moves():
    """Two groups that never change, and a mix that does: nought is in the interval of what is left 19 times in 20."""
    random = np.random.default_rng(1955)
    missed = 0
    for _ in range(400):
        now = counts([(random.binomial(80, 0.7), 80), (random.binomial(60, 0.25), 60)])
        then = counts([(random.binomial(25, 0.7), 25), (random.binomial(95, 0.25), 95)])
        found = divided(now, then)
        missed += not found.low <= 0 <= found.high

    assert missed <= 30
