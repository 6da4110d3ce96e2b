"""Keeping a page up to date: a question every half second, and the page drawn again only when the answer moves.

Asking is cheap, and drawing a page is not. So what drawing may take is shared out among all who watch: each page is
drawn again as often as the number of people watching allows, and fifty of them cost about what a few do. The numbers at
the top are drawn with the question, and so are never late.
"""

import threading
import time
from collections.abc import Callable

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.ui import access, data, markup
from pages.ui.data import State
from pages.ui.doors import Door

LOCAL = "Europe/London"
EVERY_SECONDS = 0.5  # a comment is seen twice: when it is sent and when it has been read, in two seconds together
SELDOM_SECONDS = 1.5  # however many watch, they are asked for this often: a number is seen within two seconds
A_FEW = 5
"""So many may watch before pages are drawn again less often than they are asked for."""

_GONE_AFTER_SECONDS = 5.0


class Watchers:
    """Who has had a page open in the last seconds, and when each page was last drawn."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked: dict[str, float] = {}
        self._drawn: dict[str, float] = {}

    def asks(self, session: str) -> int:
        """Note that somebody is still there; gives how many are."""
        moment = time.monotonic()
        with self._lock:
            self._asked[session] = moment
            if len(self._asked) > 1:
                there = {one: at for one, at in self._asked.items() if moment - at < _GONE_AFTER_SECONDS}
                self._drawn = {one: at for one, at in self._drawn.items() if one in there}
                self._asked = there
            return len(self._asked)

    def draws(self, session: str) -> None:
        """Note that a page has just been drawn."""
        with self._lock:
            self._drawn[session] = time.monotonic()

    def may_draw(self, session: str, watching: int) -> bool:
        """Whether a page may be drawn again, by what so many people watching leave for each."""
        wait = 0 if watching <= A_FEW else EVERY_SECONDS * watching / A_FEW
        return time.monotonic() - self._drawn.get(session, -wait) >= wait


WATCHERS = Watchers()  # of this process: what it may spend is its own


def watch(
    state: State, door: Door, numbers: Callable[[State], None] | None = None, *, by_the_minute: bool = True
) -> None:
    """Ask whether anything was added since this state, or whether the person watching has been signed out meanwhile.

    numbers draws what stands at the top of the page, each time it is asked, of the wave as it is by then.
    Where single comments are read in the order they came, the minute of the last is not told.
    """
    session = _session()
    watching = WATCHERS.asks(session)
    WATCHERS.draws(session)
    every = min(max(EVERY_SECONDS, EVERY_SECONDS * watching / A_FEW), SELDOM_SECONDS)
    st.fragment(_ask, run_every=every)(state, door, numbers, by_the_minute)


def _ask(state: State, door: Door, numbers: Callable[[State], None] | None, by_the_minute: bool) -> None:
    present = access.viewer()
    allowed = present is not None and bool(present.roles & door.roles)
    latest = data.now(state.wave)
    session = _session()
    watching = WATCHERS.asks(session)
    if not allowed or (latest.change != state.change and WATCHERS.may_draw(session, watching)):
        access.draw_again()
    if numbers is not None:
        numbers(latest)
    markup.draw(markup.paragraph(_told(latest, by_the_minute), style="heard-small"))


def _session() -> str:
    context = get_script_run_ctx()
    return context.session_id if context else ""


def _told(state: State, by_the_minute: bool) -> str:
    """When the latest answers came: what stands here changes only when something has come in."""
    if state.latest_sent is None:
        return "Nobody has answered yet. This page shows answers as they arrive."
    latest = state.latest_sent.tz_convert(LOCAL)
    day = f"{latest:%-d %B %Y at %H:%M}" if by_the_minute else f"{latest:%-d %B %Y}"
    return f"This page shows answers as they arrive. The latest came on {day}."
