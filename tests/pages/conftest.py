"""Pages as Streamlit runs them, for visitors and for people who are signed in, with a consultation that is open."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from survey import database, people
from survey.settings import settings
from survey.tables import RoleName
from tests.scene import grant, open_consultation

ROUTER = Path(__file__).parents[2] / "pages" / "router.py"
PATIENCE_SECONDS = 30


@pytest.fixture
def consultation(migrated_file: Path, tmp_path: Path) -> str:
    """The address of this test's embedded database, in which SEND services is open; the settings name it."""
    shutil.copy(migrated_file, tmp_path / "heard.sqlite3")
    open_consultation(settings().url)
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
