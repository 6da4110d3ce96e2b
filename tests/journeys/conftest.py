"""Real browsers on a running Heard: two sizes of window, two colour schemes, and what no page may ever do."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.journeys.parent import Parent
from tests.journeys.visit import FLAGS, PATIENCE_MILLISECONDS, SCHEMES, SIZES, Visit
from tests.running import Server
from tests.scene import open_consultation

CHROMIUM = shutil.which("chromium")  # Debian's, where there is one; otherwise the one Playwright fetched


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
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
def visitor(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Makes visitors, each with a browser of their own: ``visitor(server, size="phone")``.

    At the end it fails if a page of theirs asked any other host for anything, or complained in the console.
    """
    with ExitStack() as open_ones:

        def make(server: Server, size: str = "phone", scheme: str = "light", **options: bool) -> Visit:
            return open_ones.enter_context(Visit(browser, server.address, size, scheme, **options))

        yield make


@pytest.fixture
def parent(browser: Browser) -> Iterator[Callable[..., Parent]]:
    """Makes parents, each with a device of their own: ``parent(server, size="phone")``."""
    with ExitStack() as open_ones:

        def make(server: Server, size: str = "phone", scheme: str = "light", **options: bool) -> Parent:
            return open_ones.enter_context(Parent(browser, server.address, size, scheme, **options))

        yield make


@pytest.fixture(scope="session")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Heard with one consultation, on SEND services, open for answers and answered by nobody yet."""
    folder = tmp_path_factory.mktemp("asking")
    server = Server(folder)
    open_consultation(server.database_url)
    with server:
        yield server
