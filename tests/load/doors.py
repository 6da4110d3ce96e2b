"""How many respondents a second of the server's processor carries at each door.

A respondent is, at either door, one family's whole visit: the first page, every step with something chosen on each (two
services, words wherever words are asked for), the answers sent, the equality questions skipped, the thank-you page.
Neither fetches scripts, styles or pictures, which a browser keeps. At the plain door a step is two requests; at
Streamlit's it is one run of the page over a connection that was opened once.

Both are measured in one run, against one server: the machine is never the same twice. Processor seconds, because the
measuring program takes its share of the clock's. Everybody takes long enough over a page for the plain door to take
them for people: it would have them send once more otherwise, which nobody does. What the server does with nobody there
is counted with the rest, at both.
"""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import psutil

from pages.plain.doubt import SECONDS_A_PAGE
from tests.load import plain_respondent, respondent
from tests.load.figure import Figure
from tests.load.respondents import Respondent, arrive, settle
from tests.running import Server
from tests.scene import open_consultation

PEOPLE = 60
THINK_SECONDS = 2 * SECONDS_A_PAGE  # half of it at the least
WANTED_RATIO = 10


def measure(folder: Path) -> Iterator[Figure]:
    """Respondents a processor second at the plain door and at Streamlit's, and how many times more the one carries."""
    server = Server(folder)
    open_consultation(server.database_url)
    with server:
        process = psutil.Process(server.process.pid)
        for one in (plain_respondent.answer, respondent.answer):  # the server's own first visits are nobody's
            asyncio.run(arrive(server.address, people=1, think_seconds=0, respondent=one))
        settle(process)
        plain = _carried(process, server.address, plain_respondent.answer)
        streamlit = _carried(process, server.address, respondent.answer)
    yield Figure("doors_plain", round(plain, 2), "respondents a processor second")
    yield Figure("doors_streamlit", round(streamlit, 2), "respondents a processor second")
    yield Figure("doors_ratio", round(plain / streamlit, 1), f"times (wanted: at least {WANTED_RATIO})")


def _carried(process: psutil.Process, address: str, answer: Respondent) -> float:
    before = sum(process.cpu_times()[:2])
    visits = asyncio.run(arrive(address, people=PEOPLE, think_seconds=THINK_SECONDS, respondent=answer))
    if visits.failures:
        raise RuntimeError(f"{len(visits.failures)} of {PEOPLE} did not reach the end: {visits.failures[0]}")
    return visits.sent / (sum(process.cpu_times()[:2]) - before)
