"""What people do about a theme: praise it, criticise it, both, or ask for something. Never one figure for all of it."""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
import pandas as pd


class Side(StrEnum):
    """Where somebody who raises a theme stands: each person on one side."""

    CRITICISM = "criticism"
    PRAISE = "praise"
    BOTH = "both"
    NEITHER = "neither"


REQUEST = "request"


def sides(comments: pd.DataFrame, codings: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Who raised which theme and on which side: ``response_id``, ``theme``, ``side`` and ``request``.

    One row per person and theme. Somebody who praises a theme in one comment and criticises it in another does both.
    Only themes among keys, and only comments that have been read.
    """
    read = comments.loc[comments["sentiment"].astype("str") != "", ["comment_id", "response_id"]]
    given = codings[["comment_id", "theme", "praise", "criticism", "request"]]
    mine = given[given["theme"].isin(list(keys))].merge(read, on="comment_id")
    each = mine.astype({"theme": "str"}).groupby(["response_id", "theme"], as_index=False)
    said = each[["praise", "criticism", "request"]].max()
    praise, criticism = said["praise"].astype(bool), said["criticism"].astype(bool)
    side = np.select([praise & criticism, criticism, praise], [Side.BOTH, Side.CRITICISM, Side.PRAISE], Side.NEITHER)
    return said[["response_id", "theme"]].assign(side=side, request=said["request"].astype(bool))


def by_side(sides: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """How those who raise each theme divide: ``theme``, ``side``, ``count`` and ``base``, which the four add up to."""
    whole = pd.MultiIndex.from_product([[str(key) for key in keys], list(map(str, Side))], names=["theme", "side"])
    count = sides.groupby(["theme", "side"]).size().reindex(whole, fill_value=0).rename("count").reset_index()
    return count.assign(base=count.groupby("theme")["count"].transform("sum"))


def asking(sides: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """How many of those who raise each ``theme`` ask for something: ``count`` of ``base``."""
    each = sides.groupby("theme")["request"].agg(["sum", "size"]).reindex([str(key) for key in keys], fill_value=0)
    return pd.DataFrame(
        {
            "theme": [str(key) for key in keys],
            "count": each["sum"].to_numpy("int64"),
            "base": each["size"].to_numpy("int64"),
        }
    )
