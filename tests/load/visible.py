"""How long from a parent's Send until an officer who is watching sees it, with the answers of many years stored."""

import asyncio
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from survey import database
from survey.tables import Response, RoleName
from tests.load.client import Session
from tests.load.figure import Figure, percentile
from tests.load.multiply import multiply
from tests.load.respondent import answer_all
from tests.running import Server
from tests.scene import count, grant, load_and_read_county

STORED = 100_000
COLOURS = ("red", "blue", "green", "yellow", "white", "brown", "orange")  # a long number would be taken for somebody's
SEEN_WITHIN_SECONDS = 60
SURVEY = "/?consultation=send-services"


def measure(folder: Path) -> Iterator[Figure]:
    server = Server(folder)
    engine = database.connect(load_and_read_county(folder))
    multiply(engine, until=STORED)
    stored = count(engine, Response)
    engine.dispose()
    password = grant(server.database_url, "watching", RoleName.OFFICER)
    with server:
        counted, read = asyncio.run(watch_and_send(server, password))
    yield Figure("submit_to_visible_stored", stored, "responses", STORED)
    yield Figure("submit_to_visible_counted_p50", round(percentile(counted, 0.5), 2), "s", 2)
    yield Figure("submit_to_visible_counted_max", round(max(counted), 2), "s", 2)
    yield Figure("submit_to_visible_comment_p50", round(percentile(read, 0.5), 2), "s", 2)
    yield Figure("submit_to_visible_comment_max", round(max(read), 2), "s", 2)


async def watch_and_send(server: Server, password: str) -> tuple[list[float], list[float]]:
    """For each of some sendings: seconds until the number of responses moved, and until the comment could be read."""
    counted, read = [], []
    async with httpx.AsyncClient(timeout=120) as http:
        officer = Session(server.address, "/live-results", await sign_in(server.address, http, password))
        await officer.open(http)
        for number, colour in enumerate(COLOURS):
            before = responses_shown(officer)
            words = f"We would like the {colour} door of the library to open by itself"
            there = officer.appearance(words)
            sent = await send(server.address, http, words, number)
            while responses_shown(officer) in {before, ""}:
                await asyncio.sleep(0.01)
                assert time.perf_counter() - sent < SEEN_WITHIN_SECONDS, "the number of responses never moved"
            counted.append(time.perf_counter() - sent)
            await asyncio.wait_for(there.wait(), SEEN_WITHIN_SECONDS)
            read.append(time.perf_counter() - sent)
        await officer.close()
    return counted, read


async def sign_in(address: str, http: httpx.AsyncClient, password: str, name: str = "watching") -> dict[str, str]:
    """The cookies of somebody who signed in by the form, as a browser does."""
    page = await http.get(f"{address}/sign-in")
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    typed = fields | {"name": name, "password": password}
    done = await http.post(f"{address}/sign-in", data=typed, headers={"Origin": address})
    if done.status_code != httpx.codes.SEE_OTHER:
        raise SystemExit(f"signing in was answered with {done.status_code}")
    return dict(http.cookies)


async def send(address: str, http: httpx.AsyncClient, words: str, seed: int) -> float:
    """Answer the whole questionnaire, writing those words: the moment at which Send was chosen."""
    http.cookies.clear()
    parent, seconds = Session(address, SURVEY), []
    await parent.open(http)
    await answer_all(parent, random.Random(seed), 0, seconds, words)
    await parent.close()
    return time.perf_counter() - sum(seconds[-2:])  # Send, and skipping the equality questions


def responses_shown(officer: Session) -> str:
    return officer.html("heard-numbers")
