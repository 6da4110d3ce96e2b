"""An officer at the pages for keying in what came on paper or by telephone, on a Heard of their own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from survey.tables import RoleName
from tests.journeys.staff import Staff, signing_in
from tests.running import READ_ELSEWHERE, Server
from tests.scene import grant, open_consultation

AGAIN_EVERY_ONE = {"HEARD_KEY_AGAIN_ONE_IN": "1"}


class Keyer(Staff):
    """An officer on the keying pages: every press of a button is a page of its own."""

    presses = 0

    def __enter__(self) -> "Keyer":
        self.found: dict[str, list[str]] = {}
        return self

    def settle(self) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()

    def go(self, name: str) -> None:
        with self.page.expect_navigation():
            self.press(name)

    def look(self, name: str) -> None:
        """Note what is in anybody's way on the page, and that it scrolls sideways if it does."""
        wide = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if found := [*self.barriers(), *(["scrolls sideways"] if wide > 0 else [])]:
            self.found[name] = found

    def strike(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.presses += 1

    def key_form(self, answers: list[str]) -> None:
        expect(
            self.page.locator(":is(input, textarea):focus")
        ).to_be_visible()  # a page new on the screen takes a moment
        for answer in answers:
            for letter in answer:
                self.strike("Space" if letter == " " else letter)
            self.strike("Enter")


@contextmanager
def keying_desk(folder: Path, questionnaire: str = "send_services") -> Iterator[tuple[Server, str]]:
    """Heard with an officer and that questionnaire, in which every form is asked for again; and their password."""
    server = Server(folder, READ_ELSEWHERE | AGAIN_EVERY_ONE)
    open_consultation(server.database_url, questionnaire)
    password = grant(server.database_url, "olu", RoleName.OFFICER)
    with server:
        yield server, password


@pytest.fixture
def officer(browser: Browser, desk: tuple[Server, str]) -> Iterator[Callable[..., Keyer]]:
    """Makes officers at the ``desk`` of the journeys that ask for them: ``officer(size="desktop")``."""
    server, password = desk
    with signing_in(browser, server.address, Keyer) as sign_in:
        yield partial(sign_in, "olu", password, "/keying")
