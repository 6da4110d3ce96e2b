"""A page of answers that was sent: kept, whatever is right or wrong with it; then on, back, or what to put right."""

import logging
from typing import NamedTuple

from sqlalchemy.exc import OperationalError
from starlette.datastructures import FormData
from starlette.responses import Response

from pages.plain import form, pace, screens
from pages.plain.visit import Visit
from survey import answering, drafts, routing
from survey.checking import Problem
from survey.database import engine, writing
from survey.errors import DraftTooLarge
from survey.questionnaire import AnswerKey
from survey.routing import CHECK_ANSWERS, Page, Typed

log = logging.getLogger(__name__)


class Posted(NamedTuple):
    """What came with the form of a page."""

    page: Page
    go: str  # which button: "continue", "back" or "later"
    language: str  # the language chosen, if that was the button
    changing: bool  # came from "check your answers" to change this one page
    shown: frozenset[str]
    given: dict[AnswerKey, Typed]


class Step(NamedTuple):
    """What follows from it."""

    place: Page | None  # None: back to the start page
    problems: list[Problem]


def take(visit: Visit, sent: FormData) -> Response:
    """Keep the answers in one transaction, and show what follows. If they cannot be kept, what was typed stays."""
    posted = _read(visit, sent)
    if visit.draft is None:
        return screens.elsewhere(visit)
    if posted is None:
        return screens.to(visit.address_of(visit.draft.place))
    if seconds := pace.steps.take(visit.device):
        return pace.wait(_unkept(visit, posted, "guard.wait", 429), seconds)
    step = _step(visit, posted)
    try:
        with writing(engine()) as session:
            place = step.place or posted.page
            draft = drafts.put(session, visit.draft.id, given=posted.given, place=place, now=visit.now)
            code = drafts.resume_code(session, visit.draft.id) if draft and posted.go == "later" else ""
            if draft and posted.language:
                drafts.speak(session, draft.id, posted.language)
    except DraftTooLarge:
        return _unkept(visit, posted, "problem.too_large", 413)
    except OperationalError as problem:
        log.warning("a step could not be saved: %s", type(problem.orig).__name__)
        return _unkept(visit, posted, "problem.busy", 503)
    if draft is None:  # another tab sent it, or deleted it
        return screens.to(visit.place.to("sent"))
    kept = visit.holding(draft)
    return screens.code(kept, code, kept.address_of(posted.page)) if code else _following(kept, posted, step)


def _read(visit: Visit, sent: FormData) -> Posted | None:
    """None if the form is not of a page that these answers lead through."""
    try:
        page = Page.parse(form.text(sent, "page"))
    except ValueError:
        return None
    if page not in visit.walk:
        return None
    shown = frozenset(form.texts(sent, "shown"))
    given = form.typed(visit.questionnaire, page, shown, sent)
    chosen = form.text(sent, "language")
    language = chosen if visit.speaks(chosen) else ""
    return Posted(page, form.text(sent, "go"), language, bool(form.text(sent, "changing")), shown, given)


def _step(visit: Visit, posted: Posted) -> Step:
    """Where the button leads with these answers.

    A question that an answer on this very page has raised is no mistake: the page is shown again, with it.
    """
    asked, page = visit.questionnaire, posted.page
    held = {key: answer for key, answer in (visit.answers | posted.given).items() if answer}
    if posted.go == "back":
        return Step(answering.back(asked, page, held), [])
    if posted.go == "later" or posted.language:
        return Step(page, [])
    ahead = answering.ahead(asked, page, held, visit.words, changing=posted.changing, today=visit.now.date())
    problems = [problem for problem in ahead.problems if str(problem.key) in posted.shown]
    now_asked = {str(key) for _, key in routing.items_on(asked, page, held)}
    raised = not problems and not now_asked <= posted.shown
    return Step(page if raised else ahead.page, problems)


def _following(kept: Visit, posted: Posted, step: Step) -> Response:
    if step.problems:
        return screens.question(kept, posted.page, problems=step.problems, changing=posted.changing)
    if step.place is None:
        return screens.to(kept.place.start)
    still = posted.changing and posted.go != "back" and step.place != CHECK_ANSWERS
    return screens.to(kept.address_of(step.place) + ("?change" if still else ""))


def _unkept(visit: Visit, posted: Posted, why: str, status: int) -> Response:
    typed = visit.answers | posted.given
    return screens.question(
        visit, posted.page, held=typed, notice=visit.words(why), changing=posted.changing, status=status
    )
