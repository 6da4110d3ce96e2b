"""Check your answers: everything said, with a way to change each page, before it is sent."""

from functools import partial

import streamlit as st

from pages.parents import acts, languages
from pages.ui import answers, markup
from pages.ui.buttons import button
from pages.ui.state import Visit
from survey import routing, telling
from survey.consultations import WaveFacts
from survey.questionnaire import Questionnaire
from survey.routing import TASKS, Page
from survey.wording import Words


def show(visit: Visit, questionnaire: Questionnaire, wave: WaveFacts, words: Words) -> None:
    """Draw it: a block for each page, then the button that sends."""
    title = words("check.title")
    wrong = words("problem.title_prefix") if visit.notice else ""
    st.set_page_config(page_title=visit.titled(f"{wrong}{title} – {words.of(questionnaire.title)}", words))
    walk = routing.pages(questionnaire, visit.answers)
    back = partial(acts.change, visit, questionnaire, walk[-1], words)
    if questionnaire.any_order:
        back = partial(acts.open_page, visit, questionnaire, TASKS, words)
    button(visit, words("step.back"), "survey-back-check", back)
    groups = telling.together(questionnaire, walk)
    told = routing.children_told(questionnaire, visit.answers)
    step = f"check-{told}" if told else "check"  # a child taken out makes another page of it
    said = [markup.step(step, spoken=words.spoken, errors=bool(visit.notice))]
    if visit.notice:
        said.append(markup.error_summary(words("problem.title"), [("survey-send", visit.notice)]))
    done = [markup.notice(visit.news)] if visit.news else []
    visit.notice = visit.news = ""
    markup.draw(*said, markup.heading(title), *done, markup.paragraph(words("check.intro")))
    for child, pages in groups:
        if child:
            markup.draw(markup.subheading(words("step.child", number=child)))
        for page in pages:
            _page(visit, questionnaire, page, words, level=3 if child else 2)
        if child and told > 1:
            out = partial(acts.remove_child, visit, questionnaire, words, child, told)
            button(visit, words("children.remove", number=child), f"survey-remove-{child}-of-{told}", out)
    markup.draw(markup.notice(words("check.send_intro"), style="heard-plain"))
    button(visit, words("check.send"), "survey-send", partial(acts.send, visit, questionnaire, words), primary=True)
    languages.draw(visit, questionnaire, words)
    if wave.demonstration:
        markup.draw(markup.notice(words("door.demonstration"), style="heard-demonstration"))


def _page(visit: Visit, questionnaire: Questionnaire, page: Page, words: Words, *, level: int) -> None:
    heading = telling.heading(questionnaire, page, words)
    asked = routing.items_on(questionnaire, page, visit.answers)
    given = [(words.of(item.text), telling.answer(item, visit.answers.get(key), words)) for item, key in asked]
    subject = telling.subject(questionnaire, page, words)
    markup.draw(markup.subheading(subject, level=level), markup.answers(given))
    label = f"{words('check.change')}: {heading}"
    key = answers.button_key("change", page)
    button(visit, label, key, partial(acts.change, visit, questionnaire, page, words))
