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

from analysis.suppression import Policy
from pages.ui import access, doors, news, reader
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
    """What one round found out: by token what its holder may do, and by what was asked, and by which policy, the news.

    Which policy that is goes by who holds the connection, and by nothing that is asked over it.
    """

    roles: dict[str, frozenset[RoleName]]
    news: dict[tuple[str, Policy], tuple[Subject | None, str]]


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
            asked = {(one.token, one.asked) for one in self.there}
            try:
                found = await run_in_threadpool(_look, asked)
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


def _look(asked: set[tuple[str, str]]) -> Found:
    """What becomes of all these: each the token of whoever asks, and what is asked, "" where nothing is yet."""
    roles = access.roles_of({token for token, _ in asked})
    wanted = {(one, reader.policy_for(roles.get(token, ()))) for token, one in asked if one}
    return Found(roles, {(one, policy): _news(one, policy) for one, policy in wanted})


def _news(asked: str, policy: Policy) -> tuple[Subject | None, str]:
    subject = news.subject_of(asked)
    return subject, news.told(asked, subject, policy) if subject else ""


def _tell(listener: Listener, found: Found) -> None:
    """Tell it what it has not been told, if whoever holds it may still know."""
    if listener.is_slow:
        return
    roles = found.roles.get(listener.token)
    wanted = listener.asked, reader.policy_for(roles or ())
    subject, told = found.news.get(wanted, (None, ""))
    if not roles or (subject and not roles & subject.door.roles):
        listener.begin(listener.socket.close(SIGNED_OUT))
    elif told and told != listener.told:
        listener.told = told
        listener.begin(listener.socket.send_text(told))
    elif wanted in found.news and not told:
        listener.begin(listener.socket.close(NOTHING_OF_OURS))


async def _unless_gone(sending: Coroutine[None, None, None]) -> None:
    with suppress(WebSocketDisconnect):  # whoever reads from it ends the rest
        await sending
