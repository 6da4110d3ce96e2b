"""Real browsers on a running Heard: two sizes of window, two colour schemes, and what no page may ever do."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.visit import FLAGS, SCHEMES, SIZES, Visit

CHROMIUM = shutil.which("chromium")  # Debian's, where there is one; otherwise the one Playwright fetched


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> str:
    """The test runs once on a phone and once on a desktop."""
    return request.param


@pytest.fixture(params=SCHEMES)
def scheme(request: pytest.FixtureRequest) -> str:
    """The test runs once in light colours and once in dark ones."""
    return request.param


@pytest.fixture
def visitor(browser: Browser) -> Iterator:
    """Makes visitors, each with a browser of their own: ``visitor(server, size="phone")``.

    At the end it fails if a page of theirs asked any other host for anything, or complained in the console.
    """
    with ExitStack() as open_ones:

        def make(server, size: str = "phone", scheme: str = "light", **options: object) -> Visit:
            return open_ones.enter_context(Visit(browser, server.address, size, scheme, **options))

        yield make
