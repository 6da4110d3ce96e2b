"""What officers keep beside a comment: flags and notes, which everybody who reads comments sees."""

from datetime import datetime

import streamlit as st
from sqlmodel import Session

from pages.officers import reading_place
from pages.officers.reading_place import At
from pages.officers.theme_cards import moment
from pages.ui import markup
from survey import reading_through
from survey.reading_through import Beside, Note

DRAFTS = "comments-drafts"


def box(at: At) -> str:
    """The key of the box for a note about a comment."""
    return f"comments-note-{at.name}"


def buttons(at: At, beside: Beside) -> None:
    """Flags to put on and take off, and the way to a note."""
    on = {one.flag: one for one in beside.flags}
    st.button("Write a note", key="comments-write", shortcut=reading_place.key("N"), on_click=_write, args=(at,))
    for one in reading_through.flags():
        put_on = one.code in on
        st.button(
            f"✓ {one.name}" if put_on else one.name,
            key=f"comments-flag-{one.code}",
            type="primary" if put_on else "secondary",
            shortcut=reading_place.key(one.key),
            help=f"Put on by {on[one.code].by}, {moment(on[one.code].at)}" if put_on else None,
            on_click=_flag,
            args=(at, one.code, not put_on),
        )


def notes(at: At, beside: Beside | None, who: str) -> None:
    """The notes there are, and the one being written. What was typed stays, whatever becomes of the comment."""
    if beside:
        for one in beside.notes:
            _note(one, who)
    begun = st.session_state.get(DRAFTS, {}).get(at, "")
    if st.session_state.get(reading_place.WRITING) != at and not begun:
        return
    key = box(at)
    st.session_state.setdefault(key, begun)
    st.text_area(
        "Your note. Everybody who reads comments sees it; leave names out.",
        key=key,
        height=120,
        on_change=_keep_draft,
        args=(at,),
    )
    if beside is None:
        markup.draw(markup.paragraph("The note cannot be kept without its comment. Copy what you need, then go on."))
        return
    with st.container(horizontal=True, key="heard-note-acts"):
        st.button("Save the note", type="primary", key="comments-note-save", on_click=_save, args=(at,))
        st.button("Leave it", key="comments-note-leave", on_click=_forget, args=(at,))


def _note(one: Note, who: str) -> None:
    markup.draw(markup.notice(one.words), markup.paragraph(f"{one.by}, {moment(one.at)}.", style="heard-small"))
    if one.by == who:
        st.button("Take this note back", key=f"comments-note-back-{one.id}", on_click=_take_back, args=(one.id,))


def _write(at: At) -> None:
    st.session_state[reading_place.WRITING] = at
    reading_place.PRESSES.move()


def _keep_draft(at: At) -> None:
    typed = str(st.session_state.get(box(at), ""))
    st.session_state[DRAFTS] = {**st.session_state.get(DRAFTS, {}), at: typed}


def _save(at: At) -> None:
    words = str(st.session_state.get(box(at), ""))

    def save(session: Session, who: str, now: datetime) -> str:
        reading_through.add_note(session, at.comment_id, words, sent_at=at.sent_at, by=who, now=now)
        return "The note is kept."

    if reading_place.PRESSES.do(save):
        _forget(at)


def _forget(at: At) -> None:
    drafts = st.session_state.get(DRAFTS, {})
    st.session_state[DRAFTS] = {one: typed for one, typed in drafts.items() if one != at}
    st.session_state.pop(reading_place.WRITING, None)
    st.session_state.pop(box(at), None)
    reading_place.PRESSES.move()


def _take_back(note_id: int) -> None:
    def take_back(session: Session, who: str, _: datetime) -> str:
        reading_through.take_note_back(session, note_id, by=who)
        return "The note is taken back."

    reading_place.PRESSES.do(take_back)


def _flag(at: At, flag: str, on: bool) -> None:
    def put(session: Session, who: str, now: datetime) -> str:
        reading_through.set_flag(session, at.comment_id, flag, on=on, sent_at=at.sent_at, by=who, now=now)
        return ""

    reading_place.PRESSES.do(put)
