"""The comments by which a theme is understood: those nearest to what it is about, and those on its border."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from analysis.upkeep import Frames

FEW = 3
_CONSIDERED = 30  # of a theme's comments, so many may be its examples


class Example(NamedTuple):
    """One comment, in the words that may be shown."""

    comment_id: int
    words: str
    language: str
    given_by: str


class Examples(NamedTuple):
    """Comments of one theme: the most typical first, and of those on its border the least certain first."""

    nearest: tuple[Example, ...]
    borderline: tuple[Example, ...]


def examples(frames: Frames, keys: Sequence[str], *, most: int = FEW) -> dict[str, Examples]:
    """For each theme up to ``most`` comments nearest to it, and as many others that only just belong to it.

    Nearest are those that carry it most strongly. On the border are those that a model gave it with the least margin
    over the next theme or, where no margin is known, the least strength. Comments that differ in marks or capitals
    alone are shown once.
    """
    said = frames.comments.loc[frames.comments["words"] != "", ["comment_id", "words", "language"]]
    rows = frames.codings[frames.codings["theme"].isin(keys)].merge(said, on="comment_id")
    rows = rows.assign(theme=rows["theme"].astype("str")).sort_values(
        ["strength", "comment_id"], ascending=[False, True]
    )
    rows = rows.drop_duplicates(["theme", "words"])
    near = _different(rows)
    doubtful = rows[rows["given_by"] == "model"].sort_values(["margin", "strength", "comment_id"], na_position="last")
    near = near.groupby("theme", sort=False).head(most)
    border = _different(pd.concat([near, doubtful]))
    border = border.drop(near.index).groupby("theme", sort=False).head(most)
    return {key: Examples(_of(near, key), _of(border, key)) for key in keys}


def _different(rows: pd.DataFrame) -> pd.DataFrame:
    """Of the first comments of each theme those that differ from all before in more than their marks and capitals."""
    first = rows[~rows.index.duplicated()].groupby("theme", sort=False).head(_CONSIDERED)
    said = first["words"].str.casefold().str.findall(r"\w+").str.join(" ")
    return first[~first.assign(said=said).duplicated(["theme", "said"])]


def _of(rows: pd.DataFrame, key: str) -> tuple[Example, ...]:
    mine = rows[rows["theme"] == key]
    columns = (mine[name] for name in ("comment_id", "words", "language", "given_by"))
    return tuple(
        Example(int(comment_id), str(words), str(language), str(given_by))
        for comment_id, words, language, given_by in zip(*columns, strict=True)
    )
