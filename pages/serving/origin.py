"""Whose page is asking. Only pages of our own address may open a connection or send a form.

Streamlit would let any page on "localhost" connect, and for any other it asks a server on the internet for this
machine's address. Neither happens: it never sees a request from somebody else's page.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

ASKING_ONLY = {"GET", "HEAD"}


class OwnPagesOnly:
    """Refuses connections and forms from pages of other sites."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on if it comes from a page of ours, or from no page."""
        if scope["type"] == "lifespan" or is_own(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        elif scope["method"] in ASKING_ONLY:
            await self.app(_without_origin(scope), receive, send)
        else:
            await PlainTextResponse("Send this from the page itself.", status_code=403)(scope, receive, send)


def is_own(scope: Scope) -> bool:
    """Whether the page that asks has the address it asks; a request that names no page counts as our own."""
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


def _without_origin(scope: Scope) -> Scope:
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name != b"origin"]}
