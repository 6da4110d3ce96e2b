"""The line at the top of staff pages: where one can go, who is signed in, and the way out."""

from collections.abc import Iterable
from html import escape

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from analysis.phrases import counted
from pages.ui import data, doors, markup
from survey.people import SignedIn
from survey.tables import RoleName

TOLD_OF_CASES = frozenset({RoleName.OFFICER, RoleName.SAFEGUARDING})


def draw(present: SignedIn, pages: Iterable[StreamlitPage]) -> None:
    """Links to these pages, and a button that signs this person out of every page this browser has open.

    The keying pages are none of Streamlit's, so the link to them, for officers, is one of our own.
    """
    keying = f'<a href="{doors.KEYING}" target="_self">Key in forms and calls</a>'
    with st.container(key="heard-staff-bar", horizontal=True, vertical_alignment="center"):
        with st.container(key="heard-staff-pages", horizontal=True, width="content"):
            for page in pages:
                st.page_link(page, label=page.title, width="content")
        st.html(
            '<div class="heard-staff">'
            f"{keying if RoleName.OFFICER in present.roles else ''}"
            f"<span>Signed in as <strong>{escape(present.name)}</strong></span>"
            f'<form action="{doors.SIGN_OUT}" method="post"><button type="submit">Sign out</button></form>'
            "</div>"
        )
    if present.roles & TOLD_OF_CASES:
        _unopened(data.overdue_cases())


def _unopened(cases: int) -> None:
    """That comments which may disclose harm wait for a first look: how many, and nothing of what they say."""
    if cases:
        told = counted(cases, "comment that may disclose harm has", "comments that may disclose harm have")
        markup.draw(markup.notice(f"Safeguarding: {told} waited over one working hour for somebody to open it."))
