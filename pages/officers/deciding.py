"""The parts of "Comments to look at" about personal details: what may be a name, who may be recognised, decisions."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st
from sqlmodel import Session

from analysis.phrases import counted
from pages.ui import comments, markup
from pages.ui.acting import Presses
from pages.ui.doors import TO_READ
from survey import details
from survey.consultations import WaveFacts
from survey.database import engine, reading
from survey.details import Detail, Flagged, Marked

PRESSES = Presses(TO_READ)
OPENED, NOTED = "deciding-opened", "deciding-noted"
AT_ONCE = 5
LATELY = 20


def suggested(wave: WaveFacts) -> None:
    """Words that may be names or schools, in their comments, with a press for each to decide."""
    with reading(engine()) as session:
        marked = details.to_confirm(session, wave.id, most=AT_ONCE)
        waiting = details.how_many_to_confirm(session, wave.id)
    if not marked:
        markup.draw(markup.paragraph("Nothing waits: no word that may be a name or a school is undecided."))
        return
    markup.draw(
        markup.paragraph(
            f"{counted(waiting, 'place', 'places')} in comments may be a name or a school. They are hidden everywhere "
            "until somebody decides. Numbers and addresses are always hidden, and are not shown here."
        )
    )
    if not st.session_state.get(OPENED):
        st.button("Show what is hidden (that you looked is kept)", key="deciding-open", on_click=_open)
        return
    _note_that_they_are_seen(marked)
    for one in marked:
        _comment(one)


def flagged(wave: WaveFacts) -> None:
    """Comments that may tell who they are about though nobody is named, and a box to hide words in each."""
    with reading(engine()) as session:
        found = details.flagged(session, wave.id, most=LATELY)
    if not found:
        markup.draw(markup.paragraph("No comment read so far is marked."))
        return
    markup.draw(
        markup.paragraph(
            "Nobody is named in these comments, or names are hidden. Yet somebody may know the family. Simple rules "
            "mark them, and miss some. None is quoted in the summary until its mark is off."
        )
    )
    for one in found:
        _may_tell(one)


def decided(wave: WaveFacts) -> None:
    """What was decided last, each with a press to undo it."""
    with reading(engine()) as session:
        made = details.decisions(session, wave.id, most=LATELY)
    if not made:
        markup.draw(markup.paragraph("Nobody has decided anything in this wave yet."))
    for one in made:
        what = "hidden" if one.detail.hidden else "shown"
        number = one.detail.comment_id
        markup.draw(
            markup.paragraph(f"Comment {number}: a {one.detail.kind} is {what}. {one.by}, {comments.day(one.at)}.")
        )
        st.button(
            f"Undo: {one.detail.kind} in comment {number}",
            key=f"deciding-undo-{one.detail.id}",
            on_click=_undo,
            args=(one.detail,),
        )


def _comment(one: Marked) -> None:
    markup.draw(
        markup.subheading(f"Comment {one.comment_id}, {comments.day(one.sent_at)}", level=3),
        comments.marked(one.pieces, one.language),
    )
    for piece in one.pieces:
        if piece.detail:
            _presses(piece.words, piece.detail)


def _presses(words: str, detail: Detail) -> None:
    with st.container(horizontal=True, key=f"deciding-{detail.id}"):
        _press(f"Keep “{words}” hidden", f"deciding-keep-{detail.id}", _decide, detail.id, True)
        _press(f"Show “{words}”", f"deciding-show-{detail.id}", _decide, detail.id, False)
        _press(f"Show “{words}” everywhere", f"deciding-all-{detail.id}", _everywhere, detail.id)


def _press(label: str, key: str, act: Callable[..., None], *wanted: object) -> None:
    """A button with all of its words, on a phone too: the last of them says where something will be shown."""
    st.button(label, key=key, wrap=True, on_click=act, args=wanted)


def _may_tell(one: Flagged) -> None:
    markup.draw(
        markup.subheading(f"Comment {one.comment_id}, {comments.day(one.sent_at)}", level=3),
        comments.block(one.words, one.language),
        markup.paragraph(f"Together these may tell: {one.reasons}.", style="heard-small"),
    )
    key = f"deciding-words-{one.comment_id}"
    st.text_input(f"Words to hide in comment {one.comment_id}", key=key)
    st.button("Hide these words", key=f"deciding-hide-{one.comment_id}", on_click=_hide, args=(one.comment_id, key))
    st.button(
        f"Nothing tells any more: take the mark off comment {one.comment_id}",
        key=f"deciding-off-{one.comment_id}",
        on_click=_take_mark_off,
        args=(one.comment_id,),
    )


def _open() -> None:
    st.session_state[OPENED] = True
    PRESSES.say("What is hidden is shown below.")


def _note_that_they_are_seen(marked: list[Marked]) -> None:
    noted = st.session_state.setdefault(NOTED, set())
    new = [one.comment_id for one in marked if one.comment_id not in noted]

    def note(session: Session, who: str, _: datetime) -> str:
        details.note_seen(session, new, by=who)
        return ""

    if new and PRESSES.do(note):
        noted.update(new)


def _decide(detail_id: int, hidden: bool) -> None:
    def decide(session: Session, who: str, now: datetime) -> str:
        details.decide(session, detail_id, hidden=hidden, by=who, now=now)
        return "It stays hidden." if hidden else "Those words are shown again in the comment."

    PRESSES.do(decide)


def _everywhere(detail_id: int) -> None:
    def show(session: Session, who: str, now: datetime) -> str:
        times = details.show_everywhere(session, detail_id, by=who, now=now)
        return f"Those words are shown again in {counted(times, 'place', 'places')}."

    PRESSES.do(show)


def _undo(detail: Detail) -> None:
    def undo(session: Session, who: str, _: datetime) -> str:
        details.undo(session, detail.id, by=who)
        return "Undone."

    PRESSES.do(undo)


def _take_mark_off(comment_id: int) -> None:
    def take_off(session: Session, who: str, _: datetime) -> str:
        details.take_mark_off(session, comment_id, by=who)
        return f"The mark is off comment {comment_id}."

    PRESSES.do(take_off)


def _hide(comment_id: int, key: str) -> None:
    words = str(st.session_state.get(key, ""))

    def hide(session: Session, who: str, now: datetime) -> str:
        times = details.hide(session, comment_id, words, by=who, now=now)
        return f"Hidden in {counted(times, 'place', 'places')} of the comment."

    if PRESSES.do(hide):
        st.session_state[key] = ""
