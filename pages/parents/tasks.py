"""The list of everything to answer, in whatever order, where a questionnaire says so."""

from datetime import UTC, datetime
from functools import partial

import streamlit as st

from pages.parents import acts, languages
from pages.ui import answers, markup
from pages.ui.buttons import button
from pages.ui.state import Visit
from survey import answering, telling
from survey.consultations import WaveFacts
from survey.questionnaire import Questionnaire
from survey.routing import CHECK_ANSWERS
from survey.wording import Words


def show(visit: Visit, questionnaire: Questionnaire, wave: WaveFacts, words: Words) -> None:
    """Draw it: a button for each page, saying whether it is done, then the one that leads to sending."""
    title = words("tasks.title")
    st.set_page_config(page_title=visit.titled(f"{title} – {words.of(questionnaire.title)}", words))
    said = [markup.step("tasks", spoken=words.spoken)]
    if visit.notice:
        said.append(markup.notice(visit.notice))
    visit.notice, visit.restored = "", False
    markup.draw(*said, markup.heading(title), markup.paragraph(words("tasks.intro")))
    for task in answering.tasks(questionnaire, visit.answers, words, today=datetime.now(UTC).date()):
        state = words("tasks.done") if task.done else words("tasks.to_do")
        label = f"{telling.heading(questionnaire, task.page, words)}: {state}"
        act = partial(acts.open_page, visit, questionnaire, task.page, words)
        button(visit, label, answers.button_key("task", task.page), act)
    onward = partial(acts.open_page, visit, questionnaire, CHECK_ANSWERS, words)
    button(visit, words("tasks.check"), "survey-tasks-check", onward, primary=True)
    languages.draw(visit, questionnaire, words)
    if wave.demonstration:
        markup.draw(markup.notice(words("door.demonstration"), style="heard-demonstration"))
