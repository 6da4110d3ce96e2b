"""In which order people look at what a model said: what it was least sure of first."""

from collections.abc import Collection

import pandas as pd

from analysis.upkeep import Frames

_ENGLISH = "en"


def doubtful_first(frames: Frames, keys: Collection[str], *, seen: Collection[int] = (), only: str = "") -> list[int]:
    """Numbers of the comments to look at, the least sure first and of those alike the newest.

    A comment is in doubt whose sentiment the model does not claim, and the more so the weaker its weakest theme is, or
    the less its suggested theme leads over the next. Themes are those of these keys; ``only`` leaves in those comments
    alone that carry one theme. Comments among ``seen`` are left out, as are those not in English, which a person reads
    with their translation.
    """
    comments = frames.comments
    left = comments[
        (comments["sentiment"] != "")
        & (comments["words"] != "")
        & (comments["language"] == _ENGLISH)
        & ~comments["comment_id"].isin(seen)
    ]
    if only:
        carriers = frames.codings.loc[frames.codings["theme"] == only, "comment_id"]
        left = left[left["comment_id"].isin(carriers)]
    ranked = left.assign(doubt=doubts(left, frames.codings, keys))
    ranked = ranked.sort_values(["doubt", "comment_id"], ascending=[False, False])
    return [int(number) for number in ranked["comment_id"]]


def doubts(comments: pd.DataFrame, codings: pd.DataFrame, keys: Collection[str]) -> pd.Series:
    """How unsure the model is of each of these comments: from 0 to 2, by row (see ``doubtful_first``)."""
    about = codings[codings["comment_id"].isin(comments["comment_id"])]
    weakest = 1 - about[about["theme"].isin(keys)].groupby("comment_id")["strength"].min()
    closest = (1 - about.groupby("comment_id")["margin"].min()) / 2
    ids = comments["comment_id"]
    found = pd.DataFrame({"weak": ids.map(weakest), "close": ids.map(closest)}).max(axis=1).fillna(0)
    return found + comments["unsure"]
