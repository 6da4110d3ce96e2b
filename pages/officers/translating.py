"""The part of "Comments to look at" for comments that are not in English, or not all: a box for the translation."""

from datetime import datetime

import streamlit as st
from sqlmodel import Session

from analysis.columns import Sentiment
from analysis.phrases import counted
from pages.officers.deciding import PRESSES
from pages.ui import comments, markup
from pages.ui.tongues import said_in
from survey import comment_translations, details
from survey.comment_translations import InFull, Listed
from survey.consultations import WaveFacts
from survey.database import engine, reading
from survey.errors import CommentError

CHOSEN, SEEN = "translating-chosen", "translating-seen"
AS_READ = "As the program reads the translation"
SENTIMENTS = [AS_READ, *(str(one) for one in Sentiment)]


def draw(wave: WaveFacts) -> None:
    """The comments that wait, the oldest first, then those that have a translation; and the one that is chosen."""
    with reading(engine()) as session:
        listed = comment_translations.every(session, wave.id)
    waiting = [one.comment_id for one in listed if not one.translated_by]
    if not listed:
        markup.draw(markup.paragraph("No comment in another language has been read in this wave."))
        return
    markup.draw(
        markup.paragraph(
            f"{counted(len(waiting), 'comment waits', 'comments wait')} for somebody who knows the language. "
            "No program scores them. What you enter is read in their place."
        )
    )
    named = {one.comment_id: _name(one) for one in listed}
    if st.session_state.get(CHOSEN) not in named:
        st.session_state[CHOSEN] = listed[0].comment_id
    chosen = st.selectbox("Comment", list(named), format_func=named.__getitem__, key=CHOSEN, filter_mode=None)
    try:
        with reading(engine()) as session:
            one = comment_translations.in_full(session, chosen)
    except CommentError as gone:
        markup.draw(markup.notice(str(gone)))
        return
    _what_was_said(one)
    _box(one, waiting)


def _name(one: Listed) -> str:
    spoken = f"English and {said_in(one.second)}" if one.language == "en" else said_in(one.language)
    told = f"translated by {one.translated_by}" if one.translated_by else "waits"
    return f"{spoken}, {comments.day(one.sent_at)}, comment {one.comment_id}: {told}"


def _what_was_said(one: InFull) -> None:
    markup.draw(markup.subheading("What was written", level=3))
    revealed = st.session_state.get(SEEN, {}).get(one.comment_id)
    if revealed is not None:
        markup.draw(comments.block(revealed, one.language))
        return
    if one.translation:
        markup.draw(markup.paragraph("The translation is shown in its place.", style="heard-small"))
    elif one.shown:
        markup.draw(
            comments.block(one.shown, one.language),
            markup.paragraph("Personal details that were found are hidden.", style="heard-small"),
        )
    st.button(
        "Show it as written (that you looked is kept)",
        key=f"translating-show-{one.comment_id}",
        on_click=_show,
        args=(one.comment_id,),
    )


def _box(one: InFull, waiting: list[int]) -> None:
    if one.translation and one.at:
        markup.draw(
            markup.subheading("Translation that is kept", level=3),
            comments.block(one.translation, "en"),
            markup.paragraph(f"Translated by {one.by}, {comments.day(one.at)}.", style="heard-small"),
        )
    words, sentiment = f"translating-words-{one.comment_id}", f"translating-sentiment-{one.comment_id}"
    st.session_state.setdefault(words, one.translation)
    st.session_state.setdefault(sentiment, one.judged if one.judged in SENTIMENTS else AS_READ)
    st.text_area("What it says in English", key=words, height=160)
    st.radio("Its sentiment", SENTIMENTS, key=sentiment, format_func=str.capitalize)
    st.button("Save", type="primary", key="translating-save", on_click=_save, args=(one, waiting))
    if one.translation:
        st.button("Take this translation away", key="translating-away", on_click=_take_away, args=(one.comment_id,))


def _show(comment_id: int) -> None:
    def show(session: Session, who: str, _: datetime) -> str:
        words = details.see_as_written(session, comment_id, by=who)
        st.session_state[SEEN] = {comment_id: words}
        return "You see the comment as written. That you looked is kept in the audit."

    PRESSES.do(show)


def _save(one: InFull, waiting: list[int]) -> None:
    words = str(st.session_state.get(f"translating-words-{one.comment_id}", "")).strip()
    sentiment = st.session_state.get(f"translating-sentiment-{one.comment_id}", AS_READ)
    judged = sentiment not in (AS_READ, one.judged)

    def save(session: Session, who: str, now: datetime) -> str:
        if words != one.translation or not judged:
            comment_translations.save(session, one.comment_id, words, seen=one.at, by=who, now=now)
        if judged:
            comment_translations.judge(session, one.comment_id, sentiment, by=who, now=now)
        return "Saved. The translation is being read." if words != one.translation else "Saved."

    if PRESSES.do(save):
        left = [number for number in waiting if number != one.comment_id]
        st.session_state.pop(SEEN, None)
        if left and one.comment_id in waiting:
            st.session_state[CHOSEN] = left[0]


def _take_away(comment_id: int) -> None:
    def take_away(session: Session, who: str, _: datetime) -> str:
        comment_translations.take_away(session, comment_id, by=who)
        return "The translation is gone. The comment waits for another."

    if PRESSES.do(take_away):
        st.session_state.pop(f"translating-words-{comment_id}", None)
