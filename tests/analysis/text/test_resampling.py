"""Themes that hold are told from those that are chance by looking for them again in parts of the comments."""

import numpy as np
import pytest

from analysis.text import gathering, resampling, vectors

CHANCE = np.random.default_rng(5)


def places_around(centres: int, each: int, spread: float):
    middles = vectors.unit(CHANCE.normal(size=(centres, 12)).astype(np.float32))
    rows = np.repeat(middles, each, axis=0) + spread * CHANCE.normal(size=(centres * each, 12)).astype(np.float32)
    order = CHANCE.permutation(centres * each)
    return vectors.unit(rows)[order], np.repeat(np.arange(centres), each)[order]


def test_groups_that_are_plainly_there_are_found_in_every_part():
    places, groups = places_around(3, 40, 0.05)

    found = resampling.stability(groups, 3, resampling.resamples(places, 3))

    assert found.tolist() == [1, 1, 1]


def test_groups_drawn_by_lot_are_not_found_again():
    places, _ = places_around(3, 40, 0.05)
    by_lot = CHANCE.integers(0, 3, size=len(places))

    found = resampling.stability(by_lot, 3, resampling.resamples(places, 3))

    assert found.max() < 0.2


def test_what_most_parts_agree_on_is_what_is_there():
    places, groups = places_around(4, 30, 0.1)
    tried = resampling.resamples(places, 4)

    agreed = resampling.agreed(places, tried)
    sorted_ = gathering.gathered(agreed, gathering.beginning(agreed, 4))

    pairs = (sorted_[:, None] == sorted_) == (groups[:, None] == groups)
    assert pairs.mean() > 0.98


@pytest.mark.parametrize("size", [1, 2, 3, 9, 1_500])
def test_a_part_is_smaller_than_the_whole_and_always_the_same(size):
    places = vectors.unit(np.random.default_rng(0).normal(size=(size, 4)).astype(np.float32))

    one, again = resampling.resamples(places, 2), resampling.resamples(places, 2)

    assert len(one) == resampling.RESAMPLES
    assert all(np.array_equal(part.rows, other.rows) for part, other in zip(one, again, strict=True))
    assert all(1 <= len(part.rows) <= max(1, 0.85 * size) for part in one if size > 2)
    assert all(np.unique(part.rows).size == part.rows.size for part in one)
