"""Many parents answering at once, over the real websocket, their drafts kept at every step."""

import asyncio
import random
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path

import httpx
import psutil

from tests.load.figure import Figure, percentile
from tests.load.respondent import Visits, answer
from tests.running import Server
from tests.scene import open_consultation

RAMP_SECONDS = 10
SETTLED_WITHIN_SECONDS, QUIET_SECONDS, QUIET_PERCENT = 180, 2, 3
MEGABYTE = 1 << 20
Respondent = Callable[[str, httpx.AsyncClient, Visits, float, int], Coroutine[None, None, None]]


def measure(
    folder: Path,
    *,
    people: int,
    think_seconds: float,
    target_p95_ms: float | None = None,
    target_cpu_ms: float | None = None,
    name: str = "respondents",
    respondent: Respondent = answer,
) -> Iterator[Figure]:
    """How a server that has settled answers that many people: files compressed, nothing left over from its start."""
    server = Server(folder)
    open_consultation(server.database_url)
    with server:
        # The server's own first visit is nobody's.
        asyncio.run(arrive(server.address, people=1, think_seconds=0, respondent=respondent))
        process = psutil.Process(server.process.pid)
        settle(process)
        with Memory(process) as memory:
            cpu_before = sum(process.cpu_times()[:2])
            arriving = arrive(server.address, people=people, think_seconds=think_seconds, respondent=respondent)
            visits = asyncio.run(arriving)
            cpu_seconds = sum(process.cpu_times()[:2]) - cpu_before
    steps = visits.first_seconds + visits.step_seconds
    name = f"{name}_{people}"
    yield Figure(f"{name}_step_p50", round(1000 * percentile(visits.step_seconds, 0.50), 1), "ms")
    yield Figure(f"{name}_step_p95", round(1000 * percentile(visits.step_seconds, 0.95), 1), "ms", target_p95_ms)
    yield Figure(f"{name}_first_p95", round(1000 * percentile(visits.first_seconds, 0.95), 1), "ms")
    yield Figure(f"{name}_cpu_per_step", round(1000 * cpu_seconds / len(steps), 2), "ms", target_cpu_ms)
    yield Figure(f"{name}_sent", visits.sent, "responses", people)
    yield Figure(f"{name}_failures", len(visits.failures), "failures", 0)
    yield Figure(f"{name}_memory", round(memory.peak / MEGABYTE), "MB")
    for failure in sorted(set(visits.failures))[:3]:
        print(f"  {failure}", file=sys.stderr)


async def arrive(address: str, *, people: int, think_seconds: float, respondent: Respondent = answer) -> Visits:
    """Everybody arrives within the first seconds and answers the whole questionnaire."""
    visits, chance = Visits(), random.Random(1)

    async def one(seed: int, http: httpx.AsyncClient) -> None:
        await asyncio.sleep(chance.uniform(0, RAMP_SECONDS) if people > 1 else 0)
        await respondent(address, http, visits, think_seconds, seed)

    async with httpx.AsyncClient(timeout=60) as http:
        await asyncio.gather(*(one(seed, http) for seed in range(people)))
    return visits


def settle(process: psutil.Process) -> None:
    """Wait until the server has nothing to do of its own: after a start it compresses files in the background."""
    give_up = time.monotonic() + SETTLED_WITHIN_SECONDS
    while time.monotonic() < give_up and process.cpu_percent(QUIET_SECONDS) > QUIET_PERCENT:
        pass


class Memory(threading.Thread):
    """The most memory a process was seen to hold."""

    def __init__(self, process: psutil.Process) -> None:
        super().__init__(daemon=True)
        self.process, self.peak, self.going = process, 0, True

    def run(self) -> None:
        while self.going:
            self.peak = max(self.peak, self.process.memory_info().rss)
            time.sleep(0.2)

    def __enter__(self) -> "Memory":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.going = False
        self.join()
