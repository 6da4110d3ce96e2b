"""How many respondents a second of the server's processor carries, from start page to thank-you page, at each door.

Both are measured in one run, against one server: the machine is never the same twice. Processor seconds, because the
measuring program takes its share of the clock's.
"""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import psutil

from tests.load import plain_respondent, respondent
from tests.load.figure import Figure
from tests.load.respondents import Respondent, arrive, settle
from tests.running import Server
from tests.scene import open_consultation

PEOPLE = 30
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
    visits = asyncio.run(arrive(address, people=PEOPLE, think_seconds=1, respondent=answer))
    if visits.failures:
        raise RuntimeError(f"{len(visits.failures)} of {PEOPLE} did not reach the end: {visits.failures[0]}")
    return visits.sent / (sum(process.cpu_times()[:2]) - before)
