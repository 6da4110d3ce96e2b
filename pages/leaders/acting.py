"""What an officer does about summaries and reports: done if they still may, and told once at the top of the page."""

from collections.abc import Callable
from datetime import UTC, datetime

import streamlit as st
from sqlmodel import Session

from pages.ui import access, markup
from survey.database import engine, writing
from survey.errors import ReportError
from survey.tables import RoleName

TOLD = "reports-told"


def act(what: Callable[[Session, str, datetime], str]) -> None:
    """Do something in one transaction as whoever is signed in, if an officer, and keep what it says to tell them."""
    present = access.viewer()
    if present is None or RoleName.OFFICER not in present.roles:
        return
    try:
        with writing(engine()) as session:
            st.session_state[TOLD] = (what(session, present.name, datetime.now(UTC)), True)
    except ReportError as problem:
        st.session_state[TOLD] = (str(problem), False)


def tell() -> None:
    """Say what came of the last press, once."""
    told, done = st.session_state.pop(TOLD, ("", True))
    if told and done:
        markup.draw(markup.notice(told, announced=True))
    elif told:
        st.error(told)
