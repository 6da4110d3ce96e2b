"""The equality questions at the plain door: offered to whoever has just sent, and kept at every Continue."""

import logging
from dataclasses import replace

from sqlalchemy.exc import OperationalError
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from pages.plain import form, screens
from pages.plain.visit import Visit
from survey import equality, routing
from survey.answering import Ahead
from survey.database import engine, keeping
from survey.equality import FINISHED, OFFER
from survey.routing import Answers, Page

log = logging.getLogger(__name__)


def offer(visit: Visit, _: Request) -> Response:
    """Ask whether they want to be asked."""
    return screens.equality_offer(visit) if visit.equality else screens.elsewhere(visit)


def take_or_leave(visit: Visit, sent: FormData) -> Response:
    """Begin, or skip all of it."""
    if visit.equality is None:
        return screens.elsewhere(visit)
    first = routing.pages(equality.questions(), visit.equality.answers)[0]
    kept = _keep(visit, {}, first if form.text(sent, "go") == "yes" else FINISHED)
    return kept or screens.equality_offer(visit, notice=visit.words("problem.busy"), status=503)


def show(visit: Visit, request: Request) -> Response:
    """The page of that number, if there is one."""
    if visit.equality is None:
        return screens.elsewhere(visit)
    walk = routing.pages(equality.questions(), visit.equality.answers)
    number = request.path_params["number"]
    if not 1 <= number <= len(walk):
        return screens.elsewhere(visit)
    return screens.equality_question(visit, walk[number - 1], visit.equality.answers)


def take(visit: Visit, sent: FormData) -> Response:
    """Keep the answer of one page in one transaction, and show what follows: on, back, or the end."""
    page = _page(visit, sent)
    if visit.equality is None or page is None:
        return screens.elsewhere(visit)
    go, given = form.text(sent, "go"), form.typed(equality.questions(), page, form.texts(sent, "shown"), sent)
    held = {key: typed for key, typed in (visit.equality.answers | given).items() if typed}
    step = _step(visit, page, go, held)
    if step.problems:
        return screens.equality_question(visit, page, held, problems=step.problems)
    kept = _keep(visit, {} if go == "skip" else given, step.page)
    return kept or screens.equality_question(visit, page, held, notice=visit.words("problem.busy"), status=503)


def _page(visit: Visit, sent: FormData) -> Page | None:
    """The page whose form was sent; None if it is not one that is asked."""
    walk = routing.pages(equality.questions(), visit.equality.answers) if visit.equality else []
    return next((page for page in walk if str(page) == form.text(sent, "page")), None)


def _step(visit: Visit, page: Page, go: str, held: Answers) -> Ahead:
    if go == "skip":
        return Ahead([], FINISHED)
    if go == "back":
        return Ahead([], routing.page_before(equality.questions(), page, held) or OFFER)
    return equality.ahead(page, held, visit.words, now=visit.now)


def _keep(visit: Visit, given: Answers, place: Page) -> Response | None:
    """On to that place, with this kept; None if it cannot be kept just now."""
    if visit.receipt is None:
        return screens.elsewhere(visit)
    try:
        with keeping(engine()) as line:
            kept = equality.put(line, visit.receipt.public_id, given=given, place=place, now=visit.now)
    except OperationalError as problem:
        log.warning("an equality answer could not be saved: %s", type(problem.orig).__name__)
        return None
    return screens.elsewhere(replace(visit, equality=kept))
