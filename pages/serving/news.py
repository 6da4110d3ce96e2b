"""Telling pages that are open what has become of their numbers, as soon as it has, without drawing anything again.

Drawing a page, or asking Streamlit for part of it, costs the same again for each who watches. Here the database is
asked once for all of them, each piece of news is made once for all who watch the same, and what is left for each is to
send it. A connection, rather than a question every second, because most of the time there is nothing to tell; of the
kind that Streamlit's own is, because a browser holds no more than six of any other kind to one server.

Who holds it is asked of the database in every round, by the cookie it was opened with. Holding it is no use of Heard:
it puts off no end of a sign-in.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy.exc import DBAPIError
from starlette.concurrency import run_in_threadpool
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from pages.ui import access, doors, news
from pages.ui.news import Subject
from survey.tables import RoleName

LOG = logging.getLogger(__name__)
EVERY_SECONDS = 0.5
SIGNED_OUT, NOTHING_OF_OURS = 4401, 1008
"""Why a connection is ended: the page's script shows the page anew after the first, and gives up after the second."""


@dataclass(eq=False)
class Listener:
    """One open page: whose it is, what it asks for, and what it was told last."""

    socket: WebSocket
    token: str
    asked: str = ""
    told: str = ""
    doing: asyncio.Task[None] | None = None

    @property
    def is_slow(self) -> bool:
        """Whether what it was told last has not gone out yet. It is told nothing more until then."""
        return self.doing is not None and not self.doing.done()

    def begin(self, sending: Coroutine[None, None, None]) -> None:
        """Have something sent, without anybody's waiting for it."""
        self.doing = asyncio.create_task(_unless_gone(sending))


class Found(NamedTuple):
    """What one round found out: by token what its holder may do, and by what was asked the news."""

    roles: dict[str, frozenset[RoleName]]
    news: dict[str, tuple[Subject | None, str]]


@dataclass
class Listeners:
    """The pages that listen to this process. Somebody goes round while there are any."""

    there: set[Listener] = field(default_factory=set)
    round: asyncio.Task[None] | None = None

    @contextmanager
    def with_one_more(self, listener: Listener) -> Iterator[None]:
        """Tell it whatever it asks for, for as long as this lasts."""
        self.there.add(listener)
        if self.round is None or self.round.done():
            self.round = asyncio.create_task(self._go_round())
        try:
            yield
        finally:
            self.there.discard(listener)
            if not self.there:
                self.round.cancel()

    async def _go_round(self) -> None:
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            tokens, asked = {one.token for one in self.there}, {one.asked for one in self.there if one.asked}
            try:
                found = await run_in_threadpool(_look, tokens, asked)
            except DBAPIError as problem:
                LOG.error("The database does not answer: %s", type(problem.orig).__name__)
                continue
            for one in list(self.there):
                _tell(one, found)


LISTENERS = Listeners()  # of this process: it tells what it knows


def routes() -> list[WebSocketRoute]:
    """``/news``, where the script of a staff page listens."""
    return [WebSocketRoute(doors.NEWS, _listen)]


async def _listen(socket: WebSocket) -> None:
    await socket.accept()  # a browser tells a page's script why a connection ended only once there has been one
    listener = Listener(socket, socket.cookies.get(access.STAFF_COOKIE, ""))
    with LISTENERS.with_one_more(listener):
        async for asked in _messages(socket):
            listener.asked, listener.told = asked, ""


async def _messages(socket: WebSocket) -> AsyncIterator[str]:
    while (message := await socket.receive())["type"] != "websocket.disconnect":
        yield message.get("text") or ""


def _look(tokens: set[str], asked: set[str]) -> Found:
    subjects = {one: news.subject_of(one) for one in asked}
    told = {one: (subject, news.told(one, subject) if subject else "") for one, subject in subjects.items()}
    return Found(access.roles_of(tokens), told)


def _tell(listener: Listener, found: Found) -> None:
    """Tell it what it has not been told, if whoever holds it may still know."""
    if listener.is_slow:
        return
    roles = found.roles.get(listener.token)
    subject, told = found.news.get(listener.asked, (None, ""))
    if not roles or (subject and not roles & subject.door.roles):
        listener.begin(listener.socket.close(SIGNED_OUT))
    elif told and told != listener.told:
        listener.told = told
        listener.begin(listener.socket.send_text(told))
    elif listener.asked in found.news and not told:
        listener.begin(listener.socket.close(NOTHING_OF_OURS))


async def _unless_gone(sending: Coroutine[None, None, None]) -> None:
    with suppress(WebSocketDisconnect):  # whoever reads from it ends the rest
        await sending
