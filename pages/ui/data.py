"""The only cached reads. What screens show is held once for everybody, and only what is new is read again.

Each wave is held as frames with the number of the last change in them. Looking costs one query that reads an index;
what changed since is read and put in its place; figures and charts are made once for each (change, filters, look).
"""

import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import NamedTuple

import pandas as pd
import streamlit as st

from analysis import children, heard_from, tallies, upkeep
from analysis.charts.chart import Chart, Look
from analysis.charts.funnel import funnel_chart
from analysis.charts.live import (
    OverviewCharts,
    VariationCharts,
    answers_that,
    one_service,
    overview_charts,
    people_who,
    variation_charts,
)
from analysis.charts.outlines import outlined
from analysis.charts.themes import themes as themes_chart
from analysis.columns import ANSWERS, CODINGS, COMMENTS, RESPONSES, THEMES, check
from analysis.doubt import doubtful_first
from analysis.overview import Chosen, Measure, Overview, Scope, Variation, funnelled, overview, variation, with_verdicts
from analysis.ratings import Rated, ratings
from analysis.remarks import Remark, latest
from analysis.repeats import Repeats, repeated
from analysis.summary import Said, Summary, summary
from analysis.suppression import Policy, Released, release
from analysis.theme_sizes import Sizes, sizes
from analysis.upkeep import Frames
from pages.ui.scope import scope_of
from survey import boundaries, consultations, database, details, equality, frames, judging, stopping
from survey.consultations import WaveFacts
from survey.questionnaire import Optioned, Questionnaire, Standing
from survey.wording import words_in

LOOK_EVERY_SECONDS = 0.4
"""However many people watch, the database is asked for what is new no more often than this."""


@dataclass(frozen=True, eq=False)
class State:
    """A wave as it is known: everything up to one change. Never altered: the next state is another one."""

    wave: WaveFacts
    change: int
    frames: Frames
    questionnaire: Questionnaire
    themes: pd.DataFrame

    def answers_called(self, role: str) -> pd.Series:
        """What the answers of the item of that role are called, by code; empty where a wave does not ask it."""
        item = self.questionnaire.role(role)
        given = item.options if isinstance(item, Optioned) else ()
        say = words_in("en")
        return pd.Series({one.code: say.of(one.text) for one in given if one.standing is Standing.ANSWER}, dtype="str")

    @cached_property
    def scope(self) -> Scope:
        """What can be counted, with candidate themes marked as a model's suggestions."""
        suggested = self.themes["label"].where(~self.themes["candidate"], self.themes["label"] + " (suggested)")
        return scope_of(self.questionnaire, self.themes.assign(label=suggested))

    @cached_property
    def approved(self) -> Scope:
        """What can be counted, with the themes that people have approved alone."""
        return scope_of(self.questionnaire, self.themes[~self.themes["candidate"]])


def _which(state: State) -> tuple[int, int]:
    """All that tells one state from another."""
    return state.wave.id, state.change


BY_STATE = {State: _which}


@dataclass
class _Held:
    """One wave in the memory of this process."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    state: State | None = None
    looked: float = 0.0


@st.cache_data(ttl=5, max_entries=1, show_spinner=False)
def waves() -> list[WaveFacts]:
    """Every wave there is: those that are open first, then by consultation, the latest of each first."""
    moment = datetime.now(UTC)
    with database.reading(database.engine()) as session:
        known = consultations.waves(session)
    latest_first = sorted(known, key=lambda one: one.opens_at, reverse=True)
    return sorted(latest_first, key=lambda one: (not one.is_open(moment), one.consultation_id))


def before(wave: WaveFacts, known: list[WaveFacts]) -> WaveFacts | None:
    """The wave of the same consultation that opened last before this one."""
    earlier = [one for one in known if one.consultation_id == wave.consultation_id and one.opens_at < wave.opens_at]
    return max(earlier, key=lambda one: one.opens_at, default=None)


@st.cache_resource(max_entries=32, show_spinner=False)
def _held(wave_id: int) -> _Held:  # noqa: ARG001, one for each
    return _Held()


def now(wave: WaveFacts) -> State:
    """The wave with everything that has been kept up to this moment, or up to a blink ago."""
    held = _held(wave.id)
    with held.lock:
        if held.state is None or time.monotonic() - held.looked > LOOK_EVERY_SECONDS:
            held.state = _brought_up_to_date(wave, held.state)
            held.looked = time.monotonic()
        return held.state


def _brought_up_to_date(wave: WaveFacts, state: State | None) -> State:
    with database.reading(database.engine()) as session:
        if state is not None and frames.latest_change(session, wave.id) == state.change:
            return state
        questionnaire = consultations.questionnaire_of(session, wave)
        news = frames.changes(session, wave, questionnaire.roles, since=state.change if state else 0)
        themes = frames.themes(session, wave.consultation_id)
    fresh = upkeep.kept(
        Frames(
            check(news.responses, RESPONSES),
            check(news.answers, ANSWERS),
            check(news.comments, COMMENTS),
            check(news.codings, CODINGS),
        )
    )
    if state and _are_taken_back(state, fresh, news.touched):
        remarks.clear()
        repeats.clear()
        report.clear()
    known = upkeep.renewed(state.frames, fresh, news.touched) if state else fresh
    if news.all_codings:
        known = known._replace(codings=fresh.codings)
    return State(wave, news.change, known, questionnaire, check(themes, THEMES))


def _are_taken_back(state: State, fresh: Frames, touched: frozenset[int]) -> bool:
    """Whether comments that were known are gone, so that nothing made from their words may stay in memory."""
    known, now_there = state.frames.comments, fresh.comments
    had = known[known["response_id"].isin(touched) & (known["words"] != "")]
    return not set(zip(had["comment_id"], had["words"], strict=True)) <= set(
        zip(now_there["comment_id"], now_there["words"], strict=True)
    )


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_STATE)
def seen(state: State, chosen: Chosen, policy: Policy) -> Overview:
    """Who answered, and what they talk about."""
    return overview(state.frames, state.scope, chosen, policy)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_STATE)
def seen_charts(state: State, chosen: Chosen, policy: Policy, look: Look) -> OverviewCharts:
    """The same, drawn."""
    return overview_charts(seen(state, chosen, policy), state.scope, look)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_STATE)
def varied(state: State, chosen: Chosen, measure: Measure, policy: Policy) -> Variation:
    """One measure across services and districts."""
    return variation(state.frames, state.scope, chosen, measure, policy)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_STATE)
def varied_charts(state: State, chosen: Chosen, measure: Measure, policy: Policy, look: Look) -> VariationCharts:
    """The same, drawn."""
    return variation_charts(varied(state, chosen, measure, policy), state.scope, chosen, measure, look)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_STATE)
def own_map(state: State, chosen: Chosen, measure: Measure, policy: Policy, look: Look) -> Chart | None:
    """The tiles' figures in the council's own boundaries; None where it gave none. Raises BoundaryError."""
    lines = boundaries.outlines(state.questionnaire.areas) if state.questionnaire.areas else None
    if lines is None:
        return None
    figures = varied(state, chosen, measure, policy).districts
    return outlined(figures, state.scope.places, lines, answers_that(measure, state.scope, chosen), look)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_STATE)
def judged(state: State, chosen: Chosen, measure: Measure, policy: Policy) -> Released:
    """The whole board with a verdict on each cell."""
    return with_verdicts(state.frames, state.scope, chosen, measure, policy)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_STATE)
def funnel(state: State, service: str, chosen: Chosen, measure: Measure, policy: Policy, look: Look) -> Chart | None:
    """One service in a funnel; None where nobody answered about it."""
    found = funnelled(state.frames, state.scope, service, chosen, measure, policy)
    return funnel_chart(found, state.scope.districts, people_who(measure, state.scope), look) if found else None


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_STATE)
def across(state: State, service: str, chosen: Chosen, measure: Measure, policy: Policy, look: Look) -> Chart:
    """One service in every district."""
    return one_service(varied(state, chosen, measure, policy), state.scope, service, measure, look)


def stopped(wave: WaveFacts, policy: Policy) -> Released:
    """Where people stopped who have not sent."""
    with database.reading(database.engine()) as session:
        asked = consultations.questionnaire_of(session, wave)
        counts = stopping.stopped(session, wave.id, asked, words_in("en"), now=datetime.now(UTC))
    return heard_from.stopped(counts, policy)


def equality_answers(wave: WaveFacts, policy: Policy) -> Released:
    """How those who answered the equality questions divide: of everybody in the wave, whatever was chosen elsewhere."""
    with database.reading(database.engine()) as session:
        counts = equality.counts(session, wave.id)
    return release(equality.in_words(counts, words_in("en")), policy, totals=[["question"]])


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_STATE)
def remarks(state: State, chosen: Chosen, policy: Policy) -> list[Remark]:
    """The latest comments under those filters."""
    return latest(state.frames, state.scope, chosen, policy)


def telling(latest: list[Remark]) -> dict[int, str]:
    """Of these comments, those that may tell who they are about, and what in them tells."""
    with database.reading(database.engine()) as session:
        return details.reasons(session, [remark.comment_id for remark in latest])


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_STATE)
def repeats(state: State, chosen: Chosen, policy: Policy) -> Repeats:
    """The comments under those filters that say nearly the same as one another."""
    with database.reading(database.engine()) as session:
        alike = frames.likenesses(session, state.wave.consultation_id)
    return repeated(state.frames, alike, chosen, policy)


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=BY_STATE)
def theme_sizes(state: State, policy: Policy) -> Sizes:
    """How large the themes are, approved and suggested, and what is said of them."""
    candidate = state.themes["candidate"]
    approved, suggested = state.themes.loc[~candidate, "theme"], state.themes.loc[candidate, "theme"]
    return sizes(state.frames, approved.tolist(), suggested.tolist(), policy)


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=BY_STATE)
def to_look_at(state: State, only: str) -> list[int]:
    """Numbers of comments that nobody has said anything of, those that a model was least sure of first."""
    with database.reading(database.engine()) as session:
        seen = judging.judged(session, state.wave.id)
    keys = state.themes.loc[~state.themes["candidate"], "theme"].tolist()
    return doubtful_first(state.frames, keys, seen=seen, only=only)


def look_again(wave: WaveFacts) -> None:
    """Somebody has just changed something and wants to see it: the next look is not put off."""
    _held(wave.id).looked = -float("inf")


class Report(NamedTuple):
    """The leader's summary: what it says, its chart and its table of services."""

    summary: Summary
    themes: Chart
    services: list[Rated]
    since: str
    """The wave that services are compared with; '' where there is none that counted as this one does."""


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=BY_STATE)
def report(state: State, before: State | None, policy: Policy, look: Look) -> Report:
    """The themed summary of a wave beside the one before."""
    scope = state.approved
    alike = before if before and before.approved.rated_by_child == scope.rated_by_child else None
    told = summary(_said(state), _said(before) if before else None, scope.themes, scope.districts, policy)
    return Report(
        told,
        themes_chart(told.figures, told.split, scope.themes, look),
        ratings(_rated(state), _rated(alike) if alike else None, scope.services, policy),
        alike.wave.title if alike else "",
    )


def _said(state: State) -> Said:
    """What a wave says. By whose comment somebody may be recognised, of theirs none is quoted."""
    seen = state.frames
    with database.reading(database.engine()) as session:
        telling = details.not_to_be_quoted(session, state.wave.id)
    quotable = seen.responses["quotable"] & ~seen.responses["response_id"].isin(telling)
    frame = children.children(seen.answers, seen.comments) if state.approved.tells_of_children else None
    told = children.told(frame) if frame is not None else None
    people = seen.responses.assign(quotable=quotable)
    return Said(state.wave.title, people, seen.comments, seen.codings, told)


def _rated(state: State) -> pd.DataFrame:
    scope = state.approved
    said = tallies.rated(state.frames.answers, state.frames.responses, item=scope.rating, tones=scope.tones)
    return (children if scope.rated_by_child else tallies).by_service(said, list(scope.services.index))
