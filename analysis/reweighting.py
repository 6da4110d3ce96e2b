"""Shares as they would be if the groups of the population had answered by their size, beside the shares as they are."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis import tallies
from analysis.overview import Scope
from analysis.phrases import counted, percent, roughly
from analysis.proportions import wilson
from analysis.suppression import Held, Policy, release
from analysis.upkeep import Frames
from analysis.weights import Weights, raked


@dataclass(frozen=True, eq=False)
class Reweighted:
    """What weighting does to the ratings: ``sentences`` on what it costs, and ``services`` with both shares.

    ``services`` has, for each service, ``name``, ``count`` of ``base``, ``share``, ``low``, ``high`` and ``weighted``,
    ``weighted_low``, ``weighted_high``; numbers are missing where a share is held back.
    """

    sentences: list[str]
    services: pd.DataFrame


def reweighted(frames: Frames, scope: Scope, population: Mapping[str, pd.Series], policy: Policy) -> Reweighted | None:
    """The ratings of a wave weighted to these populations (numbers by column of responses and its values).

    None where nothing can be weighted: no population, no ratings by family, or fewer responses than a group shown. An
    interval of a weighted share is Wilson's, for as many answers as the weights leave it worth (Kish).
    """
    responses = frames.responses
    if not population or not scope.rating or scope.rated_by_child or len(responses) < policy.fewest:
        return None
    columns = list(population)
    found = raked(responses[columns].astype("str"), population)
    said = tallies.rated(frames.answers, responses, item=scope.rating, tones=scope.tones)
    weight = pd.Series(found.each.to_numpy(), index=responses["response_id"].to_numpy())
    services = _services(said.assign(weight=said["response_id"].map(weight)), scope, policy)
    return Reweighted(_sentences(found, len(responses), columns, policy), services)


def _services(said: pd.DataFrame, scope: Scope, policy: Policy) -> pd.DataFrame:
    shown = release(tallies.by_service(said, list(scope.services.index)), policy).figures.set_index("service")
    rows = said.assign(service=said["service"].astype("str"), yes_weight=said["weight"] * said["yes"])
    sums = rows.assign(square=rows["weight"] ** 2).groupby("service")[["weight", "yes_weight", "square"]].sum()
    sums = sums.reindex(shown.index)
    share = (sums["yes_weight"] / sums["weight"]).clip(0, 1).where(shown["held"] == Held.NOT)
    worth = sums["weight"] ** 2 / sums["square"]
    low, high = wilson(share.to_numpy("f8"), worth.to_numpy("f8"))
    rounded = (policy.of_shares(numbers) for numbers in (share.to_numpy("f8"), low, high))
    told = shown.assign(**dict(zip(("weighted", "weighted_low", "weighted_high"), rounded, strict=True)))
    return told.assign(name=scope.services.reindex(told.index)).reset_index(drop=True)


def _sentences(found: Weights, responses: int, columns: list[str], policy: Policy) -> list[str]:
    worth = roughly(int(found.effective), policy)
    told = [
        f"Weighted by {' and '.join(columns)}, the {roughly(responses, policy)} responses tell as much as {worth} "
        f"would that needed no weights (design effect {found.design_effect:.2f}).",
        "Weighted shares stand beside the shares as answered and never in their place: weights put right who answered, "
        "and not why people answered.",
    ]
    if found.trimmed:
        far = f"a group may still lie {percent(found.furthest)} from its share"
        some = counted(found.trimmed, "response", "responses")
        if policy.is_read_out:
            some = f"{roughly(found.trimmed, policy).capitalize()} responses"
        held = f"{some} would have counted for more than five average ones"
        told.insert(1, f"{held}, or for less than a fifth of one, and were held there: {far}.")
    return told
