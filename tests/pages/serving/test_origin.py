"""Other people's pages may neither connect nor send."""

import asyncio

import pytest
import websockets

from pages.serving.origin import is_own

ELSEWHERE = ["https://elsewhere.example", "http://localhost", "http://localhost:9999", "null", "http://127.0.0.1"]


def scope(**headers: str) -> dict:
    return {"headers": [(name.encode(), value.encode()) for name, value in headers.items()]}


def test_a_page_of_ours_is_known_by_its_address():
    assert is_own(scope(host="heard.example", origin="https://heard.example"))
    assert is_own(scope(host="Heard.Example:8501", origin="http://heard.example:8501"))
    assert is_own(scope(host="heard.example"))


@pytest.mark.parametrize("origin", [*ELSEWHERE, "https://heard.example.elsewhere.example", "heard.example"])
def test_any_other_page_is_not_ours(origin):
    assert not is_own(scope(host="heard.example", origin=origin))


async def connect(address: str, origin: str | None) -> None:
    url = address.replace("http:", "ws:") + "/_stcore/stream"
    async with websockets.connect(url, subprotocols=["streamlit"], origin=origin):
        pass


@pytest.mark.parametrize("origin", ELSEWHERE)
def test_another_page_cannot_open_a_connection(site, origin):
    with pytest.raises(websockets.InvalidStatus, match="403"):
        asyncio.run(connect(site.address, origin))


def test_our_own_page_can(site):
    asyncio.run(connect(site.address, site.address))


def test_no_other_connection_is_taken(site):
    async def elsewhere() -> None:
        async with websockets.connect(site.address.replace("http:", "ws:") + "/no-such-connection"):
            pass

    with pytest.raises(websockets.InvalidStatus, match="403"):
        asyncio.run(elsewhere())


@pytest.mark.parametrize("address", ["/sign-in", "/sign-out"])
def test_another_page_cannot_send_a_form(visitor, address):
    assert visitor.post(address, headers={"origin": "https://elsewhere.example"}).status_code == 403


def test_another_page_is_not_told_it_may_read(visitor):
    answer = visitor.get("/_stcore/host-config", headers={"origin": "http://localhost"})

    assert "access-control-allow-origin" not in answer.headers
