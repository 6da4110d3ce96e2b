"""Every address that answers, and a proper page for all the others.

Streamlit answers any address at all with its own blank page, and has doors of its own (measurements of the process,
uploads, an interface for programs) that nobody should find open.
"""

from starlette.responses import HTMLResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from pages.serving import html
from pages.serving.files import files
from pages.ui import doors
from survey.wording import words_in

STATEMENTS = {doors.PRIVACY, doors.ACCESSIBILITY}
OURS = {*(door.address for door in doors.ALL), *STATEMENTS, doors.KEYING, doors.SIGN_IN, doors.SIGN_OUT, "/health"}
# What Streamlit's own scripts ask for: is it there, may I, and the connection itself.
STREAMLITS = {"/_stcore/health", "/_stcore/host-config", "/_stcore/stream"}
# Pictures and downloads that a page made for the person looking at it, at addresses nobody can guess.
MADE_FOR_A_PAGE = "/media/"


def answers(path: str) -> bool:
    """Whether there is anything at that address."""
    return path in OURS or path in STREAMLITS or path.startswith((doors.PLAIN, f"{doors.KEYING}/", MADE_FOR_A_PAGE))


def listens(scope: Scope) -> bool:
    """Whether a page's script opens the connection by which it is told what is new. No page is there."""
    return scope["type"] == "websocket" and scope["path"] == doors.NEWS


class KnownAddresses:
    """Lets requests through to the addresses there are; any other gets a page that says so, and where to go."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or say that there is no such page."""
        if scope["type"] == "lifespan" or answers(scope["path"]) or listens(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "http" and (bare := scope["path"].rstrip("/")) in OURS:
            await RedirectResponse(bare, status_code=308)(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await not_found()(scope, receive, send)


def not_found() -> HTMLResponse:
    """The page for an address where there is nothing."""
    page = html.filled("not_found.html", link=files().link, say=words_in("en"))
    return HTMLResponse(page, status_code=404, headers={"cache-control": "no-store"})
