"""The themes that people raised and about which nothing has been decided: what nobody has taken up yet."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from analysis.ledger import Figure
from analysis.suppression import Released


class Raised(NamedTuple):
    """One theme, and which share of the people with a comment that has been read raise it."""

    label: str
    share: Figure


def undecided(sizes: Released, labels: Mapping[str, str], decided: Collection[str]) -> list[Raised]:
    """The themes that no action is about, those most often raised first; as many as there are.

    sizes has the released share of each ``theme``, labels what the approved themes are called by key, and decided the
    keys of those that an action is about, whatever became of it. A theme whose share is held back is not in what comes
    back: that somebody raised it is told by being in it.
    """
    shown = sizes.shown
    open_ones = shown[shown["theme"].isin(set(labels) - set(decided)) & (shown["count"] > 0)]
    rows = zip(*(open_ones[name] for name in ("theme", "share", "low", "high", "base")), strict=True)
    found = [
        Raised(labels[key], Figure(float(share), float(low), float(high), int(base)))
        for key, share, low, high, base in rows
    ]
    return sorted(found, key=lambda one: (-one.share.share, one.label))
