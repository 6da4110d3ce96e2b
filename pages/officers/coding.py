"""One comment after another, those the program was least sure of first: what each carries, and what a person says."""

from collections.abc import Callable
from datetime import datetime
from html import escape

import pandas as pd
import streamlit as st
from sqlmodel import Session

from analysis.phrases import counted
from analysis.suppression import Policy
from pages.officers.theme_acts import PRESSES, Desk
from pages.officers.theme_cards import moment
from pages.ui import data, markup
from pages.ui.data import State
from pages.ui.markup import Piece
from survey import carried, check_samples, judging
from survey.consultations import WaveFacts
from survey.database import engine, reading
from survey.judging import OneComment
from survey.theming import Board, ThemeNow

CURRENT, PASSED, KEYS_ON = "themes-comment", "themes-passed", "themes-keys"
UNSURE_FIRST = "All, the least sure first"
SENTIMENTS = {"positive": "P", "negative": "N", "neutral": "U", "mixed / unclear": "M"}
AGREE, NEXT, BACK = "A", "S", "B"
THEME_KEYS = "1234567890DEFGHIJKLOQTVWXYZ"  # not those above, nor C and R, which Streamlit keeps for itself
WEAK = 0.5
HEADING = "themes-heading"


def show(wave: WaveFacts, state: State, board: Board, desk: Desk | None, policy: Policy) -> None:
    """The comment to look at now, and what can be said of it. Whoever reads out sees those that may be quoted."""
    with reading(engine()) as session:
        blind = check_samples.under_way(session, wave.consultation_id)
    if policy.is_read_out:
        said = state.frames.comments
        hidden = said["response_id"].isin(data.not_seen(state, policy))
        blind |= frozenset(said.loc[hidden, "comment_id"].tolist())
    queue = _queue(state, board, blind)
    passed = st.session_state.get(PASSED, [])
    left = [number for number in queue if number not in set(passed)]
    with reading(engine()) as session:
        comment = _current(session, wave, left, blind)
        if comment is None:
            markup.draw(Piece(f'<p id="{HEADING}">There is no comment left to look at here. Choose others above.</p>'))
            return
        codings = carried.of_comment(session, wave.consultation_id, comment.id)
        grounds, history = judging.grounds(session, comment.id), judging.history(session, comment.id)
    others = len([number for number in left if number != comment.id])
    markup.draw(markup.subheading("The comment", place=HEADING))  # by itself: what changes below takes no focus from it
    markup.draw(
        markup.paragraph(f"{counted(others, 'comment waits', 'comments wait')} after this one.", style="heard-small"),
        _quoted(comment),
        carries(codings, grounds, board),
        markup.paragraph(tone(comment)),
    )
    if desk:
        _acts(desk, comment, codings, board)
    with st.expander("What was said of it"):
        past(grounds, history)


def _queue(state: State, board: Board, blind: frozenset[int]) -> list[int]:
    """The comments to go through, as the officer chose and searched."""
    offered = {UNSURE_FIRST: "", **{f"With “{one.label}”": one.key for one in board.themes}}
    with st.container(horizontal=True, key="heard-coding-filters"):
        only = st.selectbox("Comments to go through", list(offered), key="themes-only", on_change=_start)
        sought = st.text_input("Search their words", key="themes-sought", max_chars=80, on_change=_start)
    queue = data.to_look_at(state, offered[only], blind)
    if not sought.strip():
        return queue
    said = state.frames.comments
    found = said.loc[said["words"].str.contains(sought.strip(), case=False, regex=False), "comment_id"]
    having = set(found)
    return [number for number in queue if number in having]


def _start() -> None:
    """Begin with the first comment again."""
    st.session_state.pop(CURRENT, None)
    st.session_state[PASSED] = []
    PRESSES.move()


def _current(session: Session, wave: WaveFacts, left: list[int], blind: frozenset[int]) -> OneComment | None:
    """The comment on screen, or the first that is left once it has gone or is to be coded blind."""
    at = st.session_state.get(CURRENT)
    shown = judging.one_comment(session, wave.id, at) if at is not None and at not in blind else None
    if shown is not None:
        return shown
    found = next((one for number in left if (one := judging.one_comment(session, wave.id, number))), None)
    st.session_state[CURRENT] = found.id if found else None
    return found


def _quoted(comment: OneComment) -> Piece:
    lines = "<br>".join(escape(line) for line in comment.words.splitlines() if line.strip())
    spoken = escape(comment.language or "en")
    return Piece(f'<div class="heard-quotes"><blockquote lang="{spoken}" dir="auto">{lines}</blockquote></div>')


def carries(codings: pd.DataFrame, grounds: list[judging.Grounds], board: Board) -> Piece:
    """The themes it carries, each with who gave it."""
    if codings.empty:
        return markup.paragraph("It carries no theme.")
    labels = {one.key: one.label for one in board.themes}
    suggestions = {one.key: one.label for one in board.candidates}
    words = {ground.key: ground.words for ground in reversed(grounds) if ground.words}  # the strongest last
    told = []
    for row in codings.itertuples(index=False):
        label = labels.get(row.theme) or f"{suggestions.get(row.theme, row.theme)} (suggested)"
        decided = words.get(row.theme, "")
        sure = "not sure" if row.strength < WEAK else "fairly sure"
        why = "a person" if row.given_by == "person" else f"the program, {sure}" + (f": {decided}" if decided else "")
        told.append(f"<li><strong>{escape(label)}</strong>, given by {escape(why)}</li>")
    return Piece(f'<p>It carries:</p><ul class="heard-sentences">{"".join(told)}</ul>')


def tone(comment: OneComment) -> str:
    by = comment.sentiment_by or "the program"
    doubt = ", which is not sure" if comment.unsure else ""
    return f"Its sentiment is {comment.sentiment}, says {by}{doubt}."


def _acts(desk: Desk, comment: OneComment, codings: pd.DataFrame, board: Board) -> None:
    with_keys = st.toggle("One key does each thing", value=True, key=KEYS_ON)
    having = set(codings["theme"])
    given = [one.id for one in board.themes if one.key in having]
    with st.container(horizontal=True, key="heard-coding-on"):
        _going("Right as it is, next", AGREE, with_keys, _agree, desk, comment, given)
        _going("Next", NEXT, with_keys, _go_on, comment.id)
        _going("Back", BACK, with_keys, _go_back)
    markup.draw(markup.subheading("Its themes: give or take away", level=3))
    with st.container(horizontal=True, key="heard-coding-themes"):
        for place, one in enumerate(board.themes):
            key = THEME_KEYS[place] if place < len(THEME_KEYS) else None
            _theme_button(desk, comment, one, one.key in having, key if with_keys else None)
    markup.draw(markup.subheading("Its sentiment", level=3))
    with st.container(horizontal=True, key="heard-coding-tones"):
        for sentiment, key in SENTIMENTS.items():
            st.button(
                sentiment.capitalize(),
                key=f"themes-tone-{key}",
                type="primary" if sentiment == comment.sentiment else "secondary",
                shortcut=key if with_keys else None,
                on_click=_say,
                args=(desk, judging.set_sentiment, comment.id, sentiment),
            )


def _theme_button(desk: Desk, comment: OneComment, one: ThemeNow, has: bool, key: str | None) -> None:
    st.button(
        f"✓ {one.label}" if has else one.label,
        key=f"themes-give-{one.id}",
        type="primary" if has else "secondary",
        shortcut=key,
        wrap=True,
        on_click=_say,
        args=(desk, judging.judge, comment.id, one.id),
        kwargs={"carries": not has},
    )


def _going(label: str, key: str, with_keys: bool, act: Callable[..., None], *wanted: object) -> None:
    st.button(label, key=f"themes-go-{key}", shortcut=key if with_keys else None, on_click=act, args=wanted)


def _say(desk: Desk, act: Callable[..., None], *wanted: object, **named: object) -> bool:
    """Say something of a comment; False, with a sentence for the page, if that cannot be said any more."""

    def say(session: Session, who: str, _: datetime) -> str:
        act(session, *wanted, by=who, **named)
        return ""

    if done := PRESSES.do(say):
        data.look_again(desk.wave)
    return done


def _agree(desk: Desk, comment: OneComment, theme_ids: list[int]) -> None:
    if _say(desk, judging.agree, comment.id, theme_ids, comment.sentiment):
        _go_on(comment.id)


def _go_on(comment_id: int) -> None:
    st.session_state[PASSED] = [*st.session_state.get(PASSED, []), comment_id]
    st.session_state.pop(CURRENT, None)
    PRESSES.move()


def _go_back() -> None:
    passed = st.session_state.get(PASSED, [])
    if passed:
        st.session_state[CURRENT] = passed[-1]
        st.session_state[PASSED] = passed[:-1]
        PRESSES.move()


def past(grounds: list[judging.Grounds], history: list[judging.Spoken]) -> None:
    told = [
        f"{one.by} said it is {one.sentiment}, {moment(one.at)}."
        if one.sentiment
        else f"{one.by} {'gave it' if one.carries else 'took away'} “{one.theme}”, {moment(one.at)}."
        for one in history
    ]
    told += [
        f"The program ({one.model}) gave it “{one.theme}”, strength {one.strength:.2f} of 1"
        + (f", for the words {one.words}." if one.words else ".")
        for one in grounds
    ]
    markup.draw(
        Piece(f'<ul class="heard-sentences">{"".join(f"<li>{escape(line)}</li>" for line in told)}</ul>')
        if told
        else markup.paragraph("Nothing yet.")
    )
