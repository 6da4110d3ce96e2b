"""Did things change, or only who answered? The difference between two waves with the mix of ages held as it was.

A share can rise because more of those answer who were content all along. Within ages nothing has changed then, and no
action was felt.
"""

from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import pandas as pd

FEWEST_BANDS = 2
"""With one band there is no mix to hold."""


class SameMix(NamedTuple):
    """The difference with the mix held, -1 to 1, and its interval."""

    difference: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval says that something changed."""
        return self.low > 0 or self.high < 0


def same_mix(now: pd.DataFrame, before: pd.DataFrame, *, confidence: float = 0.95) -> SameMix | None:
    """The difference between two waves if as many of each band had answered in both; None where there is no mix.

    Each frame has a row for each ``band`` with ``count`` of ``base``. Bands in which nobody answered in one of the
    waves are left out. Each band weighs as much as it does in both waves together.

    Direct standardisation; the variance of each band's share is that of Agresti and Caffo (one yes and one no added),
    so that a band of few who all agree is not taken to be sure. Sources: Kitagawa (1955) J. Am. Stat. Assoc. 50,
    1168-1194; Agresti and Caffo (2000) Am. Stat. 54, 280-288.
    """
    both = now.set_index("band").join(before.set_index("band").add_suffix("_before"), how="inner")
    both = both[(both["base"] > 0) & (both["base_before"] > 0)]
    if len(both) < FEWEST_BANDS:
        return None
    weight = (both["base"] + both["base_before"]).to_numpy("f8")
    weight /= weight.sum()
    shares = [_shares(both, ""), _shares(both, "_before")]
    difference = float(weight @ (shares[0][0] - shares[1][0]))
    spread = float(np.sqrt(weight**2 @ (shares[0][1] + shares[1][1])))
    reach = NormalDist().inv_cdf((1 + confidence) / 2) * spread
    return SameMix(difference, difference - reach, difference + reach)


def _shares(both: pd.DataFrame, wave: str) -> tuple["np.ndarray[tuple[int], np.dtype[np.float64]]", ...]:
    """The share of each band, and its variance."""
    count, base = both[f"count{wave}"].to_numpy("f8"), both[f"base{wave}"].to_numpy("f8")
    near = (count + 1) / (base + 2)
    return count / base, near * (1 - near) / (base + 2)
