"""Real browsers on a running Heard: two sizes of window, two colour schemes, and what no page may ever do."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, expect, sync_playwright

from survey.tables import RoleName
from tests.journeys import record
from tests.journeys.parent import Parent
from tests.journeys.plain_parent import PlainParent
from tests.journeys.search import suggest_themes
from tests.journeys.staff import Staff, signing_in
from tests.journeys.visit import CHROMIUM, FLAGS, PATIENCE_MILLISECONDS, SCHEMES, SIZES, Visit
from tests.running import READ_ELSEWHERE, Server
from tests.scene import grant, load_and_read_county, open_consultation


class County(NamedTuple):
    """A running Heard with the demonstration in it, and how to sign in."""

    server: Server
    passwords: dict[str, str]


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


@pytest.fixture(autouse=True)
def on_record(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a journey found is shown by the accessibility statement."""
    journey = f"{request.path.stem}.{request.node.originalname}"
    taken_with = getattr(request.node, "callspec", None)
    parts = sorted(taken_with.params.items()) if taken_with else []
    with record.kept(journey, " ".join(str(part) for name, part in parts if name not in {"size", "scheme"})):
        yield


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


@pytest.fixture
def plain_parent(browser: Browser) -> Iterator[Callable[..., PlainParent]]:
    """Makes parents at the plain door, each with a device of their own: ``plain_parent(server, scripts=False)``."""
    with ExitStack() as open_ones:

        def make(server: Server, size: str = "phone", scheme: str = "light", **options: object) -> PlainParent:
            person = PlainParent(browser, server.address, size, scheme, **options)
            person.database_url = server.database_url
            return open_ones.enter_context(person)

        yield make


@pytest.fixture(scope="session")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Heard with one consultation, on SEND services, open for answers and answered by nobody yet."""
    server = Server(tmp_path_factory.mktemp("asking"), READ_ELSEWHERE)
    open_consultation(server.database_url)
    with server:
        yield server


@pytest.fixture(scope="session")
def county_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, loaded, read and looked through once for all the processes of this test run."""
    folder = tmp_path_factory.getbasetemp().parent / "county"
    with FileLock(f"{folder}.making"):
        if not (folder / "done").exists():
            folder.mkdir()
            suggest_themes(load_and_read_county(folder))
            (folder / "done").touch()
    return folder / "heard.sqlite3"


@pytest.fixture(scope="session")
def county(county_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    """Heard with the demonstration, an officer and a leader, and somebody to read what comes in."""
    folder = tmp_path_factory.mktemp("serving-county")
    shutil.copy(county_file, folder)
    server = Server(folder)
    passwords = {role: grant(server.database_url, role, role) for role in (RoleName.OFFICER, RoleName.LEADER)}
    with server:
        yield County(server, passwords)


@pytest.fixture
def staff(browser: Browser, county: County) -> Iterator[Callable[..., Staff]]:
    """Makes people who are signed in and at a page: ``staff(RoleName.OFFICER, at="/summary")``."""
    with signing_in(browser, county.server.address) as sign_in:

        def make(role: RoleName, size: str = "desktop", scheme: str = "light", at: str = "/live-results") -> Staff:
            return sign_in(role, county.passwords[role], at, size, scheme)

        yield make
