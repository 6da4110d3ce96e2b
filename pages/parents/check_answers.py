"""Check your answers: everything said, with a way to change each page, before it is sent."""

from functools import partial

import streamlit as st

from pages.parents import acts
from pages.ui import answers, markup
from pages.ui.buttons import button
from pages.ui.state import Visit
from survey import routing, telling
from survey.consultations import WaveFacts
from survey.questionnaire import Questionnaire
from survey.routing import Page
from survey.wording import Words


def show(visit: Visit, questionnaire: Questionnaire, wave: WaveFacts, words: Words) -> None:
    """Draw it: a block for each page, then the button that sends."""
    title = words("check.title")
    wrong = words("problem.title_prefix") if visit.notice else ""
    st.set_page_config(page_title=visit.titled(f"{wrong}{title} – {words.of(questionnaire.title)}", words))
    walk = routing.pages(questionnaire, visit.answers)
    last = walk[-1]
    button(visit, words("step.back"), "survey-back-check", partial(acts.change, visit, questionnaire, last, words))
    said = [markup.step("check", language=words.language, errors=bool(visit.notice))]
    if visit.notice:
        said.append(markup.error_summary(words("problem.title"), [("survey-send", visit.notice)]))
        visit.notice = ""
    markup.draw(*said, markup.heading(title), markup.paragraph(words("check.intro")))
    for page in walk:
        _page(visit, questionnaire, page, words)
    markup.draw(markup.notice(words("check.send_intro"), style="heard-plain"))
    button(visit, words("check.send"), "survey-send", partial(acts.send, visit, questionnaire, words), primary=True)
    if wave.demonstration:
        markup.draw(markup.notice(words("door.demonstration"), style="heard-demonstration"))


def _page(visit: Visit, questionnaire: Questionnaire, page: Page, words: Words) -> None:
    heading = telling.heading(questionnaire, page, words)
    asked = routing.items_on(questionnaire, page, visit.answers)
    given = [(words.of(item.text), telling.answer(item, visit.answers.get(key), words)) for item, key in asked]
    markup.draw(markup.subheading(heading), markup.answers(given))
    label = f"{words('check.change')}: {heading}"
    key = answers.button_key("change", page)
    button(visit, label, key, partial(acts.change, visit, questionnaire, page, words))
