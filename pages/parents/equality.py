"""The equality questions: offered to whoever has just sent, a question a page, kept at every Continue."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import streamlit as st
from sqlalchemy.exc import OperationalError

from pages.parents import acts
from pages.ui import answers, markup
from pages.ui.buttons import button
from pages.ui.state import Visit
from survey import equality, routing, telling
from survey.consultations import WaveFacts
from survey.database import engine, writing
from survey.equality import FINISHED, OFFER
from survey.questionnaire import AnswerKey, Questionnaire
from survey.routing import Answers, Page, Typed
from survey.wording import Words

log = logging.getLogger(__name__)


def show(visit: Visit, questionnaire: Questionnaire, wave: WaveFacts, words: Words) -> None:
    """Draw the question that the visit has reached, or ask whether they want to be asked."""
    page = visit.page if visit.page in routing.pages(equality.questions(), _given(visit)) else OFFER
    visit.page = page  # the offer, if a page is no longer asked
    heading = words("equality.offer") if page == OFFER else telling.heading(equality.questions(), page, words)
    wrong = words("problem.title_prefix") if visit.problems or visit.notice else ""
    st.set_page_config(page_title=f"{wrong}{heading} – {words.of(questionnaire.title)}")
    _offer(visit, heading, words) if page == OFFER else _question(visit, page, heading, words)
    if wave.demonstration:
        markup.draw(markup.notice(words("door.demonstration"), style="heard-demonstration"))


# -- what is drawn -----------------------------------------------------------------------------------------------


def _offer(visit: Visit, heading: str, words: Words) -> None:
    asked = equality.questions()
    news = [markup.step("equality", spoken=words.spoken, errors=bool(visit.notice))]
    if visit.notice:
        news.append(markup.error_summary(words("problem.title"), [("survey-equality-yes", visit.notice)]))
        visit.notice = ""
    if visit.receipt:
        news.append(markup.notice(words("equality.sent", reference=visit.receipt.reference)))
        code = visit.receipt.private_code(_now())
        if code:
            news.append(markup.panel(words("thanks.private_code"), words("thanks.private_keep"), strong=code))
    markup.draw(
        *news,
        markup.heading(heading),
        markup.paragraph(f"{words('equality.before')} {words.of(asked.about)}"),
        markup.paragraph(words.of(asked.what_happens)),
    )
    first = routing.pages(asked, _given(visit))[0]
    label = words("equality.yes", minutes=asked.minutes)
    button(visit, label, "survey-equality-yes", partial(_answer_offer, visit, first, words), primary=True)
    button(visit, words("equality.no"), "survey-equality-no", partial(_answer_offer, visit, FINISHED, words))


def _question(visit: Visit, page: Page, heading: str, words: Words) -> None:
    asked, given = equality.questions(), _given(visit)
    _button(visit, page, "back", words("step.back"), partial(_go_back, visit, page, words))
    told = [(answers.widget_key(page, problem.key), problem.message) for problem in visit.problems]
    if visit.notice:
        told.append((answers.button_key("continue", page), visit.notice))
        visit.notice = ""
    tried = f"-{visit.tries}" if visit.problems else ""
    head = [markup.step(f"equality-{page}{tried}", spoken=words.spoken, errors=bool(told))]
    if told:
        head.append(markup.error_summary(words("problem.title"), told))
    progress = telling.progress(asked, page, routing.pages(asked, given), words)
    head += [markup.heading(heading), markup.paragraph(progress, style="heard-progress")]
    wrong = {problem.key: f"{words('problem.prefix')} {problem.message}" for problem in visit.problems}
    for item, key in routing.items_on(asked, page, given):
        name = answers.widget_key(page, key)
        markup.draw(*head, answers.question(item, name, words, problem=wrong.get(key, "")))
        # A choice waits for Continue: only words are kept as soon as they are left, and nobody writes here.
        answers.draw(item, name, words, answered=given.get(key), decides=False, on_blur=lambda: None)
        head = []
    _button(visit, page, "continue", words("step.continue"), partial(_go_on, visit, page, words), primary=True)
    _button(visit, page, "skip", words("equality.skip"), partial(_skip, visit, page, words))


def _button(visit: Visit, page: Page, name: str, label: str, act: Callable[[], None], *, primary: bool = False) -> None:
    button(visit, label, answers.button_key(f"equality-{name}", page), act, primary=primary)


# -- what the buttons do: one transaction each -------------------------------------------------------------------


def _answer_offer(visit: Visit, place: Page, words: Words) -> None:
    if visit.page == OFFER:
        _keep(visit, {}, place, words)


def _go_on(visit: Visit, page: Page, words: Words) -> None:
    if visit.page != page:  # the second of two clicks: the first has moved on already
        return
    typed = acts.typed_on(equality.questions(), page)
    held = {key: answer for key, answer in (_given(visit) | typed).items() if answer}
    ahead = equality.ahead(page, held, words, now=_now())
    visit.problems, visit.tries = ahead.problems, visit.tries + 1
    if not ahead.problems:
        _keep(visit, typed, ahead.page, words)


def _go_back(visit: Visit, page: Page, words: Words) -> None:
    if visit.page == page:
        before = routing.page_before(equality.questions(), page, _given(visit)) or OFFER
        _keep(visit, acts.typed_on(equality.questions(), page), before, words)


def _skip(visit: Visit, page: Page, words: Words) -> None:
    if visit.page == page:
        _keep(visit, {}, FINISHED, words)


def _keep(visit: Visit, typed: Answers, place: Page, words: Words) -> None:
    """Keep the answer of one page, and go to that place. If the database cannot take it just now, say so and stay."""
    if visit.receipt is None:
        return
    try:
        with writing(engine()) as session:
            visit.equality = equality.put(session, visit.receipt.public_id, given=typed, place=place, now=_now())
    except OperationalError as problem:
        log.warning("an equality answer could not be saved: %s", type(problem.orig).__name__)
        visit.notice = words("problem.busy")
        return
    visit.problems = []
    visit.has_sent()


def _given(visit: Visit) -> dict[AnswerKey, Typed]:
    return visit.equality.answers if visit.equality else {}


def _now() -> datetime:
    return datetime.now(UTC)
