"""Keeping frames up to date with what is new, at the cost of what is new rather than of what is there."""

from collections.abc import Collection
from typing import NamedTuple

import pandas as pd
from pandas.api.types import union_categoricals


class Frames(NamedTuple):
    """One wave as ``analysis.columns`` describes it."""

    responses: pd.DataFrame
    answers: pd.DataFrame
    comments: pd.DataFrame
    codings: pd.DataFrame


def kept(frames: Frames) -> Frames:
    """The same frames as they are held in memory: text that repeats as categories, which are small and quick."""
    return Frames(*(frame.astype(_repeating(frame)) for frame in frames))


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
