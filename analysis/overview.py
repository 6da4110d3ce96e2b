"""What the live results show of one wave, counted and released, under the filters somebody chose."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import ModuleType
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis import children, tallies
from analysis.children import Told
from analysis.columns import Channel, Sentiment
from analysis.compare import Rise
from analysis.funnel import funnel
from analysis.pooling import pooled
from analysis.standing import Control, standings
from analysis.suppression import Policy, Released, release, release_counts
from analysis.upkeep import Frames
from survey.questionnaire import Tone

BOARD_TOTALS = [["service"], ["district"]]


class Asked(NamedTuple):
    """An item that is asked of each child, with names for people of the answers that count, by code."""

    item: str
    answers: pd.Series


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
    manners: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"language": [], "variant": []}, dtype="str"))
    """What people may answer in: ``language`` and ``variant``."""

    @property
    def districts(self) -> pd.Series:
        """Names of districts by code."""
        return self.places["name"]


class Measure(StrEnum):
    """What the board and the map show a share of."""

    RATED_GOOD = "Good ratings"
    POSITIVE = "Positive comments"
    NEGATIVE = "Negative comments"

    @property
    def rise(self) -> Rise:
        """What it means for the share to rise."""
        return Rise.BAD if self is Measure.NEGATIVE else Rise.GOOD


class Chosen(NamedTuple):
    """The filters: codes, or '' for all."""

    service: str = ""
    district: str = ""
    channel: str = ""


@dataclass(frozen=True, eq=False)
class Overview:
    """Who answered and what they talk about. Numbers of comments are of comments; everything else counts people,
    a family once however many children it tells of."""

    responses: int
    read: int
    waiting: int
    arrivals: Released
    sentiments: Released
    themes: Released
    split: Released
    """By ``theme`` and ``sentiment``."""
    told: Told | None
    """How many children in how many families; None where no child is asked about after another."""
    ages: Released | None
    plans: Released | None
    """How the children divide, by ``answer``; None where that is not asked of each child."""
    manners: Released
    """By ``language`` and ``variant``: of everybody in the wave, whatever filters are chosen."""


@dataclass(frozen=True, eq=False)
class Funnelled:
    """One service in every district against the limits of chance (see ``funnel``)."""

    districts: Released
    """By ``district``, with ``inner_low``, ``inner_high``, ``outer_low``, ``outer_high`` and ``outside``."""
    limits: pd.DataFrame
    share: float
    widened: float


@dataclass(frozen=True, eq=False)
class Variation:
    """One measure across services and districts."""

    board: Released
    """By ``service`` and ``district``."""
    county: Released
    """By ``service``, for everybody."""
    districts: Released
    """By ``district``: of the service chosen, or of all services together."""


def overview(frames: Frames, scope: Scope, chosen: Chosen, policy: Policy) -> Overview:
    """The wave under those filters, each person counted once in everything but the numbers of comments."""
    narrow = narrowed(frames, chosen)
    keys = list(scope.themes.index)
    raised = tallies.raised(narrow.comments, narrow.codings, narrow.responses, keys)
    people = tallies.commented(narrow.comments, narrow.responses)
    frame = _children(frames, narrow, scope) if scope.tells_of_children else None
    waiting = int((narrow.comments["sentiment"] == "").sum())
    return Overview(
        responses=len(narrow.responses),
        read=len(narrow.comments) - waiting,
        waiting=waiting,
        arrivals=release_counts(tallies.arrivals(narrow.responses, list(Channel)), policy),
        sentiments=release(tallies.sentiments(narrow.comments), policy, totals=[[]]),
        themes=release(tallies.themes(raised, people, keys), policy),
        split=release(tallies.theme_sentiments(raised, keys), policy, totals=[["theme"]]),
        told=children.told(frame) if frame is not None else None,
        ages=_divided(frame, "age_band", scope.age_band, policy),
        plans=_divided(frame, "plan", scope.plan, policy),
        manners=_manners(frames, scope, policy),
    )


def _manners(frames: Frames, scope: Scope, policy: Policy) -> Released:
    """How people answered. A language can point to a family, so a few people are too few to be told of at all; and
    it is never told of one district or service, or the few of one could be had from the others."""
    guarded = replace(policy, smallest=max(policy.smallest, policy.fewest))
    return release_counts(tallies.manners(frames.responses, scope.manners), guarded, totals=[[]])


def _children(frames: Frames, narrow: Frames, scope: Scope) -> pd.DataFrame:
    """The children that something is said of under the filters, with the age and plan told anywhere."""
    age_band, plan = (asked.item if asked else "" for asked in (scope.age_band, scope.plan))
    everybody = children.children(frames.answers, frames.comments, age_band=age_band, plan=plan)
    return everybody.merge(children.children(narrow.answers, narrow.comments)[["response_id", "child"]])


def _divided(frame: pd.DataFrame | None, column: str, asked: Asked | None, policy: Policy) -> Released | None:
    if frame is None or asked is None:
        return None
    return release(children.by_answer(frame, column, list(asked.answers.index)), policy, totals=[[]])


def variation(frames: Frames, scope: Scope, chosen: Chosen, measure: Measure, policy: Policy) -> Variation:
    """One measure by service and district, under the channel chosen alone.

    It is released as a whole, and the rows asked for are taken from that: choosing a district cannot
    bring back a cell that the whole board hides. Ratings are counted by child where they are asked
    for each child, with families as what must be enough.
    """
    said, count = _counted(frames, scope, chosen, measure)
    services, districts = list(scope.services.index), list(scope.places.index)
    board = release(count.by_service_and_district(said, services, districts), policy, totals=BOARD_TOTALS)
    everywhere = release(count.by_district(said, districts), policy, totals=[[]])
    return Variation(
        board=board,
        county=release(count.by_service(said, services), policy),
        districts=board.of("service", chosen.service) if chosen.service else everywhere,
    )


def with_verdicts(frames: Frames, scope: Scope, chosen: Chosen, measure: Measure, policy: Policy) -> Released:
    """The board of ``variation`` with what is worked out for each cell: ``pooled`` and its interval (see ``pooling``),
    ``verdict`` and what it rests on (see ``standing``), made from all cells at once and held back with their figures.
    """
    cells = _cells(frames, scope, chosen, measure)
    found = standings(pooled(cells, within="service"), rise=measure.rise, control=Control.EXPLORING)
    return release(found, policy, totals=BOARD_TOTALS)


def funnelled(
    frames: Frames, scope: Scope, service: str, chosen: Chosen, measure: Measure, policy: Policy
) -> Funnelled | None:
    """One service of the board in a funnel; None where nobody answered about it.

    A district is shown here just where the board shows it.
    """
    cells = _cells(frames, scope, chosen, measure)
    mine = cells[cells["service"] == service]
    if not mine["base"].sum():
        return None
    found = funnel(mine)
    placed = cells.join(found.districts[["inner_low", "inner_high", "outer_low", "outer_high", "outside"]])
    shown = release(placed, policy, totals=BOARD_TOTALS).of("service", service)
    return Funnelled(shown, found.limits, found.share, found.widened)


def _cells(frames: Frames, scope: Scope, chosen: Chosen, measure: Measure) -> pd.DataFrame:
    """The whole board as counted: true numbers, for the gate."""
    said, count = _counted(frames, scope, chosen, measure)
    cells: pd.DataFrame = count.by_service_and_district(said, list(scope.services.index), list(scope.places.index))
    return cells


def _counted(frames: Frames, scope: Scope, chosen: Chosen, measure: Measure) -> tuple[pd.DataFrame, ModuleType]:
    """What was said under the channel chosen, and what counts it: by people, or by children."""
    count = children if scope.rated_by_child and measure is Measure.RATED_GOOD else tallies
    return _said(_by_channel(frames, chosen.channel), scope, measure), count


def _said(frames: Frames, scope: Scope, measure: Measure) -> pd.DataFrame:
    if measure is Measure.RATED_GOOD:
        return tallies.rated(frames.answers, frames.responses, item=scope.rating, tones=scope.tones)
    tone = Sentiment.POSITIVE if measure is Measure.POSITIVE else Sentiment.NEGATIVE
    return tallies.toned(frames.comments, frames.responses, tone)


def narrowed(frames: Frames, chosen: Chosen) -> Frames:
    """Those who pass all filters, and of what they said, what is about the service chosen."""
    came = _by_channel(frames, chosen.channel)
    at_home = _of(came, came.responses["district"] == chosen.district) if chosen.district else came
    if not chosen.service:
        return at_home
    answers = at_home.answers[at_home.answers["service"] == chosen.service]
    comments = at_home.comments[at_home.comments["service"] == chosen.service]
    who = np.union1d(answers["response_id"], comments["response_id"])
    responses = at_home.responses[at_home.responses["response_id"].isin(who)]
    return Frames(responses, answers, comments, at_home.codings)


def _by_channel(frames: Frames, channel: str) -> Frames:
    return _of(frames, frames.responses["channel"] == channel) if channel else frames


def _of(frames: Frames, wanted: pd.Series) -> Frames:
    """The frames of some of the responses. Codings are left whole: they are only looked up by comment."""
    responses = frames.responses[wanted]
    who = responses["response_id"]
    answers = frames.answers[frames.answers["response_id"].isin(who)]
    comments = frames.comments[frames.comments["response_id"].isin(who)]
    return Frames(responses, answers, comments, frames.codings)
