"""How early warnings are shown, and what happens when an officer has looked at one."""

from datetime import datetime

import streamlit as st
from sqlmodel import Session
from streamlit.delta_generator import DeltaGenerator

from analysis.early_warning import Warned
from analysis.phrases import counted, listed
from analysis.suppression import OFFICER
from pages.ui import access, comments, data, markup, show
from pages.ui.acting import Presses
from pages.ui.data import State
from pages.ui.doors import EARLY_WARNING
from survey import warnings
from survey.database import engine, reading
from survey.warnings import Look, is_news, look_at

PRESSES = Presses(EARLY_WARNING)
MOST = 12


def point_to(place: DeltaGenerator, state: State) -> None:
    """On another page: that there is something to look at, once that page has been drawn; to those who may look."""
    present = access.viewer()
    if present is None or not present.roles & EARLY_WARNING.roles:
        return
    if waiting := data.unseen_warnings(state, OFFICER):
        told = counted(waiting, "early warning that nobody has looked at", "early warnings that nobody has looked at")
        place.container(key="heard-pointer").page_link(EARLY_WARNING.script, label=told)


def draw(state: State, found: list[Warned]) -> None:
    """The warnings that are still to be looked at, with their comments; then those that somebody has looked at."""
    with reading(engine()) as session:
        looked = warnings.looks(session, state.wave.id)
    kept = {one: looked.get(data.kept_under(one)) for one in found}
    news = [one for one, look in kept.items() if is_news(one.people, look)]
    st.header("To look at", anchor=False)
    if not news:
        markup.draw(markup.paragraph("Nothing stands out in these days."))
    for one in news:
        _warning(state, one, kept[one])
    old = [(one, look) for one, look in kept.items() if look is not None and one not in news]
    if old:
        st.header("Looked at", anchor=False)
        show.sentences(
            [f"{_title(state, one)}. {look.by} looked at it on {comments.day(look.at)}." for one, look in old]
        )


def _warning(state: State, one: Warned, look: Look | None) -> None:
    title = _title(state, one)
    st.subheader(title, anchor=False)
    grown = f" {look.by} looked at it when it was {look.people}." if look else ""
    markup.draw(
        markup.paragraph(
            f"{one.people} people wrote of it between {one.since:%-d %B} and {one.until:%-d %B %Y}. By what was "
            f"written before, {_expected(one)} in as many days.{_homes(state, one)}{grown}"
        )
    )
    if one.words:
        markup.draw(markup.paragraph(f"Words that came up: {listed([f'“{word}”' for word in one.words])}."))
    with st.expander(f"Comments: {title}", expanded=True):
        latest = data.those(state, one.comment_ids[:MOST])
        show.remarks(latest, data.telling(latest))
        if len(one.comment_ids) > MOST:
            markup.draw(markup.paragraph(f"These are the latest {MOST} of {len(one.comment_ids)}."))
    about, place = data.kept_under(one)
    st.button(f"I have looked at it: {title}", key=f"warned-{about}-{place}", on_click=_look, args=(state, one))


def _expected(one: Warned) -> str:
    return f"about {one.expected:.0f} would have" if one.expected >= 1 else "hardly anybody would have"


def _homes(state: State, one: Warned) -> str:
    if not one.is_service or not one.district:
        return ""
    return f" {one.from_there} of them are from {state.scope.districts[one.district]}."


def _look(state: State, one: Warned) -> None:
    def look(session: Session, who: str, now: datetime) -> str:
        about, place = data.kept_under(one)
        look_at(session, state.wave.id, about, place, one.people, by=who, now=now)
        return f"Kept that you looked. It comes back if {warnings.GROWN_BY} more people write of it."

    PRESSES.do(look)


def _title(state: State, one: Warned) -> str:
    names = state.scope.services if one.is_service else state.scope.districts
    called = state.scope.themes
    what = listed([str(called.get(key, key)) for key in one.themes[:2]]) or f"“{one.words[0]}”"
    there = [str(names.get(one.place, one.place))]
    if one.is_service and one.district:
        there.insert(0, str(state.scope.districts[one.district]))
    return f"{', '.join(there)}: {what}"
