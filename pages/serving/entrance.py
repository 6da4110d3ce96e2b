"""Opening a page: the shell for everybody, the draft cookie for parents, the way to sign in for staff who have not."""

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pages.serving import cookies, shell
from pages.serving.compression import Coding
from pages.ui import access, doors
from pages.ui.doors import Door


def routes() -> list[Route]:
    """One route for each page there is."""
    return [Route(door.address, _opener(door), methods=["GET"]) for door in doors.ALL]


def _opener(door: Door):  # noqa: ANN202
    async def open_page(request: Request) -> Response:
        return await run_in_threadpool(_open, door, request)

    return open_page


def _open(door: Door, request: Request) -> Response:
    if door.roles and access.holder(request.cookies.get(access.STAFF_COOKIE, "")) is None:
        return RedirectResponse(_sign_in_and_back(request), status_code=303, headers={"cache-control": "no-store"})
    body, coding = shell.page(door, request.headers.get("accept-encoding", ""))
    headers = {"vary": "accept-encoding", "cache-control": "private, no-cache"}
    if coding is not Coding.PLAIN:
        headers["content-encoding"] = coding
    response = Response(body, headers=headers, media_type="text/html")
    if door is doors.SURVEY:
        cookies.keep_draft(response, request)
    return response


def _sign_in_and_back(request: Request) -> str:
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{doors.SIGN_IN}?next={quote(request.url.path + query, safe='')}"
