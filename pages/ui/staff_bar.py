"""The two lines at the top of staff pages: the rooms there are with who is signed in, and the pages of this room."""

from collections.abc import Mapping
from html import escape

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from analysis.phrases import counted
from pages.ui import data, doors, markup
from pages.ui.doors import Door
from survey.people import SignedIn
from survey.tables import RoleName

TOLD_OF_CASES = frozenset({RoleName.OFFICER, RoleName.SAFEGUARDING})


def draw(present: SignedIn, pages: Mapping[Door, StreamlitPage], *, here: str) -> None:
    """Links to the rooms with a page for this person, and to the pages of the room that has the page shown here.

    A room is opened at its first page. On the survey itself no room is open.
    """
    rooms = [(room.title, [door for door in room.doors if door in pages]) for room in doors.ROOMS]
    open_here: list[Door] = []
    with st.container(key="heard-staff-bar", horizontal=True, vertical_alignment="center"):
        with st.container(key="heard-staff-rooms", horizontal=True, width="content"):
            for title, within in rooms:
                if within:
                    is_open = here in [door.path for door in within]
                    open_here = within if is_open else open_here
                    st.page_link(pages[within[0]], label=f"**{title}**" if is_open else title, width="content")
        st.html(_signed_in(present))
    if open_here:
        with st.container(key="heard-staff-pages", horizontal=True):
            for door in open_here:
                st.page_link(pages[door], label=door.title, width="content")
    if present.roles & TOLD_OF_CASES:
        _unopened(data.overdue_cases())


def _signed_in(present: SignedIn) -> str:
    """Who is signed in, with the way out of every page this browser has open.

    The survey's own page and the keying pages, which are none of Streamlit's, are reached from here as well.
    """
    keying = f'<a href="{doors.KEYING}" target="_self">Key in forms and calls</a>'
    return (
        '<div class="heard-staff">'
        f"{keying if RoleName.OFFICER in present.roles else ''}"
        f'<a href="{doors.SURVEY.address}" target="_self">{doors.SURVEY.title}</a>'
        f"<span>Signed in as <strong>{escape(present.name)}</strong></span>"
        f'<form action="{doors.SIGN_OUT}" method="post"><button type="submit">Sign out</button></form>'
        "</div>"
    )


def _unopened(cases: int) -> None:
    """That comments which may disclose harm wait for a first look: how many, and nothing of what they say."""
    if cases:
        told = counted(cases, "comment that may disclose harm has", "comments that may disclose harm have")
        markup.draw(markup.notice(f"Safeguarding: {told} waited over one working hour for somebody to open it."))
