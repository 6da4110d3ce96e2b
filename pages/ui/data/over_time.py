"""Waves by day and beside one another."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from analysis import changes, course, days, ledger
from analysis.changes import Changes, Mix
from analysis.charts.chart import Look
from analysis.charts.days import DayCharts, day_charts
from analysis.days import Days
from analysis.suppression import Policy, Released
from pages.ui import waves as beside
from pages.ui.data.known import BY_STATE, State


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


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=BY_STATE)
def outcomes(waves: tuple[State, ...], asked: tuple[ledger.Asked, ...], policy: Policy) -> Mapping[int, ledger.Outcome]:
    """What later waves say of the actions of a ledger, all of them judged together."""
    return ledger.outcomes([state.for_ledger for state in waves], asked, policy)
