"""How much of a change is a change of service, and how much is that other families answered.

Families with young children may find a service better than others do. If more of them answer than last time, the whole
rises though nobody's experience has changed. So the change is divided: what comes of the mix of those who answered, and
what is left among families that are alike.
"""

from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.proportions import Floats

REST = "all others"
"""Groups too small to have a share of their own, taken together."""


class Divided(NamedTuple):
    """A change in a share, divided. All are proportions: 0.09 is nine points."""

    change: float
    """The share now less the share then, as answered."""
    mix: float
    """What of it comes from the mix of those who answered."""
    alike: float
    """What is left with the same mix in both waves: ``change`` is ``mix`` + ``alike``."""
    low: float
    high: float
    """The interval of ``alike``."""
    p: float
    """How often chance alone would put ``alike`` this far from nought."""
    now: float
    then: float
    """Both shares with the same mix; they differ by ``alike``."""


def divided(now: pd.DataFrame, then: pd.DataFrame, *, confidence: float = 0.95) -> Divided:
    """The change from then to now in a share, divided into mix and what is left.

    Both frames have the same groups in the same order: ``count`` (said yes) of ``base`` in each. A group that nobody is
    in, either time, must have been put with others first (see ``together``); raises ValueError where one is left.

    With w the share of each group among those who answered and r its share of yes:
    mix = Σ (w₁ - w₀)(r₁ + r₀)/2 and alike = Σ (r₁ - r₀)(w₁ + w₀)/2. The second is also the difference of the two
    shares standardised directly to one fixed mix, the average of both waves': ``now`` = Σ r₁(w₁ + w₀)/2.
    Source: Kitagawa (1955) J. Am. Stat. Assoc. 50, 1168-1194; checked against example 5.3 of Das Gupta (1993)
    Standardization and Decomposition of Rates, U.S. Bureau of the Census P23-186.

    The interval takes the mix as given, and each group's share as independent: the variance is the sum of
    ((w₁ + w₀)/2)² r(1 - r)/n over the groups of both waves, with one yes and one no added to each group so that a small
    one in which all agree is not taken for sure. Source of that: Agresti and Caffo (2000) Am. Stat. 54, 280-288.

    It puts right only what is known of the families. Groups that differ inside themselves are not told apart.
    """
    n1, n0 = _floats(now, "base"), _floats(then, "base")
    y1, y0 = _floats(now, "count"), _floats(then, "count")
    if not len(n1) or (n1 <= 0).any() or (n0 <= 0).any():
        raise ValueError("Every group needs somebody in it both times; put small groups together first.")
    w1, w0, r1, r0 = n1 / n1.sum(), n0 / n0.sum(), y1 / n1, y0 / n0
    fixed = (w1 + w0) / 2
    alike = float((fixed * (r1 - r0)).sum())
    mix = float(((w1 - w0) * (r1 + r0) / 2).sum())
    error = float(np.sqrt((fixed**2 * (_spread(y1, n1) + _spread(y0, n0))).sum()))
    normal = NormalDist()
    reach = normal.inv_cdf((1 + confidence) / 2) * error
    return Divided(
        change=alike + mix,
        mix=mix,
        alike=alike,
        low=max(-1.0, alike - reach),
        high=min(1.0, alike + reach),
        p=2 * normal.cdf(-abs(alike) / error),
        now=float((fixed * r1).sum()),
        then=float((fixed * r0).sum()),
    )


def together(now: pd.DataFrame, then: pd.DataFrame, *, fewest: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both frames with groups of fewer than so many people, in either wave, taken together as ``REST``.

    Both have ``group``, ``count`` and ``base``, the same groups in the same order. Where all that is taken together is
    still too small, the smallest of the groups that are left goes to it, so that every group has enough or there is
    only one. Nobody is left out, so the shares of the whole stay what they were.
    """
    least = np.minimum(_floats(now, "base"), _floats(then, "base"))
    order = np.argsort(-least, kind="stable")
    small = [place for place in order if least[place] < fewest]
    large = [place for place in order if least[place] >= fewest]
    while small and large and _too_few(now, then, small, fewest):
        small.append(large.pop())
    if not small:
        return now, then
    return _joined(now, large, small), _joined(then, large, small)


def _too_few(now: pd.DataFrame, then: pd.DataFrame, places: list[int], fewest: int) -> bool:
    return any(one["base"].to_numpy()[places].sum() < fewest for one in (now, then))


def _joined(counts: pd.DataFrame, large: list[int], small: list[int]) -> pd.DataFrame:
    kept = counts.iloc[sorted(large)]
    rest = counts.iloc[small][["count", "base"]].sum()
    return pd.concat([kept, pd.DataFrame([{"group": REST, **rest}])], ignore_index=True)


def _spread(yes: Floats, base: Floats) -> Floats:
    share = (yes + 1) / (base + 2)
    return np.asarray(share * (1 - share) / (base + 2), dtype="f8")


def _floats(counts: pd.DataFrame, column: str) -> Floats:
    return counts[column].to_numpy("float64")
