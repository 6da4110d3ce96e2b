"""Comments that say nearly the same as one another, in groups: a text passed round, or one sent again and again.

A campaign is people's view like any other: nothing is left out of a figure for it. Which comments are alike has been
found before (``analysis.text.likeness``); here they are gathered and counted.
"""

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.suppression import Policy, release_counts
from analysis.upkeep import Frames


class Group(NamedTuple):
    """Comments that say nearly the same, and one of them in the words that may be shown: the one sent first."""

    people: int
    words: str
    """"" where this reader is to see the words of none of them."""
    language: str


class Repeats(NamedTuple):
    """How many comments repeat another one, and the largest groups."""

    comments: int
    """All those in a group of two or more people; 0 where that number is held back."""
    groups: tuple[Group, ...]
    """The largest first. Those of fewer than the policy's fewest people are counted above and not listed."""


def repeated(
    frames: Frames, alike: pd.DataFrame, policy: Policy, *, most: int = 5, unquoted: Collection[int] = ()
) -> Repeats:
    """The comments of a wave that were read and say nearly the same as another, whatever filters are chosen.

    alike has one row per comment that is like an earlier one: ``comment_id`` and ``earlier_id``,
    of the whole consultation. Counted are people: who says it twice is one. What is like the same
    comment is one group, even where its ends have little in common any more. The responses in unquoted are counted,
    and none of their words are shown.
    """
    first = _firsts(alike)
    in_groups = np.fromiter({*first, *first.values()}, dtype="int64")
    comments = frames.comments[frames.comments["comment_id"].isin(in_groups)]
    read = comments[(comments["sentiment"] != "") & (comments["words"] != "")]
    grouped = read.assign(group=read["comment_id"].map(first).fillna(read["comment_id"]).astype("int64"))
    once = grouped.sort_values("comment_id").drop_duplicates(["group", "response_id"])
    quoted = once[~once["response_id"].isin(unquoted)].groupby("group")
    counts = pd.DataFrame(
        {
            "count": once.groupby("group").size(),
            "words": quoted["words"].first(),
            "spoken": quoted["language"].first().astype("str"),
        }
    ).fillna({"words": "", "spoken": ""})
    several = counts[counts["count"] > 1].sort_values("count", ascending=False, kind="stable")
    total = pd.DataFrame({"count": [int(several["count"].sum())]})
    told = release_counts(total, policy).figures["count"].fillna(0)
    listed = release_counts(several[several["count"] >= policy.fewest], policy).shown.head(most)
    rows = zip(listed["count"], listed["words"], listed["spoken"], strict=True)
    return Repeats(int(told.iloc[0]), tuple(Group(int(count), words, spoken) for count, words, spoken in rows))


def _firsts(alike: pd.DataFrame) -> dict[int, int]:
    """For each comment that is in a group, the earliest of the group, by following which is like which."""
    first: dict[int, int] = {}
    for comment, earlier in sorted(zip(alike["comment_id"], alike["earlier_id"], strict=True)):
        first[int(comment)] = first.get(int(earlier), int(earlier))
    return first
