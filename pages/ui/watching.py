"""Keeping a page up to date: a question twice a second, and the page drawn again only when the answer moves."""

import pandas as pd
import streamlit as st

from pages.ui import access, data, markup
from pages.ui.data import State
from pages.ui.doors import Door

LOCAL = "Europe/London"
EVERY_SECONDS = 0.5  # a comment is seen twice: when it is sent and when it has been read, in two seconds together


@st.fragment(run_every=EVERY_SECONDS)
def watch(state: State, door: Door, *, by_the_minute: bool = True) -> None:
    """Ask whether anything was added since this state, or whether the person watching has been signed out meanwhile.

    Where single comments are read in the order they came, the minute of the last is not told.
    """
    present = access.viewer()
    allowed = present is not None and bool(present.roles & door.roles)
    if not allowed or data.now(state.wave).change != state.change:
        access.draw_again()
    markup.draw(markup.paragraph(_told(state, by_the_minute), style="heard-small"))


def _told(state: State, by_the_minute: bool) -> str:
    """When the latest answers came: what stands here changes only when the page does."""
    sent = state.frames.responses["sent_at"]
    if sent.empty:
        return "Nobody has answered yet. This page shows answers as they arrive."
    latest = pd.Timestamp(sent.max()).tz_convert(LOCAL)
    day = f"{latest:%-d %B %Y at %H:%M}" if by_the_minute else f"{latest:%-d %B %Y}"
    return f"This page shows answers as they arrive. The latest came on {day}."
