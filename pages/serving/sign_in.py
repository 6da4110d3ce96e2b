"""Signing in and out: plain pages that work in any browser, with any password manager, without a script."""

import hmac
import re
from datetime import UTC, datetime
from typing import Final, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from pages.serving import cookies, html
from pages.serving.files import files
from pages.serving.forms import NOT_KEPT
from pages.ui import access, doors
from survey import codes, database, people
from survey.tables import RoleName
from survey.throttle import Throttle

FORM_SECONDS: Final = 60 * 60
LONGEST_FIELD: Final = 200
PLAIN_FILTERS: Final = re.compile(r"[A-Za-z0-9_.~%&=+,-]*")
KEYING = re.compile(rf"{doors.KEYING}(/[A-Za-z0-9-]+)*")
throttle = Throttle()


class Problem(NamedTuple):
    """Something to put right: in which field (or none in particular), what to do, and the status to answer with."""

    field: str
    words: str
    status: int = 422


STALE_FORM = Problem("", "Enter your name and password again. The page had been open too long", 403)


class Typed(NamedTuple):
    """What somebody typed, and where they wanted to go."""

    name: str = ""
    password: str = ""
    wanted: str = ""


def routes() -> list[Route]:
    """``/sign-in``, which shows the form and takes it, and ``/sign-out``, which takes a button."""
    return [
        Route(doors.SIGN_IN, _show, methods=["GET"]),
        Route(doors.SIGN_IN, _take, methods=["POST"]),
        Route(doors.SIGN_OUT, _sign_out, methods=["POST"]),
        Route(doors.SIGN_OUT, _only_by_its_button, methods=["GET"]),
    ]


async def _show(request: Request) -> Response:
    return _form(request, Typed(wanted=safe_address(request.query_params.get("next", ""))))


async def _take(request: Request) -> Response:
    fields = await request.form()
    typed = Typed(_text(fields.get("name")), _text(fields.get("password")), safe_address(_text(fields.get("next"))))
    if not _comes_from_our_form(request, _text(fields.get("form"))):
        return _form(request, typed, STALE_FORM)
    if missing := _missing(typed):
        return _form(request, typed, *missing)
    if wait := throttle.take(typed.name):
        return _form(request, typed, Problem("", f"Wait {_span(wait)}, then enter your name and password again", 429))
    result = await run_in_threadpool(_try, typed)
    if result.refused:
        return _form(request, typed, Problem("name", result.refused.rstrip("."), 401))
    throttle.give_back(typed.name)
    wanted = typed.wanted or await run_in_threadpool(_first_page, result.token)
    response = RedirectResponse(wanted, status_code=303, headers=NOT_KEPT)
    cookies.keep(response, request, access.STAFF_COOKIE, result.token, access.STAFF_SECONDS)
    cookies.drop(response, request, cookies.FORM)
    return response


async def _sign_out(request: Request) -> Response:
    await run_in_threadpool(_end, request.cookies.get(access.STAFF_COOKIE, ""))
    response = RedirectResponse(f"{doors.SIGN_IN}?signed-out", status_code=303, headers=NOT_KEPT)
    cookies.drop(response, request, access.STAFF_COOKIE)
    return response


async def _only_by_its_button(_: Request) -> Response:
    """A link, or a picture on another site, must not be able to sign somebody out."""
    return PlainTextResponse("Sign out with the button on the page.", status_code=405, headers={"allow": "POST"})


def _try(typed: Typed) -> people.SignIn:
    with database.writing(database.engine()) as session:
        return people.sign_in(session, typed.name, typed.password, now=datetime.now(UTC))


def _first_page(token: str) -> str:
    present = access.holder(token)
    roles = present.roles if present else frozenset()
    if roles == {RoleName.SAFEGUARDING}:
        return doors.SAFEGUARDING.address
    return (doors.SUMMARY if RoleName.LEADER in roles else doors.LIVE_RESULTS).address


def _end(token: str) -> None:
    with database.writing(database.engine()) as session:
        people.sign_out(session, token)


def _form(request: Request, typed: Typed, *problems: Problem) -> Response:
    key = request.cookies.get(cookies.FORM, "")
    if not cookies.OURS.fullmatch(key):
        key = codes.token()
    page = html.filled(
        "sign_in.html",
        form=_proof(key),
        link=files().link,
        problems=problems,
        signed_out="signed-out" in request.query_params,
        typed=typed,
    )
    response = HTMLResponse(page, status_code=problems[0].status if problems else 200, headers=NOT_KEPT)
    cookies.keep(response, request, cookies.FORM, key, FORM_SECONDS)
    return response


def _comes_from_our_form(request: Request, proof: str) -> bool:
    key = request.cookies.get(cookies.FORM, "")
    return bool(key) and hmac.compare_digest(_proof(key).encode(), proof.encode(errors="replace"))


def _proof(key: str) -> str:
    """What only a form of ours, shown to the browser that holds this cookie, can carry."""
    return codes.hashed(key, purpose="form")


def _missing(typed: Typed) -> list[Problem]:
    problems = []
    if not typed.name.strip():
        problems.append(Problem("name", "Enter your name"))
    if not typed.password:
        problems.append(Problem("password", "Enter your password"))
    return problems


def _text(field: object) -> str:
    return field[:LONGEST_FIELD] if isinstance(field, str) else ""


def _span(seconds: int) -> str:
    return "1 second" if seconds == 1 else f"{seconds} seconds"


def safe_address(wanted: str) -> str:
    """Where to go after signing in: a staff page of ours, with its filters, or "" for anything else.

    Letter for letter, for browsers and libraries do not always agree on where an odd address leads.
    """
    page, _, filters = wanted.partition("?")
    known = page in {door.address for door in doors.STAFF} or KEYING.fullmatch(page)
    return wanted if known and PLAIN_FILTERS.fullmatch(filters) else ""
