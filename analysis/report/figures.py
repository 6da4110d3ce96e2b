"""Making the figures of sentences from what has been through the gate, each with its formula in words."""

from typing import Final

import numpy as np
import pandas as pd

from analysis.report.content import Figure, Filters, Unit
from analysis.suppression import Policy

WILSON: Final = "The range is Wilson's, for 95 in a hundred, and for chance alone."
RAISED: Final = (
    "People who raised this in at least one comment, divided by people with at least one comment that has been read. "
    "Everybody counts once. " + WILSON
)
STANCE: Final = {
    "criticism": "People who only criticise it",
    "praise": "People who only praise it",
    "both": "People who praise and criticise it",
    "request": "People who ask for something about it",
}
OF_THOSE_WHO_RAISED: Final = ", divided by all people who raised it. Everybody counts once. " + WILSON
NEWCOMBE: Final = (
    "The share in this wave less the share in the wave before. The range is Newcombe's, for 95 in a hundred. It is "
    "called clear only if it still is after allowing for every theme that was compared (Holm's method, 5 in a "
    "hundred)."
)
IN_A_PLACE: Final = (
    "People there who raised this, divided by people there with a comment that has been read, set against everybody in "
    "the other districts. Named only if clear after allowing for every theme and district (Holm's method, "
    "5 in a hundred). " + WILSON
)


def share(name: str, row: pd.Series, formula: str, filters: Filters, policy: Policy) -> Figure:
    """The figure of a row that the gate has let through."""
    return Figure(
        name,
        Unit.SHARE,
        rounded(row["share"], policy),
        formula,
        filters,
        count=float(row["count"]),
        base=float(row["base"]),
        low=rounded(row["low"], policy),
        high=rounded(row["high"], policy),
        step=policy.step,
    )


def difference(name: str, number: float, low: float, high: float, filters: Filters, policy: Policy) -> Figure:
    """How far two shares lie apart, both of which may be seen."""
    ends = rounded(low, policy), rounded(high, policy)
    return Figure(name, Unit.DIFFERENCE, rounded(number, policy), NEWCOMBE, filters, low=ends[0], high=ends[1])


def people(name: str, count: int, formula: str, filters: Filters, policy: Policy) -> Figure | None:
    """A number of people or comments, as rounded as the reader may see it; None where it is too small to be told."""
    told = policy.told(count)
    return None if told is None else Figure(name, Unit.COUNT, float(told), formula, filters, step=policy.step)


def exact(name: str, count: int, formula: str, filters: Filters) -> Figure:
    """A number of things that are nobody's: districts, themes, words, drawings."""
    return Figure(name, Unit.COUNT, float(count), formula, filters)


def rounded(value: float, policy: Policy) -> float:
    """A share as it is kept: to whole per cents where the reader sees no more, and never to more than can matter."""
    return float(np.round(value, 2 if policy.whole_percent else 4)) + 0.0  # never -0.0
