"""How services are rated, and whether that changed since the last wave, in one word each."""

from typing import NamedTuple

import pandas as pd

from analysis.compare import Rise, Verdict, verdicts
from analysis.phrases import intervals_said, shares_said, swing, unclear
from analysis.proportions import independent
from analysis.suppression import Policy, release


class Rated(NamedTuple):
    """One service as a leader reads it."""

    service: str
    good: str
    """The share of people who rate it well and what it is of, '–' where that is held back."""
    likely: str
    """The interval of that share."""
    verdict: str
    """Better, worse, no clear change or too few to tell; '' where there is no earlier wave."""
    change: str
    """How far the share has moved, as an interval, where there is a verdict on it."""


def ratings(now: pd.DataFrame, before: pd.DataFrame | None, names: pd.Series, policy: Policy) -> list[Rated]:
    """Every service in the order of names, from counts by ``service`` (see ``tallies`` and ``children``).

    The verdicts allow for all the services compared. A service whose share is held back in either wave
    is too few to tell.
    """
    shown = release(now, policy).figures
    said = _changes(now, before, policy) if before is not None else [("", "")] * len(now)
    figures = zip(now["service"].map(names), shares_said(shown), intervals_said(shown), strict=True)
    return [Rated(*figure, *words) for figure, words in zip(figures, said, strict=True)]


def _changes(now: pd.DataFrame, before: pd.DataFrame, policy: Policy) -> list[tuple[str, str]]:
    """For each service the verdict, and how far it moved where there is one."""
    kinds = before.dtypes.drop("service").to_dict()
    then = before.set_index("service").reindex(now["service"]).fillna(0).astype(kinds).reset_index()
    alone, alone_then = independent(now), independent(then)
    pairs = alone.assign(count_before=alone_then["count"].to_numpy(), base_before=alone_then["base"].to_numpy())
    judged = verdicts(pairs, rise=Rise.GOOD)
    held = [release(counts, policy).figures["share"].isna() for counts in (now, then)]
    unsure = (judged["verdict"] == Verdict.TOO_FEW) | held[0].to_numpy() | held[1].to_numpy()
    rows = zip(unsure, judged["verdict"], judged["low"], judged["high"], strict=True)
    return [(Verdict.TOO_FEW, "") if few else (verdict, _moved(verdict, low, high)) for few, verdict, low, high in rows]


def _moved(verdict: str, low: float, high: float) -> str:
    return unclear(low, high) if verdict == Verdict.NO_CLEAR_CHANGE else swing(low, high)
