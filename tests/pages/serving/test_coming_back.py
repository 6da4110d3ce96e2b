"""A signal that is lost while the page is being drawn: whoever comes back sees the whole page, not half of it."""

import asyncio

import httpx
import pytest

from pages.ui.doors import LIVE_RESULTS, SURVEY
from tests.load.client import Session
from tests.load.visible import sign_in
from tests.pages.serving.conftest import OFFICER

LOST_AFTER_SECONDS = (0, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064)


PATIENCE_SECONDS = 30


async def comes_back(session: Session, lost_after: float) -> None:
    """Have the page drawn, lose the connection while it is, and come back without asking for anything."""
    await session._send()
    await asyncio.sleep(lost_after)
    await session.close()
    await session.connect()


async def shows(session: Session, wanted: set[tuple[int, ...]]) -> None:
    """Wait until the page is whole and stays so: what was drawn half comes first, then all of it."""
    give_up = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    steady = 0
    while steady < 5 and asyncio.get_running_loop().time() < give_up:
        await asyncio.sleep(0.1)
        steady = steady + 1 if set(session.markup) == wanted else 0


@pytest.mark.parametrize("door", [SURVEY, LIVE_RESULTS], ids=lambda door: door.title)
def test_whoever_comes_back_sees_the_page_they_were_on_whole(site, door):
    async def visit() -> None:
        async with httpx.AsyncClient(timeout=30) as http:
            cookies = await sign_in(site.address, http, site.passwords[OFFICER], OFFICER) if door.roles else {}
            session = Session(site.address, door.address, dict(cookies))
            await session.open(http)
            await session.step()  # the first time a page may say that answers are being read
            number, before = session.number, set(session.markup)
            assert before

            for lost_after in LOST_AFTER_SECONDS:
                await comes_back(session, lost_after)
                await shows(session, before)

                assert session.number == number
                assert set(session.markup) == before, f"lost after {lost_after} s"
            await session.close()

    asyncio.run(visit())
