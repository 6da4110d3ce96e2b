"""The start page: what this is, who asks, how long it takes, what happens to the answers, when it closes."""

import streamlit as st

from pages.parents import acts
from pages.ui import markup
from pages.ui.buttons import button
from pages.ui.state import Visit
from survey import telling
from survey.consultations import WaveFacts
from survey.questionnaire import Questionnaire
from survey.wording import Words


def show(visit: Visit, questionnaire: Questionnaire, wave: WaveFacts, words: Words) -> None:
    """Draw it, with a way on for somebody who has answers saved here or on another device."""
    title = words.of(questionnaire.title)
    wrong = visit.notice == words("problem.resume_unknown")
    st.set_page_config(page_title=visit.titled(f"{words('problem.title_prefix') if wrong else ''}{title}", words))
    said = [markup.step("start", language=words.language, errors=wrong)]
    if wave.demonstration:
        said.append(markup.notice(words("door.demonstration"), style="heard-demonstration"))
    if wrong:
        said.append(markup.error_summary(words("problem.title"), [(acts.RESUME_INPUT, visit.notice)]))
    elif visit.notice:
        said.append(markup.notice(visit.notice))
    visit.notice = ""
    said += [markup.heading(title), markup.paragraph(words.of(questionnaire.about), style="heard-lead")]
    if visit.draft:
        said.append(markup.notice(words("start.saved_draft")))
    markup.draw(*said)
    label = words("start.go_on") if visit.draft else words("start.begin")
    button(visit, label, "survey-begin", lambda: acts.begin(visit, questionnaire, words), primary=True)
    if visit.draft:
        button(visit, words("start.drop_draft"), "survey-drop", lambda: acts.drop(visit, words))
    else:
        _elsewhere(visit, questionnaire, words, wrong=wrong)
    facts = [
        piece
        for heading, told in telling.facts(questionnaire, wave, words)
        for piece in (markup.subheading(heading), markup.paragraph(told))
    ]
    markup.draw(*facts, markup.notice(words("door.safety"), style="heard-safety"))


def _elsewhere(visit: Visit, questionnaire: Questionnaire, words: Words, *, wrong: bool) -> None:
    """A way on for somebody who began on another device, drawn when it is opened."""
    folded = st.expander(words("start.elsewhere"), key="survey-elsewhere", on_change="rerun")
    if not folded.open:
        return
    with folded:
        label = words("start.resume_label")
        problem = f"{words('problem.prefix')} {words('problem.resume_unknown')}" if wrong else ""
        markup.draw(markup.question(acts.RESUME_INPUT, label, hint=words("start.resume_hint"), problem=problem))
        st.text_input(
            label,
            key=acts.RESUME_INPUT,
            label_visibility="collapsed",
            width=260,
            on_change="ignore",
            autocomplete="off",
        )
        button(
            visit, words("start.resume_go"), "survey-resume-go", lambda: acts.bring_back(visit, questionnaire, words)
        )
