"""The line at the top of staff pages: who is signed in, and the way out."""

from html import escape

import streamlit as st

from pages.ui import doors
from survey.people import SignedIn


def draw(present: SignedIn) -> None:
    """Show who is signed in, with a button that signs them out on every page they have open."""
    st.html(
        '<div class="heard-staff">'
        f"<span>Signed in as <strong>{escape(present.name)}</strong></span>"
        f'<form action="{doors.SIGN_OUT}" method="post"><button type="submit">Sign out</button></form>'
        "</div>"
    )
