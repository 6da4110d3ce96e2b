"""The addresses of the plain door, and what each does. Every change is a form, and one transaction."""

import hmac
import logging
from collections.abc import Callable
from typing import Final

from sqlalchemy.exc import OperationalError
from starlette.concurrency import run_in_threadpool
from starlette.convertors import Convertor, register_url_convertor
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from pages.plain import answer, doubt, form, pace, screens
from pages.plain.visit import Visit, arrive
from pages.serving import cookies
from pages.serving.addresses import not_found
from survey import answering, drafts, responses
from survey.database import engine, writing
from survey.errors import AnswerError, ConsultationClosed, UnknownResumeCode

log = logging.getLogger(__name__)
MOST_FIELDS: Final = 300


class PageNumber(Convertor[int]):
    """The number of a page in an address. One too long to be any is none of ours, and costs nothing to read."""

    regex = "[0-9]{1,4}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


register_url_convertor("page", PageNumber())

Show = Callable[[Visit, Request], Response]
Take = Callable[[Visit, FormData], Response]


def routes() -> list[Route]:
    """Every address below ``/s/``; an address that is none of them has a page that says so."""
    return [
        _shown("/s/{slug}", _start),
        _taken("/s/{slug}", _begin),
        _shown("/s/{slug}/questions", lambda visit, _: screens.all_questions(visit)),
        _shown("/s/{slug}/resume", lambda visit, _: screens.resume(visit)),
        _taken("/s/{slug}/resume", _bring_back),
        _taken("/s/{slug}/drop", _of_these(_drop)),
        _shown("/s/{slug}/check", _check),
        _taken("/s/{slug}/check", _of_these(_send)),
        _shown(
            "/s/{slug}/sent", lambda visit, _: screens.sent(visit) if visit.receipt else screens.to(visit.place.start)
        ),
        _shown("/s/{slug}/{number:page}", _question),
        _taken("/s/{slug}/{number:page}", _of_these(answer.take)),
        Route("/s/{rest:path}", _nothing_there),
    ]


# -- asking ------------------------------------------------------------------------------------------------------


def _start(visit: Visit, request: Request) -> Response:
    notice = visit.words("start.dropped") if "deleted" in request.query_params else ""
    return screens.start(visit, notice=notice)


def _question(visit: Visit, request: Request) -> Response:
    if visit.draft is None:
        return screens.elsewhere(visit)
    walk, number = visit.walk, request.path_params["number"]
    if not 1 <= number <= len(walk):
        return screens.to(visit.address_of(visit.draft.place))
    return screens.question(visit, walk[number - 1], changing="change" in request.query_params)


def _check(visit: Visit, _: Request) -> Response:
    return screens.check(visit) if visit.draft else screens.elsewhere(visit)


# -- telling -----------------------------------------------------------------------------------------------------


def _begin(visit: Visit, _: FormData) -> Response:
    if visit.draft is None and (seconds := pace.starts.take(visit.device)):
        return pace.wait(screens.start(visit, notice=visit.words("guard.wait_to_start"), status=429), seconds)
    with writing(engine()) as session:
        draft = drafts.begin(
            session, wave_id=visit.wave.id, device=visit.device, language=visit.words.language, now=visit.now
        )
    return screens.to(visit.holding(draft).address_of(draft.place))


def _drop(visit: Visit, _: FormData) -> Response:
    if seconds := pace.steps.take(visit.device):
        return pace.wait(screens.start(visit, notice=visit.words("guard.wait"), status=429), seconds)
    if visit.draft:
        with writing(engine()) as session:
            drafts.drop(session, visit.draft.id)
    return screens.to(f"{visit.place.start}?deleted")


def _bring_back(visit: Visit, sent: FormData) -> Response:
    typed, refused = form.line(sent, "code")[:100], visit.words("problem.resume_unknown")
    if seconds := pace.guesses.take(visit.device):
        told = screens.resume(visit, typed=typed, problem=visit.words("problem.resume_wait"), status=429)
        return pace.wait(told, seconds)
    try:
        with writing(engine()) as session:
            draft = drafts.bring_back(session, typed_code=typed, wave_id=visit.wave.id, device=visit.device)
    except UnknownResumeCode:
        return screens.resume(visit, typed=typed, problem=refused, status=422)
    pace.guesses.give_back(visit.device)
    return screens.to(visit.holding(draft).address_of(draft.place))


def _send(visit: Visit, sent: FormData) -> Response:
    if visit.draft is None:
        return screens.elsewhere(visit)
    if seconds := pace.steps.take(visit.device):
        return pace.wait(screens.check(visit, notice=visit.words("guard.wait"), status=429), seconds)
    if doubted := doubt.about(visit, sent):
        return screens.doubted(visit, doubted)
    return _sent(visit)


def _sent(visit: Visit) -> Response:
    try:
        with writing(engine()) as session:
            responses.send(session, visit.draft.id, now=visit.now)
    except ConsultationClosed:
        return screens.check(visit, notice=visit.words("problem.closed"), status=410)
    except AnswerError:
        left = answering.unfinished(visit.questionnaire, visit.answers, visit.words, today=visit.now.date())
        if left is None:  # it was deleted meanwhile
            return screens.to(visit.place.start)
        return screens.question(visit, left.page, problems=left.problems, changing=True)
    except OperationalError as problem:
        log.warning("answers could not be sent: %s", type(problem.orig).__name__)
        return screens.check(visit, notice=visit.words("problem.busy"), status=503)
    return screens.to(visit.place.to("sent"))


def _of_these(take: Take) -> Take:
    """Only from a page that was shown for the answers there are now.

    A page left open may belong to another family's, sent long ago: it must not fill in, send or delete these.
    """

    def taken(visit: Visit, sent: FormData) -> Response:
        if visit.draft and form.text(sent, "key") != visit.key:
            return screens.start(visit, notice=visit.words("guard.other_answers"), status=409)
        return take(visit, sent)

    return taken


# -- how a request becomes one of those --------------------------------------------------------------------------


def _shown(path: str, show: Show) -> Route:
    async def respond(request: Request) -> Response:
        return await run_in_threadpool(_show, show, request)

    return Route(path, respond, methods=["GET"])


def _show(show: Show, request: Request) -> Response:
    visit = arrive(request, request.path_params["slug"])
    if visit is None:
        return not_found()
    if visit.draft is None and visit.receipt is None and not visit.wave.is_open(visit.now):
        return screens.not_open(visit)
    return _remembered(show(visit, request), request, visit)


def _taken(path: str, take: Take) -> Route:
    async def respond(request: Request) -> Response:
        try:
            sent = await request.form(max_files=0, max_fields=MOST_FIELDS)
        except HTTPException:  # not a form, or not one of ours
            sent = FormData()
        return await run_in_threadpool(_take, take, request, sent)

    return Route(path, respond, methods=["POST"])


def _take(take: Take, request: Request, sent: FormData) -> Response:
    visit = arrive(request, request.path_params["slug"])
    if visit is None:
        return not_found()
    if not visit.draft and not visit.receipt and not visit.wave.is_open(visit.now):
        return screens.not_open(visit)
    if not hmac.compare_digest(visit.proof.encode(), form.text(sent, "proof").encode(errors="replace")):
        notice = visit.words("problem.not_our_form" if visit.known else "problem.no_cookies")
        return _remembered(screens.start(visit, notice=notice, status=403), request, visit)
    return take(visit, sent)


def _remembered(response: Response, request: Request, visit: Visit) -> Response:
    if not visit.known:
        cookies.keep(response, request, cookies.DRAFT, visit.device, cookies.DRAFT_SECONDS)
    return response


async def _nothing_there(_: Request) -> HTMLResponse:
    return not_found()
