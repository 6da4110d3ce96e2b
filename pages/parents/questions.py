"""One page of questions: Back, the questions, what to put right, Continue."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from pages.parents import acts, languages
from pages.ui import answers, markup, pictures
from pages.ui.buttons import button
from pages.ui.markup import Piece
from pages.ui.state import Visit
from survey import routing, telling
from survey.consultations import WaveFacts
from survey.questionnaire import AnswerKey, Questionnaire
from survey.routing import Page, Typed
from survey.wording import Words


def show(visit: Visit, questionnaire: Questionnaire, wave: WaveFacts, words: Words) -> None:
    """Draw the page that the visit has reached; the start, if a changed questionnaire no longer has it."""
    walk = routing.pages(questionnaire, visit.answers)
    page = visit.page if visit.page in walk else None
    if page is None:
        visit.page = walk[0]
        page = walk[0]
    heading = telling.heading(questionnaire, page, words)
    wrong = words("problem.title_prefix") if visit.problems or visit.notice else ""
    st.set_page_config(page_title=visit.titled(f"{wrong}{heading} – {words.of(questionnaire.title)}", words))
    _button(visit, page, "back", words("step.back"), partial(acts.go_back, visit, questionnaire, page, words))
    head = [
        *_news(visit, page, words),
        markup.heading(heading, picture=pictures.heading(questionnaire, page, words)),
        markup.paragraph(telling.progress(questionnaire, page, walk, words), style="heard-progress"),
    ]
    intro, safety = telling.intro(questionnaire, page, words)
    if intro:
        head.append(markup.paragraph(intro))
    if safety:
        head.append(markup.paragraph(safety, style="heard-hint"))
    _questions(visit, questionnaire, page, words, head)
    onward = partial(acts.go_on, visit, questionnaire, page, words)
    _button(visit, page, "continue", words("step.continue"), onward, primary=True)
    _later(visit, questionnaire, page, words)
    if wave.demonstration:
        markup.draw(markup.notice(words("door.demonstration"), style="heard-demonstration"))


def _button(visit: Visit, page: Page, name: str, label: str, act: Callable[[], None], *, primary: bool = False) -> None:
    button(visit, label, answers.button_key(name, page), act, primary=primary)


def _news(visit: Visit, page: Page, words: Words) -> list[Piece]:
    """What is said once, before the heading: which step this is, that answers were found, what to put right."""
    told = [(answers.widget_key(page, problem.key), problem.message) for problem in visit.problems]
    if visit.notice:
        told.append((answers.button_key("continue", page), visit.notice))
    tried = f"-{visit.tries}" if visit.problems else ""
    news = [markup.step(f"{page}{tried}", spoken=words.spoken, errors=bool(told))]
    if visit.restored:
        news.append(markup.notice(words("step.restored")))
    if told:
        news.append(markup.error_summary(words("problem.title"), told))
    visit.notice, visit.restored = "", False
    return news


def _questions(visit: Visit, questionnaire: Questionnaire, page: Page, words: Words, head: list[Piece]) -> None:
    """Each question with its input; the head of the page goes with the first."""
    decide = routing.depended_on(questionnaire, page)
    held: dict[AnswerKey, Typed] = visit.answers | (acts.typed_on(questionnaire, page) if decide else {})
    wrong = {problem.key: f"{words('problem.prefix')} {problem.message}" for problem in visit.problems}
    for item, key in routing.items_on(questionnaire, page, held):
        name = answers.widget_key(page, key)
        markup.draw(*head, answers.question(item, name, words, problem=wrong.get(key, "")))
        answers.draw(
            item,
            name,
            words,
            answered=visit.answers.get(key),
            decides=item.id in decide,
            on_blur=partial(acts.keep_words, visit, questionnaire, page, words),
        )
        head = []


def _later(visit: Visit, questionnaire: Questionnaire, page: Page, words: Words) -> None:
    """How to go on elsewhere, and in another language. What is inside is drawn when it is opened.

    Closed, it costs a slow phone one line and the server one element; two of them would be felt by five hundred people.
    """
    label = " · ".join(part for part in (words("step.later"), languages.named(questionnaire, words)) if part)
    folded = st.expander(label, key=answers.button_key("later-fold", page), on_change="rerun")
    if not folded.open:
        return
    with folded:
        shown = [markup.paragraph(words("step.later_intro"))]
        if visit.resume_code:
            shown.append(markup.notice(words("step.later_shown", code=visit.resume_code), style="heard-code"))
        markup.draw(*shown)
        act = partial(acts.code_for_later, visit, questionnaire, page, words)
        _button(visit, page, "later", words("step.later_code"), act)
        if languages.named(questionnaire, words):
            languages.buttons(visit, questionnaire, words)
