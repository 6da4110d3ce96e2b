"""What happens when an officer presses a button on "Comments to look at": done if they still may, and told.

The focus is led to what is told, because whatever was pressed is gone when the page is drawn again.
"""

from collections.abc import Callable
from datetime import datetime

import streamlit as st
from sqlmodel import Session

from pages.ui import acting, markup
from pages.ui.acting import Outcome
from pages.ui.doors import TO_READ
from survey.languages import ENGLISH

TOLD, TIMES = "to-read-told", "to-read-times"
NEWS = "heard-to-read-news"


def act(what: Callable[[Session, str, datetime], str]) -> bool:
    """Do something in one transaction as whoever is signed in, and keep what it says to tell them.

    Gives False where it was not done: something is to be put right, or somebody is not signed in any more.
    """
    return _keep(acting.attempt(what, TO_READ.roles))


def say(sentence: str) -> None:
    """Say this, once, of a press that kept nothing."""
    _keep(Outcome(sentence, done=True))


def tell() -> None:
    """Say what came of the last press, once: directly above what is looked at, so that Tab goes on to that.

    Where nothing new is told the step stays the same, and the focus where it is.
    """
    told: Outcome = st.session_state.get(TOLD, Outcome("", done=True))
    focus = NEWS if told.told else ""
    with st.container(key=NEWS):
        step = f"to-read-{st.session_state.get(TIMES, 0)}"
        markup.draw(markup.step(step, spoken=ENGLISH, focus=focus, scroll="start"))
        acting.tell_plainly(TOLD)


def tell_plainly() -> None:
    """Say it on a page that leads the focus by itself: two steps on one page would be in each other's way."""
    acting.tell_plainly(TOLD)


def _keep(outcome: Outcome | None) -> bool:
    if outcome is not None and outcome.told:
        st.session_state[TIMES] = st.session_state.get(TIMES, 0) + 1
    return acting.keep(outcome, TOLD)
