"""A page that ends early takes its parts with it: none of them refreshes itself into a place that is gone."""

import asyncio
from dataclasses import dataclass, field

import httpx

from pages.ui.doors import LIVE_RESULTS
from tests.load.client import Session
from tests.load.visible import sign_in
from tests.pages.serving.conftest import OFFICER

PATIENCE_SECONDS = 2


@dataclass
class Watched(Session):
    """An open page whose parts refresh only when they are told to; it counts what comes of that."""

    parts: set[str] = field(default_factory=set)
    answers: int = 0

    async def refresh(self, part: str) -> bool:
        """Have a part refreshed, as a browser's timer does: whether the server did anything about it."""
        before = self.answers
        await self._send(fragment=part)
        give_up = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        while self.answers == before and asyncio.get_running_loop().time() < give_up:
            await asyncio.sleep(0.02)
        return self.answers > before

    def _keep_refreshing(self, fragment: str, interval: float) -> None:
        self.parts.add(fragment)

    def _take(self, message: object) -> None:
        super()._take(message)
        self.answers += message.WhichOneof("type") == "new_session"


def test_a_page_whose_reader_was_signed_out_has_no_parts_that_refresh(site):
    async def visit() -> None:
        async with httpx.AsyncClient(timeout=30) as http:
            cookies = await sign_in(site.address, http, site.passwords[OFFICER], OFFICER)
            officer = Watched(site.address, LIVE_RESULTS.address, dict(cookies))
            await officer.open(http)
            await officer.step()  # the first time a page may say that answers are being read
            (part,) = officer.parts
            assert await officer.refresh(part)

            left = await http.post(f"{site.address}/sign-out", headers={"Origin": site.address})
            assert left.status_code == httpx.codes.SEE_OTHER
            await officer.step()

            assert not await officer.refresh(part)
            await officer.close()

    asyncio.run(visit())
