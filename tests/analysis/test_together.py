"""What stays of a board beside everything else that is told, and what may be known of totals put together."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from analysis.suppression import OFFICER, PUBLIC
from analysis.together import known, staying

CELLS = 6
counts = arrays("int64", CELLS, elements=st.sampled_from([0, 0, 1, 3])).flatmap(
    lambda yes: st.tuples(st.just(yes), arrays("int64", CELLS, elements=st.sampled_from([0, 0, 1, 4])))
)


@settings(max_examples=150, deadline=None)
@given(counts, arrays("bool", st.tuples(st.integers(0, 5), st.just(CELLS))), arrays("bool", (4, CELLS)))
def test_a_group_is_known_just_where_a_linear_program_leaves_it_one_value(said, totals, groups):
    yes, no = said
    equations = totals.astype("f8")

    for group, found in zip(groups, known(groups, totals, yes == 0, no == 0), strict=True):
        least, most = (
            sign * linprog(
                sign * group.astype("f8"),
                A_eq=equations if len(equations) else None,
                b_eq=equations @ yes if len(equations) else None,
                bounds=np.column_stack([np.zeros(CELLS), yes + no]),
            ).fun
            for sign in (1, -1)
        )  # fmt: skip
        # In a cell of nobody there is nothing to know, and nothing that could be otherwise.
        assert found == (most - least < 1e-6) or (yes + no)[group].min(initial=1) == 0


def wave(cells):
    """Shares by service, district (the last: elsewhere) and one way, from yes and people, all of them of a service."""
    yes, people = np.moveaxis(np.array(cells), -1, 0)
    numbers = np.stack([people, yes, people, yes, people - yes, yes, yes, people], axis=-1)
    levels = np.concatenate([numbers.sum(axis=0)[None], numbers, np.zeros_like(numbers[:1])])
    return levels[:, :, None]


def told_nothing(shares):
    return np.zeros(np.add(shares.shape[:3], (0, 1, 1)), dtype=bool)


def lines(shares):
    """A board of which all cells are hidden, and every line is shown."""
    shown = np.zeros(np.add(shares.shape[:2], (0, 1)), dtype=bool)
    shown[:-2, -1] = shown[-1, :-2] = True
    return shown


# Nobody in the south says so of the first: so all three in the north say so of the second.
PINNED = wave([[(12, 20), (0, 30), (0, 0)], [(3, 3), (20, 22), (0, 0)]])
FREE = wave([[(12, 20), (9, 30), (0, 0)], [(2, 3), (20, 22), (0, 0)]])


def test_the_smallest_lines_go_where_all_together_give_a_few_people_away():
    stays = staying(PINNED, lines(PINNED), told_nothing(PINNED), OFFICER, of_children=False)

    # Three of the four are all four: what is the same by service and by district follows from the others.
    assert np.argwhere(stays).tolist() == [[0, 3], [3, 1]]


def test_what_gives_nobody_away_stays_as_it_is():
    for policy in (OFFICER, PUBLIC):
        assert (staying(FREE, lines(FREE), told_nothing(FREE), policy, of_children=False) == lines(FREE)).all()


def test_what_filters_tell_whatever_the_board_shows_takes_nothing_else_with_it():
    told = told_nothing(PINNED)
    told[:2, -1, -1] = told[-1, :2, -1] = True

    assert (staying(PINNED, lines(PINNED), told, OFFICER, of_children=False) == lines(PINNED)).all()


def test_the_smallest_cell_goes_where_filters_tell_the_lines():
    shares = wave([[(12, 20), (9, 30), (0, 0)], [(2, 3), (20, 22), (0, 0)]])
    told = told_nothing(shares)
    told[:2, -1, -1] = told[-1, :2, -1] = True
    shown = np.zeros_like(lines(shares))
    shown[0, :2] = shown[1, 1] = True

    stays = staying(shares, shown, told, OFFICER, of_children=False)

    assert not stays.any()
