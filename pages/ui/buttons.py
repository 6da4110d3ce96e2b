"""Buttons whose click is never lost, not even when the server was restarted between drawing and clicking them."""

from collections.abc import Callable

import streamlit as st

from pages.ui.state import Visit


def button(visit: Visit, label: str, key: str, act: Callable[[], None], *, primary: bool = False) -> None:
    """A button that does ``act`` once for each click.

    Streamlit calls ``on_click`` before it draws the page, which is quickest. A session that was just made anew does
    not know the button yet and calls nothing, but still says that it was clicked: then ``act`` is done here.
    """

    def clicked() -> None:
        visit.acted = True
        act()

    kind = "primary" if primary else "secondary"
    if st.button(label, key=key, type=kind, on_click=clicked) and not visit.acted:
        act()
        st.rerun()
