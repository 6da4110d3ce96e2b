"""What it costs that fifty officers watch rather than five, while twenty people a second send their answers.

Officers are real sessions over the real websocket, each signed in by themselves, asking as a browser would, and
listening to what the page's own script listens to. Those who answer have filled in everything at the plain door
beforehand and only send: twenty a second, for a few seconds. Processor seconds are the server's alone. How late each
officer's screen is, is asked of every officer and every answer: from the moment Send was chosen until the number of
responses on that screen had grown by as many as had been sent by then. How late its charts are is asked of every
officer: how long after the last answer the page was drawn with it.
"""

import asyncio
import json
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from pathlib import Path
from typing import NamedTuple

import httpx
import psutil
import websockets

from pages.ui import doors
from survey.tables import RoleName
from tests.load import plain_respondent
from tests.load.client import Session
from tests.load.figure import Figure, percentile
from tests.load.respondent import Visits
from tests.load.respondents import settle
from tests.load.visible import responses_shown, sign_in
from tests.running import Server
from tests.scene import grant, load_and_read_county

FEW, MANY = 5, 50
ALIKE = 1.5  # fifty who watch cost about what five do
SENDING, A_SECOND = 120, 20
THINK_SECONDS = 2.5
QUIET_SECONDS, AFTERWARDS_SECONDS, UNTIL_DRAWN_SECONDS = 10, 6, 15
SPACE = 0.1  # between two that open their pages


class Watched(NamedTuple):
    """One round: processor seconds a second while nothing came, the same while answers came, and each lateness."""

    quiet: float
    sending: float
    late: list[float]
    missing: int
    charts: list[float]


def measure(folder: Path) -> Iterator[Figure]:
    server = Server(folder)
    load_and_read_county(folder)
    password = grant(server.database_url, "watching", RoleName.OFFICER)
    with server:
        process = psutil.Process(server.process.pid)
        asyncio.run(watched(server, password, process, officers=1, sending=1))  # the server's own first visits
        settle(process)
        rounds = {officers: asyncio.run(watched(server, password, process, officers=officers, sending=SENDING))
                  for officers in (FEW, MANY)}  # fmt: skip
    few, many = rounds[FEW], rounds[MANY]
    yield Figure("watching_50_beside_5_quiet", round(many.quiet / few.quiet, 1), "times as much processor", ALIKE)
    yield Figure("watching_50_beside_5_sending", round(many.sending / few.sending, 1), "times as much processor", ALIKE)
    for officers, seen in rounds.items():
        yield Figure(f"watching_{officers}_quiet", round(seen.quiet, 3), "processor s a second")
        yield Figure(f"watching_{officers}_sending", round(seen.sending, 3), "processor s a second")
        yield Figure(f"watching_{officers}_moved_p50", round(percentile(seen.late, 0.5), 2), "s", 2)
        yield Figure(f"watching_{officers}_moved_p95", round(percentile(seen.late, 0.95), 2), "s", 2)
        yield Figure(f"watching_{officers}_never_seen", seen.missing, "answers on screens", 0)
        yield Figure(f"watching_{officers}_charts_p50", round(percentile(seen.charts, 0.5), 2), "s")
        yield Figure(f"watching_{officers}_charts_p95", round(percentile(seen.charts, 0.95), 2), "s")


class Screen(Session):
    """An officer's page, with what its script writes into it.

    What was drawn last stands there, or what was told of the same since, whichever is of the later change.
    """

    told: str = "{}"

    async def listen(self) -> None:
        """Do what ``news.js`` does."""
        async with websockets.connect(
            self.address.replace("http", "ws") + doors.NEWS,
            additional_headers={"Cookie": self._cookie_header(), "Origin": self.address},
        ) as socket:
            asked = ""
            while True:
                if (wanted := self.marked("news")) != asked:
                    asked = wanted
                    await socket.send(asked)
                with suppress(TimeoutError):
                    self.told = await asyncio.wait_for(socket.recv(), 0.1)

    def marked(self, name: str) -> str:
        """What stands beside the numbers for the script."""
        found = re.search(f'data-{name}="([^"]*)"', responses_shown(self))
        return unescape(found[1]) if found else ""

    def shown(self) -> int:
        """The number of responses on the screen."""
        told = json.loads(self.told)
        if told.get("asked") == self.marked("news") and told["change"] > int(self.marked("change")):
            return _number(dict(told["numbers"])["Responses"])
        return _number(re.search(r"<dt>Responses</dt><dd>([\d,]+)</dd>", responses_shown(self))[1])


def _number(words: str) -> int:
    return int(words.replace(",", ""))


class Seen(NamedTuple):
    """When the number on a screen moved and to what; and when the page was drawn and with what number."""

    numbers: list[tuple[float, int]]
    drawn: list[tuple[float, int]]


async def watched(server: Server, password: str, process: psutil.Process, *, officers: int, sending: int) -> Watched:
    """Have officers watch, first while nothing comes in and then while answers are sent."""
    ready, go = asyncio.Semaphore(0), [asyncio.Event() for _ in range(sending)]
    sent: list[float] = []
    async with httpx.AsyncClient(timeout=120, limits=httpx.Limits(max_connections=None)) as http:
        people = [asyncio.create_task(one(server.address, http, ready, moment, sent, n)) for n, moment in enumerate(go)]
        for _ in people:
            await ready.acquire()
        screens = [Screen(server.address, "/live-results", await own(server, password)) for _ in range(officers)]
        for screen in screens:
            await screen.open(http)
            await asyncio.sleep(SPACE)
        listening = [asyncio.create_task(screen.listen()) for screen in screens]
        await asyncio.sleep(AFTERWARDS_SECONDS)
        quiet = await spent(process, asyncio.sleep(QUIET_SECONDS)) / QUIET_SECONDS
        seen = [Seen([], []) for _ in screens]
        noting = [asyncio.create_task(note(screen, known)) for screen, known in zip(screens, seen, strict=True)]
        began = time.perf_counter()
        used = await spent(process, send(go, people))
        used /= time.perf_counter() - began
        await asyncio.sleep(UNTIL_DRAWN_SECONDS)
        stopped = [task for task in (*noting, *listening) if task.done()]
        for task in (*noting, *listening):
            task.cancel()
        for screen in screens:
            await screen.close()
    if stopped:
        raise RuntimeError("a screen stopped listening") from stopped[0].exception()
    late, missing = lateness(sent, [known.numbers for known in seen])
    charts, _ = lateness(sent, [known.drawn for known in seen])
    return Watched(quiet, used, late, missing, charts)


async def own(server: Server, password: str) -> dict[str, str]:
    """The cookies of an officer who signs in from a browser of their own."""
    async with httpx.AsyncClient(timeout=120) as browser:
        return await sign_in(server.address, browser, password)


async def one(address: str, http: httpx.AsyncClient, ready: asyncio.Semaphore, go: asyncio.Event, sent: list[float],
              number: int) -> None:  # fmt: skip
    """Answer everything, say so, and send when it is time."""

    async def wait() -> None:
        ready.release()
        await go.wait()
        sent.append(time.perf_counter())

    visits = Visits()
    await plain_respondent.answer(address, http, visits, THINK_SECONDS, number, wait)
    if visits.failures:
        raise RuntimeError(visits.failures[0])


async def send(go: list[asyncio.Event], people: list[asyncio.Task]) -> None:
    """Let them send one after another, and wait until every screen has had time to show it."""
    for moment in go:
        moment.set()
        await asyncio.sleep(1 / A_SECOND)
    await asyncio.gather(*people)
    await asyncio.sleep(AFTERWARDS_SECONDS)


async def spent(process: psutil.Process, waiting: object) -> float:
    before = sum(process.cpu_times()[:2])
    await waiting
    return sum(process.cpu_times()[:2]) - before


async def note(screen: Screen, known: Seen) -> None:
    """Look at a screen a hundred times a second."""
    drawn = -1
    while True:
        found = screen.shown()
        if not known.numbers or known.numbers[-1][1] != found:
            known.numbers.append((time.perf_counter(), found))
        if screen.drawn != drawn:
            drawn = screen.drawn
            known.drawn.append((time.perf_counter(), found))
        await asyncio.sleep(0.01)


def lateness(sent: list[float], seen: list[list[tuple[float, int]]]) -> tuple[list[float], int]:
    """For every screen and every answer, how late it was counted there; and how many never were."""
    late, missing = [], 0
    for known in seen:
        first = known[0][1]
        for number, moment in enumerate(sorted(sent), start=1):
            when = next((at for at, count in known if count >= first + number), None)
            missing += when is None
            late += [] if when is None else [max(0.0, when - moment)]
    return late, missing
