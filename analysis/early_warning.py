"""Early warning: themes and words that burst in one district, or about one service, with the comments that say so."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.bursts import WINDOW, Burst, bursts_on, daily
from analysis.overview import Scope
from analysis.suppression import Policy
from analysis.upkeep import Frames
from survey.local_days import LOCAL

LATELY = 14
"""Days back from the last answer for which bursts are told."""
WORDS_FROM = 20_000
"""Words are looked for in so many comments, the latest."""
SHORTEST = 4
"""Letters of a word that is looked for."""
SAME = 0.5
"""Two bursts in one place are one if they share this part of the people of the smaller."""

_WORD = re.compile(r"[^\W\d_]+")
_HIDDEN = re.compile(r"\[[a-z ]+\]")  # where a personal detail was


class Warned(NamedTuple):
    """One early warning."""

    themes: tuple[str, ...]
    """Keys of the themes that burst, the least likely first."""
    words: tuple[str, ...]
    """Words that burst, each said by at least the policy's fewest people."""
    place: str
    """Code of the district or service."""
    is_service: bool
    people: int
    expected: float
    """How many people would have said the first of these in as many days, by what was said before."""
    since: pd.Timestamp
    until: pd.Timestamp
    comment_ids: tuple[int, ...]
    """The comments that say so, the latest first."""
    district: str
    """Where at least half of these people live, if at least the policy's fewest live there; "" otherwise."""
    from_there: int

    @property
    def about(self) -> str:
        """What it is known by: its first theme, or else its first word."""
        return self.themes[0] if self.themes else self.words[0]


class Kind(NamedTuple):
    """One way of looking: what was said, and where."""

    of_words: bool
    by_service: bool
    chance: float
    """Of any false alarm in a day, as calculated. Days overlap and numbers are whole, so the true chance of something
    new is far smaller; what one person says of a service goes together, so for themes of a service it is larger."""


KINDS = (
    Kind(of_words=False, by_service=False, chance=0.16),
    Kind(of_words=False, by_service=True, chance=0.005),
    Kind(of_words=True, by_service=False, chance=0.1),
    Kind(of_words=True, by_service=True, chance=0.05),
)
"""Chosen on null months of the demonstration, seeds 1 and 2, so that all together tell less than one thing a month."""


class _Found(NamedTuple):
    """One burst with the people and comments behind it."""

    burst: Burst
    kind: Kind
    said: pd.DataFrame
    people: frozenset[int]


def warnings(frames: Frames, scope: Scope, policy: Policy) -> list[Warned]:
    """What burst in the last ``LATELY`` days up to the last answer, what most people spoke of first.

    A district or service, a theme and a word are named only where the policy's fewest people or more spoke of it
    there in those days.
    """
    people = frames.responses.assign(day=days(frames.responses["sent_at"]))
    comments = frames.comments[frames.comments["words"] != ""]
    if comments.empty:
        return []
    told = comments.merge(people[["response_id", "day", "district", "sent_at"]], on="response_id")
    found = [
        one for kind in KINDS for one in _bursts(_placed(told, scope, kind), _said(told, frames, scope, kind), kind)
    ]
    grouped = _together([one for one in found if one.burst.people >= policy.fewest])
    return sorted(
        (_warned(group, scope, policy) for group in grouped), key=lambda one: (-one.people, one.place, one.about)
    )


def days(moments: pd.Series) -> pd.Series:
    """The day of each moment, by the clock in Lancashire, as a whole number."""
    local = pd.to_datetime(moments, utc=True).dt.tz_convert(LOCAL).dt.tz_localize(None)
    return (local.dt.normalize() - pd.Timestamp(0)).dt.days.astype("int64")


def word_rows(texts: pd.Series) -> pd.DataFrame:
    """The words of each text that may carry a subject, once each: ``row`` (its index) and ``about``."""
    empty = _empty()
    pairs = [
        (row, word)
        for row, text in texts.items()
        for word in set(_WORD.findall(_HIDDEN.sub(" ", str(text)).casefold()))
        if len(word) >= SHORTEST and word not in empty
    ]
    return pd.DataFrame(pairs, columns=["row", "about"])


@cache
def _empty() -> frozenset[str]:
    lists = tomllib.loads((Path(__file__).parent / "text" / "words.toml").read_text(encoding="utf-8"))
    return frozenset(" ".join(lists.values()).split())


def _placed(told: pd.DataFrame, scope: Scope, kind: Kind) -> pd.DataFrame:
    """Comments with the place they count for: of those that have one."""
    column, known = ("service", scope.services) if kind.by_service else ("district", scope.districts)
    placed = told.assign(place=told[column].astype("str"))
    return placed[placed["place"].isin(known.index)]


def _said(told: pd.DataFrame, frames: Frames, scope: Scope, kind: Kind) -> pd.DataFrame:
    """What each comment says: ``comment_id`` and ``about``."""
    if not kind.of_words:
        given = frames.codings[frames.codings["theme"].isin(scope.themes.index)]
        return given[["comment_id"]].assign(about=given["theme"].astype("str"))
    latest = told.nlargest(WORDS_FROM, "sent_at").set_index("comment_id")["words"]
    return word_rows(latest).rename(columns={"row": "comment_id"}).astype({"comment_id": "int64"})


def _bursts(placed: pd.DataFrame, said: pd.DataFrame, kind: Kind) -> Iterator[_Found]:
    """Each series that burst, as it was on the day on which it did most clearly."""
    if placed.empty or said.empty:
        return
    rows = said.merge(placed[["comment_id", "response_id", "place", "day", "sent_at", "district"]], on="comment_id")
    rows = rows.rename(columns={"response_id": "person"})
    last = int(placed["day"].max())
    people = placed.rename(columns={"response_id": "person"})[["person", "day", "place"]]
    counted = daily(people, rows[rows["about"].isin(_spoken_lately(rows, last))])
    clearest: dict[tuple[str, str], Burst] = {}
    for day in range(last - LATELY + 1, last + 1):
        for one in bursts_on(counted, day, daily_chance=kind.chance):
            known = clearest.setdefault((one.about, one.place), one)
            if one.chance < known.chance:
                clearest[one.about, one.place] = one
    lately = rows[rows["day"] > last - LATELY - WINDOW].groupby(["about", "place"])
    for burst in clearest.values():
        mine = lately.get_group((burst.about, burst.place))
        said = mine[mine["day"].between(burst.day - WINDOW + 1, last)]
        yield _Found(burst, kind, said, frozenset(said["person"]))


def _spoken_lately(rows: pd.DataFrame, last: int) -> pd.Index:
    """Of all that was said, what could burst: what five people or more have said lately, in one place or another."""
    lately = rows[rows["day"] > last - LATELY - WINDOW].drop_duplicates(["person", "about"])
    counts = lately["about"].value_counts()
    return counts.index[counts >= 5]


def _together(found: Sequence[_Found]) -> list[list[_Found]]:
    """Bursts of the same people in the same place, or about the same service, as one; themes first, then the rest."""
    groups: list[list[_Found]] = []
    for one in sorted(found, key=lambda one: (one.kind.of_words, one.kind.by_service, one.burst.chance)):
        home = next((group for group in groups if _same(group[0], one)), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    return groups


def _same(one: _Found, other: _Found) -> bool:
    return len(one.people & other.people) >= SAME * min(len(one.people), len(other.people))


def _home(said: pd.DataFrame, scope: Scope, policy: Policy) -> tuple[str, int]:
    """The district most of these people live in and how many do, if those are half of them and enough to be named."""
    people = said.drop_duplicates("person")
    homes = people["district"].astype("str")
    counts = homes[homes.isin(scope.districts.index)].value_counts()
    if counts.empty or counts.iloc[0] < max(policy.fewest, len(people) / 2):
        return "", 0
    return str(counts.index[0]), int(counts.iloc[0])


def _warned(group: Sequence[_Found], scope: Scope, policy: Policy) -> Warned:
    """One warning of bursts that belong together, placed where the first of them is."""
    first = group[0]
    said = pd.concat([one.said for one in group if one.burst.place == first.burst.place])
    said = said.drop_duplicates("comment_id").sort_values(["sent_at", "comment_id"], ascending=False)
    district, from_there = _home(said, scope, policy)
    since, until = min(one.burst.day for one in group) - WINDOW + 1, int(np.max(said["day"]))
    return Warned(
        themes=tuple(dict.fromkeys(one.burst.about for one in group if not one.kind.of_words)),
        words=tuple(dict.fromkeys(one.burst.about for one in group if one.kind.of_words)),
        place=first.burst.place,
        is_service=first.kind.by_service,
        people=int(said["person"].nunique()),
        expected=first.burst.expected * (until - since + 1) / WINDOW,
        since=pd.Timestamp(0) + pd.Timedelta(days=since),
        until=pd.Timestamp(0) + pd.Timedelta(days=until),
        comment_ids=tuple(int(number) for number in said["comment_id"]),
        district=district,
        from_there=from_there,
    )
