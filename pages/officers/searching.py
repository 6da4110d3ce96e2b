"""Looking for themes in what no theme covers: asked for by an officer, followed while it runs, and stopped."""

from datetime import datetime

import streamlit as st
from sqlmodel import Session

from pages.officers.theme_acts import Desk
from pages.officers.theme_cards import moment
from pages.ui import access, data, markup
from pages.ui.doors import THEMES
from survey import fits
from survey.consultations import WaveFacts
from survey.database import engine, reading
from survey.fits import FitFacts
from survey.tables import FitState

EVERY_SECONDS = 2.0


def show(desk: Desk | None, wave: WaveFacts) -> None:
    """What became of the last search, and for officers a button to begin one or stop it."""
    with reading(engine()) as session:
        last = fits.latest(session, wave.consultation_id)
    if last is not None and last.is_open:
        _followed(desk, wave)
        return
    markup.draw(markup.paragraph(_ended(last), style="heard-small"))
    if desk:
        st.button("Look for themes now", key="themes-look", on_click=_ask, args=(desk,))


@st.fragment(run_every=EVERY_SECONDS)
def _followed(desk: Desk | None, wave: WaveFacts) -> None:
    access.require(*THEMES.roles)
    with reading(engine()) as session:
        last = fits.latest(session, wave.consultation_id)
    if last is None or not last.is_open:
        data.look_again(wave)
        access.draw_again()
        return
    markup.draw(markup.notice(_under_way(last)))
    if desk:
        st.button("Stop looking", key="themes-stop", on_click=_stop, args=(desk, last.id), disabled=last.cancel)


def _ask(desk: Desk) -> None:
    def ask(session: Session, who: str, now: datetime) -> str:
        fits.ask(session, desk.wave.consultation_id, by=who, now=now)
        return ""

    desk.attempt(ask)


def _stop(desk: Desk, fit_id: int) -> None:
    def stop(session: Session, who: str, now: datetime) -> str:
        fits.cancel(session, fit_id, by=who, now=now)
        return ""

    desk.attempt(stop)


def _under_way(last: FitFacts) -> str:
    if last.cancel:
        return "Stopping …"
    if last.state is FitState.ASKED:
        return "A search for themes is asked for. It begins when the worker is free."
    if last.done == 0:
        return f"Looking for themes in {last.comments:,} comments that no theme covers. Reading goes on meanwhile."
    return f"Themes were found; {last.done:,} of {last.comments:,} comments have been given theirs so far."


def _ended(last: FitFacts | None) -> str:
    if last is None or last.ended_at is None:
        return "No search for further themes has been made yet. One begins by itself once enough comments have come in."
    when = moment(last.ended_at)
    match last.state:
        case FitState.CANCELLED:
            return (
                f"The last search for themes was stopped on {when}. Comments that had been given something new keep it."
            )
        case FitState.FAILED:
            return f"The last search for themes failed on {when}. Whoever runs Heard finds why in its log."
        case _:
            return f"Themes were last looked for on {when}, in {last.comments:,} comments that no theme covered."
