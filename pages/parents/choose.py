"""Which consultation somebody has come to answer: the one in the address, the only one open, or a choice."""

from datetime import datetime

import streamlit as st

from pages.ui import markup
from survey import consultations
from survey.consultations import WaveFacts
from survey.database import engine, reading
from survey.wording import Words

ASKED_FOR = "consultation"


def wave(words: Words, now: datetime) -> WaveFacts | None:
    """The open wave to answer; or None, having drawn the choice there is."""
    with reading(engine()) as session:
        open_now = consultations.open_waves(session, now)
    asked_for = st.query_params.get(ASKED_FOR)
    named = [wave for wave in open_now if wave.slug == asked_for]
    if named or len(open_now) == 1:
        return (named or open_now)[0]
    _show(open_now, words)
    return None


def _show(open_now: list[WaveFacts], words: Words) -> None:
    title = words("door.choose") if open_now else words("door.none_open")
    st.set_page_config(page_title=title)
    markup.step("choose", language=words.language)
    if any(wave.demonstration for wave in open_now):
        markup.notice(words("door.demonstration"), style="heard-demonstration")
    markup.heading(title)
    markup.paragraph(words("door.choose_intro") if open_now else words("door.none_open_more"))
    for wave in open_now:
        with st.container(key=f"choose-{wave.slug}", border=True):
            markup.subheading(wave.consultation_title)
            markup.paragraph(words("door.open_until", day=f"{wave.closes_at:%-d %B %Y}"))
            st.button(wave.consultation_title, key=f"choose-{wave.slug}-go", on_click=_choose, args=(wave.slug,))


def _choose(slug: str) -> None:
    st.query_params[ASKED_FOR] = slug
