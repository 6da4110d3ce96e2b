"""What an officer does about themes: a form for each act. Every act can be undone, and the history says so."""

from collections.abc import Callable, Sequence

import streamlit as st

from pages.officers.theme_cards import DONE, moment
from pages.ui import data, markup
from survey import theming
from survey.consultations import WaveFacts
from survey.database import engine, writing
from survey.errors import ThemeError
from survey.tables import ThemeActKind
from survey.theming import Board, CandidateNow, Happened, Seen, ThemeNow, worded

TOLD = "themes-told"
PARTS = ("First", "Second", "Third")
SHOWN = 30
CONFIRM = "Tick the box to say that you are sure. Nothing was done."


class Desk:
    """Where one officer decides about the themes of one consultation."""

    def __init__(self, wave: WaveFacts, who: str) -> None:
        self.wave, self.who = wave, who

    def do(self, act: Callable[..., object], *wanted: object, told: str) -> None:
        """One act, as a whole; and a sentence about it for the top of the page."""
        try:
            with writing(engine()) as session:
                act(session, self.wave.consultation_id, *wanted, by=self.who)
        except ThemeError as problem:
            st.session_state[TOLD] = (str(problem), False)
        else:
            data.look_again(self.wave)
            st.session_state[TOLD] = (told, True)


def notice() -> None:
    """What the last act did, or why it was refused; told once."""
    told, done = st.session_state.pop(TOLD, ("", True))
    if told and done:
        markup.draw(markup.notice(told))
    elif told:
        st.error(told)


def decide(desk: Desk, board: Board) -> None:
    """Choose a theme, and do something about it; or add one."""
    new = "A theme of your own"
    offered: dict[str, ThemeNow | CandidateNow | None] = {one.label: one for one in board.themes}
    offered |= {f"{one.label} (suggested)": one for one in board.candidates}
    offered |= {f"{one.label} (retired)": one for one in board.retired}
    chosen = st.selectbox("Theme to decide about", [*offered, new], key="themes-chosen")
    match offered.get(chosen):
        case CandidateNow() as one:
            on_candidate(desk, one, board)
        case ThemeNow(retired=True) as one:
            on_retired(desk, one)
        case ThemeNow() as one:
            on_theme(desk, one, board)
        case _:
            new_theme(desk)


def on_theme(desk: Desk, one: ThemeNow, board: Board) -> None:
    """The forms for a theme that has been approved."""
    seen, key = Seen(one.id, one.version), f"themes-{one.id}-{one.version}"
    with st.expander("Rename it, describe it, change its phrases"):
        _edit(desk, one, seen, key)
    others = {other.label: other for other in board.themes if other.id != one.id}
    if others:
        with st.expander("Merge another theme into it"):
            _merge(desk, one, seen, others, key)
    with st.expander("Split it"):
        _split(desk, one, seen, key)
    with st.expander("Retire it"):
        _retire(desk, one, seen, key)


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
        label = st.text_input("Name", one.label[:80], key=f"{key}-label", max_chars=80)
        described = st.text_area("What belongs under it", key=f"{key}-description", max_chars=600)
        phrases = _phrases("Phrases that parents use, one to a line", one.words, f"{key}-phrases")
        if st.form_submit_button("Approve as a new theme", type="primary"):
            _worded(
                desk,
                theming.approve,
                (one.id,),
                (label, described, phrases),
                told=f"You approved “{label}”. Its comments count for it now, and it may be published.",
            )
    if board.themes:
        themes = {theme.label: theme for theme in board.themes}
        with st.form(f"{key}-into"):
            into = st.selectbox("Or count its comments for a theme there is", list(themes), key=f"{key}-theme")
            if st.form_submit_button("Approve as part of that theme"):
                chosen = themes[into]
                _run(
                    desk,
                    theming.approve_into,
                    one.id,
                    Seen(chosen.id, chosen.version),
                    told=f"“{one.label}” is part of “{into}” now. Add phrases to “{into}” if new comments should be "
                    "found by them.",
                )


def new_theme(desk: Desk) -> None:
    """The form for a theme of the officer's own."""
    with st.form("themes-new", clear_on_submit=False):
        label = st.text_input("Name", key="themes-new-label", max_chars=80)
        described = st.text_area("What belongs under it", key="themes-new-description", max_chars=600)
        phrases = _phrases("Phrases that parents use, one to a line", (), "themes-new-phrases")
        if st.form_submit_button("Add this theme"):
            told = f"You added “{label}”. Comments are being read again for it."
            _worded(desk, theming.add, (), (label, described, phrases), told=told)


def past(desk: Desk | None, happened: Sequence[Happened]) -> None:
    """What was done, the last first, with a button to undo what can be undone."""
    for one in happened[:SHOWN]:
        with st.container(key=f"heard-act-{one.act_id}", horizontal=True, vertical_alignment="center"):
            markup.draw(markup.paragraph(f"{in_words(one)} {one.by}, {moment(one.at)}."))
            if desk is not None and not one.hindrance:
                st.button(
                    f"Undo: {in_words(one)}",
                    key=f"themes-undo-{one.act_id}",
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
        case ThemeActKind.EDITED:
            new = "".join(f" as “{step.after.label}”" for step in one.steps if step.after.label != _before(step))
            return f"Changed {', '.join(old)}{new}."
        case _:
            return f"{DONE[one.what]}: {', '.join(made or old)}."


def _before(step: theming.Step) -> str:
    return step.before.label if step.before else ""


def _edit(desk: Desk, one: ThemeNow, seen: Seen, key: str) -> None:
    with st.form(f"{key}-edit"):
        label = st.text_input("Name", one.label, key=f"{key}-label", max_chars=80)
        described = st.text_area("What belongs under it", one.description, key=f"{key}-description", max_chars=600)
        phrases = _phrases("Phrases that parents use, one to a line", one.phrases, f"{key}-phrases")
        if st.form_submit_button("Save"):
            _worded(desk, theming.edit, (seen,), (label, described, phrases), told=f"You changed “{label}”.")


def _merge(desk: Desk, one: ThemeNow, seen: Seen, others: dict[str, ThemeNow], key: str) -> None:
    with st.form(f"{key}-merge"):
        named = st.selectbox("Theme to merge into it", list(others), key=f"{key}-other")
        markup.draw(markup.paragraph(f"Its comments will count for “{one.label}”, which gets its phrases."))
        sure = st.checkbox("I am sure that the two are one theme", key=f"{key}-merge-sure")
        if st.form_submit_button("Merge"):
            other = others[named]
            told = f"You merged “{named}” into “{one.label}”."
            _confirmed(desk, sure, theming.merge, seen, [Seen(other.id, other.version)], told=told)


def _split(desk: Desk, one: ThemeNow, seen: Seen, key: str) -> None:
    with st.form(f"{key}-split"):
        markup.draw(
            markup.paragraph(f"“{one.label}” is retired, and its comments are read again for the themes you name here.")
        )
        named = []
        for number, part in enumerate(PARTS):
            label = st.text_input(f"{part} new theme: name", key=f"{key}-split-{number}", max_chars=80)
            phrases = _phrases(f"{part} new theme: phrases, one to a line", (), f"{key}-split-phrases-{number}")
            named.append((label, phrases))
        sure = st.checkbox(f"I am sure that “{one.label}” is more than one theme", key=f"{key}-split-sure")
        if st.form_submit_button("Split"):
            told = f"You split “{one.label}”. Its comments are being read again."
            wanted = [(label, phrases) for label, phrases in named if label.strip()]
            try:
                parts = [worded(label, "", phrases.splitlines()) for label, phrases in wanted]
            except ThemeError as problem:
                _refuse(str(problem))
            _confirmed(desk, sure, theming.split, seen, parts, told=told)


def _retire(desk: Desk, one: ThemeNow, seen: Seen, key: str) -> None:
    with st.form(f"{key}-retire"):
        markup.draw(
            markup.paragraph(
                "No page or summary will show it any more. What was given to comments is kept, in case you restore it."
            )
        )
        sure = st.checkbox(f"I am sure that “{one.label}” should go", key=f"{key}-retire-sure")
        if st.form_submit_button("Retire"):
            _confirmed(desk, sure, theming.retire, seen, told=f"You retired “{one.label}”.")


def _phrases(label: str, lines: Sequence[str], key: str) -> str:
    return st.text_area(label, "\n".join(lines), key=key, height=160)


def _worded(
    desk: Desk, act: Callable[..., object], before: tuple[object, ...], given: tuple[str, str, str], *, told: str
) -> None:
    label, described, phrases = given
    try:
        wording = worded(label, described, phrases.splitlines())
    except ThemeError as problem:
        _refuse(str(problem))
    _run(desk, act, *before, wording, told=told)


def _confirmed(desk: Desk, sure: bool, act: Callable[..., object], *wanted: object, told: str) -> None:
    if not sure:
        _refuse(CONFIRM)
    _run(desk, act, *wanted, told=told)


def _run(desk: Desk, act: Callable[..., object], *wanted: object, told: str) -> None:
    desk.do(act, *wanted, told=told)
    st.rerun()


def _refuse(told: str) -> None:
    st.session_state[TOLD] = (told, False)
    st.rerun()
