"""What changed between two waves, in one word each, all of it judged together; and how much of it is mix.

A page that makes a hundred comparisons finds five changes by luck. So every comparison on it is corrected for all the
others: those of services, statements, themes, tones and districts, and those among families that are alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from analysis import following, tallies
from analysis.comparability import changed
from analysis.compare import Rise, Verdict, differences, holm, judged, worded
from analysis.following import Fieldwork, Kind
from analysis.mix import divided, together
from analysis.proportions import independent
from analysis.standing import Control, control_for
from analysis.suppression import Policy, Released

Flags = npt.NDArray[np.bool_]

FEWEST_IN_A_GROUP: Final = 5


class Mix(NamedTuple):
    """By what families are told apart when a mix is held fixed."""

    name: str
    columns: tuple[str, ...]


MIXES: Final = (
    Mix("Age of child and plan", ("age_band", "plan")),
    Mix("Age of child", ("age_band",)),
    Mix("Plan", ("plan",)),
    Mix("District", ("district",)),
)


@dataclass(frozen=True, eq=False)
class Changes:
    """Two waves beside each other, through the gate."""

    now: str
    then: str
    """The titles of the two waves."""
    responses: tuple[int, int]
    """How many answered each, the later first."""
    released: Released
    """By ``kind`` and ``key``, with ``label``: the later wave's ``share`` and its ``base``, ``share_then`` and
    ``base_then``, ``difference`` with its interval, and ``verdict``; where services could be compared by mix, ``mix``,
    ``alike`` with its interval, ``alike_verdict``, ``same_mix`` and ``same_mix_then``; ``why`` where the two cannot be
    compared."""
    not_compared: list[str]
    """Why something is not compared, each reason once."""
    compared: int
    """How many comparisons were made together."""
    among_alike: int
    """How many of those are among like families: a second comparison of the same service."""
    control: Control
    mix: Mix | None
    """What was held fixed; None where nothing could be."""

    def of(self, kind: Kind) -> pd.DataFrame:
        """The changes of one kind that can be compared: a change held back is too few to tell."""
        figures = self.released.figures
        rows = figures[(figures["kind"] == kind) & (figures["why"] == "")]
        return rows.assign(verdict=rows["verdict"].replace("", str(Verdict.TOO_FEW)))

    def of_mix(self) -> pd.DataFrame:
        """The services whose change could be divided by mix."""
        rows = self.of(Kind.SERVICE)
        return rows[rows["mix"].notna()]


def mixes(now: Fieldwork, then: Fieldwork) -> list[Mix]:
    """By what the families of both waves can be told apart: what both asked of families in the same words."""
    if not now.scope.rating or now.scope.rated_by_child or then.scope.rated_by_child:
        return []
    return [one for one in MIXES if all(_is_known(column, now, then) for column in one.columns)]


def _is_known(column: str, now: Fieldwork, then: Fieldwork) -> bool:
    if column == "district":  # told in the same districts already
        return bool(len(now.scope.places) and len(then.scope.places))
    new, old = now.asked.role(column), then.asked.role(column)
    if new is None or old is None or new.id != old.id or now.asked.is_of_each_child(new.id):
        return False
    return not changed(now.asked, then.asked, new.id, then.title)


def changes(
    now: Fieldwork, then: Fieldwork, policy: Policy, *, mix: Mix | None = None, partly: frozenset[str] = frozenset()
) -> Changes:
    """Everything that can be followed, now and then, with a word for each change.

    then must be told in the districts of now (see ``following.told_in``); partly names those of whose past only a part
    is known. Words come from ``compare``: Newcombe's interval, Fisher's test, corrected for all comparisons made
    here by Benjamini and Hochberg for officers and by Holm for everybody else. A change in which
    either side is held back is too few to tell. What was asked otherwise is not compared at all: ``why`` says so.
    """
    keys = ["kind", "key"]
    new = following.lines(now, partly=partly)
    counted = following.lines(then, partly=partly).set_index(keys)[following.BY_PEOPLE]
    lined = pd.MultiIndex.from_frame(new[keys])
    old = counted.reindex(lined)
    gone = old["base"].isna().to_numpy()
    old = old.fillna(0).reset_index().astype(new[following.BY_PEOPLE].dtypes.to_dict()).assign(sums=new["sums"])
    reasons = following.why_not(now, then)
    why = reasons.reindex(lined).fillna("").to_numpy()
    why = np.where(gone & (why == ""), f"It was not counted in {then.title}.", why)
    worked, compared, among_alike = _worked_out(
        new, old, why == "", _by_mix(now, then, mix, policy), control_for(policy)
    )
    # What either side holds back is held back of their change too.
    told = following.released(new.assign(**worked), policy).beside(following.released(old, policy))
    told = told.stating("why", [str(one) for one in why]).stating("label", list(following.names(now).reindex(lined)))
    every_reason = [str(one) for one in dict.fromkeys([*reasons, *why]) if one]
    of_each = (now.responses, then.responses)
    return Changes(now.title, then.title, of_each, told, every_reason, compared, among_alike, control_for(policy), mix)


def _worked_out(
    new: pd.DataFrame, old: pd.DataFrame, comparable: Flags, by_mix: pd.DataFrame, control: Control
) -> tuple[dict[str, pd.Series], int, int]:
    """What is found of each line, how many comparisons were made, and how many of those among like families."""
    alone, alone_then = independent(new), independent(old)
    pairs = alone.assign(count_before=alone_then["count"], base_before=alone_then["base"])
    found = differences(pairs).assign(comparable=comparable)
    alike = by_mix.reindex(pd.MultiIndex.from_frame(new[["kind", "key"]])).reset_index(drop=True)
    also = found[["base", "base_before"]].assign(
        difference=alike["alike"], low=alike["alike_low"], high=alike["alike_high"], p=alike["p"], comparable=comparable
    )
    every = pd.concat([found, also], ignore_index=True)
    counts = judged(every) & every["comparable"] & every["p"].notna()
    every["q"] = np.nan
    if counts.any():
        p = every.loc[counts, "p"].to_numpy()
        every.loc[counts, "q"] = holm(p) if control is Control.PUBLISHING else stats.false_discovery_control(p)
    raw, same = every.iloc[: len(found)], every.iloc[len(found) :].reset_index(drop=True)
    rises = [following.rise_of(kind, key) for kind, key in zip(new["kind"], new["key"], strict=True)]
    worked = {
        "difference": raw["difference"].where(comparable),
        "difference_low": raw["low"].where(comparable),
        "difference_high": raw["high"].where(comparable),
        "q": raw["q"],
        "verdict": _words(raw, rises).where(comparable, ""),
        "alike_verdict": _words(same, rises).where(same["difference"].notna() & comparable, ""),
    }
    columns = ["mix", "alike", "alike_low", "alike_high", "same_mix", "same_mix_then"]
    worked |= {name: alike[name].where(comparable) for name in columns}
    return worked, int(counts.sum()), int(counts.iloc[len(found) :].sum())


def _words(found: pd.DataFrame, rises: Sequence[Rise]) -> pd.Series:
    words = {rise: worded(found, rise=rise) for rise in set(rises)}
    return pd.Series([words[rise][place] for place, rise in enumerate(rises)], index=found.index, dtype="str")


def _by_mix(now: Fieldwork, then: Fieldwork, mix: Mix | None, policy: Policy) -> pd.DataFrame:
    """Each service's change divided by mix, by ``kind`` and ``key``: only services with enough people both times."""
    columns = ["mix", "alike", "alike_low", "alike_high", "p", "same_mix", "same_mix_then"]
    rows = {}
    if mix is not None:
        fewest = max(FEWEST_IN_A_GROUP, policy.fewest)
        groups = [_groups(wave, mix) for wave in (now, then)]
        cells = sorted(set(groups[0]) | set(groups[1]))
        services = [code for code in now.scope.services.index if code in then.scope.services.index]
        counts = [_cells(wave, group, services, cells) for wave, group in zip((now, then), groups, strict=True)]
        for service in services:
            sides = together(*(one[one["service"] == service].reset_index(drop=True) for one in counts), fewest=fewest)
            if len(sides[0]) > 1:
                found = divided(*sides)
                rows[(str(Kind.SERVICE), service)] = (
                    found.mix, found.alike, found.low, found.high, found.p, found.now, found.then
                )  # fmt: skip
    index = pd.MultiIndex.from_tuples(list(rows), names=["kind", "key"])
    return pd.DataFrame(list(rows.values()), index=index, columns=columns, dtype="f8")


def _groups(wave: Fieldwork, mix: Mix) -> pd.Series:
    """The group of each response."""
    responses = wave.frames.responses
    whole = responses[mix.columns[0]].astype("str")
    for column in mix.columns[1:]:
        whole = whole + "/" + responses[column].astype("str")
    return whole.set_axis(responses["response_id"].to_numpy())


def _cells(wave: Fieldwork, group: pd.Series, services: Sequence[str], cells: Sequence[str]) -> pd.DataFrame:
    """How many of each group rated each service well: ``service``, ``group``, ``count``, ``base``."""
    said = following.rated(wave)
    placed = said.assign(district=group.reindex(said["response_id"]).to_numpy())
    return tallies.by_service_and_district(placed, services, cells).rename(columns={"district": "group"})
