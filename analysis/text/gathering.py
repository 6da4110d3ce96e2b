"""Gathering: places that lie together brought into groups, from a beginning that is laid out or known from before."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.cluster.hierarchy import ward
from scipy.optimize import linear_sum_assignment
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from analysis.text.vectors import Matrix, unit

Groups = npt.NDArray[np.int64]

_LAID_OUT = 2_000  # places that are joined up in pairs to begin with: what that costs grows with their square
_ROUNDS = 100


class GoneOn(NamedTuple):
    """The group of each place, and for each group the number of the earlier one it goes on from, or -1 if it is new."""

    groups: Groups
    earlier: Groups


def beginning(places: Matrix, count: int) -> Matrix:
    """As many centres as asked for, from joining the first places up in pairs, and pairs in turn (Ward 1963).

    The places should be in no order that means anything. There must be at least as many as centres.
    """
    some = places[: max(_LAID_OUT, count)]
    return means(some, _joined(some, count) if count > 1 else np.zeros(len(some), dtype=np.int64), count)


def going_on(places: Matrix, centres: Matrix, count: int, fresh: Callable[[], Groups]) -> GoneOn:
    """As many groups as asked for, each place in the one of these earlier centres that it is nearest to.

    Centres have the first columns of places, those that mean the same everywhere. Of too many, the smallest are left
    out. Where there are too few, those of a fresh grouping, asked for only then, are added that no earlier one answers
    to. Earlier centres stay where they are: what comes in moves nothing else.
    """
    same = unit(places[:, : centres.shape[1]])
    sizes = np.bincount(nearest(same, centres), minlength=len(centres))
    kept = np.sort(np.argsort(-sizes, kind="stable")[: min(count, np.count_nonzero(sizes))])
    known = centres[kept]
    if len(kept) < count:
        new = means(same, fresh(), count)
        _, answered = linear_sum_assignment(-(known @ new.T))
        known = np.vstack([known, np.delete(new, answered, axis=0)])
    groups = _about(known, places, nearest(same, known))
    return GoneOn(groups, np.append(kept, np.full(len(known) - len(kept), -1)))


def gathered(places: Matrix, centres: Matrix) -> Groups:
    """The group of each place, once every place is with the centre it is nearest to and every centre amid its own.

    Groups are numbered as the centres are; one that nothing is nearest to stays empty.
    """
    groups = nearest(places, centres)
    for _ in range(_ROUNDS):
        moved = means(places, groups, len(centres))
        empty = ~moved.any(axis=1)
        moved[empty] = centres[empty]
        again = nearest(places, moved)
        if np.array_equal(again, groups):
            break
        groups, centres = again, moved
    return groups


def _about(known: Matrix, places: Matrix, groups: Groups) -> Groups:
    """The group of each place, once every place is with the centre it is nearest to.

    In their first columns centres stay where they are known to be; in the others each is amid its own.
    """
    width = known.shape[1]
    for _ in range(_ROUNDS):
        middles = means(places, groups, len(known))
        lengths = np.linalg.norm(middles[:, :width], axis=1, keepdims=True)
        centres = np.hstack([np.where(lengths > 0, lengths, 1) * known, middles[:, width:]])
        again = nearest(places, unit(centres))
        if np.array_equal(again, groups):
            break
        groups = again
    return groups


def means(places: Matrix, groups: Groups, count: int) -> Matrix:
    """The middle of each group, brought to unit length; a row of zeros for one that is empty."""
    members = sparse.csr_matrix(
        (np.ones(len(groups), dtype=np.float32), (groups, np.arange(len(groups)))), shape=(count, len(groups))
    )
    return unit(np.asarray(members @ places, dtype=np.float32))


def _joined(places: Matrix, count: int) -> Groups:
    """The group of each place when pairs have been joined up until there are so many groups."""
    lengths = np.einsum("ij,ij->i", places, places)
    apart = np.sqrt(np.clip(lengths[:, None] + lengths - 2 * (places @ places.T), 0, None))
    pairs = ward(squareform(apart.astype(np.float64), checks=False))[: len(places) - count, :2].astype(np.int64)
    made = np.repeat(len(places) + np.arange(len(pairs)), 2)  # what a pair becomes has the next number after the places
    joins = sparse.csr_matrix((np.ones(len(made)), (pairs.ravel(), made)), shape=(2 * len(places), 2 * len(places)))
    _, groups = connected_components(joins, directed=False)
    return np.unique(groups[: len(places)], return_inverse=True)[1]


def nearest(places: Matrix, centres: Matrix) -> Groups:
    """For each place the number of the centre it is nearest to."""
    return np.asarray((places @ centres.T).argmax(axis=1))
