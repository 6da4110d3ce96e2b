"""Keeping frames up to date with what is new, at the cost of what is new rather than of what is there."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.types import union_categoricals

Made = TypeVar("Made")
Known = TypeVar("Known")
Whole = npt.NDArray[np.int64]

MANY: Final = 20_000
"""So many responses may be kept beside the others before all are put together again."""


class Frames(NamedTuple):
    """One wave as ``analysis.columns`` describes it."""

    responses: pd.DataFrame
    answers: pd.DataFrame
    comments: pd.DataFrame
    codings: pd.DataFrame


def kept(frames: Frames) -> Frames:
    """The same frames as they are held in memory: text that repeats as categories, which are small and quick."""
    return Frames(*(frame.astype(_repeating(frame)) for frame in frames))


@dataclass(frozen=True, eq=False)
class Kept:
    """Frames in two parts: those that have settled, in the order of responses, and what came or changed since.

    What is new goes into the second alone, so that a million rows are not copied for one. ``stale`` are the settled
    responses that do not stand any more as they are there. Never altered: what is newer is another one.
    """

    settled: Frames
    stale: frozenset[int]
    recent: Frames
    _once: dict[Any, tuple[Any, Any]] = field(default_factory=dict)

    @cached_property
    def whole(self) -> Frames:
        """Everything that stands, as one."""
        if not self.stale and self.recent.responses.empty:
            return self.settled
        return renewed(self.settled, self.recent, self.stale)

    def rows_of(self, ids: Collection[int]) -> Frames:
        """What is known of some responses."""
        wanted = np.array(sorted(set(ids) - self.stale), dtype="int64")
        by_response = [found(frame, "response_id", wanted) for frame in self.settled[:3]]
        codings = found(self.settled.codings, "comment_id", np.sort(by_response[2]["comment_id"].to_numpy()))
        late = [frame[frame["response_id"].isin(ids)] for frame in self.recent[:3]]
        late_codings = self.recent.codings[self.recent.codings["comment_id"].isin(late[2]["comment_id"])]
        pairs = zip((*by_response, codings), (*late, late_codings), strict=True)
        responses, answers, comments, codings = (_joined(one, other) for one, other in pairs)
        return Frames(responses, answers, comments, codings)

    def with_news(self, fresh: Frames, touched: Collection[int]) -> "Kept":
        """The same with everything about the responses touched taken out and the fresh rows put in."""
        there = found(self.settled.responses[["response_id"]], "response_id", np.array(sorted(touched), dtype="int64"))
        stale = self.stale | frozenset(there["response_id"].tolist())
        recent = renewed(self.recent, fresh, touched)
        if len(stale) + len(recent.responses) > max(MANY, len(self.settled.responses) // 20):
            return settle(renewed(self.settled, recent, stale))
        return Kept(self.settled, stale, recent, self._once)

    def of_settled(self, make: Callable[[Frames, Known], Made], known: Known) -> Made:
        """What is made from the settled frames and something else that is known, made once."""
        before, made = self._once.get(make, (None, None))
        if made is None or before != known:
            made = make(self.settled, known)
            self._once[make] = known, made
        return made  # type: ignore[no-any-return]


def settle(frames: Frames) -> Kept:
    """Frames put in the order in which the rows of a response are found at once."""
    responses, answers, comments = (in_order(frame, "response_id") for frame in frames[:3])
    settled = Frames(responses, answers, comments, in_order(frames.codings, "comment_id"))
    return Kept(settled, frozenset(), Frames(*(frame.iloc[:0] for frame in settled)))


def in_order(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """The rows of a frame in the order in which ``found`` looks for them."""
    if frame[column].is_monotonic_increasing:
        return frame
    return frame.sort_values(column, kind="stable", ignore_index=True)


def found(frame: pd.DataFrame, column: str, ids: Whole) -> pd.DataFrame:
    """The rows of a frame in that order which have one of the ids, themselves in order."""
    there = frame[column].to_numpy()
    first, last = there.searchsorted(ids, "left"), there.searchsorted(ids, "right")
    spans = [np.arange(begin, end) for begin, end in zip(first, last, strict=True) if end > begin]
    return frame.iloc[np.concatenate(spans) if spans else []]


def renewed(held: Frames, fresh: Frames, stale: Collection[int]) -> Frames:
    """Held frames with everything about the stale responses taken out and the fresh rows put in.

    stale holds the response_id of every response that changed, was added or was withdrawn; fresh
    the present rows of those that still stand. A response that is new costs only its own rows.
    """
    old = held.responses["response_id"].isin(stale).any()
    if not old:
        return Frames(*(_joined(one, other) for one, other in zip(held, fresh, strict=True)))
    about = held.comments.loc[held.comments["response_id"].isin(stale), "comment_id"]
    standing = Frames(
        _without(held.responses, "response_id", stale),
        _without(held.answers, "response_id", stale),
        _without(held.comments, "response_id", stale),
        _without(held.codings, "comment_id", about),
    )
    return Frames(*(_joined(one, other) for one, other in zip(standing, fresh, strict=True)))


def _without(frame: pd.DataFrame, column: str, ids: Collection[int] | pd.Series) -> pd.DataFrame:
    return frame[~frame[column].isin(ids)]


def _repeating(frame: pd.DataFrame) -> dict[str, str]:
    """The columns whose text repeats: all text but people's own words."""
    return {
        str(name): "category" for name in frame if name != "words" and isinstance(frame[name].dtype, pd.StringDtype)
    }


def _joined(held: pd.DataFrame, fresh: pd.DataFrame) -> pd.DataFrame:
    if fresh.empty:
        return held
    if held.empty:
        return fresh
    names = [str(name) for name in held if isinstance(held[name].dtype, pd.CategoricalDtype)]
    # Of one kind on both sides: otherwise every value there is would be written out as text to join them.
    kinds = {name: union_categoricals([held[name].iloc[:0], fresh[name].iloc[:0]]).dtype for name in names}
    return pd.concat([_of_kinds(held, kinds), _of_kinds(fresh, kinds)], ignore_index=True)


def _of_kinds(frame: pd.DataFrame, kinds: dict[str, pd.CategoricalDtype]) -> pd.DataFrame:
    return frame.assign(
        **{
            name: frame[name].cat.set_categories(kind.categories)
            for name, kind in kinds.items()
            if not frame[name].cat.categories.equals(kind.categories)
        }
    )
