"""Pages as Streamlit runs them, for visitors and for people who are signed in, with a consultation that is open."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from survey import database, people
from survey.settings import settings
from survey.tables import RoleName
from tests.scene import grant, open_consultation

ROUTER = Path(__file__).parents[2] / "pages" / "router.py"
PATIENCE_SECONDS = 30


@pytest.fixture(scope="session", autouse=True)
def looked_for_components() -> Iterator[None]:
    """Looking through every library for parts of pages, as each AppTest does, takes longer than most pages."""
    once = cache(manifest_scanner.scan_component_manifests)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", once)
        yield


@pytest.fixture(scope="session")
def open_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An embedded database in which SEND services is open, and nobody has answered."""
    file = tmp_path_factory.mktemp("open") / "heard.sqlite3"
    shutil.copy(migrated_file, file)
    open_consultation(f"sqlite:///{file}")
    return file


@pytest.fixture
def consultation(open_file: Path, tmp_path: Path) -> str:
    """The address of this test's embedded database, in which SEND services is open; the settings name it."""
    shutil.copy(open_file, tmp_path / "heard.sqlite3")
    return settings().url


@pytest.fixture
def app(consultation: str) -> AppTest:
    """A visitor's page, not run yet."""
    return AppTest.from_file(str(ROUTER), default_timeout=PATIENCE_SECONDS)


@pytest.fixture
def sign_in(consultation: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Signs somebody with those roles in on the browser under test; gives the token in their cookie."""

    def as_somebody_with(*roles: RoleName) -> str:
        name = " and ".join(roles) or "nobody in particular"
        password = grant(consultation, name, *roles)
        with database.writing(database.engine()) as session:
            token = people.sign_in(session, name, password, now=datetime.now(UTC)).token
        hold_cookies(monkeypatch, heard_staff=token)
        return token

    return as_somebody_with


@pytest.fixture
def officer(app: AppTest, sign_in: Callable[..., str]) -> AppTest:
    """An officer's page, not run yet."""
    sign_in(RoleName.OFFICER)
    return app


@pytest.fixture
def leader(app: AppTest, sign_in: Callable[..., str]) -> AppTest:
    """A leader's page, not run yet."""
    sign_in(RoleName.LEADER)
    return app


def hold_cookies(monkeypatch: pytest.MonkeyPatch, **cookies: str) -> None:
    """The browser under test opened its connection with these cookies."""
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: cookies))
