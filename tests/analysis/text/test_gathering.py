"""Places that lie together are brought into groups, and go on from earlier ones without moving them."""

import numpy as np

from analysis.text import gathering
from analysis.text.vectors import unit

EARLIER = np.eye(2, dtype=np.float32)


def place(lasting, company):
    """A place whose first two numbers mean the same in every fit, and whose last two in this one alone."""
    return unit(np.array([[*lasting, *(0.4 * np.array(company))]], dtype=np.float32))[0]


def never():
    raise AssertionError("no fresh grouping is needed")


def test_a_place_between_two_earlier_groups_goes_with_those_who_use_its_words():
    first, second = place([1, 0.1], [1, 0]), place([0.1, 1], [0, 1])
    between = [place([0.8, 0.78], [0, 1]), place([0.78, 0.8], [1, 0])]
    places = np.vstack([*[first] * 9, *[second] * 9, *between])

    gone_on = gathering.going_on(places, EARLIER, 2, never)

    assert gone_on.groups.tolist() == [0] * 9 + [1] * 9 + [1, 0]
    assert gone_on.earlier.tolist() == [0, 1]


def test_an_earlier_group_that_nobody_speaks_of_any_more_is_left_out_where_fewer_are_asked_for():
    places = np.vstack([place([1, 0.1], [1, 0])] * 5)

    gone_on = gathering.going_on(places, EARLIER, 1, never)

    assert gone_on.groups.tolist() == [0] * 5
    assert gone_on.earlier.tolist() == [0]
