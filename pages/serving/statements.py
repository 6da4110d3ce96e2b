"""The privacy notice and the accessibility statement, as plain pages: the version in force, or the one asked for."""

from datetime import UTC, date, datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from pages.serving import html
from pages.serving.addresses import not_found
from pages.serving.files import files
from pages.ui import doors
from survey import statements
from survey.statements import Kind, Statement, runs
from survey.wording import Words, words_in

ADDRESSES = {Kind.PRIVACY: doors.PRIVACY, Kind.ACCESSIBILITY: doors.ACCESSIBILITY}
KEPT_SHORTLY = {"cache-control": "private, no-cache"}
LANGUAGE = "en"


def routes() -> list[Route]:
    """``/privacy`` and ``/accessibility``, each with ``?version=2026-11-26`` for another version."""
    return [Route(address, _shower(kind), methods=["GET"]) for kind, address in ADDRESSES.items()]


def _shower(kind: Kind):  # noqa: ANN202
    async def show(request: Request) -> Response:
        return await run_in_threadpool(_show, kind, request.query_params.get("version", ""))

    return show


def _show(kind: Kind, asked_for: str) -> Response:
    today = datetime.now(UTC).date()
    known = {one.version.isoformat(): one for one in statements.versions(kind)}
    in_force = statements.in_force(kind, today)
    statement = known.get(asked_for) if asked_for else in_force
    if statement is None:
        return not_found()
    say = words_in(LANGUAGE)
    record = runs.on_record()
    page = html.filled(
        "statement.html",
        statement=statement,
        sections=statement.sections(say),
        current=statement is in_force,
        told=_told(statement, today, say),
        others=[one.version for one in reversed(known.values()) if one is not statement],
        results=runs.results(statement, record),
        reached=runs.reached(statement, record),
        checkers=runs.checkers(record),
        day=_day,
        link=files().link,
        say=say,
    )
    return HTMLResponse(page, headers=KEPT_SHORTLY)


def _told(statement: Statement, today: date, say: Words) -> str:
    """What stands at the top of a version that is not the one in force."""
    return say("statement.coming" if statement.version > today else "statement.replaced", day=_day(statement.version))


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
