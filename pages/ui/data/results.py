"""Figures and charts of one wave, made once for each (change, filters, look)."""

from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from analysis import heard_from
from analysis.board import Variation, funnelled, variation, with_verdicts
from analysis.charts.arrivals import NAMES as CHANNELS
from analysis.charts.chart import Chart, Look
from analysis.charts.funnel import funnel_chart
from analysis.charts.judged import judged as judged_chart
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
from analysis.cube import WAYS
from analysis.overview import Chosen, Measure, Numbers, Overview, numbers, overview
from analysis.reweighting import Reweighted, reweighted
from analysis.suppression import Policy, Released, release
from analysis.theme_sizes import Sizes, sizes
from pages.ui.data.known import BY_STATE, State
from survey import boundaries, consultations, database, equality, languages, stopping
from survey.consultations import WaveFacts
from survey.populations import populations
from survey.wording import words_in


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_STATE)
def counted(state: State, chosen: Chosen, policy: Policy) -> Numbers:
    """How many answered: made for itself, because whoever watches is told it as soon as it moves."""
    return numbers(state.cube, state.scope, chosen, policy)


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
    return with_verdicts(state.cube, state.scope, chosen, measure, policy)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_STATE)
def judged_board(
    state: State, chosen: Chosen, measure: Measure, policy: Policy, look: Look, *, by_evidence: bool
) -> Chart:
    """The same, drawn; the table beside it by name, or by evidence."""
    board, scope = judged(state, chosen, measure, policy), state.scope
    what = people_who(measure, scope)
    return judged_chart(board, scope.rows(measure), scope.districts, what, look, by_evidence=by_evidence)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_STATE)
def funnel(state: State, service: str, chosen: Chosen, measure: Measure, policy: Policy, look: Look) -> Chart | None:
    """One service in a funnel; None where nothing of it may be shown."""
    found = funnelled(state.cube, state.scope, service, chosen, measure, policy)
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


def dropped(state: State, policy: Policy) -> tuple[Released, Released]:
    """How many of those who began have stopped, by the language and by the way in which they answered."""
    now = datetime.now(UTC)
    with database.reading(database.engine()) as session:
        tongues = stopping.by_language(session, state.wave.id, now=now)
        ways = stopping.by_way(session, state.wave, now=now)
    counts = state.cube.manners
    codes = [languages.code_of(str(tongue), str(variant)) for tongue, variant in counts.index]
    sent = pd.Series(counts.to_numpy(), index=pd.Index(codes, dtype="str")).groupby(level=0).sum()
    names = {code: one.english for code, one in languages.LANGUAGES.items()}
    called = {code: names.get(code, code) for code in (*names, *sent.index, *tongues.index)}
    through = pd.Series(state.cube.responses[0].sum(axis=0), index=list(WAYS))
    return (
        heard_from.dropped(tongues, sent, pd.Series(called, dtype="str"), policy),
        heard_from.dropped(ways, through, pd.Series(CHANNELS)[ways.index], policy),
    )


def equality_answers(wave: WaveFacts, policy: Policy) -> Released:
    """How those who answered the equality questions divide: of everybody in the wave, whatever was chosen elsewhere."""
    with database.reading(database.engine()) as session:
        counts = equality.counts(session, wave.id)
    return release(equality.in_words(counts, words_in("en")), policy, totals=[["question"]])


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs=BY_STATE)
def weighted(state: State, policy: Policy) -> Reweighted | None:
    """What weighting to the populations that this wave asks about would change."""
    asked = {one.column: pd.Series(one.numbers) for one in populations() if one.weighs}
    margins = {column: numbers for column, numbers in asked.items() if not state.names_of(column).empty}
    return reweighted(state.frames, state.scope, margins, policy)


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=BY_STATE)
def theme_sizes(state: State, policy: Policy) -> Sizes:
    """How large the themes are, approved and suggested, and what is said of them."""
    candidate = state.themes["candidate"]
    approved, suggested = state.themes.loc[~candidate, "theme"], state.themes.loc[candidate, "theme"]
    return sizes(state.frames, approved.tolist(), suggested.tolist(), policy)
