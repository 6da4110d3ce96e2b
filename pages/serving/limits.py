"""How much a request may carry: a name and a password, or a page of answers."""

from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.serving import html
from pages.serving.files import files
from pages.ui import doors
from survey.wording import words_in

MOST_BYTES = 16_384
# A page of the longest answers, each letter written as nine: what is longer than a draft is told so in words.
MOST_BYTES_OF_ANSWERS = 2_000_000
MOST_BYTES_TO_LET_GO = 40_000_000
ENDING = {"connection": "close", "cache-control": "no-store"}
Refusal = Callable[[Scope, Receive, Send], Awaitable[None]]


class BodyTooLarge(Exception):
    """More is being sent than any form of ours holds."""


class SmallBodies:
    """Refuses a request whose body is larger than any form of ours, without keeping what is too much."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on as long as it stays small."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["path"].startswith((doors.PLAIN, doors.KEYING)):
            await self._limited(MOST_BYTES_OF_ANSWERS, _in_words, scope, receive, send)
        else:
            await self._limited(MOST_BYTES, _in_short, scope, receive, send)

    async def _limited(self, most: int, refuse: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
        if _announced(scope, most) > most:
            await refuse(scope, receive, send)
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
            await refuse(scope, receive, send)


def _announced(scope: Scope, most: int) -> int:
    length = Headers(scope=scope).get("content-length", "0")
    return int(length) if length.isdecimal() else most + 1


async def _in_short(scope: Scope, receive: Receive, send: Send) -> None:
    refusal = PlainTextResponse("That is more than this address takes.", status_code=413, headers=ENDING)
    await refusal(scope, receive, send)


async def _in_words(scope: Scope, receive: Receive, send: Send) -> None:
    """Say it to somebody who pasted a book, as a page. A browser shows it only once all of the book has been taken."""
    taken, more = 0, True
    while more and taken < MOST_BYTES_TO_LET_GO:
        message = await receive()
        taken, more = taken + len(message.get("body", b"")), message.get("more_body", False)
    page = html.filled("too_much.html", link=files().link, say=words_in("en"))
    await HTMLResponse(page, status_code=413, headers=ENDING)(scope, receive, send)
