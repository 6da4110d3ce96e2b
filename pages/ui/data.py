"""The only cached reads. What screens show is held once for everybody, and only what is new is read again.

Each wave is held as frames with the number of the last change in them. Looking costs one query that reads an index;
what changed since is read and put in its place; figures and charts are made once for each (change, filters, look).
"""

import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import NamedTuple

import pandas as pd
import streamlit as st

from analysis import changes, children, course, days, heard_from, tallies, upkeep
from analysis.board import Variation, funnelled, variation, with_verdicts
from analysis.changes import Changes, Mix
from analysis.charts.chart import Chart, Look
from analysis.charts.days import DayCharts, day_charts
from analysis.charts.funnel import funnel_chart
from analysis.charts.live import (
    OverviewCharts,
    VariationCharts,
    one_service,
    overview_charts,
    people_who,
    variation_charts,
)
from analysis.charts.themes import themes as themes_chart
from analysis.columns import ANSWERS, CODINGS, COMMENTS, RESPONSES, THEMES, check
from analysis.cube import Cube, counted
from analysis.days import Days
from analysis.doubt import doubtful_first
from analysis.following import Fieldwork
from analysis.overview import Chosen, Measure, Overview, Scope, axes_of, overview
from analysis.ratings import Rated, ratings
from analysis.remarks import Remark, latest
from analysis.repeats import Repeats, repeated
from analysis.reweighting import Reweighted, reweighted
from analysis.summary import Said, Summary, summary
from analysis.suppression import Policy, Released, release
from analysis.theme_sizes import Sizes, sizes
from analysis.upkeep import Frames, Kept
from pages.ui import waves as beside
from pages.ui.scope import scope_of
from survey import consultations, database, details, equality, frames, judging, stopping
from survey.consultations import WaveFacts
from survey.populations import populations
from survey.questionnaire import Optioned, Questionnaire, Standing
from survey.wording import words_in

LOOK_EVERY_SECONDS = 0.4
"""However many people watch, the database is asked for what is new no more often than this."""


@dataclass(frozen=True, eq=False)
class State:
    """A wave as it is known: everything up to one change. Never altered: the next state is another one."""

    wave: WaveFacts
    change: int
    kept: Kept
    cube: Cube
    """The same, counted."""
    questionnaire: Questionnaire
    themes: pd.DataFrame
    latest_sent: pd.Timestamp | None
    """When the response was sent that was sent last; None while there is none."""

    @property
    def frames(self) -> Frames:
        """Everything as one: for what is not counted by filter, and is asked for seldom."""
        return self.kept.whole

    @property
    def answered(self) -> int:
        """How many responses there are."""
        return int(self.cube.responses[0].sum())

    def answers_called(self, role: str) -> pd.Series:
        """What the answers of the item of that role are called, by code; empty where a wave does not ask it."""
        item = self.questionnaire.role(role)
        given = item.options if isinstance(item, Optioned) else ()
        say = words_in("en")
        return pd.Series({one.code: say.of(one.text) for one in given if one.standing is Standing.ANSWER}, dtype="str")

    def names_of(self, column: str) -> pd.Series:
        """What the groups of a column of responses are called, by code: those that this wave asks about."""
        return self.scope.districts if column == "district" else self.answers_called(column)

    @cached_property
    def scope(self) -> Scope:
        """What can be counted, with candidate themes marked as a model's suggestions."""
        return _scope(self.questionnaire, self.themes)

    @cached_property
    def approved(self) -> Scope:
        """What can be counted, with the themes that people have approved alone."""
        return scope_of(self.questionnaire, self.themes[~self.themes["candidate"]])

    @cached_property
    def fieldwork(self) -> Fieldwork:
        """The wave as it is compared with others, with the themes that people have approved alone."""
        opened, closed = (
            pd.Timestamp(at).tz_convert(days.LOCAL).tz_localize(None)
            for at in (self.wave.opens_at, self.wave.closes_at)
        )
        return Fieldwork(self.wave.title, opened, closed, self.frames, self.approved, self.questionnaire)


def _scope(questionnaire: Questionnaire, themes: pd.DataFrame) -> Scope:
    suggested = themes["label"].where(~themes["candidate"], themes["label"] + " (suggested)")
    return scope_of(questionnaire, themes.assign(label=suggested))


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


def up_to(wave: WaveFacts, known: list[WaveFacts]) -> list[WaveFacts]:
    """The waves of the same consultation that opened before this one, and this one, oldest first."""
    earlier = [one for one in known if one.consultation_id == wave.consultation_id and one.opens_at < wave.opens_at]
    return [*sorted(earlier, key=lambda one: one.opens_at), wave]


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
        themes = check(frames.themes(session, wave.consultation_id), THEMES)
    fresh = upkeep.kept(
        Frames(
            check(news.responses, RESPONSES),
            check(news.answers, ANSWERS),
            check(news.comments, COMMENTS),
            check(news.codings, CODINGS),
        )
    )
    axes = axes_of(_scope(questionnaire, themes))
    if state is None:
        kept = upkeep.settle(fresh)
        return State(wave, news.change, kept, counted(kept.settled, axes), questionnaire, themes, _newest(fresh))
    gone = state.kept.rows_of(news.touched)
    if _are_taken_back(gone.comments, fresh.comments):
        remarks.clear()
        repeats.clear()
        report.clear()
    last = _last(state, gone, fresh)
    if news.all_codings or axes != state.cube.axes:
        standing = state.kept.with_news(fresh, news.touched).whole
        kept = upkeep.settle(standing._replace(codings=fresh.codings) if news.all_codings else standing)
        return State(wave, news.change, kept, counted(kept.settled, axes), questionnaire, themes, last)
    cube = state.cube + counted(fresh, axes) - counted(gone, axes)
    kept = state.kept.with_news(fresh, news.touched)
    return State(wave, news.change, kept, cube, questionnaire, themes, last)


def _last(state: State, gone: Frames, fresh: Frames) -> pd.Timestamp | None:
    """When the response was sent that was sent last of those that still stand."""
    before, left, came = state.latest_sent, _newest(gone), _newest(fresh)
    if left is not None and left == before and (came is None or came < left):  # it was taken back
        responses = state.frames.responses
        left_alone = responses[~responses["response_id"].isin(gone.responses["response_id"])]
        before = _newest(state.frames._replace(responses=left_alone))
    return max((moment for moment in (before, came) if moment is not None), default=None)


def _newest(seen: Frames) -> pd.Timestamp | None:
    return None if seen.responses.empty else seen.responses["sent_at"].max()


def _are_taken_back(had: pd.DataFrame, now_there: pd.DataFrame) -> bool:
    """Whether comments that were known are gone, so that nothing made from their words may stay in memory."""
    had = had[had["words"] != ""]
    return not set(zip(had["comment_id"], had["words"], strict=True)) <= set(
        zip(now_there["comment_id"], now_there["words"], strict=True)
    )


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_STATE)
def seen(state: State, chosen: Chosen, policy: Policy) -> Overview:
    """Who answered, and what they talk about."""
    return overview(state.cube, state.scope, chosen, policy)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_STATE)
def seen_charts(state: State, chosen: Chosen, policy: Policy, look: Look) -> OverviewCharts:
    """The same, drawn."""
    return overview_charts(seen(state, chosen, policy), state.scope, look)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_STATE)
def varied(state: State, chosen: Chosen, measure: Measure, policy: Policy) -> Variation:
    """One measure across services and districts."""
    return variation(state.cube, state.scope, chosen, measure, policy)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_STATE)
def varied_charts(state: State, chosen: Chosen, measure: Measure, policy: Policy, look: Look) -> VariationCharts:
    """The same, drawn."""
    return variation_charts(varied(state, chosen, measure, policy), state.scope, chosen, measure, look)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_STATE)
def judged(state: State, chosen: Chosen, measure: Measure, policy: Policy) -> Released:
    """The whole board with a verdict on each cell."""
    return with_verdicts(state.cube, state.scope, chosen, measure, policy)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_STATE)
def funnel(state: State, service: str, chosen: Chosen, measure: Measure, policy: Policy, look: Look) -> Chart | None:
    """One service in a funnel; None where nobody answered about it."""
    found = funnelled(state.cube, state.scope, service, chosen, measure, policy)
    return funnel_chart(found, state.scope.districts, people_who(measure, state.scope), look) if found else None


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_STATE)
def across(state: State, service: str, chosen: Chosen, measure: Measure, policy: Policy, look: Look) -> Chart:
    """One service in every district."""
    return one_service(varied(state, chosen, measure, policy), state.scope, service, measure, look)


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=BY_STATE)
def by_day(state: State, today: date, policy: Policy, look: Look) -> tuple[Days, DayCharts]:
    """A wave from its opening to today, and the same drawn."""
    found = days.days(state.fieldwork, policy, today=today)
    return found, day_charts(found, beside.happened(state.fieldwork), look)


def told_alike(states: tuple[State, ...]) -> beside.Told:
    """These waves, oldest first, in the districts of the last. Not held, or the frames of every change would be."""
    return beside.told([state.fieldwork for state in states])


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=BY_STATE)
def by_wave(states: tuple[State, ...], policy: Policy) -> list[Released]:
    """Everything that can be followed in each of these waves, oldest first."""
    told = told_alike(states)
    return course.counted(told.waves, policy, partly=told.partly)


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=BY_STATE)
def changed(states: tuple[State, State], policy: Policy, mix: Mix | None) -> Changes:
    """Everything that can be followed in the later of two waves, beside the earlier."""
    told = told_alike(states)
    then, now = told.waves
    return changes.changes(now, then, policy, mix=mix, partly=told.partly)


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
    return latest(state.kept, state.cube, state.scope, chosen, policy)


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs=BY_STATE)
def weighted(state: State, policy: Policy) -> Reweighted | None:
    """What weighting to the populations that this wave asks about would change."""
    asked = {one.column: pd.Series(one.numbers) for one in populations()}
    margins = {column: numbers for column, numbers in asked.items() if not state.names_of(column).empty}
    return reweighted(state.frames, state.scope, margins, policy)


def telling(latest: list[Remark]) -> dict[int, str]:
    """Of these comments, those that may tell who they are about, and what in them tells."""
    with database.reading(database.engine()) as session:
        return details.reasons(session, [remark.comment_id for remark in latest])


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_STATE)
def repeats(state: State, policy: Policy) -> Repeats:
    """The comments that say nearly the same as one another, whatever filters are chosen."""
    with database.reading(database.engine()) as session:
        alike = frames.likenesses(session, state.wave.consultation_id)
    return repeated(state.frames, alike, policy)


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
