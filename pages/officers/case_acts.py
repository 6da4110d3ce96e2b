"""What happens when a safeguarding officer presses a button: done if they still may, kept with who, and told."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import streamlit as st
from sqlmodel import Session

from pages.ui import data
from pages.ui.acting import Presses
from pages.ui.doors import SAFEGUARDING
from survey import safeguarding

PRESSES = Presses(SAFEGUARDING)
OPENED, NOTE = "cases-opened", "cases-note"
SHOWN_FOR = timedelta(minutes=15)
"""How long words stay on the screen of somebody who does nothing with them: then the case has to be opened again."""

Act = Callable[[Session, str, datetime], None]


def moment() -> datetime:
    """Now."""
    return datetime.now(UTC)


def opened() -> int | None:
    """The case whose words this person has opened, unless that was too long ago."""
    case_id, at = st.session_state.get(OPENED, (None, None))
    if case_id is None or moment() - at > SHOWN_FOR:
        st.session_state.pop(OPENED, None)
        return None
    return int(case_id)


def open_case(case_id: int) -> None:
    """Show a case's words, and keep that this person looked."""
    if _act(lambda session, who, now: _opened(session, case_id, who, now), "You see it as written. That is kept."):
        st.session_state[OPENED] = case_id, moment()
        st.session_state[NOTE] = ""


def put_away() -> None:
    """Take the words off the screen."""
    st.session_state.pop(OPENED, None)
    st.session_state[NOTE] = ""


def add_note(case_id: int) -> None:
    """Keep the note by itself."""
    _with_note(case_id, lambda s, who, now: safeguarding.add_note(s, case_id, _note(), by=who, now=now), "Note kept.")


def escalate(case_id: int, key: str) -> None:
    """Keep whom the case was passed to."""
    to = str(st.session_state.get(key) or "")
    _with_note(
        case_id,
        lambda s, who, now: safeguarding.escalate(s, case_id, to, _note(), by=who, now=now),
        "Kept that it was passed on.",
    )


def propose(case_id: int, key: str) -> None:
    """Propose how the case ends."""
    outcome = str(st.session_state.get(key) or "")
    _with_note(
        case_id,
        lambda s, who, now: safeguarding.propose(s, case_id, outcome, _note(), by=who, now=now),
        "Proposed. Somebody else has to confirm it.",
    )


def confirm(case_id: int, outcome: str) -> None:
    """Close the case, as the second of two people."""
    if _act(lambda s, who, now: safeguarding.confirm(s, case_id, outcome, by=who, now=now), "The case is closed."):
        put_away()


def send_back(case_id: int) -> None:
    """Do not agree with what is proposed."""
    _with_note(
        case_id,
        lambda s, who, now: safeguarding.send_back(s, case_id, _note(), by=who, now=now),
        "Sent back. The case stays open.",
    )


def reopen(case_id: int) -> None:
    """Open a closed case again."""
    if _act(lambda s, who, now: safeguarding.reopen(s, case_id, _note(), by=who, now=now), "The case is open again."):
        put_away()


def _opened(session: Session, case_id: int, who: str, now: datetime) -> None:
    safeguarding.open_case(session, case_id, by=who, now=now)


def _note() -> str:
    return str(st.session_state.get(NOTE, ""))


def _with_note(case_id: int, act: Act, told: str) -> None:
    """Do it, and empty the box for the next note; what was typed stays where it was not done."""
    if _act(act, told):
        st.session_state[NOTE] = ""
        st.session_state[OPENED] = case_id, moment()


def _act(act: Act, told: str) -> bool:
    """Do something in one transaction as whoever is signed in. Gives False where it was not done."""

    def do(session: Session, who: str, now: datetime) -> str:
        act(session, who, now)
        return told

    if not PRESSES.do(do):
        return False
    data.overdue_cases.clear()
    return True
