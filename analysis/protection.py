"""Protection: what else must be hidden so that no hidden figure can be worked out from those shown and their totals.

Hiding one figure of a row hides nothing if the row's total is shown. Hiding two of each row and column may still not be
enough: what lies between two knots of hidden figures can be had by adding and taking away several totals.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, hstack

Flags = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.integer]
Totals = Sequence[Sequence[str]]
Told = Callable[[int, int], bool]

_NOTHING = 1e-8


def further(hidden: Flags, counts: pd.DataFrame, totals: Totals, told: Told, *, unanimous: int = 0) -> Flags:
    """Which figures to hide beside those that are hidden for their own sake; the smallest that will do.

    counts has one row per figure: whatever says what it is about, ``count`` and, where it is a share, ``base``. totals
    says which sums of the rows the reader may also have (see ``suppression.release``), and told whether one with that
    count and base is shown to them at all: a sum that is held back itself gives nothing away. A sum of one row is left
    as it is, being that row. It is taken that the reader has every other such sum exactly, and knows where nobody
    answered, which several totals together may tell: hiding nothing hides nobody.

    Afterwards no total lacks just one figure; none of those hidden follows from all totals together by adding and
    taking away, nor from knowing besides that no fewer than none and no more than all say so (Willenborg and de Waal
    (2001) Elements of Statistical Disclosure Control, chapter 8); and fewer people than ``unanimous`` of whom a total
    lacks never all say the same.
    What cannot be helped is left: of a total in which everybody says the same, or of so many people left of one, it is
    known of each; and where every total that a figure is in is hidden throughout, nothing is left to hide.
    """
    now = hidden.copy()
    if not hidden.any():
        return now
    sums = [_sum(counts, columns) for columns in totals]
    lines = [np.flatnonzero(rows == number) for rows in sums for number in np.unique(rows)]
    numbers = _numbers(counts)
    members = [rows for rows in lines if len(rows) > 1 and told(*_added(rows, numbers))]
    order = _least_lost_first(numbers)
    while len(chosen := _partners(now, members, numbers, order, unanimous)):
        now[chosen] = True
    return now & ~hidden


class _Numbers(NamedTuple):
    """The figures' numbers. The base is the count where there is none."""

    counts: Whole
    bases: Whole
    of_anybody: Flags
    """Which figures are of somebody. A plain number says so itself, and may be hidden where it is 0."""
    are_shares: bool


def _numbers(counts: pd.DataFrame) -> _Numbers:
    count = counts["count"].to_numpy()
    if "base" not in counts:
        return _Numbers(count, count, np.ones(len(counts), dtype=bool), are_shares=False)
    base = counts["base"].to_numpy()
    return _Numbers(count, base, base > 0, are_shares=True)


def _partners(hidden: Flags, members: Sequence[Whole], numbers: _Numbers, order: Whole, unanimous: int) -> Whole:
    """Figures to hide next: first for totals by themselves, and once none of those is left, for all totals together."""
    unknown = hidden & numbers.of_anybody
    left = [rows for rows in members if not hidden[rows].all()]
    alone = [rows for rows in left if _gives_away(rows[unknown[rows]], numbers, unanimous)]
    if alone:
        return _first_shown(alone, hidden, order)
    known = solved(unknown, members)
    about = [rows for rows in members if known[rows].any()]
    if len(tied := _first_that_ties(about, hidden, members, numbers, order, known)):
        return tied
    bounded = _bounded(unknown, members, numbers, unanimous)
    return _first_shown([rows for rows in left if bounded[rows].any()], hidden, order)


def solved(hidden: Flags, members: Iterable[Whole]) -> Flags:
    """Which hidden figures follow from the totals: those that no change to what is hidden can move, totals as they are.

    members holds, for each total, the places of its figures.
    """
    places = np.flatnonzero(hidden)
    known = np.zeros(len(hidden), dtype=bool)
    equations = _equations(places, members)
    if len(equations):
        _, sizes, directions = np.linalg.svd(equations, full_matrices=True)
        free = directions[int((sizes > _NOTHING).sum()) :]
        known[places] = (np.abs(free) < _NOTHING).all(axis=0)
    return known


def _bounded(hidden: Flags, members: Sequence[Whole], numbers: _Numbers, unanimous: int) -> Flags:
    """Which hidden figures follow from the totals once it is known that no fewer than none and no more than all say so.

    Without those that are known anyhow: where all of a total say the same, or as many as may be told of are left of it.
    """
    excused = np.zeros(len(hidden), dtype=bool)
    for rows in members:
        gone = rows[hidden[rows]]
        count, base = _added(rows, numbers)
        lacks, people = _added(gone, numbers)
        if count in (0, base) or (people >= unanimous and lacks in (0, people)):
            excused[gone] = True
    return fixed(hidden, members, numbers) & ~excused


def fixed(hidden: Flags, members: Sequence[Whole], numbers: _Numbers) -> Flags:
    """Which hidden counts can be no other, the totals being as they are, none below nothing and none above its base.

    Around the true counts every change is possible that leaves all totals as they are, takes nothing from none and adds
    nothing to all. Which of those at an end can move is found by a linear program; those that cannot are known, and the
    others move as far as linear algebra lets them. It is taken that the reader knows the bases.
    """
    none = hidden & (numbers.counts == 0)
    every = hidden & (numbers.counts == numbers.bases) & ~none & numbers.are_shares
    places = np.flatnonzero(hidden)
    equations = _equations(places, members)
    at_rest = np.zeros(len(hidden), dtype=bool)
    at_rest[places] = stuck(equations, none[places], every[places])
    known: Flags = at_rest | solved(hidden & ~at_rest, members)
    return known


def stuck(equations: npt.NDArray[np.float64], none: Flags, every: Flags) -> Flags:
    """Which of some counts no change can move, where equations say of which ones each total is.

    Of some of them nobody says so, of others everybody: there a change adds, or takes away.
    """
    held = np.zeros(equations.shape[1], dtype=bool)
    ends = np.flatnonzero(none | every)
    if not len(ends) or not len(equations):
        return held
    # Of each at an end how far it moves, and as much of that as counts: 1 at most, so that each counts alike.
    size, counted = len(held), len(ends)
    inward = np.where(every[ends], -1.0, 1.0)
    moved = csr_array((-inward, (np.arange(counted), ends)), shape=(counted, size))
    limits = np.column_stack([np.where(none, 0, -np.inf), np.where(every, 0, np.inf)])
    best = linprog(
        np.concatenate([np.zeros(size), -np.ones(counted)]),
        A_ub=hstack([moved, eye_array(counted)]),
        b_ub=np.zeros(counted),
        A_eq=hstack([csr_array(equations), csr_array((len(equations), counted))]),
        b_eq=np.zeros(len(equations)),
        bounds=np.concatenate([limits, np.tile([0, 1], (counted, 1))]),
    )
    held[ends[best.x[size:] < 1 / 2]] = True
    return held


def _equations(places: Whole, members: Iterable[Whole]) -> npt.NDArray[np.float64]:
    """For each total that any of these places is part of, which of them are: a row of noughts and ones."""
    found = [row for rows in members if (row := np.isin(places, rows)).any()]
    return np.array(found, dtype="f8").reshape(len(found), len(places))


def _gives_away(rows: Whole, numbers: _Numbers, unanimous: int) -> bool:
    """Whether a total gives away what it lacks: one figure alone, or a few people who all say the same."""
    count, base = _added(rows, numbers)
    return len(rows) == 1 or (0 < base < unanimous and count in (0, base))


def _added(rows: Whole, numbers: _Numbers) -> tuple[int, int]:
    """The count and the base of some rows together."""
    return int(numbers.counts[rows].sum()), int(numbers.bases[rows].sum())


def _first_shown(totals: Iterable[Whole], hidden: Flags, order: Whole) -> Whole:
    """Of each total the figure whose loss costs least."""
    rank = _rank(order)
    shown = [rows[~hidden[rows]] for rows in totals]
    return np.unique([rows[rank[rows].argmin()] for rows in shown])


def _first_that_ties(
    totals: Sequence[Whole],
    hidden: Flags,
    members: Sequence[Whole],
    numbers: _Numbers,
    order: Whole,
    known: Flags,
) -> Whole:
    """The figure whose loss costs least of those that leave fewer to be worked out; none if none does."""
    rank = _rank(order)
    shown = {int(place) for rows in totals for place in rows[~hidden[rows]]}
    for place in sorted(shown, key=lambda place: rank[place]):
        tried = hidden.copy()
        tried[place] = True
        if solved(tried & numbers.of_anybody, members).sum() < known.sum():
            return np.array([place])
    return np.array([], dtype="int64")


def _rank(order: Whole) -> Whole:
    rank = np.empty(len(order), dtype="int64")
    rank[order] = np.arange(len(order))
    return rank


def _sum(counts: pd.DataFrame, columns: Sequence[str]) -> Whole:
    """The number of the total that each row is part of."""
    if not columns:
        return np.zeros(len(counts), dtype="int64")
    return counts.groupby(list(columns), observed=True, sort=False).ngroup().to_numpy()


def _least_lost_first(numbers: _Numbers) -> Whole:
    """Rows from the smallest to the largest, and last of all those that are nothing anyway."""
    count, base = numbers.counts, numbers.bases
    return np.lexsort((count, count == 0, base, base == 0))
