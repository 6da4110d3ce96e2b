"""A wave counted once by service, district and way of answering: every filter is then looked up, never counted again.

What one response says is counted by itself and added, so what is new costs what is new: a response that changed is
taken out as it was and put in as it is. These are true counts, for the gate.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis import children, tallies
from analysis.columns import Channel, Sentiment
from analysis.proportions import effective_of
from analysis.upkeep import Frames
from survey.local_days import LOCAL
from survey.questionnaire import Tone

Whole = npt.NDArray[np.int64]
WAYS = (*Channel, "")
TONES = tuple(Sentiment)
ANSWERS, YES, PEOPLE, PEOPLE_YES, PEOPLE_NO, YES_YES, YES_ALL, ALL_ALL = range(8)
"""What is kept of shares: answers, those that say yes, people, those with a yes, those with a no, and for what the
answers are worth the sums of squares over people."""


class Points(NamedTuple):
    """An item that is answered by a point on a scale: which way each of its codes points."""

    item: str
    tones: Mapping[str, Tone]


class Axes(NamedTuple):
    """What is told apart: the codes, each in its order."""

    services: tuple[str, ...]
    districts: tuple[str, ...]
    themes: tuple[str, ...] = ()
    rating: str = ""
    tones: Mapping[str, Tone] = {}
    age_band: str = ""
    ages: tuple[str, ...] = ()
    plan: str = ""
    plans: tuple[str, ...] = ()
    scales: tuple[Points, ...] = ()
    """What else is answered on a scale than about a service."""

    @property
    def shape(self) -> tuple[int, int, int]:
        """Everything and each service and the rest; each district and elsewhere; each way of answering."""
        return len(self.services) + 2, len(self.districts) + 1, len(WAYS)


@dataclass(frozen=True, eq=False)
class Cube:
    """Counts whose first three axes are those of ``Axes.shape``: on the first, 0 is about anything at all."""

    axes: Axes
    responses: Whole
    days: Whole
    """Responses by day; the last axis begins with ``first_day``."""
    first_day: int
    rated: Whole
    positive: Whole
    negative: Whole
    """Shares, with the eight numbers named in this module on the last axis."""
    agreed: Whole
    """Shares whose first axis has the items of ``Axes.scales`` where that of the others has services."""
    tones: Whole
    """Comments by tone; the last are those that nobody has read."""
    commented: Whole
    """People with a comment that has been read."""
    raised: Whole
    """People by theme and tone."""
    told: Whole
    """Children, and their families."""
    ages: Whole
    plans: Whole
    """Children by answer, as shares."""
    manners: pd.Series
    """Responses by ``language`` and ``variant``."""
    groups: pd.Series
    """Responses by ``column`` and ``value``, for each column of responses by which it is told who answered."""

    def __add__(self, other: "Cube") -> "Cube":
        return self._with(other, np.add)

    def __sub__(self, other: "Cube") -> "Cube":
        return self._with(other, np.subtract)

    def _with(self, other: "Cube", put: Callable[[Whole, Whole], Whole]) -> "Cube":
        mine, theirs, first = _on_the_same_days(self, other)
        sums: dict[str, Any] = {
            field.name: put(getattr(mine, field.name), getattr(theirs, field.name))
            for field in fields(self)
            if field.name not in {"axes", "first_day", "manners", "groups"}
        }
        sign = int(put(np.array([0]), np.array([1]))[0])
        named: dict[str, Any] = {
            name: _present(getattr(self, name).add(sign * getattr(other, name), fill_value=0).astype("int64"))
            for name in ("manners", "groups")
        }
        return replace(self, **sums, **named, first_day=first)


def counted(frames: Frames, axes: Axes) -> Cube:
    """Everything that is counted of these frames."""
    home = _homes(frames.responses, axes)
    answers = located(frames.answers, frames.responses, axes)
    comments = located(frames.comments, frames.responses, axes)
    said = pd.concat([answers[["person", "level", "home"]], comments[["person", "level", "home"]]], ignore_index=True)
    about = _Rows(said["person"].to_numpy(), said["level"].to_numpy(), said["home"].to_numpy())
    read = comments[comments["tone"] < len(TONES)]
    days, first = _days(frames.responses, home, about, axes)
    return Cube(
        axes,
        responses=_everybody(home, about, axes),
        days=days,
        first_day=first,
        rated=_rated(frames, answers, axes),
        positive=_shares(read, read["tone"] == TONES.index(Sentiment.POSITIVE), axes),
        negative=_shares(read, read["tone"] == TONES.index(Sentiment.NEGATIVE), axes),
        agreed=_agreed(frames, answers, axes),
        tones=_tones(comments, axes),
        commented=_people(_rows(read), axes),
        raised=_raised(frames, comments, axes),
        told=_told(answers, comments, axes),
        ages=_divided(frames, answers, comments, axes.age_band, axes.ages, axes),
        plans=_divided(frames, answers, comments, axes.plan, axes.plans, axes),
        manners=_manners(frames.responses),
        groups=_groups(frames.responses),
    )


def effective(shares: Whole) -> npt.NDArray[np.float64]:
    """How many independent answers shares are worth (see ``proportions.effective_base``)."""
    sums = (ANSWERS, YES, PEOPLE, YES_YES, YES_ALL, ALL_ALL)
    return effective_of(*(shares[..., place].astype("f8") for place in sums))


def shares_of_children(shares: Whole) -> pd.DataFrame:
    """One row each: ``count`` of ``base`` with what they are worth and the people behind them, for the gate."""
    rows = shares.reshape(-1, 8)
    columns = {"count": YES, "base": ANSWERS, "people": PEOPLE, "people_yes": PEOPLE_YES, "people_no": PEOPLE_NO}
    return pd.DataFrame({name: rows[:, place] for name, place in columns.items()}).assign(
        effective=np.nan_to_num(effective(rows))
    )


def shares_of_people(shares: Whole) -> pd.DataFrame:
    """One row each: ``count`` of ``base``, somebody with several answers once, as yes where all of them are."""
    rows = shares.reshape(-1, 8)
    return pd.DataFrame({"count": rows[:, PEOPLE] - rows[:, PEOPLE_NO], "base": rows[:, PEOPLE]})


def text(codes: Sequence[str]) -> pd.Index:
    """Codes as text, also where there are none to tell that they are."""
    return pd.Index([str(code) for code in codes], dtype="str")


class _Rows(NamedTuple):
    """Who said something, about which service, and where they are at home."""

    person: Whole
    level: Whole
    home: Whole


def _homes(responses: pd.DataFrame, axes: Axes) -> Whole:
    """For each response its district and way of answering, as one number."""
    district = tallies.places_of(responses["district"], axes.districts)
    way = tallies.places_of(responses["channel"], WAYS)
    district[district < 0], way[way < 0] = len(axes.districts), len(WAYS) - 1
    return district * len(WAYS) + way


def located(frame: pd.DataFrame, responses: pd.DataFrame, axes: Axes) -> pd.DataFrame:
    """Answers or comments as numbers: who, about what, where they are at home, and the tone of a comment."""
    person = pd.Index(responses["response_id"]).get_indexer(pd.Index(frame["response_id"]))
    level = 1 + tallies.places_of(frame["service"], axes.services)
    level[level == 0] = len(axes.services) + 1
    home = np.append(_homes(responses, axes), 0)[person]
    numbers = pd.DataFrame({"person": person, "level": level, "home": home, "child": frame["child"].to_numpy()})
    if "sentiment" in frame:
        tone = tallies.places_of(frame["sentiment"], TONES)
        numbers["tone"] = np.where(tone < 0, len(TONES), tone)
    return numbers


def _rows(frame: pd.DataFrame) -> _Rows:
    return _Rows(frame["person"].to_numpy(), frame["level"].to_numpy(), frame["home"].to_numpy())


def _each_way(rows: _Rows, axes: Axes, make: Callable[[Whole], Whole]) -> Whole:
    """What ``make`` counts in each cell: once about anything at all, once by service."""
    levels, districts, ways = axes.shape
    apart = districts * ways
    by_service = make(rows.level * apart + rows.home)
    by_service[:apart] = make(rows.home)[:apart]
    return by_service.reshape(levels, districts, ways, *by_service.shape[1:])


def _cells(axes: Axes) -> int:
    levels, districts, ways = axes.shape
    return levels * districts * ways


def _people(rows: _Rows, axes: Axes) -> Whole:
    """How many different people, in each cell."""
    cells = _cells(axes)
    return _each_way(
        rows, axes, lambda cell: np.bincount(pd.unique(rows.person * cells + cell) % cells, minlength=cells)
    )


def _everybody(home: Whole, about: _Rows, axes: Axes) -> Whole:
    """How many responses, in each cell; about anything at all, everybody's."""
    people = _people(about, axes)
    people[0] = np.bincount(home, minlength=people[0].size).reshape(people[0].shape)
    return people


def _days(responses: pd.DataFrame, home: Whole, about: _Rows, axes: Axes) -> tuple[Whole, int]:
    """Responses by the local day on which they were sent, and the first day."""
    if responses.empty:
        return np.zeros((*axes.shape, 0), dtype="int64"), 0
    local = responses["sent_at"].dt.tz_convert(LOCAL).dt.tz_localize(None)
    day = local.to_numpy().astype("datetime64[D]").astype("int64")
    first, days = int(day.min()), int(day.max() - day.min()) + 1
    once = pd.unique(about.person * axes.shape[0] + about.level)
    person, level = once // axes.shape[0], once % axes.shape[0]
    apart = axes.shape[1] * axes.shape[2]
    cell = np.concatenate([home, level * apart + home[person]])
    when = np.concatenate([day, day[person]]) - first
    counts = np.bincount(cell * days + when, minlength=_cells(axes) * days)
    return counts.reshape(*axes.shape, days), first


def _shares(frame: pd.DataFrame, yes: pd.Series, axes: Axes) -> Whole:
    said = yes.to_numpy(dtype=bool)
    return _each_way(_rows(frame), axes, lambda cell: summed(frame["person"].to_numpy(), cell, said, _cells(axes)))


def summed(person: Whole, cell: Whole, yes: npt.NDArray[np.bool_], cells: int) -> Whole:
    """The eight numbers of shares in each cell, from one row per answer."""
    one, of = pd.factorize(person * cells + cell)
    where, answers = of % cells, np.bincount(one, minlength=len(of)).astype("f8")
    good = np.bincount(one, yes, minlength=len(of))
    ones = np.ones_like(answers)
    numbers = (answers, good, ones, good > 0, good < answers, good**2, good * answers, answers**2)
    return np.column_stack([np.bincount(where, each, minlength=cells) for each in numbers]).astype("int64")


def _rated(frames: Frames, answers: pd.DataFrame, axes: Axes) -> Whole:
    counts, yes = _pointing(frames.answers, Points(axes.rating, axes.tones))
    return _shares(answers[counts], yes[counts], axes)


def _agreed(frames: Frames, answers: pd.DataFrame, axes: Axes) -> Whole:
    """Shares by scale: all together, each, and none that belongs to no scale."""
    _, districts, ways = axes.shape
    apart, levels = districts * ways, len(axes.scales) + 2
    found = [_pointing(frames.answers, points) for points in axes.scales]
    rows = [
        (answers["person"].to_numpy()[counts], level * apart + answers["home"].to_numpy()[counts], yes[counts])
        for level, (counts, yes) in enumerate(found, 1)
    ]
    if not rows:
        return np.zeros((levels, districts, ways, 8), dtype="int64")
    person, cell, yes = (np.concatenate(parts) for parts in zip(*rows, strict=True))
    shares = summed(person, cell, yes.astype(bool), levels * apart)
    shares[:apart] = summed(person, cell % apart, yes.astype(bool), apart)
    return shares.reshape(levels, districts, ways, 8)


def _pointing(answers: pd.DataFrame, points: Points) -> tuple[npt.NDArray[np.bool_], pd.Series]:
    """Which answers are points on that scale, and which of all point to the good."""
    good = [code for code, tone in points.tones.items() if tone is Tone.POSITIVE]
    counts = tallies.places_of(answers["item"], [points.item]) == 0
    counts &= tallies.places_of(answers["code"], list(points.tones)) >= 0
    return counts, pd.Series(tallies.places_of(answers["code"], good) >= 0)


def _tones(comments: pd.DataFrame, axes: Axes) -> Whole:
    kinds = len(TONES) + 1
    tone, cells = comments["tone"].to_numpy(), _cells(axes)
    return _each_way(
        _rows(comments), axes, lambda cell: np.bincount(cell * kinds + tone, minlength=cells * kinds).reshape(-1, kinds)
    )


def _raised(frames: Frames, comments: pd.DataFrame, axes: Axes) -> Whole:
    """Who raised which theme, and how: mixed where somebody does it in more than one tone."""
    themes, kinds, cells = len(axes.themes), len(TONES), _cells(axes)
    if not themes:
        return np.zeros((*axes.shape, 0, kinds), dtype="int64")
    comment = pd.Index(frames.comments["comment_id"]).get_indexer(pd.Index(frames.codings["comment_id"]))
    theme = tallies.places_of(frames.codings["theme"], axes.themes)
    there = (comment >= 0) & (theme >= 0)
    there[there] = comments["tone"].to_numpy()[comment[there]] < kinds
    of = comments.iloc[comment[there]]
    rows, theme, tone = _rows(of), theme[there], of["tone"].to_numpy()

    def in_tones(cell: Whole) -> Whole:
        place, once = pd.factorize((rows.person * cells + cell) * themes + theme)
        used = np.bincount(place * kinds + tone, minlength=len(once) * kinds).reshape(-1, kinds) > 0
        only = np.where(used.sum(axis=1) == 1, used.argmax(axis=1), TONES.index(Sentiment.MIXED))
        within = once % (cells * themes)
        return np.bincount(within * kinds + only, minlength=cells * themes * kinds).reshape(cells, themes, kinds)

    return _each_way(rows, axes, in_tones)


def _told(answers: pd.DataFrame, comments: pd.DataFrame, axes: Axes) -> Whole:
    """Children of whom something is said, and their families."""
    once = _said_of_children(answers, comments)
    family = _people(_rows(once), axes)
    rows = _rows(once)
    of_child = _Rows(once["person"].to_numpy() * (int(once["child"].max() if len(once) else 0) + 1)
                     + once["child"].to_numpy(), rows.level, rows.home)  # fmt: skip
    return np.stack([_people(of_child, axes), family], axis=-1)


def _said_of_children(answers: pd.DataFrame, comments: pd.DataFrame) -> pd.DataFrame:
    names = ["person", "child", "level", "home"]
    pairs = [frame.loc[frame["child"] > 0, names] for frame in (answers, comments)]
    return pd.concat(pairs, ignore_index=True).drop_duplicates(ignore_index=True)


def _divided(
    frames: Frames, answers: pd.DataFrame, comments: pd.DataFrame, item: str, codes: Sequence[str], axes: Axes
) -> Whole:
    """How the children of whom something is said divide by one answer: shares for each of the codes."""
    if not item:
        return np.zeros((*axes.shape, 0, 8), dtype="int64")
    known = children.children(frames.answers, frames.comments, age_band=item)
    person = pd.Index(frames.responses["response_id"]).get_indexer(pd.Index(known["response_id"]))
    given = pd.DataFrame(
        {"person": person, "child": known["child"], "answer": tallies.places_of(known["age_band"], codes)}
    )
    once = _said_of_children(answers, comments).merge(given[given["answer"] >= 0], on=["person", "child"])
    # About anything at all a child is one child, however many services are told of.
    anything = once.drop_duplicates(["person", "child"])
    apart, cells = axes.shape[1] * axes.shape[2], _cells(axes)
    found = np.zeros((cells, len(codes), 8), dtype="int64")
    for place in range(len(codes)):
        by_service = once["level"].to_numpy() * apart + once["home"].to_numpy()
        found[:, place] = summed(once["person"].to_numpy(), by_service, once["answer"].to_numpy() == place, cells)
        whole = summed(anything["person"].to_numpy(), anything["home"].to_numpy(),
                       anything["answer"].to_numpy() == place, cells)  # fmt: skip
        found[:apart, place] = whole[:apart]
    return found.reshape(*axes.shape, len(codes), 8)


def _manners(responses: pd.DataFrame) -> pd.Series:
    found = responses.groupby(["language", "variant"], observed=True).size().rename("count").reset_index()
    return found.astype({"language": "str", "variant": "str"}).set_index(["language", "variant"])["count"]


def _groups(responses: pd.DataFrame) -> pd.Series:
    found = {column: responses[column].value_counts() for column in ("district", "age_band", "plan", "language")}
    rows = [(column, str(value), count) for column, counts in found.items() for value, count in counts.items() if count]
    return pd.DataFrame(rows, columns=["column", "value", "count"]).astype(
        {"column": "str", "value": "str", "count": "int64"}
    ).set_index(["column", "value"])["count"]  # fmt: skip


def _present(counts: pd.Series) -> pd.Series:
    return counts[counts != 0]


def _on_the_same_days(one: Cube, other: Cube) -> tuple[Cube, Cube, int]:
    """Two cubes whose days begin and end alike."""
    spans = [(cube.first_day, cube.first_day + cube.days.shape[-1]) for cube in (one, other) if cube.days.shape[-1]]
    if not spans:
        return one, other, 0
    first, last = min(begin for begin, _ in spans), max(end for _, end in spans)
    wide = []
    for cube in (one, other):
        before = cube.first_day - first if cube.days.shape[-1] else 0
        after = last - first - before - cube.days.shape[-1]
        wide.append(replace(cube, days=np.pad(cube.days, [(0, 0)] * 3 + [(before, after)])))
    return wide[0], wide[1], first
