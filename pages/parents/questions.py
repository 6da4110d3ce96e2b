"""One page of questions: Back, the questions, what to put right, Continue."""

from functools import partial

import streamlit as st

from pages.parents import acts
from pages.ui import answers, markup
from pages.ui.buttons import button
from pages.ui.state import Visit
from survey import routing
from survey.consultations import WaveFacts
from survey.questionnaire import AnswerKey, Comment, Questionnaire
from survey.routing import Page, Typed
from survey.wording import Words


def show(visit: Visit, questionnaire: Questionnaire, wave: WaveFacts, words: Words) -> None:
    """Draw the page that the visit has reached; the start, if a changed questionnaire no longer has it."""
    walk = routing.pages(questionnaire, visit.answers)
    page = visit.page if visit.page in walk else None
    if page is None:
        visit.page = walk[0]
        page = walk[0]
    heading = page_heading(questionnaire, page, words)
    _announce(visit, questionnaire, page, heading, words)
    _top(visit, questionnaire, page, words)
    markup.heading(heading)
    markup.paragraph(_progress(questionnaire, page, walk, words), style="heard-progress")
    _intro(questionnaire, page, words)
    _questions(visit, questionnaire, page, words)
    button(
        visit,
        words("step.continue"),
        answers.button_key("continue", page),
        partial(acts.go_on, visit, questionnaire, page, words),
        primary=True,
    )
    _later(visit, questionnaire, page, words)
    if wave.demonstration:
        markup.notice(words("door.demonstration"), style="heard-demonstration")


def page_heading(questionnaire: Questionnaire, page: Page, words: Words) -> str:
    """What a page is called: its section, the service it is about, or which child."""
    section = questionnaire.section(page.section)
    if section is None:
        return words.of(questionnaire.title)
    if page.service and section.block:
        chosen_in = questionnaire.item(section.block.services)
        return words.of(chosen_in.option(page.service).text)
    return words("step.child", number=page.child) if page.child else words.of(section.title)


def _announce(visit: Visit, questionnaire: Questionnaire, page: Page, heading: str, words: Words) -> None:
    wrong = words("problem.title_prefix") if visit.problems or visit.notice else ""
    st.set_page_config(page_title=f"{wrong}{heading} – {words.of(questionnaire.title)}")
    tried = f"-{visit.tries}" if visit.problems else ""
    markup.step(f"{page}{tried}", language=words.language, errors=bool(visit.problems or visit.notice))


def _top(visit: Visit, questionnaire: Questionnaire, page: Page, words: Words) -> None:
    button(
        visit,
        words("step.back"),
        answers.button_key("back", page),
        partial(acts.go_back, visit, questionnaire, page, words),
    )
    if visit.restored:
        markup.notice(words("step.restored"))
        visit.restored = False
    told = [(answers.widget_key(page, problem.key), problem.message) for problem in visit.problems]
    if visit.notice:
        told.append((answers.button_key("continue", page), visit.notice))
        visit.notice = ""
    if told:
        markup.error_summary(words("problem.title"), told)


def _progress(questionnaire: Questionnaire, page: Page, walk: list[Page], words: Words) -> str:
    number, total = walk.index(page) + 1, len(walk)
    section = questionnaire.section(page.section)
    if section is None or not (page.service or page.child):
        return words("step.progress", number=number, total=total)
    return words("step.progress_about", number=number, total=total, about=words.of(section.title))


def _intro(questionnaire: Questionnaire, page: Page, words: Words) -> None:
    section = questionnaire.section(page.section)
    if section and section.intro:
        markup.paragraph(words.of(section.intro))
    if section and any(isinstance(item, Comment) for item in section.asked_items):
        markup.paragraph(words("door.safety_short"), style="heard-hint")


def _questions(visit: Visit, questionnaire: Questionnaire, page: Page, words: Words) -> None:
    held: dict[AnswerKey, Typed] = visit.answers | acts.typed_on(questionnaire, page)
    decide = routing.depended_on(questionnaire, page)
    wrong = {problem.key: f"{words('problem.prefix')} {problem.message}" for problem in visit.problems}
    for item, key in routing.items_on(questionnaire, page, held):
        answers.draw(
            item,
            answers.widget_key(page, key),
            words,
            answered=visit.answers.get(key),
            problem=wrong.get(key, ""),
            decides=item.id in decide,
            on_blur=partial(acts.keep_words, visit, questionnaire, page, words),
        )


def _later(visit: Visit, questionnaire: Questionnaire, page: Page, words: Words) -> None:
    with st.expander(words("step.later"), expanded=bool(visit.resume_code)):
        markup.paragraph(words("step.later_intro"))
        if visit.resume_code:
            markup.notice(words("step.later_shown", code=visit.resume_code), style="heard-code")
        act = partial(acts.code_for_later, visit, questionnaire, page, words)
        button(visit, words("step.later_code"), answers.button_key("later", page), act)
