"""The way from a comment that is being read to those who must see it, where it may be about harm."""

from datetime import datetime

import streamlit as st
from sqlmodel import Session

from pages.officers.reading_place import PRESSES, At
from pages.ui import markup
from survey import safeguarding
from survey.safeguarding.choices import choices


def show(at: At) -> None:
    """What it may be about, and a button that puts the comment before safeguarding officers."""
    with st.expander("May be about harm"):
        markup.draw(
            markup.paragraph(
                "Somebody in danger now: call 999. You need not judge whether harm was done. Safeguarding officers see "
                "the comment exactly as it was written, and that it was you who put it before them."
            )
        )
        kinds = choices().kinds
        key = f"comments-harm-{at.name}"
        chosen = st.selectbox("What it may be about", list(kinds), format_func=kinds.__getitem__, index=None, key=key)
        st.button(
            "Put it before safeguarding officers",
            key="comments-harm-raise",
            disabled=chosen is None,
            on_click=_put,
            args=(at, chosen),
        )


def _put(at: At, kind: str) -> None:
    def put(session: Session, who: str, now: datetime) -> str:
        safeguarding.raise_by_hand(session, at.comment_id, kind, who, now)
        return "Safeguarding officers have it now."

    PRESSES.do(put)
