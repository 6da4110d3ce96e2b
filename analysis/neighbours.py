"""Neighbours: how many people could have written a comment, and so which place may be named beside it.

Its district, where that many answered about the same service there; its locality, where the districts of it that are
too small for that have enough people together and are several (of a single one, the locality would say which it is);
otherwise none. Of a comment that is not in English only those count who wrote in that language, and no locality is
named: a language by itself may tell a family.
"""

from collections import defaultdict
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.suppression import Policy
from analysis.upkeep import Frames

Whole = npt.NDArray[np.int64]
TOLD_OF_ALL = ("en", "unknown", "")  # what most write in, or nobody can tell


class Around(NamedTuple):
    """Some comments, each with its service and its district by number, and how many could have written it."""

    crowds: Whole
    services: Whole
    districts: Whole
    names: tuple[str, ...]  # of the districts, by number
    plain: npt.NDArray[np.bool_]  # whether a comment is in English

    @classmethod
    def of(cls, frames: Frames, rows: pd.DataFrame) -> "Around":
        """Of comments with ``response_id``, ``service``, ``district`` and ``tongue``, among all who answered."""
        services, districts, tongues = _Numbers(), _Numbers(), _Numbers()
        services.number("")
        homes = districts.of(frames.responses["district"])
        there = frames.responses["response_id"].to_numpy()
        at_home = pd.Series(homes, index=there)
        about = frames.answers[frames.answers["service"] != ""]
        answered = _pairs(about["response_id"].to_numpy(), services.of(about["service"]), at_home)
        everybody = np.column_stack([np.zeros(len(homes), dtype=np.int64), homes])
        service, district = services.of(rows["service"]), districts.of(rows["district"])
        crowds = _sizes(np.concatenate([answered, everybody]), np.column_stack([service, district]))
        tongue = tongues.of(rows["tongue"])
        speakers = _pairs(rows["response_id"].to_numpy(), tongue, at_home)
        same = _sizes(speakers, np.column_stack([tongue, district]))
        told_of_all = rows["tongue"].isin(TOLD_OF_ALL).to_numpy()
        return cls(
            np.where(told_of_all, crowds, np.minimum(crowds, same)),
            service,
            district,
            tuple(districts.known),
            (rows["tongue"] == "en").to_numpy(),
        )

    def named(self, places: pd.DataFrame, policy: Policy) -> npt.NDArray[np.object_]:
        """The place that may stand beside each comment, '' where none may.

        places has a row for each district, by code, with its ``name`` and its ``locality``.
        """
        known = places.reindex(list(self.names)).fillna("")
        names, localities = known["name"].to_numpy(dtype=object), known["locality"].to_numpy(dtype=object)
        enough = self.crowds >= policy.fewest
        wider = self._may_be_wider(localities, enough, policy) & self.plain & ~enough
        if not len(self.names):
            return np.full(len(self.crowds), "", dtype=object)
        return np.where(enough, names[self.districts], np.where(wider, localities[self.districts], ""))

    def _may_be_wider(
        self, localities: npt.NDArray[np.object_], enough: npt.NDArray[np.bool_], policy: Policy
    ) -> npt.NDArray[np.bool_]:
        """Of which comments the locality may be named."""
        small = np.flatnonzero(~enough & self.plain & (self.crowds > 0))
        kinds = np.unique(np.column_stack([self.services, self.districts, self.crowds])[small], axis=0)
        together: dict[tuple[int, str], list[int]] = defaultdict(list)
        for service, district, people in kinds.tolist():
            together[service, str(localities[district])].append(people)
        wide = {kind for kind, sizes in together.items() if len(sizes) > 1 and sum(sizes) >= policy.fewest and kind[1]}
        may = np.zeros(len(self.crowds), dtype=bool)
        pairs = zip(self.services[small].tolist(), self.districts[small].tolist(), strict=True)
        may[small] = [(service, str(localities[district])) in wide for service, district in pairs]
        return may


class _Numbers:
    """Texts as numbers, each the same wherever it is met."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def number(self, text: str) -> int:
        return self.known.setdefault(text, len(self.known))

    def of(self, column: pd.Series) -> Whole:
        places, texts = pd.factorize(column)
        numbers = np.array([self.number(str(text)) for text in texts], dtype=np.int64)
        return numbers[places] if len(texts) else np.zeros(len(column), dtype=np.int64)


def _pairs(who: Whole, what: Whole, at_home: pd.Series) -> Whole:
    """What and where, once for each person of whom it is so."""
    kinds = int(what.max(initial=0)) + 1
    once = np.unique(who * kinds + what)  # as one number, which is sorted much faster than two
    where = at_home.reindex(once // kinds).to_numpy(dtype="float64")
    known = ~np.isnan(where)
    return np.column_stack([once[known] % kinds, where[known].astype("int64")])


def _sizes(people: Whole, rows: Whole) -> Whole:
    """For each row of two numbers, how many people have the same two."""
    width = int(max(people[:, 1].max(initial=0), rows[:, 1].max(initial=0))) + 1
    counted = np.bincount(people[:, 0] * width + people[:, 1])
    wanted = rows[:, 0] * width + rows[:, 1]
    sizes: Whole = np.concatenate([counted, [0]])[np.minimum(wanted, len(counted))]
    return sizes
