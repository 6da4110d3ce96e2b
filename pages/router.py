"""Which pages there are for whoever is looking. Streamlit runs this for every visitor, before any page."""

import streamlit as st

from pages.ui import access, doors, parts, staff_bar, watching


def open_page() -> None:
    """Draw the page whose address was asked for, if whoever is looking may see it."""
    present = access.viewer()
    wanted = access.asked_for()
    allowed = access.open_to(present)
    # Somebody whose sign-in has just ended is told so where they are, and not sent to the survey.
    if wanted and wanted not in allowed:
        access.require(*wanted.roles)

    pages = {
        door: st.Page(door.script, title=door.title, url_path=door.path or None, default=door is doors.SURVEY)
        for door in allowed
    }
    opened = st.navigation(list(pages.values()), position="hidden")
    if present:
        st.set_page_config(layout="wide", initial_sidebar_state="collapsed")
        access.note_use(present)
        staff_bar.draw(present, pages, here=opened.url_path)
    with watching.WATCHERS.drawing(watching.session()):
        opened.run()


with parts.of_this_page_alone():
    open_page()
