"""What the buttons of the parents' door do: one transaction each, and a clear sentence when it cannot be done."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime

import streamlit as st
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from pages.ui import answers
from pages.ui.state import Stage, Visit
from survey import answering, children, codes, drafts, equality, invitations, responses
from survey.database import engine, writing
from survey.errors import (
    AnotherDraftHere,
    AnswerError,
    ConsultationClosed,
    DraftTooLarge,
    InvitationError,
    UnknownResumeCode,
)
from survey.questionnaire import AnswerKey, Questionnaire
from survey.routing import CHECK_ANSWERS, Page, Typed
from survey.throttle import guesses
from survey.wording import Words

log = logging.getLogger(__name__)
RESUME_INPUT = "survey-resume-code"
INVITATION_INPUT = "survey-invitation"


def _now() -> datetime:
    return datetime.now(UTC)


def _in_one_transaction(visit: Visit, words: Words, work: Callable[[Session], None]) -> None:
    """Do the work as a whole. If the database cannot take it just now, say so and leave everything as it is."""
    try:
        with writing(engine()) as session:
            work(session)
    except OperationalError as problem:
        log.warning("a step could not be saved: %s", type(problem.orig).__name__)
        visit.notice = words("problem.busy")
    except DraftTooLarge:
        visit.notice = words("problem.too_large")


def begin(visit: Visit, questionnaire: Questionnaire, words: Words) -> None:
    """Start, or go on where this device left off. A wave by invitation wants a code first."""
    typed = str(st.session_state.get(INVITATION_INPUT) or "")[: codes.LONGEST]
    guessing = visit.needs_code and bool(typed.strip())

    def work(session: Session) -> None:
        if visit.preview:
            visit.draft = drafts.begin(
                session,
                wave_id=visit.wave.id,
                device=visit.device,
                language=words.language,
                now=_now(),
                preview=True,
            )
        else:
            visit.draft = invitations.begin(
                session, visit.wave, words, typed_code=typed, device=visit.device, now=_now()
            )
        _go_to(visit, visit.draft.place or answering.first(questionnaire, visit.answers))

    if guessing and guesses.take(visit.device):
        visit.code_problem, visit.tries = words("problem.resume_wait"), visit.tries + 1
        return
    visit.receipt = None
    try:
        _in_one_transaction(visit, words, work)
    except InvitationError as problem:
        visit.stage, visit.code_problem, visit.tries = Stage.START, str(problem), visit.tries + 1
        return
    if guessing:
        guesses.give_back(visit.device)


def drop(visit: Visit, words: Words) -> None:
    """Delete what this device holds, as its owner asked."""

    def work(session: Session) -> None:
        if visit.draft:
            visit.draft = invitations.drop(session, visit.wave, visit.draft.id)
        visit.stage, visit.notice = Stage.START, words("start.dropped")

    _in_one_transaction(visit, words, work)


def bring_back(visit: Visit, questionnaire: Questionnaire, words: Words) -> None:
    """Go on with a draft that was begun on another device."""
    typed = str(st.session_state.get(RESUME_INPUT) or "")

    def work(session: Session) -> None:
        visit.draft = drafts.bring_back(
            session, typed_code=typed, wave_id=visit.wave.id, device=visit.device, preview=visit.preview
        )
        visit.language = visit.draft.language
        _go_to(visit, visit.draft.place or answering.first(questionnaire, visit.answers))

    if guesses.take(visit.device):
        visit.notice, visit.tries = words("problem.resume_wait"), visit.tries + 1
        return
    try:
        _in_one_transaction(visit, words, work)
        guesses.give_back(visit.device)
    except UnknownResumeCode:
        visit.notice, visit.tries = words("problem.resume_unknown"), visit.tries + 1
    except AnotherDraftHere:
        visit.notice, visit.tries = words("problem.another_draft"), visit.tries + 1


def speak(visit: Visit, questionnaire: Questionnaire, language: str, words: Words) -> None:
    """Go on in another language, having kept what is on the page."""

    def work(session: Session) -> None:
        if visit.draft:
            drafts.speak(session, visit.draft.id, language)

    page = visit.page if visit.stage is Stage.QUESTIONS else None
    if page is not None and not _put(visit, questionnaire, page, words, place=page):
        return
    _in_one_transaction(visit, words, work)
    visit.language, visit.problems = language, []


def forget(visit: Visit, words: Words) -> None:
    """Show nothing more of what was sent on this device, because others use it too."""

    def work(session: Session) -> None:
        responses.forget_device(session, wave_id=visit.wave.id, device=visit.device)
        visit.receipt, visit.stage, visit.notice = None, Stage.START, words("start.forgotten")

    _in_one_transaction(visit, words, work)


def typed_on(questionnaire: Questionnaire, page: Page) -> dict[AnswerKey, Typed]:
    """What the inputs of a page hold now, where they have been drawn."""
    section = questionnaire.section(page.section)
    named = [(item, AnswerKey(item.id, page.service, page.child)) for item in (section.asked_items if section else ())]
    return {
        key: answers.read(item, answers.widget_key(page, key))
        for item, key in named
        if answers.is_drawn(item, answers.widget_key(page, key))
    }


def keep_words(visit: Visit, questionnaire: Questionnaire, page: Page, words: Words) -> None:
    """Save what is being written as soon as the person leaves the box, unless it was for a button that saves it."""
    if visit.page == page and not answers.is_pressed(page):
        _put(visit, questionnaire, page, words, place=page)


def go_on(visit: Visit, questionnaire: Questionnaire, page: Page, words: Words) -> None:
    """Continue: save the page, then either say what to put right or move on."""
    if visit.page != page:  # the second of two clicks: the first has moved on already
        return
    held = visit.answers | typed_on(questionnaire, page)
    ahead = answering.ahead(questionnaire, page, held, words, changing=visit.changing, today=_now().date())
    saved = _put(visit, questionnaire, page, words, place=ahead.page)
    visit.problems, visit.tries = ahead.problems, visit.tries + 1
    if saved and not ahead.problems:
        changing = visit.changing and ahead.page != CHECK_ANSWERS
        _go_to(visit, ahead.page)
        visit.changing = changing


def go_back(visit: Visit, questionnaire: Questionnaire, page: Page, words: Words) -> None:
    """Back: save the page as it is, finished or not, and show the one before."""
    if visit.page != page:
        return
    held = visit.answers | typed_on(questionnaire, page)
    before = answering.back(questionnaire, page, held)
    if _put(visit, questionnaire, page, words, place=before or page):
        _go_to(visit, before) if before else _start_again(visit)


def open_page(visit: Visit, questionnaire: Questionnaire, page: Page, words: Words) -> None:
    """Go to one page of all there are."""
    if _put(visit, questionnaire, page, words, place=page):
        _go_to(visit, page)


def change(visit: Visit, questionnaire: Questionnaire, page: Page, words: Words) -> None:
    """Go from "check your answers" to one page, to come straight back."""
    if _put(visit, questionnaire, page, words, place=page):
        _go_to(visit, page)
        visit.changing = True


def remove_child(visit: Visit, questionnaire: Questionnaire, words: Words, child: int, told: int) -> None:
    """Take one child out of the answers, on "check your answers". ``told`` is how many there were on that page."""
    if visit.draft is None:
        return
    draft_id = visit.draft.id

    def work(session: Session) -> None:
        left = children.take_out(session, draft_id, questionnaire, child, told=told, now=_now())
        if left is None:  # another tab sent it, or deleted it
            visit.receipt = responses.receipt(session, draft_id)
            visit.stage = Stage.SENT if visit.receipt else Stage.START
        elif left.answers != visit.answers:
            visit.news = words("children.removed")
        visit.draft = left

    _in_one_transaction(visit, words, work)


def code_for_later(visit: Visit, questionnaire: Questionnaire, page: Page, words: Words) -> None:
    """Save the page, and make a code with which to come back on another device."""

    def work(session: Session) -> None:
        if visit.draft:
            visit.resume_code = drafts.resume_code(session, visit.draft.id)

    if _put(visit, questionnaire, page, words, place=page):
        _in_one_transaction(visit, words, work)


def send(visit: Visit, questionnaire: Questionnaire, words: Words) -> None:
    """Send the answers, once, however often the button is chosen."""
    if visit.draft is None or visit.stage is not Stage.CHECK:
        return
    draft_id = visit.draft.id

    def work(session: Session) -> None:
        visit.receipt = responses.send(session, draft_id, now=_now())
        visit.equality = equality.under_way(session, draft_id, now=_now())

    try:
        _in_one_transaction(visit, words, work)
    except ConsultationClosed:
        visit.notice = words("problem.closed")
    except AnswerError:
        _show_first_problem(visit, questionnaire, words)
    if visit.receipt:
        visit.has_sent()


def _put(visit: Visit, questionnaire: Questionnaire, page: Page, words: Words, *, place: Page) -> bool:
    """Save a page's answers. False, with a sentence to show, if that could not be done."""
    if visit.draft is None:
        return False
    draft_id, given = visit.draft.id, typed_on(questionnaire, page)
    saved: list[drafts.Saved | None] = []

    def work(session: Session) -> None:
        saved.append(drafts.put(session, draft_id, given=given, place=place, now=_now()))
        if saved[0] is None:
            visit.receipt = responses.receipt(session, draft_id)
            visit.equality = equality.under_way(session, draft_id, now=_now())

    _in_one_transaction(visit, words, work)
    if not saved or visit.notice:
        return False
    if saved[0] is None:  # another tab sent it, or deleted it
        if visit.receipt:
            visit.has_sent()
        else:
            visit.draft, visit.stage = None, Stage.START
        return False
    visit.draft = saved[0]
    return True


def _go_to(visit: Visit, page: Page) -> None:
    visit.problems, visit.resume_code, visit.changing = [], "", False
    visit.go_to(page)


def _start_again(visit: Visit) -> None:
    visit.stage, visit.problems = Stage.START, []


def _show_first_problem(visit: Visit, questionnaire: Questionnaire, words: Words) -> None:
    left = answering.unfinished(questionnaire, visit.answers, words, today=_now().date())
    if left is not None:
        _go_to(visit, left.page)
        visit.problems = left.problems
