"""Gathering: places that lie together brought into groups, from a beginning that is laid out or known from before."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import linear_sum_assignment
from sklearn.cluster import AgglomerativeClustering

from analysis.text.vectors import Matrix, unit

Groups = npt.NDArray[np.int64]

_LAID_OUT = 2_000  # places that are joined up in pairs to begin with: what that costs grows with their square
_ROUNDS = 100


class Beginning(NamedTuple):
    """Centres to gather around, and for each the number of the earlier one it goes on from, or -1 if it is new."""

    centres: Matrix
    earlier: Groups


def beginning(places: Matrix, count: int) -> Beginning:
    """As many centres as asked for, from joining the first places up in pairs, and pairs in turn (Ward 1963).

    The places should be in no order that means anything. There must be at least as many as centres.
    """
    some = places[: max(_LAID_OUT, count)]
    joined = AgglomerativeClustering(count).fit_predict(some) if count > 1 else np.zeros(len(some), dtype=np.int64)
    return Beginning(means(some, joined, count), np.full(count, -1))


def going_on(places: Matrix, count: int, nearest: Groups, earlier: int) -> Beginning:
    """As many centres as asked for, where earlier groups now lie: nearest says which of them each place is closest to.

    Of too many, the smallest are left out. Where there are too few, those of a fresh beginning are added that no
    earlier one answers to.
    """
    sizes = np.bincount(nearest, minlength=earlier)
    kept = np.sort(np.argsort(-sizes, kind="stable")[: min(count, np.count_nonzero(sizes))])
    known = means(places, nearest, earlier)[kept]
    if len(kept) == count:
        return Beginning(known, kept)
    fresh = beginning(places, count).centres
    _, answered = linear_sum_assignment(-(known @ fresh.T))
    added = np.delete(fresh, answered, axis=0)
    return Beginning(np.vstack([known, added]), np.append(kept, np.full(len(added), -1)))


def gathered(places: Matrix, centres: Matrix) -> Groups:
    """The group of each place, once every place is with the centre it is nearest to and every centre amid its own.

    Groups are numbered as the centres are; one that nothing is nearest to stays empty.
    """
    groups = _nearest(places, centres)
    for _ in range(_ROUNDS):
        moved = means(places, groups, len(centres))
        empty = ~moved.any(axis=1)
        moved[empty] = centres[empty]
        again = _nearest(places, moved)
        if np.array_equal(again, groups):
            break
        groups, centres = again, moved
    return groups


def means(places: Matrix, groups: Groups, count: int) -> Matrix:
    """The middle of each group, brought to unit length; a row of zeros for one that is empty."""
    members = sparse.csr_matrix(
        (np.ones(len(groups), dtype=np.float32), (groups, np.arange(len(groups)))), shape=(count, len(groups))
    )
    return unit(np.asarray(members @ places, dtype=np.float32))


def _nearest(places: Matrix, centres: Matrix) -> Groups:
    return np.asarray((places @ centres.T).argmax(axis=1))
