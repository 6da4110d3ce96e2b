"""The latest comments, each with what is known of it and nothing that narrows down who wrote it."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import pandas as pd

from analysis.overview import Chosen, Scope, narrowed
from analysis.suppression import Policy
from analysis.upkeep import Frames


class Remark(NamedTuple):
    """One comment as an officer sees it, in the words that may be shown."""

    comment_id: int
    words: str
    language: str
    sent_at: datetime
    sentiment: str
    themes: tuple[str, ...]
    service: str
    """Its name, '' where the comment is about none."""
    district: str
    """Its name, '' where too few people there could have written this."""


def latest(frames: Frames, scope: Scope, chosen: Chosen, policy: Policy, *, most: int = 10) -> list[Remark]:
    """The comments under those filters that were sent last and have been read, the latest first.

    frames holds the whole wave. A district is named only where at least the policy's fewest people there
    answered about the same service (or at all, for a comment about none); where a district is
    chosen, so that every comment is known to be from it, the others are left out.
    """
    comments = narrowed(frames, chosen).comments
    read = comments[(comments["sentiment"] != "") & (comments["words"] != "")]
    placed = read.merge(frames.responses[["response_id", "sent_at", "district"]], on="response_id")
    if chosen.district:
        placed = placed[_crowds(frames, placed) >= policy.fewest]
    return _told(frames, scope, placed.nlargest(most, ["sent_at", "comment_id"]), policy)


def these(frames: Frames, scope: Scope, comment_ids: Sequence[int], policy: Policy) -> list[Remark]:
    """Those of these comments that are in the frames, the latest first, each with as much as ``latest`` tells."""
    wanted = frames.comments[frames.comments["comment_id"].isin(comment_ids)]
    placed = wanted.merge(frames.responses[["response_id", "sent_at", "district"]], on="response_id")
    return _told(frames, scope, placed.sort_values(["sent_at", "comment_id"], ascending=False), policy)


def _told(frames: Frames, scope: Scope, newest: pd.DataFrame, policy: Policy) -> list[Remark]:
    newest = newest.assign(crowd=_crowds(frames, newest))
    labels = _labels(frames.codings, newest["comment_id"], scope.themes)
    columns = ("comment_id", "words", "language", "sent_at", "sentiment", "service", "district", "crowd")
    return [
        Remark(
            int(comment_id),
            words,
            language,
            sent_at.to_pydatetime(),
            sentiment,
            labels.get(comment_id, ()),
            str(scope.services.get(service, "")),
            str(scope.districts.get(district, "")) if crowd >= policy.fewest else "",
        )
        for comment_id, words, language, sent_at, sentiment, service, district, crowd in zip(
            *(newest[column] for column in columns), strict=True
        )
    ]


def _labels(codings: pd.DataFrame, comment_ids: pd.Series, names: pd.Series) -> dict[int, tuple[str, ...]]:
    """The names of each comment's themes, the strongest first."""
    given = codings[codings["comment_id"].isin(comment_ids) & codings["theme"].isin(names.index)]
    ranked = given.sort_values("strength", ascending=False, kind="stable")
    labelled = ranked.assign(label=ranked["theme"].astype("str").map(names))
    return {int(str(comment)): tuple(of["label"]) for comment, of in labelled.groupby("comment_id", sort=False)}


def _crowds(frames: Frames, placed: pd.DataFrame) -> pd.Series:
    """For each comment, how many people in its district answered about what it is about."""
    homes = frames.responses[["response_id", "district"]]
    kinds = placed[["service", "district"]].astype("str")
    sizes: dict[tuple[str, str], int] = {}
    for service, district in kinds.drop_duplicates().itertuples(index=False, name=None):
        neighbours = homes.loc[homes["district"] == district, "response_id"]
        if service:
            about = frames.answers.loc[frames.answers["service"] == service, "response_id"]
            neighbours = neighbours[neighbours.isin(about)]
        sizes[service, district] = neighbours.nunique()
    pairs = zip(kinds["service"], kinds["district"], strict=True)
    return pd.Series([sizes[pair] for pair in pairs], index=placed.index, dtype="int64")
