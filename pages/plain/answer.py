"""A page of answers that was sent: kept, whatever is right or wrong with it; then on, back, or what to put right."""

import logging
from typing import Final, NamedTuple

from sqlalchemy.exc import OperationalError
from starlette.datastructures import FormData
from starlette.responses import Response

from pages.plain import form, look, pace, screens
from pages.plain.visit import Visit
from pages.serving import forms
from survey import answering, drafts, routing
from survey.checking import Problem
from survey.database import engine, keeping
from survey.drafts import Saved
from survey.errors import DraftTooLarge
from survey.questionnaire import AnswerKey
from survey.routing import CHECK_ANSWERS, Page, Typed

log = logging.getLogger(__name__)
KEEP: Final = "keep"


class Posted(NamedTuple):
    """What came with the form of a page."""

    page: Page
    go: str  # which button: "continue", "back" or "later"; "keep" is the page's own script, between buttons
    language: str  # the language chosen, if that was the button
    look: str  # the look chosen, if that was the button
    changing: bool  # came from "check your answers" to change this one page
    shown: frozenset[str]
    given: dict[AnswerKey, Typed]


class Step(NamedTuple):
    """What follows from it."""

    place: Page | None  # None: back to the start page
    problems: list[Problem]


class Kept(NamedTuple):
    """What came of keeping it: the draft, if it is still there, and a code to come back with, if one was asked for."""

    draft: Saved | None
    code: str


def take(visit: Visit, sent: FormData) -> Response:
    """Keep the answers in one transaction, and show what follows. If they cannot be kept, what was typed stays."""
    posted = _read(visit, sent)
    if visit.draft is None:
        return screens.elsewhere(visit)
    if posted is None:
        return forms.to(visit.address_of(visit.draft.place))
    if seconds := pace.steps.take(visit.device):
        return pace.wait(_unkept(visit, posted, "guard.wait", 429), seconds)
    step = _step(visit, posted)
    try:
        kept = _keep(visit, visit.draft, posted, step)
    except DraftTooLarge:
        return _unkept(visit, posted, "problem.too_large", 413)
    except OperationalError as problem:
        log.warning("a step could not be saved: %s", type(problem.orig).__name__)
        return _unkept(visit, posted, "problem.busy", 503)
    return _following(visit, kept, posted, step)


def _keep(visit: Visit, draft: Saved, posted: Posted, step: Step) -> Kept:
    """One transaction: the answers, the place reached, and what else the button asked for."""
    with keeping(engine()) as line:
        place = step.place or posted.page
        if posted.go == KEEP:  # perhaps a button has led on meanwhile: who writes is not to be led back
            now_held = drafts.locked(line, draft.id)
            place = (now_held and now_held.place) or posted.page
        kept = drafts.put(line, draft.id, given=posted.given, place=place, now=visit.now)
        if kept and posted.language:
            drafts.speak(line, draft.id, posted.language)
        if kept and posted.look:
            drafts.look(line, draft.id, look.known(posted.look))
        code = drafts.resume_code(line, draft.id) if kept and posted.go == "later" else ""
    return Kept(kept, code)


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
    wanted = form.text(sent, "look")
    return Posted(page, form.text(sent, "go"), language, wanted, bool(form.text(sent, "changing")), shown, given)


def _step(visit: Visit, posted: Posted) -> Step:
    """Where the button leads with these answers.

    A question that an answer on this very page has raised is no mistake: the page is shown again, with it.
    """
    asked, page = visit.questionnaire, posted.page
    held = {key: answer for key, answer in (visit.answers | posted.given).items() if answer}
    if posted.go == "back":
        return Step(answering.back(asked, page, held), [])
    if posted.go in {"later", KEEP} or posted.language or posted.look:
        return Step(page, [])
    ahead = answering.ahead(asked, page, held, visit.words, changing=posted.changing, today=visit.now.date())
    problems = [problem for problem in ahead.problems if str(problem.key) in posted.shown]
    now_asked = {str(key) for _, key in routing.items_on(asked, page, held)}
    raised = not problems and not now_asked <= posted.shown
    return Step(page if raised else ahead.page, problems)


def _following(visit: Visit, kept: Kept, posted: Posted, step: Step) -> Response:
    if posted.go == KEEP:
        return Response(status_code=204)
    if kept.draft is None:  # another tab sent it, or deleted it
        return forms.to(visit.place.to("sent"))
    visit = visit.holding(kept.draft)
    if kept.code:
        return screens.code(visit, kept.code, visit.address_of(posted.page))
    if step.problems:
        return screens.question(visit, posted.page, problems=step.problems, changing=posted.changing)
    if step.place is None:
        return forms.to(visit.place.start)
    still = posted.changing and posted.go != "back" and step.place != CHECK_ANSWERS
    return forms.to(visit.address_of(step.place) + ("?change" if still else ""))


def _unkept(visit: Visit, posted: Posted, why: str, status: int) -> Response:
    typed = visit.answers | posted.given
    return screens.question(
        visit, posted.page, held=typed, notice=visit.words(why), changing=posted.changing, status=status
    )
