"""Resampling: themes looked for again and again in a part of the comments, to see which of them hold.

What is found only as long as certain comments are among them is chance. Themes that most of the parts agree on change
little when comments are added; and of each the share of parts in which it is found again can be told (Hennig 2007,
*Computational Statistics & Data Analysis* 52, 258-271).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.columns import RESAMPLES
from analysis.text import gathering, space
from analysis.text.gathering import Groups
from analysis.text.vectors import Matrix, unit

FOUND_AGAIN = 0.5
"""Of all the texts of a theme and of one in a part, the share both must have for the two to be the same theme."""

_PART, _MOST = 0.8, 1_000  # of the texts, and at most so many: what one part costs grows with their square
_OWN_PLACE = 0.5  # how much it counts where a text lies itself, beside which texts the parts put it with


class Resample(NamedTuple):
    """Some of the places, the group each was put in among those alone, and where these groups lie."""

    rows: Groups
    groups: Groups
    centres: Matrix


def resamples(places: Matrix, count: int) -> list[Resample]:
    """That many groups looked for in RESAMPLES parts of these places: always the same parts of as many places."""
    return [_one(places, count, number) for number in range(RESAMPLES)]


def agreed(drawn: Matrix, tried: Sequence[Resample]) -> Matrix:
    """Places anew, at unit length: near each other when the parts put them together, and when they were near before."""
    together = [_marked((drawn @ one.centres.T).argmax(axis=1), len(one.centres)) for one in tried]
    return unit(np.hstack([*together, np.float32(_OWN_PLACE * np.sqrt(len(tried))) * drawn]))


def stability(groups: Groups, count: int, tried: Sequence[Resample]) -> npt.NDArray[np.float64]:
    """For each group, the share of the parts with any of its places in which it is found again, from 0 to 1."""
    found, asked = np.zeros(count), np.zeros(count)
    for one in tried:
        here = _marked(groups[one.rows], count)
        shared = here.T @ _marked(one.groups, len(one.centres))
        either = here.sum(axis=0)[:, None] + np.bincount(one.groups, minlength=len(one.centres))[None, :] - shared
        best = (shared / np.maximum(either, 1)).max(axis=1)
        found += best >= FOUND_AGAIN
        asked += here.any(axis=0)
    return np.asarray(found / np.maximum(asked, 1))


def _one(places: Matrix, count: int, number: int) -> Resample:
    size = min(max(round(_PART * len(places)), 1), _MOST)
    rows = np.sort(np.random.default_rng(number).permutation(len(places))[:size])
    drawn = space.drawn_together(places[rows])
    begun = gathering.beginning(drawn, min(count, size))
    groups = gathering.gathered(drawn, begun)
    return Resample(rows, groups, gathering.means(drawn, groups, len(begun)))


def _marked(groups: Groups, count: int) -> Matrix:
    """A row for each place and a column for each group: 1 where the place is in the group, 0 elsewhere."""
    return np.asarray(groups[:, None] == np.arange(count), dtype=np.float32)
