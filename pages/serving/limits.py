"""How much a request may carry: a name and a password, or a page of answers."""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.ui import doors

MOST_BYTES = 16_384
# A page of the longest answers, each letter written as nine: what is longer than a draft is told so in words.
MOST_BYTES_OF_ANSWERS = 2_000_000


class BodyTooLarge(Exception):
    """More is being sent than any form of ours holds."""


class SmallBodies:
    """Refuses a request whose body is larger than any form of ours, without reading it all."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on as long as it stays small."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = MOST_BYTES_OF_ANSWERS if scope["path"].startswith(doors.PLAIN) else MOST_BYTES
        if _announced(scope) > most:
            await _refusal()(scope, receive, send)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                raise BodyTooLarge
            return message

        try:
            await self.app(scope, counted, send)
        except BodyTooLarge:
            await _refusal()(scope, receive, send)


def _announced(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "0")
    return int(length) if length.isdecimal() else MOST_BYTES_OF_ANSWERS + 1


def _refusal() -> PlainTextResponse:
    return PlainTextResponse("That is more than this address takes.", status_code=413, headers={"connection": "close"})
