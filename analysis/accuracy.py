"""Accuracy: how often a computer's themes and tones are what a person would say, from comments that both have read."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.proportions import wilson

Floats = npt.NDArray[np.float64]

TABLE = ["both", "computer_only", "person_only", "neither"]


def crossed(judged: pd.DataFrame) -> pd.DataFrame:
    """How what the computer gave and what a person gave go together: one row per theme, with TABLE.

    judged has one row for each comment and theme that a person judged: ``theme``, ``person`` and ``computer`` (whether
    each says that the comment carries it). Of several people, give one for each comment.
    """
    person, computer = judged["person"].astype(bool), judged["computer"].astype(bool)
    kinds = {
        "both": person & computer,
        "computer_only": ~person & computer,
        "person_only": person & ~computer,
        "neither": ~person & ~computer,
    }
    counted = pd.DataFrame(kinds).groupby(judged["theme"], observed=True).sum()
    return counted.rename_axis("theme").reset_index().astype(dict.fromkeys(TABLE, "int64"))


def precision(crossed: pd.DataFrame) -> pd.DataFrame:
    """Of the comments that the computer gave each theme, how many a person gave it too: ``count`` of ``base``.

    An interval comes with ``analysis.proportions.shares``: they are a random part of all that it gave the theme.
    """
    return _of(crossed, "computer_only")


def recall(crossed: pd.DataFrame) -> pd.DataFrame:
    """Of the comments that a person gave each theme, how many the computer gave it too: ``count`` of ``base``."""
    return _of(crossed, "person_only")


def f1(crossed: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """Both in one number: TABLE's rows with ``f1``, ``low`` and ``high``, missing where neither gave the theme.

    F1 is the harmonic mean of precision and recall. It is 2J / (1 + J) for J, the share with both among the comments
    with either; J is a plain share, so its Wilson interval carried over is the interval of F1.
    Source: Hand, Christen and Kirielle (2021) Machine Learning 110, 451-456 (their F* is J); Wilson as in
    ``analysis.proportions``.
    """
    either = crossed["both"] + crossed["computer_only"] + crossed["person_only"]
    base: Floats = np.asarray(either.astype("float64").where(either > 0), dtype="f8")
    share: Floats = np.asarray(crossed["both"], dtype="f8") / base
    low, high = wilson(share, base, confidence)
    return crossed.assign(f1=_f1(share), low=_f1(low), high=_f1(high))


def _of(crossed: pd.DataFrame, missed: str) -> pd.DataFrame:
    return crossed.assign(count=crossed["both"], base=crossed["both"] + crossed[missed])[["theme", "count", "base"]]


def _f1(jaccard: Floats) -> Floats:
    return np.asarray(2 * jaccard / (1 + jaccard))
