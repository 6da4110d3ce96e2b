"""A share that rises because others answer is told from one that rises."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.same_mix import same_mix


def bands(**counts: tuple[int, int]) -> pd.DataFrame:
    return pd.DataFrame([(band, *pair) for band, pair in counts.items()], columns=["band", "count", "base"])


def test_nothing_has_changed_where_only_more_of_the_content_answer():
    before, now = bands(young=(70, 100), old=(60, 200)), bands(young=(140, 200), old=(30, 100))

    found = same_mix(now, before)

    assert found.difference == pytest.approx(0)
    assert not found.is_clear


def test_what_changed_within_every_band_stays_a_change():
    found = same_mix(bands(young=(160, 200), old=(100, 200)), bands(young=(100, 200), old=(40, 200)))

    assert found.difference == pytest.approx(0.3)
    assert found.is_clear


def test_the_weights_and_the_interval_are_those_worked_out_by_hand():
    """Weights 150/300 twice; shares .6-.4 and .5-.5; Agresti-Caffo variances with one yes and one no added."""
    found = same_mix(bands(a=(60, 100), b=(25, 50)), bands(a=(20, 50), b=(50, 100)))
    near = [(61 / 102, 102), (26 / 52, 52), (21 / 52, 52), (51 / 102, 102)]
    spread = np.sqrt(sum(p * (1 - p) / n for p, n in near) / 4)

    assert found.difference == pytest.approx(0.1)
    assert found.high - found.difference == pytest.approx(1.959964 * spread)


def test_without_two_bands_there_is_no_mix_to_hold():
    assert same_mix(bands(a=(1, 10)), bands(a=(2, 10))) is None
    assert same_mix(bands(a=(1, 10), b=(0, 0)), bands(a=(2, 10), b=(1, 10))) is None
    assert same_mix(bands(), bands()) is None


counts = st.integers(0, 60).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))


@given(st.lists(st.tuples(counts, counts), min_size=2, max_size=6))
def test_the_difference_lies_in_its_interval_and_turns_round_with_the_waves(pairs):
    names = [str(place) for place in range(len(pairs))]
    now = bands(**{name: pair[0] for name, pair in zip(names, pairs, strict=True)})
    before = bands(**{name: pair[1] for name, pair in zip(names, pairs, strict=True)})
    found, back = same_mix(now, before), same_mix(before, now)
    assume(found is not None)

    assert found.low <= found.difference <= found.high
    assert back.difference == pytest.approx(-found.difference)
    assert back.low == pytest.approx(-found.high)
