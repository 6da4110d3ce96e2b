"""Weights: what the answers would say if those who answered were made up as the population is.

Weighted figures stand beside the unweighted ones and never in their place: weights put right who answered, as far as
that is known of them, and not why people answered.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from analysis.proportions import Floats

MOST: Final = 5.0
"""No answer counts for more than this many times the average one."""
LEAST: Final = 0.2
"""No answer counts for less than this part of the average one."""

_ROUNDS: Final = 500
_NEAR_ENOUGH: Final = 1e-6
_HALVINGS: Final = 100


class Weights(NamedTuple):
    """What each response counts for, and what that costs.

    ``each`` is 1 on average, in the order of the responses; ``trimmed`` is how many were held at ``MOST`` or ``LEAST``.
    ``design_effect`` is by how much the weights widen the variance of a share, and ``effective`` how many responses
    without weights would tell as much (Kish). ``furthest`` is how far the weighted shares still lie from the
    population's, at most, as a proportion: more than a rounding only where trimming held weights back.
    """

    each: pd.Series
    trimmed: int
    design_effect: float
    effective: float
    furthest: float


def raked(responses: pd.DataFrame, population: Mapping[str, pd.Series]) -> Weights:
    """Weights with which the responses are made up as the population is, in each of several ways at once.

    population holds, by column of responses, the share of each of its values in the population (they need not add up to
    1). A response whose value is not among them (not sure, prefer not to say) keeps what it has in that column, and a
    value that nobody gave is left out: nobody can stand for people who are not there, and the page that shows the
    weights must say so.

    Raises ValueError if there is no response.

    Raking: from w = 1, one column after another until none moves, each response i of group g is given
    w_i ← w_i · t_g Σ_j w_j / Σ_{j in g} w_j, with t_g the share that g should have and the first sum over all whose
    value is known. Source: Deming and Stephan (1940) Ann. Math. Stat. 11, 427-444. It is assumed that whoever answered
    stands for those of their groups who did not. The design effect is n Σ w_i² / (Σ w_i)², which is 1 + the squared
    coefficient of variation of the weights, and n divided by it the effective number. Source: Kish (1965) Survey
    Sampling, section 11.7, and, with trimming, (1992) J. Off. Stat. 8, 183-200. That formula takes weights to have
    nothing to do with what was answered.
    """
    if responses.empty:
        raise ValueError("There are no responses to weight.")
    margins = [_margin(responses[column], shares) for column, shares in population.items()]
    weights = np.ones(len(responses))
    for _ in range(_ROUNDS):
        before = weights
        for group, wanted in margins:
            weights = _in_line(weights, group, wanted)
        if np.abs(weights - before).max() < _NEAR_ENOUGH:
            break
    trimmed = _trimmed(weights)
    held = int(((trimmed >= MOST) | (trimmed <= LEAST)).sum())
    effect = float((trimmed**2).mean())
    furthest = max((_distance(trimmed, group, wanted) for group, wanted in margins), default=0.0)
    return Weights(pd.Series(trimmed, index=responses.index), held, effect, len(trimmed) / effect, furthest)


def _trimmed(weights: Floats) -> Floats:
    """The weights in their proportions, but for those held at a limit, and 1 on average: just one scale gives that."""
    low, high = LEAST / weights.max(), MOST / weights.min()
    for _ in range(_HALVINGS):
        scale = np.sqrt(low * high)
        low, high = (scale, high) if np.clip(scale * weights, LEAST, MOST).mean() < 1 else (low, scale)
    return np.asarray(np.clip(high * weights, LEAST, MOST), dtype="f8")


def _margin(values: pd.Series, shares: pd.Series) -> tuple[Floats, Floats]:
    """The group of each response (-1 for none) and, of the groups that somebody is in, the share each should have."""
    there = shares[shares.index.isin(values.unique()) & (shares > 0)]
    group = pd.Index(there.index).get_indexer(pd.Index(values))
    return np.asarray(group, dtype="f8"), np.asarray(there / there.sum() if len(there) else there, dtype="f8")


def _in_line(weights: Floats, group: Floats, wanted: Floats) -> Floats:
    known = group >= 0
    if not known.any():
        return weights
    places = group[known].astype("int64")
    has = np.bincount(places, weights[known], minlength=len(wanted))
    moved = weights.copy()
    moved[known] *= (wanted * has.sum() / has)[places]
    return moved


def _distance(weights: Floats, group: Floats, wanted: Floats) -> float:
    known = group >= 0
    if not known.any():
        return 0.0
    has = np.bincount(group[known].astype("int64"), weights[known], minlength=len(wanted))
    return float(np.abs(has / has.sum() - wanted).max())
