"""The keying addresses, and what each does. Every one asks first whether an officer is there."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final, NamedTuple
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from pages.keying import again, call, paper, screens
from pages.keying.desk import CHANNELS, Desk, arrive, proof
from pages.serving import forms, html
from pages.serving.addresses import not_found
from pages.serving.files import files
from pages.ui import access, doors
from survey import consultations, keying, languages, people, second_keying
from survey.consultations import WaveFacts
from survey.database import engine, reading, writing
from survey.keying import Call
from survey.languages import Language
from survey.people import SignedIn
from survey.settings import settings
from survey.tables import RoleName

MOST_FIELDS: Final = 2_000  # a whole form, with every service and every child open
Show = Callable[[Desk, Request], Response]
Take = Callable[[Desk, Request, FormData, bool], Response]


class Table(NamedTuple):
    """A wave on the page where one chooses, with what this officer has begun in it."""

    wave: WaveFacts
    takes_calls: bool
    count: int
    calls: list[tuple[Call, str]]
    waiting: int
    told: str
    again: str
    languages: list[Language]


def routes() -> list[Route]:
    """Every address below ``/keying``."""
    return [
        Route(doors.KEYING, _choose, methods=["GET"]),
        Route(f"{doors.KEYING}/", _choose, methods=["GET"]),  # a stroke too many is forgiven
        _shown("/{slug}", lambda desk, _: paper.blank(desk) if desk.is_paper else call.notice(desk)),
        _taken("/{slug}", _begin_or_save),
        _shown("/{slug}/sent", lambda desk, _: call.sent(desk)),
        _shown("/{slug}/call/{number:int}", _call_shown),
        _taken("/{slug}/call/{number:int}", _go_on),
        _shown("/{slug}/again", lambda desk, _: again.listed(desk)),
        _shown("/{slug}/again/{reference}", lambda desk, asked: again.blank(desk, asked.path_params["reference"])),
        _taken("/{slug}/again/{reference}", _key_again),
        Route(f"{doors.KEYING}/{{rest:path}}", _nothing_there),
    ]


def _begin_or_save(desk: Desk, _: Request, sent: FormData, is_ours: bool) -> Response:
    if desk.is_paper:
        return paper.take(desk, sent, is_ours=is_ours)
    return call.begin(desk, sent) if is_ours else call.notice(desk, problem=paper.STALE)


def _call_shown(desk: Desk, request: Request) -> Response:
    return call.show(desk, request.path_params["number"], removed="removed" in request.query_params)


def _go_on(desk: Desk, request: Request, sent: FormData, is_ours: bool) -> Response:
    number = request.path_params["number"]
    return call.take(desk, number, sent) if is_ours else call.show(desk, number)


def _key_again(desk: Desk, request: Request, sent: FormData, is_ours: bool) -> Response:
    return again.take(desk, request.path_params["reference"], sent, is_ours=is_ours)


# -- choosing ----------------------------------------------------------------------------------------------------


async def _choose(request: Request) -> Response:
    return await run_in_threadpool(_choosing, request)


def _choosing(request: Request) -> Response:
    present = _officer(request)
    if present is None:
        return _to_sign_in(request)
    now = datetime.now(UTC)
    with reading(engine()) as session:
        waves = [wave for wave in reversed(consultations.waves(session)) if wave.takes_paper(now)]
        tables = [
            Table(
                wave,
                wave.is_open(now),
                keying.count_today(session, wave, present.name, now),
                [(held, _address(held, wave, present.name)) for held in keying.calls(session, wave, present.name)],
                len(second_keying.waiting(session, wave, settings().key_again_one_in)),
                again.rate(second_keying.checked(session, wave)),
                f"{doors.KEYING}/{wave.slug}/again?wave={quote(wave.code)}",
                languages.offered(consultations.asked_in(engine(), wave).languages),
            )
            for wave in waves
        ]
    return screens.page(
        present.name,
        "keying.html",
        tables=tables,
        channels=[(channel.value, name, channel in keying.SPOKEN) for channel, name in CHANNELS.items()],
        deleted="deleted" in request.query_params,
    )


def _address(held: Call, wave: WaveFacts, officer: str) -> str:
    desk = Desk(officer, wave, held.channel, held.draft.language, held.draft.started_at)
    return desk.to(f"/call/{held.number}")


# -- how a request becomes one of those --------------------------------------------------------------------------


def _shown(path: str, show: Show) -> Route:
    async def respond(request: Request) -> Response:
        return await run_in_threadpool(_show, show, request)

    return Route(doors.KEYING + path, respond, methods=["GET"])


def _show(show: Show, request: Request) -> Response:
    present = _officer(request)
    if present is None:
        return _to_sign_in(request)
    desk = arrive(request, present)
    return show(desk, request) if desk else not_found()


def _taken(path: str, take: Take) -> Route:
    async def respond(request: Request) -> Response:
        sent = await forms.sent_in(request, most_fields=MOST_FIELDS)
        return await run_in_threadpool(_take, take, request, sent)

    return Route(doors.KEYING + path, respond, methods=["POST"])


def _take(take: Take, request: Request, sent: FormData) -> Response:
    present = _officer(request)
    if present is None:
        return _signed_out(request, sent)
    desk = arrive(request, present)
    if desk is None:
        return not_found()
    return take(desk, request, sent, forms.carries(sent, proof(present.name)))


def _officer(request: Request) -> SignedIn | None:
    """The officer at this browser, whose sign-in is thereby in use; or nobody."""
    token = request.cookies.get(access.STAFF_COOKIE, "")
    present = access.holder(token)
    if present is None or RoleName.OFFICER not in present.roles:
        return None
    now = datetime.now(UTC)
    if now - present.seen_at > people.SEEN_EVERY:
        with writing(engine()) as session:
            people.seen(session, token, now=now)
    return present


def _to_sign_in(request: Request) -> Response:
    return forms.to(f"{doors.SIGN_IN}?next={quote(_here(request), safe='')}")


def _signed_out(request: Request, sent: FormData) -> Response:
    """Somebody whose sign-in ended over a form: what they typed stays on the page until they have signed in again."""
    typed = [(name, value) for name, value in sent.multi_items() if isinstance(value, str)]
    page = html.filled(
        "keying_signed_out.html",
        link=files().link,
        here=_here(request),
        typed=typed,
        sign_in=f"{doors.SIGN_IN}?next={quote(doors.KEYING, safe='')}",
    )
    return HTMLResponse(page, status_code=401, headers=forms.NOT_KEPT)


def _here(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


async def _nothing_there(_: Request) -> Response:
    return not_found()
