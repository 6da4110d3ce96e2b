"""The addresses of the plain door, and what each does. Every change is a form, and one transaction."""

from collections.abc import Callable
from typing import Final, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.convertors import Convertor, register_url_convertor
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from pages.plain import acts, answer, changed, equality, form, mine, printed, screens
from pages.plain.visit import Visit, arrive
from pages.serving import cookies, forms
from pages.serving.addresses import not_found
from survey import responses, safeguarding
from survey.database import engine, looking

MOST_FIELDS: Final = 300


class PageNumber(Convertor[int]):
    """The number of a page in an address. One too long to be any is none of ours, and costs nothing to read."""

    regex = "[0-9]{1,4}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


register_url_convertor("page", PageNumber())

TOLD: Final = {"deleted": "dropped", "forgotten": "forgotten"}  # what has just been done, by a word in the address

Given = TypeVar("Given", Request, FormData)
Show = Callable[[Visit, Request], Response]
Take = Callable[[Visit, FormData], Response]


def routes() -> list[Route]:
    """Every address below ``/s/``; an address that is none of them has a page that says so."""
    safeguarding.make_ready()
    return [
        # Looked through from the top: what is asked for most stands first.
        _shown("/s/{slug}/{number:page}", _while_open(_question)),
        _taken("/s/{slug}/{number:page}", _while_open(_of_these(answer.take))),
        _shown("/s/{slug}", _while_open(_start)),
        _taken("/s/{slug}", _while_open(acts.begin)),
        _shown("/s/{slug}/questions", _while_open(lambda visit, _: screens.all_questions(visit))),
        _shown("/s/{slug}/questions.pdf", _while_open(printed.questions)),
        _shown("/s/{slug}/resume", _while_open(lambda visit, _: screens.resume(visit))),
        _taken("/s/{slug}/resume", _while_open(acts.bring_back)),
        _taken("/s/{slug}/drop", _while_open(_of_these(acts.drop))),
        _shown("/s/{slug}/tasks", _while_open(_tasks)),
        _shown("/s/{slug}/check", _while_open(_check)),
        _taken("/s/{slug}/check", _while_open(_of_these(acts.send))),
        _taken("/s/{slug}/remove", _while_open(_of_these(acts.remove))),
        _shown("/s/{slug}/equality", equality.offer),
        _taken("/s/{slug}/equality", equality.take_or_leave),
        _shown("/s/{slug}/equality/{number:page}", equality.show),
        _taken("/s/{slug}/equality/{number:page}", equality.take),
        _shown("/s/{slug}/sent", _while_open(_sent)),
        _taken("/s/{slug}/language", _of_these(acts.speak)),
        _taken("/s/{slug}/look", _of_these(acts.look_like)),
        _shown("/s/{slug}/mine", lambda visit, _: screens.private_code(visit)),
        _taken("/s/{slug}/mine", mine.show),
        _taken("/s/{slug}/mine/correct", mine.correct),
        _taken("/s/{slug}/mine/withdraw", mine.withdraw),
        _taken("/s/{slug}/forget", mine.forget),
        *changed.routes(),
        Route("/s/{rest:path}", _nothing_there),
    ]


def _while_open(act: Callable[[Visit, Given], Response]) -> Callable[[Visit, Given], Response]:
    """Only while the wave takes answers, or for somebody who is in the middle of it or has just sent theirs."""

    def guarded(visit: Visit, given: Given) -> Response:
        return screens.not_open(visit) if visit.is_shut else act(visit, given)

    return guarded


def _of_these(take: Take) -> Take:
    """Only from a page that was shown for the answers there are now.

    A page left open may belong to another family's, sent long ago: it must not fill in, send or delete these.
    """

    def taken(visit: Visit, sent: FormData) -> Response:
        if visit.draft and form.text(sent, "key") != visit.key:
            return screens.start(visit, notice=visit.words("guard.other_answers"), status=409)
        return take(visit, sent)

    return taken


# -- asking ------------------------------------------------------------------------------------------------------


def _start(visit: Visit, request: Request) -> Response:
    asked = request.query_params
    told = [visit.words(f"start.{key}") for word, key in TOLD.items() if word in asked]
    if visit.receipt and not told:  # perhaps the answer to sending never arrived: nobody is to begin again for that
        return screens.elsewhere(visit)
    return screens.start(visit, notice=" ".join(told))


def _question(visit: Visit, request: Request) -> Response:
    if visit.draft is None:
        return screens.elsewhere(visit)
    walk, number = visit.walk, request.path_params["number"]
    if not 1 <= number <= len(walk):
        return forms.to(visit.address_of(visit.draft.place))
    return screens.question(visit, walk[number - 1], changing="change" in request.query_params)


def _tasks(visit: Visit, _: Request) -> Response:
    if visit.draft is None:
        return screens.elsewhere(visit)
    return screens.tasks(visit) if visit.questionnaire.any_order else forms.to(visit.address_of(visit.draft.place))


def _check(visit: Visit, request: Request) -> Response:
    if visit.draft is None:
        return screens.elsewhere(visit)
    with looking(engine()) as line:
        correcting = responses.receipt(line, visit.draft.id) is not None
    news = visit.words("children.removed") if "removed" in request.query_params else ""
    return screens.check(visit, correcting=correcting, news=news)


def _sent(visit: Visit, _: Request) -> Response:
    return screens.sent(visit) if visit.receipt and not visit.equality else screens.elsewhere(visit)


# -- how a request becomes one of those --------------------------------------------------------------------------


def _shown(path: str, show: Show) -> Route:
    async def respond(request: Request) -> Response:
        return await run_in_threadpool(_show, show, request)

    return Route(path, respond, methods=["GET"])


def _show(show: Show, request: Request) -> Response:
    visit = arrive(request, request.path_params["slug"])
    if visit is None:
        return not_found()
    return _remembered(show(visit, request), request, visit)


def _taken(path: str, take: Take) -> Route:
    async def respond(request: Request) -> Response:
        sent = await forms.sent_in(request, most_fields=MOST_FIELDS)
        return await run_in_threadpool(_take, take, request, sent)

    return Route(path, respond, methods=["POST"])


def _take(take: Take, request: Request, sent: FormData) -> Response:
    visit = arrive(request, request.path_params["slug"])
    if visit is None:
        return not_found()
    if not forms.carries(sent, visit.proof):
        return _remembered(_while_open(_not_ours)(visit, sent), request, visit)
    return take(visit, sent)


def _not_ours(visit: Visit, _: FormData) -> Response:
    notice = visit.words("problem.not_our_form" if visit.known else "problem.no_cookies")
    return screens.start(visit, notice=notice, status=403)


def _remembered(response: Response, request: Request, visit: Visit) -> Response:
    if not visit.known or visit.draft:  # again for each page of a draft: the one must not outlive the other
        cookies.keep(response, request, cookies.DRAFT, visit.device, cookies.DRAFT_SECONDS)
    return response


async def _nothing_there(_: Request) -> HTMLResponse:
    return not_found()
