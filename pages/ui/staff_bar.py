"""The line at the top of staff pages: where one can go, who is signed in, and the way out."""

from collections.abc import Iterable
from html import escape

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pages.ui import doors
from survey.people import SignedIn


def draw(present: SignedIn, pages: Iterable[StreamlitPage]) -> None:
    """Links to these pages, and a button that signs this person out of every page this browser has open."""
    with st.container(key="heard-staff-bar", horizontal=True, vertical_alignment="center"):
        with st.container(key="heard-staff-pages", horizontal=True, width="content"):
            for page in pages:
                st.page_link(page, label=page.title, width="content")
        st.html(
            '<div class="heard-staff">'
            f"<span>Signed in as <strong>{escape(present.name)}</strong></span>"
            f'<form action="{doors.SIGN_OUT}" method="post"><button type="submit">Sign out</button></form>'
            "</div>"
        )
