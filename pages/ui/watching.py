"""Keeping a page up to date: it asks now and then whether anything was added, and is drawn again when something was.

What stands at the top is told to the page as soon as it moves, without Streamlit (``pages/serving/news.py``): that
costs next to nothing for each who watches. Asking costs a little, and drawing a page is dear. So what both may take is
shared out among all who watch: fifty of them cost about what five do, and the process is never taken up by it.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analysis.overview import Chosen
from pages.ui import access, data, news, reader
from pages.ui.data import State
from pages.ui.doors import Door

OFTEN_SECONDS = 0.5  # a comment is seen twice: when it is sent and when it has been read, in two seconds together
SELDOM_SECONDS = 5.0  # whoever was signed out sees nothing for longer than this, even where no script runs
A_FEW = 5
"""So many may watch before each asks less often."""
SHARE = 0.25
"""What part of the time pages may be being drawn again, all who watch together.

Of the time, not of the processor: where the process has more to do, such as taking what people send, drawing a page
takes longer, and so is done the less often.
"""
AHEAD_SECONDS = 0.5
"""So far ahead of its share drawing may be: nobody waits for one page, and fifty are not all drawn at once."""
PAUSE_SECONDS = 8.0
"""Nobody waits longer than this for what others' pages took, which may have been while much was going on."""

EVERYBODY = Chosen()
_GONE_AFTER_SECONDS = 3 * SELDOM_SECONDS


@dataclass
class _Page:
    """One open page, all in seconds: when it asked and was drawn last, and what drawing took of the processor.

    ``paid`` is what has been taken off the share for drawing that has not ended; ``every`` how often it asks.
    """

    asked: float = float("-inf")
    drawn: float = float("-inf")
    took: float = 0.0
    paid: float = 0.0
    every: float = SELDOM_SECONDS


_NOT_DRAWN = _Page()


class Watchers:
    """The pages that have been open in the last seconds."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pages: dict[str, _Page] = {}
        self._paid = float("-inf")  # the moment at which the share will have come up to all that drawing has taken

    def asks(self, session: str) -> int:
        """Note that somebody is still there; gives how many are."""
        moment = time.monotonic()
        with self._lock:
            self._pages.setdefault(session, _Page()).asked = moment
            self._pages = {one: page for one, page in self._pages.items() if moment - page.asked < _GONE_AFTER_SECONDS}
            return len(self._pages)

    @contextmanager
    def drawing(self, session: str) -> Iterator[None]:
        """Note what is taken by drawing a page, which happens meanwhile."""
        began, used = time.monotonic(), time.thread_time()
        try:
            yield
        finally:
            with self._lock:
                if (page := self._pages.get(session)) is not None:
                    page.took, page.drawn = time.thread_time() - used, time.monotonic()
                    self._pay(page.drawn - began - page.paid)
                    page.paid = 0.0

    def every(self, watching: int) -> float:
        """How many seconds each waits before asking again, when so many watch."""
        return min(OFTEN_SECONDS * max(1, watching / A_FEW), SELDOM_SECONDS)

    def will_ask(self, session: str, watching: int) -> float:
        """Note that a page that is being drawn asks as often as so many may; gives how often in seconds."""
        every = self.every(watching)
        with self._lock:
            self._pages.setdefault(session, _Page()).every = every
        return every

    def asks_too_often(self, session: str, watching: int) -> bool:
        """Whether so many more watch by now that a page asks twice as often as it may. It learns that when drawn."""
        return self.every(watching) >= 2 * self._pages.get(session, _NOT_DRAWN).every

    def may_draw(self, session: str, watching: int) -> bool:
        """Whether a page may be drawn again, as it then is at once: what that took last is taken off the share.

        That is when the share of all has come up to what they took, and its own part of it to what it took itself. A
        page asks only now and then, so it may be drawn a little early rather than a whole round too late.
        """
        with self._lock:
            page, moment = self._pages.setdefault(session, _Page()), time.monotonic()
            wait = page.took * watching / SHARE - self.every(watching) / 2
            if moment - page.drawn < wait or moment + AHEAD_SECONDS < self._paid:
                return False
            page.paid = page.took
            self._pay(page.paid)
            return True

    def _pay(self, seconds: float) -> None:
        moment = time.monotonic()
        self._paid = min(max(self._paid, moment) + seconds / SHARE, moment + PAUSE_SECONDS)


WATCHERS = Watchers()  # of this process: what it may spend is its own


def watch(state: State, door: Door, chosen: Chosen = EVERYBODY) -> None:
    """Ask whether anything was added since this state, or whether the person watching has been signed out meanwhile.

    What the page says of the wave as it is by then is drawn with the question.
    """
    every = WATCHERS.will_ask(session(), WATCHERS.asks(session()))
    st.fragment(_ask, run_every=every)(state, door, chosen)


def session() -> str:
    """What Streamlit knows this open page by."""
    context = get_script_run_ctx()
    return context.session_id if context else ""


def _ask(state: State, door: Door, chosen: Chosen) -> None:
    present = access.viewer()
    allowed = present is not None and bool(present.roles & door.roles)
    latest = data.now(state.wave)
    watching = WATCHERS.asks(session())
    is_due = latest.change != state.change or WATCHERS.asks_too_often(session(), watching)
    if not allowed or (is_due and WATCHERS.may_draw(session(), watching)):
        access.draw_again()
    news.draw(latest, door, chosen, reader.policy_for(present.roles if present else ()))
