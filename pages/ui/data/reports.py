"""The themed summary of a wave."""

from typing import NamedTuple

import pandas as pd
import streamlit as st

from analysis import children, tallies
from analysis.charts.chart import Chart, Look
from analysis.charts.themes import themes as themes_chart
from analysis.ratings import Rated, ratings
from analysis.summary import Said, Summary, summary
from analysis.suppression import Policy
from pages.ui.data.known import BY_STATE, State, when_words_go
from survey import database, details, safeguarding


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
    """What a wave says. By whose comment somebody may be recognised, or harm disclosed, of theirs none is quoted."""
    seen = state.frames
    with database.reading(database.engine()) as session:
        telling = details.not_to_be_quoted(session, state.wave.id)
        telling |= safeguarding.not_to_be_quoted(session, state.wave.id)
    quotable = seen.responses["quotable"] & ~seen.responses["response_id"].isin(telling)
    frame = children.children(seen.answers, seen.comments) if state.approved.tells_of_children else None
    told = children.told(frame) if frame is not None else None
    people = seen.responses.assign(quotable=quotable)
    return Said(state.wave.title, people, seen.comments, seen.codings, told)


def _rated(state: State) -> pd.DataFrame:
    scope = state.approved
    said = tallies.rated(state.frames.answers, state.frames.responses, item=scope.rating, tones=scope.tones)
    return (children if scope.rated_by_child else tallies).by_service(said, list(scope.services.index))


@when_words_go
def _forget(_: State) -> None:
    report.clear()
