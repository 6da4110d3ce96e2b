"""Agreement: how far two people who code the same comments, each by themselves, say the same."""

from enum import StrEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]

RELIABLE, TENTATIVE = 0.8, 0.667
RESAMPLES = 2_000


class Standard(StrEnum):
    """What agreement of that size is good for, by Krippendorff's customary limits."""

    RELIABLE = "reliable"
    TENTATIVE = "tentative"
    NEITHER = "neither"


class Agreement(NamedTuple):
    """Krippendorff's alpha with its interval: 1 where all agree, 0 where they agree as chance would have it.

    All three are missing (nan) where nothing was coded twice, or where everybody said the same of everything.
    """

    alpha: float
    low: float
    high: float
    comments: int  # that two people or more have coded

    @property
    def standard(self) -> Standard:
        """What it is good for."""
        return standard(self.alpha)


def standard(alpha: float) -> Standard:
    """Whether that much agreement will do: from 0.80 to rely on, from 0.667 for tentative conclusions.

    Source: Krippendorff (2019) Content Analysis, 4th ed., chapter 12.
    """
    if alpha >= RELIABLE:
        return Standard.RELIABLE
    return Standard.TENTATIVE if alpha >= TENTATIVE else Standard.NEITHER


def agreement(codings: pd.DataFrame, *, seed: int = 0, confidence: float = 0.95) -> Agreement:
    """Krippendorff's alpha for categories, with a bootstrap interval.

    codings has one row for each value that one person gave: ``comment`` (whose words), ``unit`` (what was judged: the
    comment, or the comment and one theme) and ``value``. What one person alone judged says nothing of agreement and is
    left out. Any number of people and of values will do, and who of them is who makes no difference.

    The interval draws whole comments again and again, because what is said of the themes of one comment hangs
    together: what would come out if other comments had been drawn. It says nothing of other coders, and where nobody
    ever differed it has no width, though with more comments somebody would. Draws in which nobody differs are left out
    of it where that makes alpha undefined. The same codings and seed always give the same interval.

    With n_uc the number of times unit u was given value c and m_u = Σ_c n_uc ≥ 2, alpha is
    1 - (n - 1) Σ_u (m_u² - Σ_c n_uc²) / (m_u - 1) / (n² - Σ_c n_c²).
    Source: Krippendorff (2011) Computing Krippendorff's Alpha-Reliability, whose examples A to C it gives.
    """
    disagreed, given = _by_comment(codings)
    if not len(disagreed):
        return Agreement(np.nan, np.nan, np.nan, 0)
    alpha = _alpha(disagreed.sum(keepdims=True), given.sum(axis=0, keepdims=True))[0]
    comments = len(disagreed)
    times = np.random.default_rng(seed).multinomial(comments, np.full(comments, 1 / comments), size=RESAMPLES)
    drawn = _alpha(times @ disagreed, times @ given)
    drawn = drawn[np.isfinite(drawn)]
    if not len(drawn) or np.isnan(alpha):
        return Agreement(np.nan, np.nan, np.nan, comments)
    low, high = np.quantile(drawn, [(1 - confidence) / 2, (1 + confidence) / 2])
    return Agreement(float(alpha), float(low), float(high), comments)


def _by_comment(codings: pd.DataFrame) -> tuple[Floats, Floats]:
    """For each comment judged twice: how far its judgements differ, and how often each value was given."""
    counts = codings.assign(times=1).pivot_table("times", ["comment", "unit"], "value", "sum", 0, observed=True)
    times = counts.sum(axis=1)
    counts, times = counts[times > 1], times[times > 1]
    apart = (times**2 - (counts**2).sum(axis=1)) / (times - 1)
    whose = counts.index.get_level_values("comment")
    disagreed, given = apart.groupby(whose).sum(), counts.groupby(whose).sum()
    return disagreed.to_numpy(dtype=np.float64), given.to_numpy(dtype=np.float64)


def _alpha(disagreed: Floats, given: Floats) -> Floats:
    """Alpha of as many sets of codings as are given at once; nan where all values are one."""
    values = given.sum(axis=1)
    by_chance = values**2 - (given**2).sum(axis=1)
    return np.asarray(1 - (values - 1) * disagreed / np.where(by_chance > 0, by_chance, np.nan))
