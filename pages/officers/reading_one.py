"""One comment with all that may stand beside it, and the buttons that go on from it."""

from datetime import datetime
from html import escape
from typing import NamedTuple

import pandas as pd
import streamlit as st
from sqlmodel import Session

from analysis.shelf import ENGLISH as IN_ENGLISH
from analysis.shelf import Shelf
from analysis.text import telling
from pages.officers import coding, reading_beside, reading_harm, reading_place, reading_which
from pages.officers.reading_place import At, Place
from pages.ui import comments, markup, tongues
from pages.ui.data import State
from pages.ui.markup import Piece
from survey import carried, details, judging, reading_through, theming
from survey.comment_translations import original
from survey.database import engine, reading
from survey.judging import OneComment
from survey.languages import ENGLISH
from survey.reading_through import Beside, Marks

HEADING = "comments-heading"
BLIND = (
    "This comment is being coded blind for a check. Its themes and its sentiment are not shown until that has ended."
)
KEYS = {
    "J": "next",
    "K": "back",
    "X": "next unread",
    "U": "mark as read, or as unread",
    "H": "what is hidden",
    "N": "write a note",
    "M": "search by meaning, or by words",
}


class Reader(NamedTuple):
    """Who reads, what is kept beside comments, and which of them are being coded blind."""

    name: str
    marks: Marks
    blind: frozenset[int]


class _Opened(NamedTuple):
    """A comment as it is at this moment."""

    comment: OneComment
    themes: pd.DataFrame
    grounds: list[judging.Grounds]
    history: list[judging.Spoken]
    board: theming.Board
    beside: Beside
    telling: str


def show(state: State, shelf: Shelf, place: Place, reader: Reader) -> None:
    """The comment at this place; where it was taken back meanwhile, that, and the note that was begun."""
    markup.draw(_heading(place))
    _going(place, reader)
    opened = None if place.gone else _open(state, place.at)
    if opened is None:
        markup.draw(markup.notice(details.GONE, announced=True))
    else:
        _comment(state, shelf, place, reader, opened)
        with st.container(horizontal=True, key="heard-comment-acts"):
            _reveal_button(place.at)
            reading_beside.buttons(place.at, opened.beside)
        reading_harm.show(place.at)
    reading_beside.notes(place.at, opened.beside if opened else None, reader.name)
    _keys()


def _heading(place: Place) -> Piece:
    told = "The comment you were reading" if place.gone else f"Comment {place.spot + 1:,} of {place.of:,}"
    return Piece(_step(place) + f'<h2 id="{HEADING}">{told}</h2>')


def _step(place: Place) -> Piece:
    """Tell the page's own script where to lead the focus once somebody has pressed something."""
    focus, scroll = HEADING, "start"
    if st.session_state.get(reading_place.WRITING) == place.at:
        focus, scroll = reading_beside.box(place.at), "end"  # the comment stays in sight above the box
    return markup.step(f"comments-{reading_place.PRESSES.times}", spoken=ENGLISH, focus=focus, scroll=scroll)


def _going(place: Place, reader: Reader) -> None:
    passed = None if place.gone else place.at
    with st.container(horizontal=True, key="heard-comment-going"):
        _go_button("Next", "J", place.after, passed, place.spot + (not place.gone))
        _go_button("Back", "K", place.before, None, place.spot - 1)
        _go_button("Next unread", "X", place.unread, passed, place.spot + 1)
        if not place.gone:
            is_read = place.at.comment_id in reader.marks.seen
            st.button(
                "Mark as unread" if is_read else "Mark as read",
                key="comments-seen",
                shortcut=reading_place.key("U"),
                on_click=_mark,
                args=(place.at, not is_read),
            )


def _go_button(label: str, letter: str, to: At | None, passed: At | None, spot: int) -> None:
    st.button(
        label,
        key=f"comments-go-{letter}",
        type="primary" if letter == "J" else "secondary",
        shortcut=reading_place.key(letter),
        disabled=to is None,
        on_click=_go,
        args=(to, passed, spot),
    )


def _go(to: At | None, passed: At | None, spot: int) -> None:
    """On to another comment; the one that was passed has been read."""
    if passed is None or _mark(passed, True):
        reading_place.go(to, spot)


def _mark(at: At, is_read: bool) -> bool:
    def mark(session: Session, who: str, now: datetime) -> str:
        if is_read:
            reading_through.mark_read(session, [at.comment_id], by=who, now=now)
        else:
            reading_through.mark_unread(session, at.comment_id, by=who)
        return ""

    return reading_place.PRESSES.do(mark)


def _open(state: State, at: At) -> _Opened | None:
    """What there is of a comment now; None if it was taken back since the page was last brought up to date."""
    wave = state.wave
    with reading(engine()) as session:
        comment = judging.one_comment(session, wave.id, at.comment_id)
        if comment is None:
            return None
        return _Opened(
            comment,
            carried.of_comment(session, wave.consultation_id, at.comment_id),
            judging.grounds(session, at.comment_id),
            judging.history(session, at.comment_id),
            theming.board(session, wave.consultation_id),
            reading_through.beside(session, at.comment_id),
            details.reasons(session, [at.comment_id]).get(at.comment_id, ""),
        )


def _comment(state: State, shelf: Shelf, place: Place, reader: Reader, opened: _Opened) -> None:
    comment = opened.comment
    asked = reading_which.questions(state).get(comment.item, comment.item)
    markup.draw(
        markup.paragraph(str(asked), style="heard-asked"),
        _words(place.at, comment),
        markup.paragraph(_about(state, shelf, place, comment), style="heard-small"),
        *_of_its_language(comment),
        *_tells(shelf, comment),
        *([markup.paragraph(f"May be recognised. Together these may tell: {opened.telling}.")] * bool(opened.telling)),
    )
    if comment.id in reader.blind:
        markup.draw(markup.notice(BLIND))
        return
    markup.draw(markup.paragraph(coding.tone(comment)), coding.carries(opened.themes, opened.grounds, opened.board))
    with st.expander("What was said of it"):
        coding.past(opened.grounds, opened.history)


def _words(at: At, comment: OneComment) -> Piece:
    revealed = st.session_state.get(reading_place.REVEALED)
    if revealed and revealed[0] == at:
        return comments.marked(revealed[1], original(comment.language))
    return comments.covered(comment.words, comment.language)


def _about(state: State, shelf: Shelf, place: Place, comment: OneComment) -> str:
    """What it is about, where it may be said to be from, in which wave, and the day."""
    there = shelf.at(comment.id)
    named = str(shelf.rows["place"].iloc[there]) if there is not None else ""
    about = [
        str(state.scope.services.get(comment.service, "")),
        named,
        state.wave.title,
        comments.day(place.at.sent_at),
    ]
    return " · ".join(part for part in about if part)


def _of_its_language(comment: OneComment) -> list[Piece]:
    """In which language it is, or from which somebody translated it; nothing where it is plain English."""
    told = tongues.put_from(comment.language)
    if not told and comment.language not in {IN_ENGLISH, "", "unknown"}:
        told = f"In {tongues.said_in(comment.language)}"
    return [markup.paragraph(f"{told}.", style="heard-small")] if told else []


def _tells(shelf: Shelf, comment: OneComment) -> list[Piece]:
    """Why it stands where it does among those that tell most."""
    there = shelf.at(comment.id)
    if there is None:
        return []
    told = "; ".join(telling.why(shelf.folded[there]))
    return [markup.paragraph(f"What it tells: {told}.", style="heard-small")]


def _reveal_button(at: At) -> None:
    revealed = st.session_state.get(reading_place.REVEALED)
    if revealed and revealed[0] == at:
        st.button("Hide it again", key="comments-hide", shortcut=reading_place.key("H"), on_click=_hide)
        return
    st.button(
        "Show it as written (that you looked is kept)",
        key="comments-reveal",
        shortcut=reading_place.key("H"),
        wrap=True,
        on_click=_reveal,
        args=(at,),
    )


def _reveal(at: At) -> None:
    def show_it(session: Session, who: str, _: datetime) -> str:
        pieces = reading_through.reveal(session, at.comment_id, by=who)
        st.session_state[reading_place.REVEALED] = (at, pieces)
        return "You see the comment as written. That you looked is kept in the audit."

    reading_place.PRESSES.do(show_it)


def _hide() -> None:
    st.session_state.pop(reading_place.REVEALED, None)


def _keys() -> None:
    with st.expander("Keys"):
        st.toggle("One key does each thing", value=True, key=reading_place.KEYS_ON)
        every = {**KEYS, **{one.key: f"flag: {one.name.lower()}" for one in reading_through.flags()}}
        told = "".join(f"<div><dt><kbd>{key}</kbd></dt><dd>{escape(does)}</dd></div>" for key, does in every.items())
        markup.draw(
            markup.paragraph(
                "They do nothing while you type in a box. Turn them off if you speak to your computer.",
                style="heard-small",
            ),
            Piece(f'<dl class="heard-keys">{told}</dl>'),
        )
