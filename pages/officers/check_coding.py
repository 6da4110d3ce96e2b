"""Coding blind: one comment with what it answers, every theme that stands, and a tone. All of it works by keyboard.

The page's own script makes it quicker: letters typed in the box leave the choices that have them, Enter ticks the first
of those, and Ctrl with Enter saves. Without the script it is a page of boxes to tick.
"""

from datetime import UTC, datetime
from html import escape

import streamlit as st

from pages.ui import access, markup
from pages.ui.acting import Presses
from pages.ui.doors import CHECKING
from pages.ui.markup import Piece
from survey import consultations, standing_themes
from survey.blind_coding import SENTIMENTS, ToCode, record, take_back
from survey.database import engine, reading, writing
from survey.errors import CheckingError
from survey.languages import ENGLISH
from survey.questionnaire import Optioned, Questionnaire
from survey.standing_themes import StandingTheme
from survey.wording import words_in

PRESSES = Presses(CHECKING)
SAMPLE, PROBLEMS, TRIES = "checking-sample", "checking-problems", "checking-tries"
THEMES, FIND = "checking-themes", "checking-find"


def begin(sample_id: int) -> None:
    """From the next run on, show one comment after the other."""
    st.session_state[SAMPLE] = sample_id


def under_way() -> int | None:
    """The sample that is being coded in this tab, or None."""
    held = st.session_state.get(SAMPLE)
    return held if isinstance(held, int) else None


def step(name: str, *, focus: str = "", errors: bool = False) -> Piece:
    """Tell the page's own script what is shown, and what to lead the focus to when that changes."""
    return markup.step(f"checking-{name}", spoken=ENGLISH, errors=errors, focus=focus)


def show(to_code: ToCode | None, who: str) -> None:
    """The next comment; or, when none is left, the way back."""
    if to_code is None:
        stop()
        if lost := st.session_state.pop(PROBLEMS, []):
            PRESSES.refuse(lost[0][1])
        else:
            PRESSES.say("That was the last comment for you. Thank you.")
        st.rerun()
        return
    with reading(engine()) as session:
        wave = consultations.wave(session, to_code.wave_id)
        themes = standing_themes.standing(session, wave.consultation_id)
        asked = _asked(consultations.questionnaire_of(session, wave), to_code)
    problems: list[tuple[str, str]] = st.session_state.pop(PROBLEMS, [])
    place = f"Comment {to_code.done + 1} of {to_code.done + to_code.left}"
    st.title(place, anchor=False)
    summary = [markup.error_summary("There is a problem", problems)] if problems else []
    shown = f"{to_code.comment_id}-{st.session_state.get(TRIES, 0)}"  # so that a second mistake is announced too
    markup.draw(step(shown, focus=FIND, errors=bool(problems)), *summary, _comment(to_code, asked))
    _inputs(to_code, themes, dict(problems))
    with st.container(horizontal=True, key="checking-buttons"):
        # One button for each comment: struck before the page is there, that of the last would save the last again.
        key = f"checking-save-{to_code.comment_id}"
        st.button("Save and go on", type="primary", key=key, on_click=_save, args=(to_code, themes, who))
        if to_code.done:
            st.button("Code the last one again", key="checking-back", on_click=_back, args=(to_code, who))
        st.button("Stop for now", key="checking-stop", on_click=stop)


def stop() -> None:
    """Back to the overview. What was saved is kept."""
    st.session_state.pop(SAMPLE, None)


def _comment(to_code: ToCode, asked: str) -> Piece:
    lines = "".join(f"<p>{escape(line)}</p>" for line in to_code.words.splitlines() if line.strip())
    return Piece(
        f'<div class="heard-coding"><p class="heard-small" id="checking-asked">{escape(asked)}</p>'
        f'<blockquote id="checking-comment" lang="en" dir="auto">{lines}</blockquote></div>'
    )


def _asked(questionnaire: Questionnaire, to_code: ToCode) -> str:
    """The question that a comment answers, and the service it is about."""
    say = words_in(ENGLISH.code)
    services = questionnaire.role("services")
    option = services.option(to_code.service) if isinstance(services, Optioned) and to_code.service else None
    question = say.of(questionnaire.item(to_code.item).text)
    return f"{say.of(option.text)}: {question}" if option else question


def _inputs(to_code: ToCode, themes: list[StandingTheme], problems: dict[str, str]) -> None:
    here = to_code.comment_id
    st.html(
        f'<div class="heard-find"><label for="{FIND}">Find a theme or a tone</label>'
        f'<span class="heard-hint" id="{FIND}-hint">Type a few letters. Enter chooses the first that is left. Ctrl and '
        "Enter saves.</span>"
        f'<input type="text" id="{FIND}" autocomplete="off" aria-describedby="checking-comment {FIND}-hint">'
        f'<span class="heard-unseen" id="{FIND}-told" role="status"></span></div>'
    )
    with st.container(key="checking-choices"):
        markup.draw(markup.question(THEMES, "Which themes does it carry?", problem=problems.get(THEMES, "")))
        with st.container(key=f"{THEMES}-group", gap=None):
            for theme in themes:
                st.checkbox(theme.label, key=_theme(theme.id, here), help=theme.description or None, on_change="ignore")
            st.checkbox("None of these themes", key=_none(here), on_change="ignore")
        tone = _tone(here)
        markup.draw(markup.question(tone, "In which tone is it?", problem=problems.get(tone, "")))
        st.radio(
            "In which tone is it?",
            list(SENTIMENTS),
            index=None,
            format_func=SENTIMENTS.__getitem__,
            key=tone,
            label_visibility="collapsed",
            on_change="ignore",
        )


def _save(to_code: ToCode, themes: list[StandingTheme], who: str) -> None:
    """Keep what was chosen, as a whole; or say what is lacking."""
    access.require(*CHECKING.roles)
    here = to_code.comment_id
    carries = [theme.id for theme in themes if st.session_state.get(_theme(theme.id, here))]
    none, tone = bool(st.session_state.get(_none(here))), st.session_state.get(_tone(here))
    if problems := _problems(here, carries, none=none, tone=tone):
        _not_kept(problems)
        return
    try:
        with writing(engine()) as session:
            record(
                session,
                to_code.sample_id,
                here,
                carries=carries,
                sentiment=str(tone),
                by=who,
                now=datetime.now(UTC),
            )
    except CheckingError as problem:
        _not_kept([(THEMES, str(problem))])


def _back(to_code: ToCode, who: str) -> None:
    """Take back what was said of the comment before, and show that one again, as if it had not been coded."""
    access.require(*CHECKING.roles)
    with writing(engine()) as session:
        taken = take_back(session, to_code.sample_id, by=who)
    if taken is not None:
        for key in [key for key in st.session_state if str(key).endswith(f"-{taken}")]:
            del st.session_state[key]


def _not_kept(problems: list[tuple[str, str]]) -> None:
    st.session_state[PROBLEMS] = problems
    st.session_state[TRIES] = st.session_state.get(TRIES, 0) + 1


def _problems(here: int, carries: list[int], *, none: bool, tone: object) -> list[tuple[str, str]]:
    found = []
    if not carries and not none:
        found.append((THEMES, "Choose the themes the comment carries, or “None of these themes”"))
    if carries and none:
        found.append((THEMES, "Choose either themes or “None of these themes”"))
    if tone not in SENTIMENTS:
        found.append((_tone(here), "Choose the tone of the comment"))
    return found


def _theme(theme_id: int, comment_id: int) -> str:
    return f"checking-theme-{theme_id}-{comment_id}"


def _none(comment_id: int) -> str:
    return f"checking-none-{comment_id}"


def _tone(comment_id: int) -> str:
    return f"checking-tone-{comment_id}"
