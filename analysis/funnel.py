"""A funnel: how far from the county's share a district may lie by chance alone, which depends on how many answered.

Twelve districts in order of their share are a league table, and half of it is luck. A funnel shows the same shares
against the number of answers, with the limits within which chance alone would keep them.
"""

from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from analysis.proportions import Floats, independent

INNER: Final = 0.95
"""One district in twenty lies outside these limits by chance."""
OUTER: Final = 0.998
"""One in five hundred lies outside these."""
FEWEST_DISTRICTS: Final = 8
"""With fewer, how far districts differ beyond chance cannot be told apart from chance."""

MOST_DRAWN: Final = 400
"""So many points are enough for a line as wide as a screen, however many have answered."""

_WINSORISED: Final = 0.10  # at each end, so that the districts we look for do not widen the limits that find them
_LIMITS = ("inner_low", "inner_high", "outer_low", "outer_high")


class Funnel(NamedTuple):
    """Districts against the limits.

    ``districts`` are the rows given, with the limits at each one's base: ``inner_low``, ``inner_high``, ``outer_low``,
    ``outer_high`` (0 to 1) and ``outside`` ("" within, "inner" beyond the inner limits alone, "outer" beyond both).
    ``limits`` has the same limits at ``base`` from 1 to the largest, for drawing: at every one, or at ``MOST_DRAWN`` of
    them. ``widened`` is by how much the limits were widened as districts differ beyond chance all round; 1 for not.
    """

    districts: pd.DataFrame
    limits: pd.DataFrame
    widened: float


def funnel(counts: pd.DataFrame, *, around: float) -> Funnel:
    """Where each district lies in the funnel of one service, or one item, around the share of all (0 to 1).

    counts has a row for each district with ``count`` of ``base``, and ``effective`` where answers of one family stand
    together. Raises ValueError if nobody answered at all: there is nothing to compare.

    Whoever sees limits drawn can work back to what they were made of. So give only what the same reader is shown: the
    districts shown to them and a share that is shown to them (see ``board.funnelled``). Then neither limits nor φ hold
    anything of a district that is held back.

    Limits are those of the binomial distribution around that share, exact and smoothed between whole numbers: with r
    the least number for which P(R ≤ r) is at least p, the limit is (r - α)/n, where α = (P(R ≤ r) - p) / P(R = r).
    Where districts differ beyond chance all round, which is usual, all limits are widened alike by the square root of
    φ, the mean squared score of the districts (see ``dispersion``): a funnel shows who stands out among districts that
    differ, and is no test of whether they do. A district with few answers can hardly lie outside, and that it does not
    says little.

    Source: Spiegelhalter (2005) Stat. Med. 24, 1185-1202: exact limits in the appendix, φ and Winsorising in section 3.
    """
    alone = independent(counts)
    count, base = alone["count"].to_numpy("f8"), alone["base"].to_numpy("f8")
    if not base.sum():
        raise ValueError("Nobody answered, so there is nothing to compare. Ask for a funnel once somebody has.")
    widened = float(np.sqrt(dispersion(count, base, around)))
    every = np.unique(np.linspace(1, int(base.max()), min(int(base.max()), MOST_DRAWN)).round())
    drawn = pd.DataFrame({"base": every, **_limits(around, every, widened)})
    here = _limits(around, np.maximum(np.floor(base), 1), widened)
    own = {name: np.where(base > 0, here[name], np.nan) for name in _LIMITS}
    placed = np.divide(count, base, out=np.full(len(base), np.nan), where=base > 0)
    beyond = {which: (placed < own[f"{which}_low"]) | (placed > own[f"{which}_high"]) for which in ("outer", "inner")}
    # Around a share that is rounded to 0 or 1 chance has no room, and nobody is called far out for a rounding.
    outside = np.select([beyond["outer"], beyond["inner"]], ["outer", "inner"], "") if 0 < around < 1 else ""
    return Funnel(counts.assign(**own, outside=outside), drawn, widened)


def dispersion(count: Floats, base: Floats, share: float) -> float:
    """φ: how much more the districts differ than by chance; 1 where they do not, or where they are too few to tell.

    φ = Σ z²/I over I districts, z = (y/n - θ) / √(θ(1 - θ)/n) for y of n answers and the share θ of all, with the
    outermost tenth of the scores at each end drawn in to where that tenth begins (Winsorised); never less than 1, and 1
    with fewer than ``FEWEST_DISTRICTS``. Source: Spiegelhalter (2005) Stat. Med. 24, 1185-1202, section 3.
    """
    there = base > 0
    if there.sum() < FEWEST_DISTRICTS or not 0 < share < 1:
        return 1.0
    scores = (count[there] / base[there] - share) / np.sqrt(share * (1 - share) / base[there])
    drawn_in = np.clip(scores, *np.quantile(scores, [_WINSORISED, 1 - _WINSORISED]))
    return max(1.0, float((drawn_in**2).mean()))


def _limits(share: float, base: Floats, widened: float) -> dict[str, Floats]:
    """The four limits at each base, widened about the share and kept between 0 and 1."""
    ends = {"inner": (1 - INNER) / 2, "outer": (1 - OUTER) / 2}
    found = {}
    for which, tail in ends.items():
        low, high = _exact(share, base, tail), _exact(share, base, 1 - tail)
        found[f"{which}_low"] = np.clip(share + widened * (low - share), 0, 1)
        found[f"{which}_high"] = np.clip(share + widened * (high - share), 0, 1)
    return found


def _exact(share: float, base: Floats, chance: float) -> Floats:
    """The share below which that chance lies, by the binomial, smoothed between the two whole numbers around it."""
    if share in (0, 1):  # all agree, and chance has no part in it
        return np.full_like(base, share)
    reached = stats.binom.ppf(chance, base, share)
    upto, before = stats.binom.cdf(reached, base, share), stats.binom.cdf(reached - 1, base, share)
    part = np.divide(upto - chance, upto - before, out=np.zeros_like(base), where=upto > before)
    return np.asarray((reached - part) / base, dtype="f8")
