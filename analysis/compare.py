"""Are two shares different? An interval for the difference, and one plain word for it.

Looking at many differences at once finds some by luck. Every word given here has first been
corrected for all the differences it was looked at with, so nothing here judges one alone.
"""

from enum import StrEnum

import numpy as np
import pandas as pd
from scipy import stats

from analysis.proportions import Floats, wilson

FEWEST = 10
"""Under this many people on either side, no difference is put into words."""

SURE = 0.05
"""How often a set of differences of which none is real may have any called clear."""

MARGIN = 0.10
"""Ten points either way: a change too big to overlook."""


class Verdict(StrEnum):
    """What may be said of a difference."""

    BETTER = "better"
    WORSE = "worse"
    MORE = "said more often"
    LESS = "said less often"
    NO_CLEAR_CHANGE = "no clear change"
    TOO_FEW = "too few to tell"


class Rise(StrEnum):
    """What it means for a share to rise."""

    GOOD = "good"
    BAD = "bad"
    NEITHER = "neither"


_WORDS: dict[Rise, tuple[Verdict, Verdict]] = {
    Rise.GOOD: (Verdict.BETTER, Verdict.WORSE),
    Rise.BAD: (Verdict.WORSE, Verdict.BETTER),
    Rise.NEITHER: (Verdict.MORE, Verdict.LESS),
}


def differences(counts: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """The difference between two shares, with Newcombe's interval and an exact p-value.

    counts has one row per comparison: ``count`` of ``base`` now, ``count_before`` of
    ``base_before`` then (or there). Gives its rows with ``difference`` (now less before, -1 to 1),
    ``low``, ``high`` and ``p`` added; missing where either base is 0.

    The two groups must be different people. Where some answered both times the interval is
    a little too wide, which errs on the safe side.

    Interval: with (l₁, u₁) and (l₂, u₂) the Wilson limits of each share, the limits are
    d - √((p₁-l₁)² + (u₂-p₂)²) and d + √((u₁-p₁)² + (p₂-l₂)²).
    Source: method 10 of Newcombe (1998) Stat. Med. 17, 873-890. p: twice the smaller tail of the
    hypergeometric distribution (Fisher's test, doubled), which never finds more than it should.
    """
    now, n_now = _floats(counts, "count"), _floats(counts, "base")
    then, n_then = _floats(counts, "count_before"), _floats(counts, "base_before")
    known = (n_now > 0) & (n_then > 0)
    n_now, n_then = np.where(known, n_now, np.nan), np.where(known, n_then, np.nan)
    apart, low, high = newcombe(now, n_now, then, n_then, confidence=confidence)
    p = np.where(known, _fisher(now, n_now, then, n_then), np.nan)
    return counts.assign(difference=apart, low=low, high=high, p=p)


def newcombe(
    now: Floats, n_now: Floats, then: Floats, n_then: Floats, *, confidence: float
) -> tuple[Floats, Floats, Floats]:
    """The difference between two shares and the ends of its interval alone (see ``differences``), as floats.

    Missing where a base is missing. Without the p-value, which takes the longer the more have answered.
    """
    p1, p2 = now / n_now, then / n_then
    low1, high1 = wilson(p1, n_now, confidence)
    low2, high2 = wilson(p2, n_then, confidence)
    apart = p1 - p2
    return apart, apart - np.hypot(p1 - low1, high2 - p2), apart + np.hypot(high1 - p1, p2 - low2)


def verdicts(counts: pd.DataFrame, *, rise: Rise) -> pd.DataFrame:
    """What ``differences`` gives, with one word for each in ``verdict``.

    counts must hold everything that is looked at together: the words are corrected for all its
    rows by the method of Holm, and ``q`` holds the corrected p-values. They are for summaries and
    reports, which are quoted where nobody sees how many differences were looked at. Where somebody
    explores, words come from ``standing`` and ``changes``.

    The rule: *too few to tell* when either side has fewer than ten people. Otherwise *better*
    or *worse* (or, where a rise is neither, *said more often* or *said less often*) when
    q is at most 0.05. Otherwise *too few to tell* again when the interval allows both a rise and
    a fall of more than ten points, and *no clear change* when it does not.

    In nineteen of twenty such sets every difference called clear is real, however the rows depend
    on one another. Source: Holm (1979) Scand. J. Stat. 6, 65-70.
    """
    found = differences(counts)
    enough = judged(found)
    q = pd.Series(np.nan, index=found.index)
    if enough.any():
        q[enough] = holm(found.loc[enough, "p"].to_numpy())
    found = found.assign(q=q)
    return found.assign(verdict=worded(found, rise=rise))


def judged(found: pd.DataFrame) -> pd.Series:
    """Which differences have enough people on both sides to be put into words."""
    return (found["base"] >= FEWEST) & (found["base_before"] >= FEWEST)


def worded(found: pd.DataFrame, *, rise: Rise) -> list[str]:
    """The one word for each difference: ``verdicts`` has the rule. found is what ``differences`` gives, with ``q``."""
    clear = found["q"] <= SURE
    open_both_ways = (found["low"] < -MARGIN) & (found["high"] > MARGIN)
    up, down = _WORDS[rise]
    words = np.select(
        [clear & (found["difference"] > 0), clear, ~judged(found) | open_both_ways],
        [up, down, Verdict.TOO_FEW],
        Verdict.NO_CLEAR_CHANGE,
    )
    return [str(word) for word in words]


def holm(p: Floats) -> Floats:
    """p-values corrected so that in nineteen of twenty sets every difference then called clear is real.

    Source: Holm (1979) Scand. J. Stat. 6, 65-70.
    """
    order = np.argsort(p, kind="stable")
    raised = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    back = np.empty(len(p))
    back[order] = np.minimum(raised, 1)
    return back


def against_the_rest(counts: pd.DataFrame, *, within: str) -> pd.DataFrame:
    """Each row beside everybody else in its group: what ``verdicts`` needs to judge a place.

    counts has ``count`` and ``base`` for each place, and the column named by ``within`` (a theme,
    a service) says which rows add up to one county. A place is set against the county
    without it, never against a total that it is itself part of.
    """
    whole = counts.groupby(within, observed=True)[["count", "base"]].transform("sum")
    return counts.assign(count_before=whole["count"] - counts["count"], base_before=whole["base"] - counts["base"])


def _floats(counts: pd.DataFrame, column: str) -> Floats:
    return counts[column].to_numpy("float64")


def _fisher(
    now: Floats,
    n_now: Floats,
    then: Floats,
    n_then: Floats,
) -> Floats:
    both, yes = n_now + n_then, now + then
    smaller_tail = np.minimum(stats.hypergeom.cdf(now, both, yes, n_now), stats.hypergeom.sf(now - 1, both, yes, n_now))
    return np.asarray(np.minimum(1.0, 2 * smaller_tail), dtype="f8")
