"""What a page shows while answers are read and a summary is made from them: what is being done, and how far it is."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from analysis.report.steps import Step
from analysis.shelf import Shelf
from pages.ui import data
from pages.ui.data import Making, State
from survey.consultations import WaveFacts

AT_ONCE = 0.3
"""Seconds: what is there by then, nobody is told to wait for."""
LOOK_EVERY_SECONDS = 0.2


def for_answers(waves: Sequence[WaveFacts]) -> None:
    """Read the answers of these waves, where that has not been done since the program began, and say which."""
    unread = [wave for wave in waves if not data.is_known(wave)]
    if not unread:
        return
    place = st.empty()
    for number, wave in enumerate(unread):
        place.html(_told(f"Reading the answers of {wave.title}.", number, len(unread)))
        data.now(wave)
    place.empty()


def for_comments(state: State) -> Shelf:
    """The comments of a wave, looked through where that has not been done since the program began, and say so."""
    if data.is_shelved(state):
        return data.shelf(state)
    place = st.empty()
    place.html(_told(f"Looking through the comments of {state.wave.title}.", 0, 1))
    made = data.shelf(state)
    place.empty()
    return made


def for_summary(making: Making) -> None:
    """Wait until a summary is made. Whoever waits sees and hears how far it is; the focus stays where it was."""
    if making.is_made(within=AT_ONCE):
        return
    place, shown = st.empty(), None
    while not making.is_made(within=LOOK_EVERY_SECONDS):
        if making.step is not None and making.step is not shown:
            shown = making.step
            place.html(how_far(shown))
    place.empty()


def how_far(step: Step) -> str:
    """The step that a summary is at, and how many are done."""
    told = f"Making the summary. Step {step.place} of {len(Step)}: {step}."
    return _told(told, step.place - 1, len(Step))


def _told(what: str, done: int, of: int) -> str:
    """What is being done, read aloud when it changes. The bar has moved by what is done and by nothing else."""
    return (
        f'<div class="heard-notice" role="status"><p>{escape(what)}</p>'
        f'<progress aria-label="Done so far" max="{of}" value="{done}"></progress></div>'
    )
