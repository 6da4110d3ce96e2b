"""The first request after a start. Streamlit once let it past the router, and so past every check."""

import asyncio
from collections.abc import Iterator

import httpx
import pytest

from pages.ui import doors
from tests.load.client import Session
from tests.pages.serving.conftest import READ_ELSEWHERE
from tests.running import Server
from tests.scene import open_consultation


@pytest.fixture
def cold(tmp_path) -> Iterator[Server]:
    """A Heard that nobody has asked for anything but its health."""
    server = Server(tmp_path, READ_ELSEWHERE)
    open_consultation(server.database_url)
    with server:
        yield server


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
