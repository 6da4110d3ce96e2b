"""What happens when an officer presses a button on "Comments to look at": done if they still may, and told."""

from collections.abc import Callable
from datetime import UTC, datetime

import streamlit as st
from sqlmodel import Session

from pages.ui import access, markup
from pages.ui.doors import TO_READ
from survey.database import engine, writing
from survey.errors import CommentError, SafeguardingError

TOLD = "to-read-told"


def act(what: Callable[[Session, str, datetime], str]) -> bool:
    """Do something in one transaction as whoever is signed in, and keep what it says to tell them.

    Gives False where it was not done: something is to be put right, or somebody is not signed in any more.
    """
    present = access.viewer()
    if present is None or not present.roles & TO_READ.roles:
        return False
    try:
        with writing(engine()) as session:
            st.session_state[TOLD] = what(session, present.name, datetime.now(UTC))
    except (CommentError, SafeguardingError) as problem:
        st.session_state[TOLD] = str(problem)
        return False
    return True


def tell() -> None:
    """Say what came of the last press, once."""
    if told := st.session_state.pop(TOLD, ""):
        markup.draw(markup.notice(told, announced=True))
