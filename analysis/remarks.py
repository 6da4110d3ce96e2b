"""The latest comments, each with what is known of it and nothing that narrows down who wrote it."""

from datetime import datetime
from typing import NamedTuple

import pandas as pd

from analysis.overview import Scope
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


def latest(frames: Frames, scope: Scope, policy: Policy, *, most: int = 10) -> list[Remark]:
    """The comments that were sent last and have been read, the latest first.

    frames holds the comments to choose from and *all* responses of the wave: a district is named only
    where at least the policy's fewest people there answered about the same service (or at all,
    for a comment about none).
    """
    read = frames.comments[(frames.comments["sentiment"] != "") & (frames.comments["words"] != "")]
    placed = read.merge(frames.responses[["response_id", "sent_at", "district"]], on="response_id")
    newest = placed.nlargest(most, ["sent_at", "comment_id"])
    labels = _labels(frames.codings, newest["comment_id"], scope.themes)
    crowds = _crowds(frames, newest)
    columns = ("comment_id", "words", "language", "sent_at", "sentiment", "service", "district")
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
        for (comment_id, words, language, sent_at, sentiment, service, district), crowd in zip(
            zip(*(newest[column] for column in columns), strict=True), crowds, strict=True
        )
    ]


def _labels(codings: pd.DataFrame, comment_ids: pd.Series, names: pd.Series) -> dict[int, tuple[str, ...]]:
    """The names of each comment's themes, the strongest first."""
    given = codings[codings["comment_id"].isin(comment_ids) & codings["theme"].isin(names.index)]
    ranked = given.sort_values("strength", ascending=False, kind="stable")
    labelled = ranked.assign(label=ranked["theme"].astype("str").map(names))
    return {int(str(comment)): tuple(of["label"]) for comment, of in labelled.groupby("comment_id", sort=False)}


def _crowds(frames: Frames, placed: pd.DataFrame) -> list[int]:
    """For each comment, how many people in its district answered about what it is about."""
    homes = frames.responses[["response_id", "district"]]
    crowds = []
    for service, district in zip(placed["service"], placed["district"], strict=True):
        neighbours = homes.loc[homes["district"] == district, "response_id"]
        if service:
            about = frames.answers.loc[frames.answers["service"] == service, "response_id"]
            neighbours = neighbours[neighbours.isin(about)]
        crowds.append(neighbours.nunique())
    return crowds
