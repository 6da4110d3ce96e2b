"""What somebody sees when a page fails through no doing of theirs. What failed is in the server's log."""

from html import escape

import streamlit as st

from pages.ui import access, doors
from survey.wording import words_in


def show(_: Exception) -> bool:
    """Say so in plain words, with what to do. True: nothing else need be shown."""
    say = words_in("en")
    at = access.asked_for()
    advice = "Open the page again." if at in doors.STAFF else say("shell.fault_advice")
    title = escape(say("shell.fault"))
    st.html(f'<div class="heard-fault" role="alert"><h2>{title}</h2><p>{escape(advice)}</p></div>')
    return True
