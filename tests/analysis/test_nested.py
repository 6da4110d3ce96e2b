"""Which choices may be told: whole blocks, and margins under which nothing is pinned."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from analysis.nested import kept_apart, nested, stays_free

ENOUGH = 10
tables = st.tuples(st.integers(2, 6), st.integers(2, 4)).flatmap(
    lambda shape: st.tuples(
        arrays("int64", shape, elements=st.sampled_from([0, 1, 3, 12, 40])),
        arrays("float64", shape, elements=st.floats(0, 1)),
    )
)


@given(arrays("int64", st.integers(0, 8), elements=st.integers(0, 30)), st.booleans())
def test_what_is_left_of_groups_is_nobody_or_enough(people, overlapping):
    told = kept_apart(people, ENOUGH, overlapping=overlapping)

    assert (people[told] >= ENOUGH).all()
    assert not told.any() or people[~told].sum() == 0 or people[~told].sum() >= ENOUGH


def test_all_are_told_where_each_is_enough():
    assert kept_apart(np.array([10, 40, 0]), ENOUGH).tolist() == [True, True, False]


def test_one_of_too_few_takes_the_smallest_of_the_others_with_it():
    assert kept_apart(np.array([30, 3, 12, 50]), ENOUGH).tolist() == [True, False, False, True]


@settings(max_examples=60, deadline=None)
@given(tables)
def test_where_a_table_stays_free_both_margins_pin_no_cell_but_those_of_lines_that_all_agree(table):
    base, share = table
    count = np.round(base * share).astype("int64")
    if not stays_free(count[..., None], base[..., None], base, np.arange(len(base)), ENOUGH)[0]:
        return
    rows, columns = base.shape
    equations = np.vstack([np.kron(np.eye(rows), np.ones(columns)), np.kron(np.ones(rows), np.eye(columns))])
    agreed = np.isin(count.sum(axis=1) * (base.sum(axis=1) > 0), [0]) | (count.sum(axis=1) == base.sum(axis=1))
    mixed = (base > 0).sum(axis=1) > 1
    nobody = count.sum(axis=0) == 0

    if (base.sum(axis=0) > 0).sum() > 1:
        for row, column in zip(*np.nonzero(base * (mixed & ~agreed)[:, None] * ~nobody * (base < ENOUGH)), strict=True):
            aim = np.zeros(base.shape)
            aim[row, column] = 1
            ends = [
                sign
                * linprog(
                    sign * aim.ravel(),
                    A_eq=equations,
                    b_eq=equations @ count.ravel(),
                    bounds=np.column_stack([np.zeros(base.size), base.ravel()]),
                ).fun
                for sign in (1, -1)
            ]
            assert ends[1] - ends[0] > 1e-6


def test_a_way_of_few_is_not_told_nor_the_others_without_it():
    people = np.zeros((3, 3, 2), dtype="int64")
    people[1, 0], people[1, 1] = (40, 3), (50, 0)
    people[0] = people[1]
    told = nested(people, people[..., None] // 2, people[..., None], ENOUGH)

    assert not told.way.any()
    assert not told.district_way[0].any()
    assert told.district.tolist() == [True, True, False]
    assert told.tells(None, 0, None).all()


def test_where_every_cell_is_large_every_choice_is_told():
    people = np.full((3, 3, 2), 40)
    people[0] = 80
    told = nested(people, people[..., None] // 2, people[..., None], ENOUGH)

    for choice in ((0, None, None), (None, 1, None), (None, None, 1), (0, 1, None), (0, 1, 1), (1, None, 0)):
        assert told.tells(*choice).all()


def test_every_choice_at_once_is_what_each_is_told():
    people = np.random.default_rng(0).integers(0, 30, (4, 4, 3))
    people[0] = people[1:].sum(axis=0)
    people[:, 0] += 200
    told = nested(people, people[..., None] // 2, people[..., None], ENOUGH)
    everywhere = told.everywhere()

    assert everywhere.shape == (4, 5, 4)
    for service, district, way in product((0, 1, None), (0, 1, 2, None), (0, 1, None)):
        place = tuple(-1 if one is None else one for one in (service, district, way))
        assert everywhere[place] == told.tells(service, district, way).all()
    assert not everywhere[2].any()
    assert not everywhere[:, 3].any()
    assert not everywhere[..., 2].any()
