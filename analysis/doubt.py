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
    codings = frames.codings[frames.codings["theme"].isin(keys)]
    if only:
        carriers = frames.codings.loc[frames.codings["theme"] == only, "comment_id"]
        left = left[left["comment_id"].isin(carriers)]
    weakest = 1 - codings.groupby("comment_id")["strength"].min()
    closest = (1 - frames.codings.groupby("comment_id")["margin"].min()) / 2
    ids = left["comment_id"]
    doubts = pd.DataFrame({"weak": ids.map(weakest), "close": ids.map(closest)}).max(axis=1).fillna(0)
    ranked = left.assign(doubt=doubts + left["unsure"]).sort_values(["doubt", "comment_id"], ascending=[False, False])
    return [int(number) for number in ranked["comment_id"]]
