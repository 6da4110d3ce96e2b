"""The latest comments, each with what is known of it and nothing that narrows down who wrote it."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis import upkeep
from analysis.cube import WAYS, Axes, Cube, Whole, located
from analysis.nested import kept_apart
from analysis.overview import Chosen, Scope
from analysis.suppression import Policy
from analysis.upkeep import Frames, Kept

Flags = npt.NDArray[np.bool_]

_AT_ONCE = 50_000  # comments looked through to find some that are wanted and still stand


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


class Shelf:
    """The comments of some frames that have been read, the latest first, found by service and by home."""

    def __init__(self, frames: Frames, axes: Axes) -> None:
        comments, responses = frames.comments, frames.responses
        rows = located(comments, responses, axes)
        at = pd.Index(responses["response_id"]).get_indexer(pd.Index(comments["response_id"]))
        sent = np.append(responses["sent_at"].to_numpy("datetime64[us]"), np.datetime64(0, "us"))[at]
        read = (comments["sentiment"] != "").to_numpy() & (comments["words"] != "").to_numpy()
        (kept,) = np.nonzero(read)
        newest = kept[np.lexsort((comments["comment_id"].to_numpy()[kept], sent[kept]))[::-1]]
        self.frames = frames
        self.codings = upkeep.in_order(frames.codings, "comment_id")
        self.place = newest.astype("int32")
        self.sent = sent[newest]
        self.response = comments["response_id"].to_numpy()[newest]
        self.level = rows["level"].to_numpy()[newest].astype("int16")
        self.home = rows["home"].to_numpy()[newest].astype("int16")

    def newest(self, wanted: Flags, without: frozenset[int], most: int) -> Whole:
        """Where the latest are of those wanted, by level and home, leaving out what these responses said."""
        gone, standing, seen = np.fromiter(without, dtype="int64"), np.zeros(0, dtype="int64"), 0
        while len(standing) < most and seen < len(self.level):
            some = slice(seen, seen + _AT_ONCE)
            found = seen + np.flatnonzero(wanted[self.level[some], self.home[some]])
            standing, seen = np.append(standing, found[~np.isin(self.response[found], gone)]), seen + _AT_ONCE
        return standing[:most]

    def holding(self, comment_ids: Collection[int], without: frozenset[int]) -> Whole:
        """Where those of these comments are that are here, leaving out what these responses said."""
        numbers = self.frames.comments["comment_id"].to_numpy()[self.place]
        kept = np.isin(numbers, list(comment_ids)) & ~np.isin(self.response, list(without))
        return np.flatnonzero(kept)


class Placed(NamedTuple):
    """Where the comments about each service may be said to come from, by level, district and way."""

    named: Flags
    by_way: Flags


def placed(cube: Cube, policy: Policy) -> Placed:
    """Where a comment may be said to come from.

    A district where enough people told of the same service (or answered at all, for a comment about none); with it as
    many others are left out as it takes for those that are left out to be enough together. A way of answering where
    moreover every way in that district has nobody or enough people: so that no comment is known by the lists it is
    missing from.
    """
    people = np.concatenate([cube.responses[1:-1], cube.responses[:1]])
    whole = people.sum(axis=2)
    named = np.array([kept_apart(row, policy.fewest) for row in whole])
    ways = ((people == 0) | (people >= policy.fewest)).all(axis=2)
    return Placed(_as_levels(named), _as_levels(named & ways))


def latest(
    kept: Kept,
    cube: Cube,
    scope: Scope,
    chosen: Chosen,
    policy: Policy,
    *,
    left_out: frozenset[int] = frozenset(),
    most: int = 10,
) -> list[Remark]:
    """The comments under those filters that were sent last and have been read, the latest first.

    A district is named, and a comment found by its district or its way, only where that gives nobody away (``placed``).
    Of the responses in left_out none is shown.
    """
    may = placed(cube, policy)
    wanted = _wanted(cube, chosen, may)
    found = [
        remark
        for shelf, without in _shelves(kept, cube.axes, left_out)
        for remark in _told(shelf, shelf.newest(wanted, without, most), may, scope, cube.axes)
    ]
    return _newest_first(found)[:most]


def these(
    kept: Kept,
    cube: Cube,
    scope: Scope,
    comment_ids: Collection[int],
    policy: Policy,
    *,
    left_out: frozenset[int] = frozenset(),
) -> list[Remark]:
    """Those of these comments that have been read, the latest first, each with as much as ``latest`` tells."""
    may = placed(cube, policy)
    found = [
        remark
        for shelf, without in _shelves(kept, cube.axes, left_out)
        for remark in _told(shelf, shelf.holding(comment_ids, without), may, scope, cube.axes)
    ]
    return _newest_first(found)


def _shelves(kept: Kept, axes: Axes, left_out: frozenset[int]) -> Iterator[tuple[Shelf, frozenset[int]]]:
    """What has long been there and what is recent, each with the responses that are not to be looked for in it."""
    yield kept.of_settled(Shelf, axes), frozenset(kept.stale) | left_out
    yield Shelf(kept.recent, axes), left_out


def _newest_first(found: list[Remark]) -> list[Remark]:
    return sorted(found, key=lambda remark: (remark.sent_at, remark.comment_id), reverse=True)


def _wanted(cube: Cube, chosen: Chosen, may: Placed) -> Flags:
    """Which comments are asked for and may be found, by level and home."""
    axes = cube.axes
    wanted = np.ones(axes.shape, dtype=bool)
    if chosen.service:
        wanted &= (np.arange(axes.shape[0]) == 1 + axes.services.index(chosen.service))[:, None, None]
    if chosen.district:
        here = np.arange(axes.shape[1]) == axes.districts.index(chosen.district)
        wanted &= (may.named & here)[:, :, None]
    if chosen.channel:
        wanted &= may.by_way[:, :, None] & (np.arange(axes.shape[2]) == WAYS.index(chosen.channel))
    return wanted.reshape(axes.shape[0], -1)


def _as_levels(flags: Flags) -> Flags:
    """By service and the rest, with a row before them for anything at all, of which no comment is."""
    return np.concatenate([np.zeros_like(flags[:1]), flags])


def _told(shelf: Shelf, found: Whole, may: Placed, scope: Scope, axes: Axes) -> Iterator[Remark]:
    rows = shelf.frames.comments.iloc[shelf.place[found]]
    labels = _labels(upkeep.found(shelf.codings, "comment_id", np.sort(rows["comment_id"])), scope.themes)
    columns = ("comment_id", "words", "language", "sentiment", "service")
    places = zip(shelf.level[found], shelf.home[found] // len(WAYS), shelf.sent[found], strict=True)
    said = zip(*(rows[column] for column in columns), places, strict=True)
    for comment_id, words, language, sentiment, service, (level, district, sent) in said:
        known = district < len(axes.districts) and may.named[level, district]
        yield Remark(
            int(comment_id),
            words,
            language,
            pd.Timestamp(sent, tz="UTC").to_pydatetime(),
            sentiment,
            labels.get(comment_id, ()),
            str(scope.services.get(service, "")),
            str(scope.districts[axes.districts[district]]) if known else "",
        )


def _labels(codings: pd.DataFrame, names: pd.Series) -> dict[int, tuple[str, ...]]:
    """The names of each comment's themes, the strongest first."""
    given = codings[codings["theme"].isin(names.index)]
    ranked = given.sort_values("strength", ascending=False, kind="stable")
    labelled = ranked.assign(label=ranked["theme"].astype("str").map(names))
    return {int(str(comment)): tuple(of["label"]) for comment, of in labelled.groupby("comment_id", sort=False)}
