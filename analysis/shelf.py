"""The shelf: the comments of a wave as somebody reads through them, to be narrowed, searched and put in order.

It holds the words that may be shown, folded for searching; so it is only for those who may read comments. Beside each
comment stands the place that may be named with it (see ``neighbours``).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.doubt import doubts
from analysis.neighbours import Around
from analysis.suppression import Policy
from analysis.text import finding, telling
from analysis.text.finding import Sought
from analysis.upkeep import Frames

Ids = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

ENGLISH = "en"
PUT_INTO_ENGLISH = "en-t-"  # how the language of a translation begins (BCP 47, extension T)
STANCES = ("praise", "criticism", "request")


class Order(StrEnum):
    """In which order comments are read."""

    TELLING = "Those that tell most first"
    NEWEST = "Newest first"
    OLDEST = "Oldest first"
    UNSURE = "Least sure first"


class Wanted(NamedTuple):
    """The filters: codes, or '' for all."""

    item: str = ""
    service: str = ""
    district: str = ""
    theme: str = ""
    sentiment: str = ""
    stance: str = ""
    language: str = ""

    @property
    def asks_the_model(self) -> bool:
        """Whether it leaves out comments by what was said of them, which nobody may see while they are coded blind."""
        return bool(self.theme or self.sentiment or self.stance)


class _Looked(NamedTuple):
    """What is worked out from a comment's words alone."""

    words: int  # as a number: what they were
    folded: str
    score: float


@dataclass(frozen=True, eq=False)
class Shelf:
    """Comments that have been read, by number; a row of every column for each."""

    rows: pd.DataFrame
    """``comment_id``, ``item``, ``service``, ``district``, ``tongue``, ``sentiment``, ``sent_at``, ``place`` (the name
    that may stand beside it, or '') and ``crowd`` (how many in its district could have written it)."""
    codings: pd.DataFrame
    keys: tuple[str, ...]
    looked: dict[int, _Looked]
    policy: Policy

    @cached_property
    def ids(self) -> Ids:
        """The numbers of the comments, in order."""
        return self.rows["comment_id"].to_numpy()

    @cached_property
    def folded(self) -> list[str]:
        """Their words, folded."""
        return [one.folded for one in self.looked.values()]

    @property
    def words(self) -> dict[int, int]:
        """What the words of each are, as a number."""
        return {number: one.words for number, one in self.looked.items()}

    def at(self, comment_id: int) -> int | None:
        """Where a comment stands, or None if it is not there."""
        place = int(np.searchsorted(self.ids, comment_id))
        return place if place < len(self.ids) and self.ids[place] == comment_id else None

    def among(self, ids: Collection[int]) -> Flags:
        """Which of the comments these are."""
        return np.isin(self.ids, np.fromiter(ids, dtype=np.int64, count=len(ids)))

    def passing(self, wanted: Wanted, *, blind: Collection[int] = ()) -> Flags:
        """Which comments pass these filters. Those coded blind pass none that asks what was said of them."""
        passes = np.ones(len(self.ids), dtype=bool)
        for column, code in zip(("item", "service", "sentiment", "tongue"), _codes(wanted), strict=True):
            if code:
                passes &= (self.rows[column] == code).to_numpy()
        if wanted.district:  # where every comment is known to be from it, those that too few could have written are out
            enough = self.rows["crowd"] >= self.policy.fewest
            passes &= ((self.rows["district"] == wanted.district) & enough).to_numpy()
        if wanted.stance:
            passes &= self.rows[wanted.stance].to_numpy()
        if wanted.theme:
            carriers = self.codings.loc[self.codings["theme"] == wanted.theme, "comment_id"]
            passes &= np.isin(self.ids, carriers.to_numpy())
        return passes & ~self.among(blind) if wanted.asks_the_model and blind else passes

    def having(self, passes: Flags, sought: Sought) -> Flags:
        """Of the comments that pass, those with all the words sought."""
        found = np.zeros(len(self.ids), dtype=bool)
        found[finding.having(self.folded, np.flatnonzero(passes).tolist(), sought)] = True
        return found

    def listed(self, passes: Flags, order: Order) -> Ids:
        """The numbers of the comments that pass, in an order."""
        ranks = self._ranks(order)
        return self.ids[ranks[passes[ranks]]]

    def _ranks(self, order: Order) -> npt.NDArray[np.intp]:
        match order:
            case Order.TELLING:
                return self._telling
            case Order.UNSURE:
                return self._unsure
            case Order.NEWEST:
                return self._oldest[::-1]
            case _:
                return self._oldest

    @cached_property
    def _oldest(self) -> npt.NDArray[np.intp]:
        return np.lexsort((self.ids, self.rows["sent_at"].to_numpy()))

    @cached_property
    def _telling(self) -> npt.NDArray[np.intp]:
        scores = np.fromiter((one.score for one in self.looked.values()), dtype=np.float64, count=len(self.looked))
        return np.lexsort((-self.ids, -scores))

    @cached_property
    def _unsure(self) -> npt.NDArray[np.intp]:
        unsure = doubts(self.rows, self.codings, self.keys).to_numpy()
        return np.lexsort((-self.ids, -unsure))


def shelved(
    frames: Frames, keys: Collection[str], places: pd.DataFrame, policy: Policy, before: Shelf | None = None
) -> Shelf:
    """The shelf of a wave: what was worked out before of words that are as they were is taken over.

    keys are the themes that people approved; places has a row for each district, by code, with its ``name`` and its
    ``locality``. A comment that nobody has read yet is not there.
    """
    said = frames.comments[frames.comments["words"] != ""].sort_values("comment_id", ignore_index=True)
    columns = ["comment_id", "response_id", "item", "service", "language", "sentiment", "unsure", *STANCES]
    homes = frames.responses[["response_id", "sent_at", "district"]]
    rows = said[columns].merge(homes, on="response_id", how="left").assign(tongue=_tongue(said["language"]))
    around = Around.of(frames, rows)
    rows = rows.assign(crowd=around.crowds, place=around.named(places, policy))
    looked = _looked(zip(said["comment_id"].tolist(), said["words"].tolist(), strict=True), before)
    return Shelf(rows, frames.codings, tuple(keys), looked, policy)


def _codes(wanted: Wanted) -> tuple[str, str, str, str]:
    return wanted.item, wanted.service, wanted.sentiment, wanted.language


def _looked(said: Iterable[tuple[int, str]], before: Shelf | None) -> dict[int, _Looked]:
    known_before = before.looked if before else {}
    looked = {}
    for number, words in said:
        known, now = known_before.get(number), hash(words)
        looked[number] = known if known and known.words == now else _look(words, now)
    return looked


def _look(words: str, now: int) -> _Looked:
    folded = finding.fold(words)
    return _Looked(now, folded, telling.score(folded))


def _tongue(language: pd.Series) -> pd.Series:
    """The language that each was written in, also where it is shown in English."""
    places, tags = pd.factorize(language)
    spoken = np.array([str(tag).removeprefix(PUT_INTO_ENGLISH) for tag in tags], dtype=object)
    return pd.Series(spoken[places] if len(tags) else [], index=language.index, dtype=object)
