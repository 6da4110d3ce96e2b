"""Correction: what share of all comments people would give a theme, from all that a computer read and the few they did.

A computer gives a theme to some comments that do not carry it and misses some that do, so its count is off by more than
chance. Comments drawn at random and read by people say by how much.
"""

import math
from statistics import NormalDist
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.proportions import wilson

Floats = npt.NDArray[np.float64]

WORST_SHARE: Final = 0.5  # the share that needs the most comments


def comments_needed(half_width: float, comments: int, *, confidence: float = 0.95) -> int:
    """How many of so many comments to check, for any theme's share among them to be known within that half-width.

    half_width is a proportion: 0.05 for five points either way. Worked out for a share of one half, which needs the
    most, and as if the computer's reading told nothing: so it is enough for every theme. What it is enough for is the
    share among the comments there are; that others might have written is not in it.

    With n₀ = z² 0.25 / d², that is n₀ / (1 + (n₀ - 1) / N), rounded up.
    Source: Cochran (1977) Sampling Techniques, 3rd ed., 4.4; Krejcie and Morgan (1970) Educ. Psychol. Meas. 30,
    607-610, print a table of it.

    Raises ValueError unless half_width lies between 0 and 1.
    """
    if not 0 < half_width < 1:
        raise ValueError(f"A half-width lies between 0 and 1, got: {half_width}.")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    endless = (z / half_width) ** 2 * WORST_SHARE * (1 - WORST_SHARE)
    return min(comments, math.ceil(endless / (1 + (endless - 1) / comments) - 1e-9)) if comments else 0


def corrected(counts: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """The share of comments that people would give each theme, with an interval for all that is not known.

    counts has one row per theme: ``count`` of ``base`` (comments the computer gave it, of all it read; ``effective``,
    where there is one, is as in ``analysis.proportions.shares``), and of a simple random sample of those, what it and a
    person said (``analysis.accuracy.TABLE``). Gives those rows with
    ``corrected``, ``corrected_low`` and ``corrected_high``: proportions, missing where the computer gave the theme to
    no comment of the sample, or to all of them.

    Where w is the computer's share, a the share of its comments that a person gave the theme too and b of its others,
    the share is w a + (1 - w) b. That is prediction-powered inference with the best weight for the prediction; it was
    first used for a fallible count checked in part by Tenenbein. It stays between 0 and 1, and needs no separate study
    of sensitivity and specificity, as dividing by them does.

    The interval puts together the Wilson intervals of a, b and w (the first two are what is not known of the
    computer's precision and of what it misses, the third is chance in who wrote) by the method of variance estimates
    recovery, which keeps its rate with small numbers, where adding normal errors does not.

    It misleads where people disagree about the theme: what they said is taken for what is so.

    Sources: Angelopoulos, Bates, Fannjiang, Jordan and Zrnic (2023) Science 382, 669-674, and Angelopoulos, Duchi and
    Zrnic (2023) arXiv:2311.01453 (the weight); Tenenbein (1970) JASA 65, 1350-1361; Zou and Donner (2008) Stat. Med.
    27, 1693-1702 (the interval). Checked against ppi-python 0.2.3.
    """
    share = np.asarray(counts["count"] / counts["base"].where(counts["base"] > 0), dtype="f8")
    worth = counts["effective"] if "effective" in counts else counts["base"]
    w_low, w_high = wilson(share, np.asarray(worth.where(worth > 0), dtype="f8"), confidence)
    right, a_low, a_high = _wilson(counts["both"], counts["both"] + counts["computer_only"], confidence)
    missed, b_low, b_high = _wilson(counts["person_only"], counts["person_only"] + counts["neither"], confidence)
    middle = share * right + (1 - share) * missed
    apart = right - missed
    w_down, w_up = (
        np.where(apart >= 0, share - w_low, w_high - share),
        np.where(apart >= 0, w_high - share, share - w_low),
    )
    down = _together(share * (right - a_low), (1 - share) * (missed - b_low), apart * w_down)
    up = _together(share * (a_high - right), (1 - share) * (b_high - missed), apart * w_up)
    return counts.assign(
        corrected=middle, corrected_low=np.clip(middle - down, 0, 1), corrected_high=np.clip(middle + up, 0, 1)
    )


def _wilson(count: pd.Series, base: pd.Series, confidence: float) -> tuple[Floats, Floats, Floats]:
    """A share with its limits; missing where the base is 0."""
    of: Floats = np.asarray(base.astype("float64").where(base > 0), dtype="f8")
    share: Floats = np.asarray(count, dtype="f8") / of
    return share, *wilson(share, of, confidence)


def _together(*distances: Floats) -> Floats:
    return np.asarray(np.sqrt(sum(distance**2 for distance in distances)))
