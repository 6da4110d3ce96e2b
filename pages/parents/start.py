"""The start page: what this is, who asks, how long it takes, what happens to the answers, when it closes."""

from collections.abc import Iterator
from typing import NamedTuple

import streamlit as st

from pages.parents import acts, languages
from pages.ui import doors, markup, published
from pages.ui.buttons import button
from pages.ui.markup import Piece
from pages.ui.state import Visit
from survey import telling, translations
from survey.consultations import WaveFacts
from survey.database import engine, reading
from survey.questionnaire import Questionnaire
from survey.wording import Words


def show(visit: Visit, questionnaire: Questionnaire, wave: WaveFacts, words: Words) -> None:
    """Draw it, with a way on for somebody who has answers saved here or on another device."""
    wrong = _taken_note_of(visit, words)
    title = words.of(questionnaire.title)
    prefix = words("problem.title_prefix") if wrong.any else ""
    st.set_page_config(page_title=visit.titled(f"{prefix}{title}", words))
    languages.draw(visit, questionnaire, words)
    markup.draw(*_head(visit, questionnaire, wave, words, wrong))
    if visit.needs_code:
        label, hint = words("invitation.label"), words("invitation.hint")
        _code_input(acts.INVITATION_INPUT, label, hint, wrong.invitation, words)
    label = words("start.go_on") if visit.answers else words("start.begin")
    button(visit, label, "survey-begin", lambda: acts.begin(visit, questionnaire, words), primary=True)
    if visit.answers:
        button(visit, words("start.drop_draft"), "survey-drop", lambda: acts.drop(visit, words))
    else:
        _elsewhere(visit, questionnaire, words, wrong.resume)
    facts = [
        piece
        for heading, told in telling.facts(questionnaire, wave, words)
        for piece in (markup.subheading(heading), markup.paragraph(told))
    ]
    own = markup.link(words("mine.title"), doors.own_response(wave.slug, words.language))
    markup.draw(own, *published.link(wave, words), *facts, markup.notice(words("door.safety"), style="heard-safety"))


class Told(NamedTuple):
    """What is to be said once: what was wrong with a code, or what has been done."""

    invitation: str
    resume: str
    news: str

    @property
    def any(self) -> bool:
        """Whether something is to be put right."""
        return bool(self.invitation or self.resume)


def _taken_note_of(visit: Visit, words: Words) -> Told:
    about_resuming = visit.notice in {
        words(f"problem.{key}") for key in ("resume_unknown", "resume_wait", "another_draft")
    }
    told = Told(visit.code_problem, visit.notice if about_resuming else "", "" if about_resuming else visit.notice)
    visit.notice = visit.code_problem = ""
    return told


def _head(visit: Visit, questionnaire: Questionnaire, wave: WaveFacts, words: Words, told: Told) -> Iterator[Piece]:
    tried = f"-{visit.tries}" if told.any else ""
    yield markup.step(f"start{tried}", spoken=words.spoken, errors=told.any)
    if wave.demonstration:
        yield markup.notice(words("door.demonstration"), style="heard-demonstration")
    if told.any:
        place = acts.INVITATION_INPUT if told.invitation else acts.RESUME_INPUT
        yield markup.error_summary(words("problem.title"), [(place, told.invitation or told.resume)])
    if told.news:
        yield markup.notice(told.news)
    yield markup.heading(words.of(questionnaire.title))
    with reading(engine()) as session:
        if translations.is_unchecked(session, words.language):
            yield markup.notice(words("door.unchecked_translation"))
    yield markup.paragraph(words.of(questionnaire.about), style="heard-lead")
    if visit.answers:
        yield markup.notice(words("start.saved_draft"))


def _elsewhere(visit: Visit, questionnaire: Questionnaire, words: Words, wrong: str) -> None:
    """A way on for somebody who began on another device, drawn when it is opened."""
    folded = st.expander(words("start.elsewhere"), key="survey-elsewhere", on_change="rerun")
    if not folded.open:
        return
    with folded:
        _code_input(acts.RESUME_INPUT, words("start.resume_label"), words("start.resume_hint"), wrong, words)
        button(
            visit, words("start.resume_go"), "survey-resume-go", lambda: acts.bring_back(visit, questionnaire, words)
        )


def _code_input(key: str, label: str, hint: str, problem: str, words: Words) -> None:
    told = f"{words('problem.prefix')} {problem}" if problem else ""
    markup.draw(markup.question(key, label, hint=hint, problem=told))
    st.text_input(label, key=key, label_visibility="collapsed", width=260, on_change="ignore", autocomplete="off")
