"""What happens when somebody who works here presses a button: done as a whole if they still may, and told."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock
from typing import NamedTuple

import streamlit as st
from sqlmodel import Session
from streamlit.delta_generator import DeltaGenerator

from pages.ui import access, markup
from pages.ui.doors import Door
from survey.database import engine, writing
from survey.errors import SurveyError
from survey.languages import ENGLISH
from survey.tables import RoleName

Act = Callable[[Session, str, datetime], str]
"""Something to do in one transaction, by whom and when; it says what there is to tell of it, or nothing."""


class Outcome(NamedTuple):
    """What there is to say of a press, and whether what was asked for was done."""

    told: str
    done: bool


_NOTHING = Outcome("", done=True)


class _Held:
    """What is known of somebody's presses on one page: held as one thing and changed in place.

    A second press comes while the first is worked on, and must know of it.
    """

    def __init__(self) -> None:
        self.turn = Lock()
        self.times = 0
        self.pressed = ("", 0)  # the form that did what it says last, and in which drawing of the page it stood
        self.last = self.untold = _NOTHING

    def keep(self, outcome: Outcome) -> bool:
        """Keep what there is to say until the page is drawn. Whether it was done."""
        if outcome.told:
            self.times += 1
            self.last = self.untold = outcome
        return outcome.done


class Presses:
    """The presses on one page, by those of these roles: what came of each is told once, and the focus led to it.

    Whatever was pressed may be gone when the page is drawn again, and far from where that is told. Whoever works by
    keyboard, or sees a part of the page alone, goes on from what is told.
    """

    def __init__(self, door: Door, roles: frozenset[RoleName] = frozenset()) -> None:
        self.page = door.path
        self.roles = roles or door.roles
        self.place = f"heard-{self.page}-news"

    def do(self, act: Act) -> bool:
        """Do something as whoever is signed in, and keep what it says to tell them. Whether it was done.

        A press comes before the page is drawn again, so that what the page checks is too late for it. Where nobody
        with one of these roles is signed in any more nothing is done, and the page says why.
        """
        held = self._held  # now: once a second press has come, Streamlit lets nobody look it up any more
        present = access.viewer()
        if present is None or not present.roles & self.roles:
            return False
        try:
            with writing(engine()) as session:
                outcome = Outcome(act(session, present.name, datetime.now(UTC)), done=True)
        except SurveyError as problem:
            outcome = Outcome(str(problem), done=False)
        return held.keep(outcome)

    def say(self, told: str) -> None:
        """Say this of a press that kept nothing."""
        self._held.keep(Outcome(told, done=True))

    def refuse(self, told: str) -> None:
        """Say why nothing was done."""
        self._held.keep(Outcome(told, done=False))

    def submit(self, label: str, act: Callable[..., object], *wanted: object, primary: bool = False) -> None:
        """The button of a form. It does this with what was on screen, and once, also if it is pressed twice."""
        kind = "primary" if primary else "secondary"
        st.form_submit_button(label, type=kind, on_click=self._once, args=(label, self.times, act, *wanted))

    def move(self) -> None:
        """From the next drawing on, the focus is led to what is new, also where nothing is told of it."""
        self._held.times += 1

    @property
    def times(self) -> int:
        """How often something was told or moved to, which tells one drawing of the page from another."""
        return self._held.times

    def tell(self, part: str = "", *, heading: str = "") -> DeltaGenerator:
        """Say what came of the last press, once: what was done as a notice, and why it was not as a mistake.

        ``part`` names what of the page is shown. Where that is another one, or something was moved to, and there is
        nothing to tell, the focus is led to what has the id or key ``heading``, or else to the heading of the page. All
        of it has one place, also when it is empty: whatever is drawn below stays as it is, with what was typed. Gives
        that place.
        """
        outcome = self._untold()
        focus = self.place if outcome.told else heading
        place = st.container(key=self.place)
        with place:
            step = [self.page, part, str(self.times)]
            markup.draw(markup.step("-".join(filter(None, step)), spoken=ENGLISH, focus=focus, scroll="start"))
            _draw(outcome, announced=False)
        return place

    def announce(self) -> None:
        """Say it where the focus is led elsewhere: it is read out, and the focus left alone."""
        _draw(self._untold(), announced=True)

    @property
    def _held(self) -> _Held:
        held: _Held = st.session_state.setdefault(f"{self.page}-presses", _Held())
        return held

    def _once(self, label: str, drawn: int, act: Callable[..., object], *wanted: object) -> None:
        """Do it, unless it is the second press of a double one: then say again what came of the first.

        What was refused may be pressed again.
        """
        held = self._held
        with held.turn:
            if (label, drawn) == held.pressed:
                held.untold = held.last
                return
            try:
                act(*wanted)
            finally:  # a second press ends the callback of the first, once that looks something up
                if held.times > drawn and held.last.done:
                    held.pressed = (label, drawn)

    def _untold(self) -> Outcome:
        held = self._held
        outcome, held.untold = held.untold, _NOTHING
        return outcome


def _draw(outcome: Outcome, *, announced: bool) -> None:
    if outcome.told and outcome.done:
        markup.draw(markup.notice(outcome.told, announced=announced))
    elif outcome.told:
        st.error(outcome.told)
