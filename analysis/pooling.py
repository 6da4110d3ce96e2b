"""Estimates for small districts, drawn towards the county as far as there is little to go by.

What six families in a small district say is mostly chance. Beside the raw share stands the pooled one: what the county
would lead one to expect there, moved by what those six said.
"""

from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from scipy import special, stats

from analysis.proportions import Floats, independent

_WORTHS: Final = np.geomspace(1, 5_000, 40)  # answers that the county's share may be worth in a district
_STEPS: Final = np.linspace(-2.0, 2.0, 51)  # log-odds from the share of all answers at which the county may lie
_CONFIDENCE: Final = 0.95


class Spread(NamedTuple):
    """How shares of one group may be spread: beta distributions, and how likely each is after what was answered.

    ``mean`` and ``worth`` (in answers: the more, the less the districts differ) have one value for each distribution,
    as has ``weight``; the weights add up to 1.
    """

    mean: Floats
    worth: Floats
    weight: Floats


def pooled(cells: pd.DataFrame, *, within: str) -> pd.DataFrame:
    """Each row's share drawn towards that of its group: ``pooled``, ``pooled_low`` and ``pooled_high`` added (0 to 1).

    cells has ``count`` of ``base``, and ``effective`` where answers of one family stand together; ``within`` names the
    column whose rows are alike (the districts of one service). Missing throughout a group in which nobody answered; a
    district where nobody answered is given what the county leads one to expect there, with a wide interval.

    The shares of a group are taken to be spread around the county's by a beta distribution. Where that lies and how
    wide it is is not known, so every one that is likely counts, as likely as it is (see ``spread``): an interval that
    took the likeliest alone as known would miss one district in six where there are twelve. The interval is the middle
    95 % of a beta distribution with the mean and variance of all of them together. It is for chance alone, as every
    interval here.

    Source: Gelman and others (2013) Bayesian Data Analysis, 3rd ed., sections 5.1 to 5.3.
    """
    alone = independent(cells)
    count, base = alone["count"].to_numpy("f8"), alone["base"].to_numpy("f8")
    middle, answers = np.full(len(cells), np.nan), np.full(len(cells), np.nan)
    for rows in alone.groupby(within, observed=True, sort=False).indices.values():
        if base[rows].sum():
            middle[rows], answers[rows] = _drawn(count[rows], base[rows])
    tail = (1 - _CONFIDENCE) / 2
    low, high = (
        np.asarray(stats.beta.ppf(chance, middle * answers, (1 - middle) * answers)) for chance in (tail, 1 - tail)
    )
    return cells.assign(pooled=middle.round(6), pooled_low=low.round(6), pooled_high=high.round(6))


def spread(count: Floats, base: Floats) -> Spread:
    """The beta distributions under which these counts (of bases that are not all 0) may have come about.

    Before anything was answered each mean is as likely as another, and so is each value of one over the square root of
    the worth: the prior of Gelman and others, section 5.3, which lets districts differ widely or hardly.
    """
    middle = special.logit((count.sum() + 0.5) / (base.sum() + 1))
    mean, worth = (axis.ravel() for axis in np.meshgrid(special.expit(middle + _STEPS), _WORTHS))
    yes, no = mean * worth, (1 - mean) * worth
    likely = (special.betaln(count[:, None] + yes, (base - count)[:, None] + no) - special.betaln(yes, no)).sum(axis=0)
    prior = np.log(mean * (1 - mean)) - 0.5 * np.log(worth)  # in log-odds of the mean and the logarithm of the worth
    raised = np.exp(likely + prior - (likely + prior).max())
    return Spread(mean, worth, raised / raised.sum())


def _drawn(count: Floats, base: Floats) -> tuple[Floats, Floats]:
    """The middle of what is to be expected in each district, and how many answers knowing it so well would take."""
    mean, worth, weight = spread(count, base)
    yes, no = mean * worth + count[:, None], (1 - mean) * worth + (base - count)[:, None]
    each = yes / (yes + no)
    middle = each @ weight
    variance = (each * (1 - each) / (yes + no + 1)) @ weight + ((each - middle[:, None]) ** 2) @ weight
    return middle, middle * (1 - middle) / variance - 1
