"""The first request after a start. Streamlit once let it past the router, and so past every check."""

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from subprocess import PIPE, Popen

import httpx
import pytest

from pages.ui import doors
from tests.load.client import Session
from tests.running import READ_ELSEWHERE, ROOT, Server
from tests.scene import open_consultation

# Loads everything once, and copies itself for each start, so that one takes no time. No copy has been asked for
# anything, and none has anything of another.
STARTER = """
import importlib, os, signal, sys
import uvicorn
from pages.serving.start import WARM
from streamlit_app import app

for name in WARM:
    importlib.import_module(name)
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for port in sys.stdin:
    server = os.fork()
    if server == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(2, 1)  # what a server says is not the number of its process
        uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="error")
        os._exit(0)
    print(server, flush=True)
"""


@pytest.fixture(scope="module")
def starter(tmp_path_factory) -> Iterator[tuple[Server, Popen]]:
    """What the servers of these tests are copies of, and a data folder for all of them: they only look."""
    settings = Server(tmp_path_factory.mktemp("cold"), READ_ELSEWHERE)
    open_consultation(settings.database_url)
    environment = settings.environment() | {"PYTHONPATH": str(ROOT)}
    process = Popen([sys.executable, "-c", STARTER], cwd=ROOT, env=environment, stdin=PIPE, stdout=PIPE, text=True)
    yield settings, process
    process.communicate(timeout=20)


@pytest.fixture
def cold(starter) -> Iterator[Server]:
    """A Heard that nobody has asked for anything but its health."""
    settings, process = starter
    server = Server(settings.folder, READ_ELSEWHERE)
    process.stdin.write(f"{server.port}\n")
    process.stdin.flush()
    number = int(process.stdout.readline())
    server.wait_until_healthy()
    yield server
    os.kill(number, signal.SIGKILL)


async def shown_at(server: Server, path: str) -> bytes:
    """Everything the server sends over the connection to a browser at that address, without asking for the page."""
    session = Session(server.address, path)
    await session.connect()
    received: list[bytes] = []
    take = session._take
    session._take = lambda message: (received.append(message.SerializeToString()), take(message))
    await session.step()
    await session.close()
    return b"".join(received)


@pytest.mark.parametrize("door", doors.STAFF, ids=lambda door: door.path)
def test_a_staff_page_asked_for_first_is_refused_over_the_connection_and_over_http(cold, door):
    shown = asyncio.run(shown_at(cold, door.address))
    answer = httpx.get(cold.address + door.address)

    assert b"You need to sign in" in shown
    assert door.title.encode() not in shown
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")


def test_no_script_can_be_asked_for_by_its_file_name(cold):
    for path in ("/router", "/officers/live_results", "/live_results", "/door", "/access"):
        shown = asyncio.run(shown_at(cold, path))

        assert b"SEND services in Lancashire" in shown
        assert b"Live results" not in shown
