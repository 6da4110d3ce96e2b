"""What an officer does about themes: a form for each act. Every act can be undone, and the history says so."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

import streamlit as st
from sqlmodel import Session

from analysis.phrases import counted
from pages.officers import theme_cards
from pages.officers.theme_cards import DONE, Told, moment
from pages.ui import data, markup
from pages.ui.acting import Presses
from pages.ui.doors import THEMES
from survey import coding_frame, theming
from survey.coding_frame import CodingFrame
from survey.consultations import WaveFacts
from survey.errors import ConflictError, ThemeError
from survey.tables import RoleName, ThemeActKind
from survey.theming import Board, CandidateNow, Happened, Seen, ThemeNow, worded

PRESSES = Presses(THEMES, frozenset({RoleName.OFFICER}))
TYPED, CHOSEN = "themes-typed", "themes-chosen"
Typed = list[tuple[str, list[str]]]
PARTS = ("First", "Second", "Third")
NAME, BELONGS, PHRASES = "Name", "What belongs under it", "Phrases that parents use, one to a line"
SHOWN = 30


class Desk:
    """Where an officer decides about the themes of one consultation."""

    def __init__(self, wave: WaveFacts) -> None:
        self.wave = wave

    def do(self, act: Callable[..., object], *wanted: object, told: str, typed: Typed | None = None) -> bool:
        """One act, as a whole; and a sentence about it for the top of the page. Whether it was done.

        typed is what was written for it, by the names of its boxes: where somebody else was quicker, the boxes are
        drawn with what they left, and this is told instead, so that nobody has to write it again.
        """

        def do(session: Session, who: str, _: datetime) -> str:
            try:
                act(session, self.wave.consultation_id, *wanted, by=who)
            except ConflictError:
                st.session_state[TYPED] = typed
                raise
            return told

        if done := PRESSES.do(do):
            data.look_again(self.wave)
        return done


def notice(view: str, heading: str = "") -> None:
    """What the last act did, or why it was refused; told once, and the focus is led there.

    Where there is nothing to tell, what was moved to has the focus: the part of the page with the id heading.
    """
    with PRESSES.tell(view, heading=heading):
        if typed := st.session_state.pop(TYPED, None):
            markup.draw(markup.subheading("What you typed"), markup.answers(typed))


def decide(desk: Desk, board: Board, known: Told) -> None:
    """Choose a theme, and do something about it, with its comments in view; or add one."""
    new, framed = "A theme of your own", "The themes of a coding frame, all at once"
    offered: dict[str, ThemeNow | CandidateNow | None] = {one.label: one for one in board.themes}
    offered |= {f"{one.label} (suggested)": one for one in board.candidates}
    called = Counter(one.label for one in board.retired)
    number = {one.id: f", number {one.id}" if called[one.label] > 1 else "" for one in board.retired}
    offered |= {f"{one.label} (retired{number[one.id]})": one for one in board.retired}
    choices = [*offered, new, framed] if board.themes else [framed, *offered, new]
    chosen = st.selectbox("Theme to decide about", choices, key=CHOSEN)
    match offered.get(chosen):
        case CandidateNow() as one:
            markup.draw(theme_cards.evidence(one.label, one.key, known))
            on_candidate(desk, one, board)
        case ThemeNow(retired=True) as one:
            on_retired(desk, one)
        case ThemeNow() as one:
            with st.expander("Its comments"):
                markup.draw(theme_cards.evidence(one.label, one.key, known))
            on_theme(desk, one, board)
        case _ if chosen == framed:
            whole_frame(desk, board)
        case _:
            new_theme(desk)


def on_theme(desk: Desk, one: ThemeNow, board: Board) -> None:
    """The forms for a theme that has been approved."""
    key = f"themes-{one.id}-{one.version}"
    with st.expander("Rename it, describe it, change its phrases"):
        _edit(desk, one, Seen(one.id, one.version), key)
    others = {other.label: other for other in board.themes if other.id != one.id}
    if others:
        with st.expander("Merge another theme into it"):
            _merge(desk, one, others, key)
    with st.expander("Split it"):
        _split(desk, one, key)
    with st.expander("Retire it"):
        _retire(desk, one, key)


def on_retired(desk: Desk, one: ThemeNow) -> None:
    """The way back for a theme that was retired."""
    st.button(
        f"Restore “{one.label}”",
        key=f"themes-restore-{one.id}-{one.version}",
        on_click=desk.do,
        args=(theming.restore, Seen(one.id, one.version)),
        kwargs={"told": f"You restored “{one.label}”. Comments are being read again for it."},
    )


def on_candidate(desk: Desk, one: CandidateNow, board: Board) -> None:
    """The forms for a theme that is only suggested."""
    key = f"themes-suggested-{one.id}"
    with st.form(f"{key}-approve"):
        _wording(key, one.label[:80], "", one.words)
        told = "You approved “{}”. Its comments count for it now, and it may be published."
        PRESSES.submit("Approve as a new theme", _worded, desk, theming.approve, (one.id,), key, told, primary=True)
    if board.themes:
        themes = {theme.label: theme for theme in board.themes}
        with st.form(f"{key}-into"):
            st.selectbox("Or count its comments for a theme there is", list(themes), key=f"{key}-theme")
            PRESSES.submit("Approve as part of that theme", _approve_into, desk, one, themes, f"{key}-theme")


def new_theme(desk: Desk) -> None:
    """The form for a theme of the officer's own."""
    with st.form("themes-new"):
        _wording("themes-new", "", "", ())
        told = "You added “{}”. Comments are being read again for it."
        PRESSES.submit("Add this theme", _worded, desk, theming.add, (), "themes-new", told)


def whole_frame(desk: Desk, board: Board) -> None:
    """The themes of the coding frame that comes with Heard: to be read, and approved together."""
    frame = coding_frame.shipped()
    missing = theming.not_here(board, frame)
    told = f"“{frame.title}” is a list of {len(frame.themes)} themes that comes with Heard"
    if not missing:
        markup.draw(markup.paragraph(f"{told}. They are all here already."))
        return
    markup.draw(
        markup.paragraph(f"{told}. Comments are sorted into those you approve. Change them afterwards as you like.")
    )
    with st.expander(f"Not here yet: {counted(len(missing), 'theme', 'themes')}"):
        markup.draw(theme_cards.framed(missing))
    with st.form("themes-frame"):
        st.checkbox("I have read them, and they fit this consultation", key="themes-frame-sure")
        PRESSES.submit(f"Approve {counted(len(missing), 'theme', 'themes')}", _take_up, desk, frame, primary=True)


def past(desk: Desk | None, happened: Sequence[Happened]) -> None:
    """What was done, the last first, with a button to undo what can be undone."""
    if not happened:
        markup.draw(markup.paragraph("Nothing yet."))
    for one in happened[:SHOWN]:
        with st.container(key=f"heard-act-{one.act_id}", horizontal=True, vertical_alignment="center"):
            markup.draw(markup.paragraph(f"{in_words(one)} {one.by}, {moment(one.at)}."))
            if desk is not None and not one.hindrance:
                st.button(
                    f"Undo: {in_words(one)}",
                    key=f"themes-undo-{one.act_id}",
                    wrap=True,
                    on_click=desk.do,
                    args=(theming.undo, one.act_id),
                    kwargs={"told": f"Undone: {in_words(one)} Everything is as it was before that."},
                )
    if len(happened) > SHOWN:
        markup.draw(markup.paragraph(f"{len(happened) - SHOWN} earlier changes are kept and not shown here."))


def in_words(one: Happened) -> str:
    """What an act did, in a sentence."""
    made = [f"“{step.after.label}”" for step in one.steps if step.before is None]
    old = [f"“{step.before.label}”" for step in one.steps if step.before is not None]
    merged = [f"“{step.after.label}”" for step in one.steps if step.after.merged_into_id is not None]
    kept = [label for label in old if label not in merged]
    match one.what:
        case ThemeActKind.LOADED:
            return f"Began with {len(one.steps)} themes."
        case ThemeActKind.MERGED:
            return f"Merged {', '.join(merged)} into {', '.join(kept)}."
        case ThemeActKind.SPLIT:
            return f"Split {', '.join(old)} into {', '.join(made)}."
        case ThemeActKind.APPROVED if not made:
            return f"Approved a suggestion as part of {', '.join(old)}."
        case ThemeActKind.ADDED if len(made) > len(PARTS):
            return f"Added {len(made)} themes together: {', '.join(made)}."
        case ThemeActKind.EDITED:
            new = "".join(f" as “{step.after.label}”" for step in one.steps if step.after.label != _before(step))
            return f"Changed {', '.join(old)}{new}."
        case _:
            return f"{DONE[one.what]}: {', '.join(made or old)}."


def _before(step: theming.Step) -> str:
    return step.before.label if step.before else ""


def _edit(desk: Desk, one: ThemeNow, seen: Seen, key: str) -> None:
    with st.form(f"{key}-edit"):
        _wording(key, one.label, one.description, one.phrases)
        PRESSES.submit("Save", _worded, desk, theming.edit, (seen,), key, "You changed “{}”.")


def _merge(desk: Desk, one: ThemeNow, others: dict[str, ThemeNow], key: str) -> None:
    with st.form(f"{key}-merge"):
        st.selectbox("Theme to merge into it", list(others), key=f"{key}-other")
        markup.draw(markup.paragraph(f"Its comments will count for “{one.label}”, which gets its phrases."))
        st.checkbox("I am sure that the two are one theme", key=f"{key}-merge-sure")
        PRESSES.submit("Merge", _merge_sure, desk, one, others, key)


def _split(desk: Desk, one: ThemeNow, key: str) -> None:
    with st.form(f"{key}-split"):
        markup.draw(
            markup.paragraph(f"“{one.label}” is retired, and its comments are read again for the themes you name here.")
        )
        for part in PARTS:
            st.text_input(f"{part} new theme: name", key=f"{key}-{part}-label", max_chars=80)
            _phrases(f"{part} new theme: phrases, one to a line", (), f"{key}-{part}-phrases")
        st.checkbox(f"I am sure that “{one.label}” is more than one theme", key=f"{key}-split-sure")
        PRESSES.submit("Split", _split_sure, desk, one, key)


def _retire(desk: Desk, one: ThemeNow, key: str) -> None:
    with st.form(f"{key}-retire"):
        markup.draw(
            markup.paragraph(
                "No page or summary will show it any more. What was given to comments is kept, in case you restore it."
            )
        )
        st.checkbox(f"I am sure that “{one.label}” should go", key=f"{key}-retire-sure")
        PRESSES.submit("Retire", _retire_sure, desk, one, key)


def _wording(key: str, label: str, described: str, phrases: Sequence[str]) -> None:
    """The three boxes in which a theme is put into words."""
    st.text_input(NAME, label, key=f"{key}-label", max_chars=80)
    st.text_area(BELONGS, described, key=f"{key}-description", max_chars=600)
    _phrases(PHRASES, phrases, f"{key}-phrases")


def _phrases(label: str, lines: Sequence[str], key: str) -> None:
    st.text_area(label, "\n".join(lines), key=key, height=160)


def _typed(key: str) -> str:
    return str(st.session_state.get(key, ""))


def _worded(desk: Desk, act: Callable[..., object], before: tuple[object, ...], key: str, told: str) -> None:
    label, description = _typed(f"{key}-label"), _typed(f"{key}-description")
    phrases = _typed(f"{key}-phrases").splitlines()
    try:
        wording = worded(label, description, phrases)
    except ThemeError as problem:
        PRESSES.refuse(str(problem))
        return
    typed = [(NAME, [label]), (BELONGS, description.splitlines()), (PHRASES, phrases)]
    if desk.do(act, *before, wording, told=told.format(wording.label), typed=typed):
        st.session_state[CHOSEN] = wording.label  # what was decided about stays chosen, under the name it has now


def _take_up(desk: Desk, frame: CodingFrame) -> None:
    if _sure("themes-frame-sure"):
        told = "You approved the themes of the coding frame. Comments are being read for them."
        desk.do(theming.take_up, frame, told=told)


def _approve_into(desk: Desk, one: CandidateNow, themes: dict[str, ThemeNow], key: str) -> None:
    into = themes[_typed(key)]
    told = f"“{one.label}” is part of “{into.label}” now. Give “{into.label}” phrases by which new comments are found."
    desk.do(theming.approve_into, one.id, Seen(into.id, into.version), told=told)


def _merge_sure(desk: Desk, one: ThemeNow, others: dict[str, ThemeNow], key: str) -> None:
    if _sure(f"{key}-merge-sure"):
        other = others[_typed(f"{key}-other")]
        seen, merged = Seen(one.id, one.version), [Seen(other.id, other.version)]
        desk.do(theming.merge, seen, merged, told=f"You merged “{other.label}” into “{one.label}”.")


def _split_sure(desk: Desk, one: ThemeNow, key: str) -> None:
    if not _sure(f"{key}-split-sure"):
        return
    named = [(label, _typed(f"{key}-{part}-phrases")) for part in PARTS if (label := _typed(f"{key}-{part}-label"))]
    try:
        parts = [worded(label, "", phrases.splitlines()) for label, phrases in named]
    except ThemeError as problem:
        PRESSES.refuse(str(problem))
    else:
        told = f"You split “{one.label}”. Its comments are being read again."
        desk.do(theming.split, Seen(one.id, one.version), parts, told=told)


def _retire_sure(desk: Desk, one: ThemeNow, key: str) -> None:
    if _sure(f"{key}-retire-sure"):
        desk.do(theming.retire, Seen(one.id, one.version), told=f"You retired “{one.label}”.")


def _sure(key: str) -> bool:
    if not st.session_state.get(key):
        PRESSES.refuse("Tick the box to say that you are sure. Nothing was done.")
        return False
    return True
