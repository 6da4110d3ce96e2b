"""What the live results show of one wave, counted and released, under the filters somebody chose."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis import tallies
from analysis.children import Told
from analysis.columns import Channel
from analysis.compare import Rise
from analysis.cube import ANSWERS, PEOPLE, TONES, WAYS, YES, Axes, Cube, Points, Whole, shares_of_children, text
from analysis.nested import Nested, nested
from analysis.protection import Flags
from analysis.suppression import Policy, Released, release, release_counts
from survey.questionnaire import Tone


class Asked(NamedTuple):
    """An item that is asked of each child, with names for people of the answers that count, by code."""

    item: str
    answers: pd.Series


class Scaled(NamedTuple):
    """An item answered by a point on a scale, other than the rating of a service, with its words for people."""

    item: str
    name: str
    """The statement, or the question."""
    good: str
    """What the points that count as yes are called: "strongly agree or agree"."""
    tones: Mapping[str, Tone]
    """Which way each of its codes points."""
    by_child: bool
    """Whether it is answered for each child: its shares are then of children."""


@dataclass(frozen=True, eq=False)
class Scope:
    """What can be counted in a wave, with names for people. Anything the questionnaire does not ask is empty."""

    services: pd.Series
    """Names of services by code, in the order they are asked about."""
    places: pd.DataFrame
    """Districts by code: ``name``, and the ``column`` and ``row`` of their tile."""
    rating: str
    """The item in which services are rated."""
    tones: Mapping[str, Tone]
    """Which way each of its codes points."""
    good: str
    """What a good rating is called: "very good or good"."""
    themes: pd.Series
    """Names of themes by key."""
    tells_of_children: bool = False
    """Whether anything is asked about one child after another."""
    rated_by_child: bool = False
    """Whether services are rated for each child: shares of ratings are then of children."""
    age_band: Asked | None = None
    plan: Asked | None = None
    scaled: tuple[Scaled, ...] = ()
    """What else is answered on a scale, in the order it is asked."""
    manners: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"language": [], "variant": []}, dtype="str"))
    """What people may answer in: ``language`` and ``variant``."""

    @property
    def districts(self) -> pd.Series:
        """Names of districts by code."""
        return self.places["name"]

    def rows(self, measure: "Measure") -> pd.Series:
        """What a board of that measure has a row for: names by code. The ``name`` says what they are, service or
        statement."""
        if measure is Measure.AGREED:
            return pd.Series({one.item: one.name for one in self.scaled}, dtype="str", name="statement")
        return self.services.rename("service")

    def is_of_children(self, measure: "Measure") -> bool:
        """Whether shares of that measure are of children."""
        if measure is Measure.AGREED:
            return any(one.by_child for one in self.scaled)
        return self.rated_by_child and measure is Measure.RATED_GOOD

    @property
    def agreeing(self) -> str:
        """What those points are called that count as agreeing with a statement."""
        called = {one.good for one in self.scaled}
        return called.pop() if len(called) == 1 else "on the good side of its scale"


class Measure(StrEnum):
    """What the board and the map show a share of."""

    RATED_GOOD = "Good ratings"
    POSITIVE = "Positive comments"
    NEGATIVE = "Negative comments"
    AGREED = "Agreement with statements"

    @property
    def rise(self) -> Rise:
        """What it means for the share to rise."""
        return Rise.BAD if self is Measure.NEGATIVE else Rise.GOOD


OF_SERVICES = (Measure.RATED_GOOD, Measure.POSITIVE, Measure.NEGATIVE)
"""What is said of services; the rest of the measures are of statements."""


class Chosen(NamedTuple):
    """The filters: codes, or '' for all."""

    service: str = ""
    district: str = ""
    channel: str = ""


@dataclass(frozen=True, eq=False)
class Numbers:
    """How many answered: the few numbers that are told as soon as they move."""

    anybody: bool
    """Whether anybody passes the filters."""
    apart: bool
    """Whether those who pass the filters may be told apart from the others at all (see ``nested``)."""
    responses: int | None
    """Numbers as the reader may see them; None where even that may not be told. So are the next two."""
    read: int | None
    waiting: int | None
    told: Told | None
    """How many children in how many families; None where no child is asked about after another."""


@dataclass(frozen=True, eq=False)
class Overview(Numbers):
    """Who answered and what they talk about. Numbers of comments are of comments; everything else counts people,
    a family once however many children it tells of."""

    arrivals: Released
    """By day and ``channel``; empty for whoever reads out, who has weeks instead (see ``days``)."""
    sentiments: Released
    themes: Released
    split: Released
    """By ``theme`` and ``sentiment``; told of everybody alone."""
    ages: Released | None
    plans: Released | None
    """How the children divide, by ``answer``; None where that is not asked of each child."""
    manners: Released
    """By ``language`` and ``variant``: of everybody in the wave, whatever filters are chosen."""


def numbers(cube: Cube, scope: Scope, chosen: Chosen, policy: Policy) -> Numbers:
    """How many answered under those filters, for a fortieth of what an overview costs: whoever watches is told it."""
    view = View(cube, chosen)
    apart = bool(groups_told(cube, policy).tells(*view.places).all())
    answered, tones = int(view.of(cube.responses)), view.of(cube.tones)
    waiting = int(tones[-1])
    numbered = _are_numbered(chosen, anybody=answered > 0, apart=apart)
    return Numbers(
        anybody=answered > 0,
        apart=apart,
        responses=policy.told(answered) if numbered else None,
        read=policy.told(int(tones.sum()) - waiting) if numbered else None,
        waiting=policy.told(waiting) if numbered else None,
        told=_told(view, policy) if scope.tells_of_children and apart else None,
    )


def _are_numbered(chosen: Chosen, *, anybody: bool, apart: bool) -> bool:
    """Whether numbers are told under a choice: how many answered from somewhere gives nobody's answer away."""
    return apart or not chosen.service or not anybody


def overview(cube: Cube, scope: Scope, chosen: Chosen, policy: Policy) -> Overview:
    """The wave under those filters, each person counted once in everything but the numbers of comments."""
    view, told, counted = View(cube, chosen), tellable(cube, policy), numbers(cube, scope, chosen, policy)
    where = view.places
    # Most days are small: who reads out has weeks (see ``days``).
    by_day = _are_numbered(chosen, anybody=counted.anybody, apart=counted.apart) and not policy.is_read_out
    return Overview(
        **vars(counted),
        arrivals=release_counts(_arrivals(view).iloc[: None if by_day else 0], policy),
        sentiments=release(_sentiments(view), policy, totals=[[]], withheld=not told.tones.tells(*where).all()),
        themes=release(_themes(view), policy, withheld=~told.themes.tells(*where)),
        split=release(_split(view), policy, totals=[["theme"]], withheld=any(chosen)),
        ages=_divided(view.of(cube.ages), scope.age_band, told.ages.tells(*where), policy),
        plans=_divided(view.of(cube.plans), scope.plan, told.plans.tells(*where), policy),
        manners=_manners(cube, scope, policy),
    )


def axes_of(scope: Scope) -> Axes:
    """What is counted apart in such a wave."""
    return Axes(
        services=tuple(scope.services.index),
        districts=tuple(scope.places.index),
        themes=tuple(scope.themes.index),
        rating=scope.rating,
        tones=scope.tones,
        age_band=scope.age_band.item if scope.age_band else "",
        ages=tuple(scope.age_band.answers.index) if scope.age_band else (),
        plan=scope.plan.item if scope.plan else "",
        plans=tuple(scope.plan.answers.index) if scope.plan else (),
        scales=tuple(Points(one.item, one.tones) for one in scope.scaled),
    )


class Tellable(NamedTuple):
    """Which choices may be told, by what is told of those who answered."""

    tones: Nested
    themes: Nested
    ages: Nested
    plans: Nested


@lru_cache(maxsize=8)
def groups_told(cube: Cube, policy: Policy) -> Nested:
    """Which choices of people may be told apart from the others under a policy (see ``tellable``)."""
    everyone = cube.responses[..., None]
    return _for(policy, nested(cube.responses, 1 * (everyone > 0), 2 * (everyone > 0), policy.unanimous))


@lru_cache(maxsize=8)
def tellable(cube: Cube, policy: Policy) -> Tellable:
    """Which filters may be told apart under a policy; where numbers are rounded, for a reader whom anybody may hear,
    none: they have the breakdowns that were chosen beforehand."""
    tones = cube.tones[..., :-1]
    raised = cube.raised.sum(axis=-1)
    return Tellable(
        _for(policy, nested(cube.commented, tones, tones.sum(axis=-1, keepdims=True), policy.unanimous)),
        _for(policy, nested(cube.commented, raised, cube.commented[..., None], policy.unanimous)),
        _for(policy, _children_told(cube.ages, policy)),
        _for(policy, _children_told(cube.plans, policy)),
    )


def _for(policy: Policy, told: Nested) -> Nested:
    if not policy.is_read_out:
        return told
    return Nested(**{field.name: np.zeros_like(getattr(told, field.name)) for field in fields(told)})


def _children_told(divided: Whole, policy: Policy) -> Nested:
    people = divided[..., PEOPLE].max(axis=-1, initial=0)
    return nested(people, divided[..., YES], divided[..., ANSWERS], policy.unanimous)


class View(NamedTuple):
    """A cube under some filters."""

    cube: Cube
    chosen: Chosen

    @property
    def places(self) -> tuple[int | None, int | None, int | None]:
        """Where the choice stands on the three axes; None for all."""
        axes = self.cube.axes
        offered = (axes.services, axes.districts, WAYS)
        found = [names.index(code) if code else None for names, code in zip(offered, self.chosen, strict=True)]
        return found[0], found[1], found[2]

    def of(self, counts: Whole) -> Whole:
        """What is counted under the filters: the axes that follow the first three, or one number."""
        service, district, way = self.places
        some = counts[0 if service is None else service + 1]
        some = some.sum(axis=0) if district is None else some[district]
        found: Whole = some.sum(axis=0) if way is None else some[way]
        return found


def _arrivals(view: View) -> pd.DataFrame:
    """Responses by ``day`` and ``channel``, from the first day on which one was sent to the last."""
    cube = view.cube
    ways = range(len(Channel)) if not view.chosen.channel else [WAYS.index(view.chosen.channel)]
    counts = np.zeros((cube.days.shape[-1], len(Channel)), dtype="int64")
    for way in ways:
        counts[:, way] = View(cube, view.chosen._replace(channel=WAYS[way])).of(cube.days)
    (used,) = np.nonzero(counts.any(axis=1))
    if not len(used):
        return pd.DataFrame({"day": pd.Series(dtype="datetime64[s]"), "channel": "", "count": 0})
    first, last = used[0], used[-1]
    start = np.datetime64(cube.first_day + int(first), "D").astype("datetime64[s]")
    days = pd.date_range(start, periods=int(last - first) + 1, freq="D", unit="s", name="day")
    channels = pd.Index([str(channel) for channel in Channel], dtype="str")
    return pd.DataFrame(
        {
            "day": days.repeat(len(channels)),
            "channel": channels.take(np.tile(np.arange(len(channels)), len(days))),
            "count": counts[first : last + 1].ravel(),
        }
    )


def _told(view: View, policy: Policy) -> Told | None:
    """How many children in how many families, where both numbers may be told."""
    children, families = (policy.told(int(count)) for count in view.of(view.cube.told))
    return None if children is None or families is None else Told(children, families)


def _sentiments(view: View) -> pd.DataFrame:
    """Comments by tone. What one person says of several services is not independent: the ranges are those of as many
    answers as there are people."""
    read, people = view.of(view.cube.tones)[:-1], int(view.of(view.cube.commented))
    count = {"sentiment": text(TONES), "count": read, "base": int(read.sum())}
    return pd.DataFrame(count | {"people": people, "effective": float(people)})


def _themes(view: View) -> pd.DataFrame:
    cube = view.cube
    count = view.of(cube.raised).sum(axis=-1)
    return pd.DataFrame({"theme": text(cube.axes.themes), "count": count, "base": int(view.of(cube.commented))})


def _split(view: View) -> pd.DataFrame:
    raised, keys = view.of(view.cube.raised), view.cube.axes.themes
    return pd.DataFrame(
        {
            "theme": text(keys).repeat(len(TONES)),
            "sentiment": text(TONES * len(keys)),
            "count": raised.ravel(),
            "base": raised.sum(axis=-1).repeat(len(TONES)),
        }
    )


@lru_cache(maxsize=8)
def _manners(cube: Cube, scope: Scope, policy: Policy) -> Released:
    """How people answered. A language can point to a family, so a few people are too few to be told of at all; and
    it is never told of one district or service, or the few of one could be had from the others."""
    guarded = replace(policy, smallest=max(policy.smallest, policy.fewest))
    return release_counts(tallies.manners(cube.manners, scope.manners), guarded, totals=[[]])


def _divided(shares: Whole, asked: Asked | None, told: Flags, policy: Policy) -> Released | None:
    if asked is None:
        return None
    counts = pd.DataFrame({"answer": text(list(asked.answers.index))}).join(shares_of_children(shares))
    return release(counts, policy, totals=[[]], withheld=not told.all())
