"""Who is looking, and whether they may. Asked of the database on every run: nobody is remembered between two.

A browser shows who it is by the cookie it opened its connection with. Signing out, or waiting too long, ends that in
the database, and so ends it here at once, whatever is still on somebody's screen.
"""

from collections.abc import Collection
from datetime import UTC, datetime
from html import escape
from typing import NoReturn
from urllib.parse import quote, urlsplit

import streamlit as st

from pages.ui import doors
from pages.ui.doors import Door
from survey import database, people
from survey.people import SignedIn
from survey.tables import RoleName

STAFF_COOKIE = "heard_staff"
BY_ITSELF = "heard-drawn-by-itself"
STAFF_SECONDS = int(people.LONGEST.total_seconds())


def viewer() -> SignedIn | None:
    """The person signed in on this browser, with their roles, or nobody."""
    return holder(_token())


def require(*roles: RoleName | str) -> SignedIn:
    """The person signed in, if they have one of these roles. For anybody else the page says so and stops here.

    Every staff page calls this before anything else, and again in each part of it that refreshes by itself.
    """
    present = viewer()
    if present is None:
        _stop("You need to sign in", "You have been signed out, or have not signed in yet.", sign_in=True)
    if not present.roles & {RoleName(role) for role in roles}:
        _stop("You cannot see this page", "Your sign-in does not cover it. Ask whoever gave you your sign-in.")
    return present


def draw_again() -> NoReturn:
    """Draw the page again because something came in. Nobody did anything, so this puts off no end of a sign-in."""
    st.session_state[BY_ITSELF] = True
    st.rerun()


def note_use(present: SignedIn) -> None:
    """Put off the end of an unused sign-in, if it was a person who had the page drawn."""
    now = datetime.now(UTC)
    if not st.session_state.pop(BY_ITSELF, False) and now - present.seen_at > people.SEEN_EVERY:
        with database.writing(database.engine()) as session:
            people.seen(session, _token(), now=now)


def holder(token: str) -> SignedIn | None:
    """The person whom a cookie's value stands for, or nobody."""
    if not token:
        return None
    with database.reading(database.engine()) as session:
        return people.signed_in(session, token, now=datetime.now(UTC))


def roles_of(tokens: Collection[str]) -> dict[str, frozenset[RoleName]]:
    """What the people may do for whom those cookies' values stand, by value; those not signed in are left out."""
    with database.reading(database.engine()) as session:
        return people.roles_of(session, tokens, now=datetime.now(UTC))


def may_preview(present: SignedIn | None) -> bool:
    """Whether this person may look at a consultation that has not opened yet: anybody who works here."""
    return present is not None and bool(present.roles)


def open_to(present: SignedIn | None) -> list[Door]:
    """The pages that this person may open: the survey for everybody, and what their roles allow."""
    roles = present.roles if present else frozenset()
    return [door for door in doors.ALL if not door.roles or door.roles & roles]


def asked_for() -> Door | None:
    """The page whose address is in the browser, if it is one of ours."""
    address = st.context.url
    if not isinstance(address, str):
        return None
    path = urlsplit(address).path.rstrip("/") or "/"
    return next((door for door in doors.ALL if door.address == path), None)


def _token() -> str:
    token = st.context.cookies.get(STAFF_COOKIE)
    return token if isinstance(token, str) else ""


def _stop(title: str, why: str, *, sign_in: bool = False) -> NoReturn:
    st.title(title, anchor=False)
    st.write(why)
    if sign_in:
        wanted = asked_for() or doors.LIVE_RESULTS
        address = f"{doors.SIGN_IN}?next={quote(wanted.address, safe='')}"
        st.html(f'<p><a href="{escape(address)}" target="_self">Sign in</a></p>')
    st.stop()
