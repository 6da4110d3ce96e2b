"""How waves are shown along time: one wave by day and week, and one thing over all waves of a consultation."""

from datetime import date

import pandas as pd
import streamlit as st

from analysis import course as courses
from analysis.charts import events
from analysis.charts.chart import Look
from analysis.charts.course import Noted, course_chart
from analysis.course import Course
from analysis.days import Days
from analysis.following import Fieldwork
from analysis.suppression import Policy
from pages.ui import data, filters, markup, show
from pages.ui import waves as beside
from pages.ui.data import State

RESPONSES = "Responses"
NONE_IN_TIME = "No response bears a day within this wave, so nothing can be shown by day."


def days(state: State, today: date, policy: Policy, look: Look) -> None:
    """One wave: responses by day, and the tone of comments by week."""
    if state.frames.responses.empty:
        markup.draw(markup.paragraph(f"Nobody has answered {state.wave.title} yet."))
        return
    found, drawn = data.by_day(state, today, policy, look)
    _out_of_time(found)
    if found.arrivals.figures.empty:
        markup.draw(markup.paragraph(NONE_IN_TIME))
        return
    st.subheader(f"Responses by {found.step}", anchor=False)
    _noted(drawn.arrivals, key="time-days", title=f"Responses by {found.step}")
    show.held_back(found.arrivals)
    st.subheader("Tone of comments by week", anchor=False)
    if found.tones.shown.empty:
        markup.draw(markup.paragraph("Too few comments have been read in any week to show in which tone."))
        return
    show.chart(drawn.tones, key="time-tones", title="Tone of comments by week")
    show.held_back(found.tones)


def arrivals(state: State, today: date, policy: Policy, look: Look, *, key: str) -> None:
    """Responses alone, by as short a time as this reader may see."""
    found, drawn = data.by_day(state, today, policy, look)
    _out_of_time(found)
    if found.arrivals.figures.empty:
        markup.draw(markup.paragraph(NONE_IN_TIME))
        return
    _noted(drawn.arrivals, key=key, title=f"Responses by {found.step}")
    show.held_back(found.arrivals)


def _out_of_time(found: Days) -> None:
    if found.out_of_time:
        markup.draw(
            markup.notice(
                "Some responses bear a day on which nobody can have answered this wave: a clock was wrong, or a "
                "file was brought in with other dates. They count in every other figure, and are left out of charts "
                "along time."
            )
        )


def course(states: tuple[State, ...], policy: Policy, look: Look) -> None:
    """One thing over all the waves up to the one chosen, with a sentence for each break."""
    told = data.told_alike(states)
    found = _chosen(told.waves, states, policy)
    show.sentences([*found.breaks, *told.broken])
    drawn = course_chart(found, beside.happened(told.waves[-1]), look)
    _noted(drawn, key="time-course", title=f"{found.line.label}, by wave")


def _chosen(waves: list[Fieldwork], states: tuple[State, ...], policy: Policy) -> Course:
    """What somebody chose to follow: all of the responses, until they choose something of what they said."""
    lines = courses.followed_lines(waves[-1])
    with st.container(horizontal=True, key="heard-filters-follow"):
        kind = filters.followed(list(dict.fromkeys([RESPONSES, *(line.kind for line in lines)])))
        offered = [line for line in lines if line.kind == kind]
        place = filters.line(kind, [line.label for line in offered]) if offered else 0
    if kind == RESPONSES:
        return courses.responses(waves, policy)
    return courses.course(waves, data.by_wave(states, policy), offered[place])


def _noted(drawn: Noted, *, key: str, title: str) -> None:
    """A chart with the list of the events that are noted on it."""
    show.chart(drawn.chart, key=key, title=title)
    listed: pd.DataFrame = events.listed(drawn.events)
    if len(listed):
        with st.container(key=f"heard-events-{key}"):
            show.table(listed, caption="What happened meanwhile. The numbers are those on the chart.")
