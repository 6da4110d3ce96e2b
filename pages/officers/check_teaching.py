"""What people's coding could teach the computer: the proof, in words, and the switch."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st
from sqlmodel import Session

from analysis.phrases import counted
from pages.officers.check_coding import PRESSES
from pages.ui import access, markup
from pages.ui.doors import CHECKING
from survey import teaching
from survey.consultations import WaveFacts
from survey.database import engine
from survey.teaching import FEWEST, Lesson

LOOK_EVERY_SECONDS = 2


def show(wave: WaveFacts, lesson: Lesson | None, coded: int) -> None:
    """What the last proof showed, whether it is in use, and how to ask for another."""
    st.header("Teaching the computer", anchor=False)
    markup.draw(
        markup.paragraph(
            "The computer can learn from what people coded, for this consultation alone. It is tried out first: it "
            "learns from part of the comments and is judged on the others. Only if it is better, beyond chance, can it "
            "be switched on."
        )
    )
    if lesson is not None:
        _lesson(lesson)
    if lesson is not None and lesson.proved_at is None:
        return
    if coded < FEWEST:
        markup.draw(
            markup.paragraph(
                f"{counted(coded, 'comment has', 'comments have')} been coded blind. From {FEWEST} it is worth trying: "
                "with fewer, what was learnt has made it worse."
            )
        )
        return
    markup.draw(markup.paragraph(f"{coded} comments have been coded blind."))
    st.button(
        "Try out what they teach",
        key="checking-ask",
        on_click=_do,
        args=(teaching.ask, wave.consultation_id, "It is being tried out on what was coded."),
    )


def _lesson(lesson: Lesson) -> None:
    asked = f"{lesson.asked_by} asked on {lesson.asked_at:%-d %B %Y}"
    if lesson.proved_at is None:
        _wait(lesson.id, asked)
        return
    markup.draw(markup.paragraph(f"{asked}. {verdict(lesson)}"))
    if lesson.is_on:
        by = f"{lesson.switched_on_by} switched it on on {lesson.switched_on_at:%-d %B %Y}."
        markup.draw(markup.notice(f"{by} The computer uses what it learnt. All comments are given themes again."))
        label, change, told = "Switch off what it learnt", teaching.switch_off, "What it learnt is switched off."
    elif lesson.is_better:
        label, change, told = "Switch on what it learnt", teaching.switch_on, "What it learnt is switched on."
    else:
        return
    st.button(
        label,
        type="secondary" if lesson.is_on else "primary",
        key="checking-switch",
        on_click=_do,
        args=(change, lesson.id, told),
    )


@st.fragment(run_every=LOOK_EVERY_SECONDS)
def _wait(lesson_id: int, asked: str) -> None:
    """Look whether the proof is there, and draw the page again when it is."""
    access.require(*CHECKING.roles)
    if teaching.is_proved(engine(), lesson_id):
        access.draw_again()
    markup.draw(markup.paragraph(f"{asked}. It is being tried out; the result appears here within some minutes."))


def verdict(lesson: Lesson) -> str:
    """What the proof showed, in words and figures."""
    if lesson.f1_with is None or lesson.f1_without is None or lesson.difference_low is None:
        return "Nothing could be worked out: too few comments were left, or no theme was given to any. Try again later."
    of = f"On {counted(lesson.comments, 'comment', 'comments')} that it had not learnt from,"
    figures = (
        f"{of} it scored {lesson.f1_without:.2f} before and {lesson.f1_with:.2f} after learning (F1; 1 is perfect)."
    )
    low, high = lesson.difference_low, lesson.difference_high or 0.0
    span = f"The difference is likely between {low:+.2f} and {high:+.2f}"
    if lesson.is_better:
        return f"{figures} {span}, so it is better, beyond chance."
    if high < 0:
        return f"{figures} {span}, so it is worse. It stays off."
    return f"{figures} {span}, which may be chance. It stays off; more coded comments may show a difference."


def _do(act: Callable[..., None], subject_id: int, told: str) -> None:
    def do(session: Session, who: str, now: datetime) -> str:
        act(session, subject_id, by=who, now=now)
        return told

    PRESSES.do(do)
