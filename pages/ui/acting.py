"""What happens when somebody who works here presses a button: done as a whole if they still may, and told."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import NamedTuple

import streamlit as st
from sqlmodel import Session

from pages.ui import access, markup
from survey.database import engine, writing
from survey.errors import SurveyError
from survey.tables import RoleName


class Outcome(NamedTuple):
    """What there is to say of a press, and whether what was asked for was done."""

    told: str
    done: bool


def attempt(what: Callable[[Session, str, datetime], str], roles: Collection[RoleName]) -> Outcome | None:
    """Do something in one transaction as whoever is signed in; it says what there is to tell of it.

    A press comes before the page is drawn again, so that what the page checks is too late for it. None where nobody
    with one of these roles is signed in any more: nothing was done, and the page will say why.
    """
    present = access.viewer()
    if present is None or not present.roles & set(roles):
        return None
    try:
        with writing(engine()) as session:
            return Outcome(what(session, present.name, datetime.now(UTC)), done=True)
    except SurveyError as problem:
        return Outcome(str(problem), done=False)


def keep(outcome: Outcome | None, under: str) -> bool:
    """Keep what there is to say until the page is drawn. Whether it was done."""
    if outcome is not None:
        st.session_state[under] = outcome
    return outcome is not None and outcome.done


def tell(under: str, *, announced: bool = False) -> None:
    """Say what came of the last press, once: what was done as a notice, and why it was not as a mistake."""
    outcome: Outcome = st.session_state.pop(under, Outcome("", done=True))
    if outcome.told and outcome.done:
        markup.draw(markup.notice(outcome.told, announced=announced))
    elif outcome.told:
        st.error(outcome.told)


def tell_plainly(under: str) -> None:
    """Say what came of the last press, once, as a notice whether it was done or not."""
    outcome: Outcome = st.session_state.pop(under, Outcome("", done=True))
    if outcome.told:
        markup.draw(markup.notice(outcome.told, announced=True))
