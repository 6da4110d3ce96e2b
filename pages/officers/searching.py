"""Looking for themes in what no theme covers: asked for by an officer, followed while it runs, and stopped."""

from datetime import datetime

import streamlit as st
from sqlmodel import Session

from pages.officers.theme_acts import PRESSES, Desk
from pages.officers.theme_cards import moment
from pages.ui import access, data, markup
from pages.ui.acting import Act
from pages.ui.doors import THEMES
from survey import fits, suggested
from survey.consultations import WaveFacts
from survey.database import engine, reading
from survey.fits import FitFacts
from survey.tables import FitState
from survey.uncovered import is_due

EVERY_SECONDS = 2.0
NEWS, PRESSED = "heard-search-news", "themes-search-pressed"


def show(desk: Desk | None, wave: WaveFacts) -> None:
    """What became of the last search, and for officers a button to begin one or stop it.

    What is said has one place, whatever it is: the focus stays there while a search begins, goes on and ends.
    """
    with reading(engine()) as session:
        last = fits.latest(session, wave.consultation_id)
        due = suggested.to_be_looked_for(session, wave.consultation_id)
        if last is None:
            due = is_due(session, wave.consultation_id)
    with st.container(key=NEWS):
        if last is not None and last.is_open:
            _followed(wave, last.id)
        else:
            markup.draw(markup.notice(_ended(last, due=due), style="heard-small", announced=True))
    if desk and last is not None and last.is_open:
        if not last.cancel:
            st.button("Stop looking", key="themes-stop", on_click=_stop, args=(last.id,))
    elif desk:
        st.button("Look for themes now", key="themes-look", on_click=_ask, args=(wave,))


def led_to() -> str:
    """Where the focus goes when the page is drawn: to what is said of the search, if that was what was pressed last."""
    return NEWS if st.session_state.get(PRESSED) == PRESSES.times else ""


@st.fragment(run_every=EVERY_SECONDS)
def _followed(wave: WaveFacts, fit_id: int) -> None:
    access.require(*THEMES.roles)
    with reading(engine()) as session:
        last = fits.facts(session, fit_id)
    if last is None or not last.is_open:
        data.look_again(wave)
        access.draw_again()
    # Announced as it begins and as it is stopped; its numbers change too often to be read aloud.
    markup.draw(markup.notice(_under_way(last), announced=last.cancel or not last.done))


def _ask(wave: WaveFacts) -> None:
    def ask(session: Session, who: str, now: datetime) -> str:
        fits.ask(session, wave.consultation_id, by=who, now=now)
        return ""

    _attempt(ask)


def _stop(fit_id: int) -> None:
    def stop(session: Session, who: str, now: datetime) -> str:
        fits.cancel(session, fit_id, by=who, now=now)
        return ""

    _attempt(stop)


def _attempt(what: Act) -> None:
    """Do it. The button that was pressed goes, so the focus is led to what is said of the search."""
    if PRESSES.do(what):
        PRESSES.move()
        st.session_state[PRESSED] = PRESSES.times


def _under_way(last: FitFacts) -> str:
    if last.cancel:
        return "Stopping …"
    if last.state is FitState.ASKED:
        return "A search for themes is asked for. It begins when the worker is free."
    if last.done == 0:
        return f"Looking for themes in {last.comments:,} comments that no theme covers. Reading goes on meanwhile."
    return f"Themes were found; {last.done:,} of {last.comments:,} comments have been given theirs so far."


def _ended(last: FitFacts | None, *, due: bool) -> str:
    if last is None or last.ended_at is None:
        soon = "One is due, and begins by itself shortly." if due else "One begins by itself once enough has come in."
        return f"No search for further themes has been made yet. {soon}"
    again = " Words were taken back since: another begins by itself shortly." if due else ""
    return _came_to(last, moment(last.ended_at)) + again


def _came_to(last: FitFacts, when: str) -> str:
    match last.state:
        case FitState.CANCELLED:
            return (
                f"The last search for themes was stopped on {when}. Comments that had been given something new keep it."
            )
        case FitState.FAILED:
            return f"The last search for themes failed on {when}. Whoever runs Heard finds why in its log."
        case _:
            return f"Themes were last looked for on {when}, in {last.comments:,} comments that no theme covered."
