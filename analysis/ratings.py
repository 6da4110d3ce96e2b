"""How services are rated, and whether that changed since the last wave, in one word each."""

from typing import Final, NamedTuple

import pandas as pd

from analysis.compare import Rise, Verdict, verdicts
from analysis.phrases import intervals_said, shares_said, swing, unclear
from analysis.proportions import independent
from analysis.suppression import Policy, release

NOT_COMPARED: Final = "not compared"
"""Stands for a verdict where the question is another than it was."""


class Rated(NamedTuple):
    """One service as a leader reads it."""

    service: str
    good: str
    """The share of people who rate it well and what it is of, '–' where that is held back."""
    likely: str
    """The interval of that share."""
    verdict: str
    """Better, worse, no clear change, too few to tell or not compared; '' where there is no earlier wave."""
    change: str
    """How far the share has moved, as an interval, where there is a verdict on it; why it is not compared."""
    ends: tuple[float, float] | None = None
    """The ends of that interval, -1 to 1, as exactly as they are known."""


def ratings(
    now: pd.DataFrame, before: pd.DataFrame | None, names: pd.Series, policy: Policy, why: pd.Series | None = None
) -> list[Rated]:
    """Every service in the order of names, from counts by ``service`` (see ``tallies`` and ``children``).

    why says by service what was changed in the question, so that it cannot be compared (see ``comparability``); ""
    where nothing was. The verdicts allow for all the services compared. A service whose share is held back in either
    wave is too few to tell.
    """
    shown = release(now, policy).figures
    figures = zip(now["service"].map(names), shares_said(shown), intervals_said(shown), strict=True)
    known = {} if why is None else why.to_dict()
    reasons = [known.get(service, "") for service in now["service"]]
    alike = now[[not reason for reason in reasons]].reset_index(drop=True)
    said = iter([] if before is None or alike.empty else _changes(alike, before, policy))
    told = [_Change(NOT_COMPARED, reason) if reason else next(said, _NONE) for reason in reasons]
    return [Rated(*figure, *change) for figure, change in zip(figures, told, strict=True)]


class _Change(NamedTuple):
    verdict: str
    words: str
    ends: tuple[float, float] | None = None


_NONE: Final = _Change("", "")


def _changes(now: pd.DataFrame, before: pd.DataFrame, policy: Policy) -> list[_Change]:
    """For each service the verdict, and how far it moved where there is one."""
    kinds = before.dtypes.drop("service").to_dict()
    then = before.set_index("service").reindex(now["service"]).fillna(0).astype(kinds).reset_index()
    alone, alone_then = independent(now), independent(then)
    pairs = alone.assign(count_before=alone_then["count"].to_numpy(), base_before=alone_then["base"].to_numpy())
    judged = verdicts(pairs, rise=Rise.GOOD)
    held = [release(counts, policy).figures["share"].isna() for counts in (now, then)]
    unsure = (judged["verdict"] == Verdict.TOO_FEW) | held[0].to_numpy() | held[1].to_numpy()
    rows = zip(unsure, judged["verdict"], judged["low"], judged["high"], strict=True)
    few_to_tell = _Change(Verdict.TOO_FEW, "")
    return [few_to_tell if few else _change(verdict, low, high) for few, verdict, low, high in rows]


def _change(verdict: str, low: float, high: float) -> _Change:
    words = unclear(low, high) if verdict == Verdict.NO_CLEAR_CHANGE else swing(low, high)
    return _Change(verdict, words, (low, high))
