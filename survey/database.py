"""The database: connecting to it, bringing its tables up to date, and one session for each piece of work."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from filelock import FileLock
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session, SQLModel

from survey.errors import DatabaseError
from survey.settings import settings
from survey.tables import ChangeCounter

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_MILLISECONDS = 15_000
SCRUB_MILLISECONDS = 500  # parents come first
MIGRATION_LOCK = 7_340_231  # an arbitrary number that every process of ours asks PostgreSQL for

COUNTER = SQLModel.metadata.tables[str(ChangeCounter.__tablename__)]
NEXT_CHANGE = sa.update(COUNTER).values(value=COUNTER.c.value + 1).returning(COUNTER.c.value)


class Connected(Protocol):
    """What the database can be asked through: a session, or a line."""

    def connection(self) -> sa.Connection:
        """The connection that is asked."""


class Line(NamedTuple):
    """A connection and nothing more, for what every page of every respondent does: a session costs as much again."""

    held: sa.Connection

    def connection(self) -> sa.Connection:
        """The connection that is asked."""
        return self.held


def connect(url: str) -> sa.Engine:
    """An engine for the database at that address: SQLite (WAL, foreign keys, patience) or PostgreSQL.

    Its errors do not quote what was being stored, which may be somebody's own words.
    """
    if not url.startswith("sqlite"):
        return sa.create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=20, hide_parameters=True)
    if path := sa.make_url(url).database:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    together = {"check_same_thread": False}
    engine = sa.create_engine(url, connect_args=together, pool_size=10, max_overflow=20, hide_parameters=True)
    sa.event.listen(engine, "connect", _set_up_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


@cache
def engine() -> sa.Engine:
    """This process's engine, for the database that the settings name."""
    return connect(settings().url)


def prepare(engine: sa.Engine) -> None:
    """Bring the tables up to date, once, however many processes start together.

    Raises DatabaseError if the database cannot be reached.
    """
    _reach(engine)
    with _alone(engine), engine.connect() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


@contextmanager
def reading(engine: sa.Engine) -> Iterator[Session]:
    """A session for looking things up, which sees the database as it is at one moment."""
    with Session(engine, expire_on_commit=False) as session:
        if engine.dialect.name == "postgresql":
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield session


@contextmanager
def writing(engine: sa.Engine) -> Iterator[Session]:
    """A session whose work is kept as a whole at the end, or not at all."""
    with _turn(engine), Session(engine, expire_on_commit=False) as session:
        session.connection(execution_options={"writes": True})
        yield session
        session.commit()


@contextmanager
def looking(engine: sa.Engine) -> Iterator[Line]:
    """``reading``, without a session."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        yield Line(connection)


@contextmanager
def keeping(engine: sa.Engine) -> Iterator[Line]:
    """``writing``, without a session."""
    with _turn(engine), engine.connect() as connection:
        yield Line(connection.execution_options(writes=True))
        connection.commit()


def scrub(engine: sa.Engine) -> bool:
    """Overwrite what was deleted where the database still holds it. False if somebody is in the way: try again soon.

    Rows are overwritten when they are deleted; what is left is in the embedded database's log of changes, which is
    emptied here, and in PostgreSQL's dead rows. Copies that the council keeps elsewhere are beyond our reach.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(
                sa.text(
                    "VACUUM answer, comment, comment_translation, found_detail, reading, sentiment_judgement, coding, "
                    "comment_note, draft, response, equality_answer, safeguarding_case, safeguarding_step"
                )
            )
            return True
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {SCRUB_MILLISECONDS}")
        try:
            busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        return not busy


def next_change(session: Session) -> int:
    """The number of the change being made, for stamping on every response it touches.

    Call it last in the transaction: until it is kept, every other writer waits here, which is what makes the
    numbers appear in order. A reader who has seen N will never be shown a smaller number later.
    """
    return int(session.connection().execute(NEXT_CHANGE).scalar_one())


@contextmanager
def _turn(engine: sa.Engine) -> Iterator[None]:
    """Writers of this process line up for the embedded database, which lets in one at a time.

    It would have them look again after a sleep, longer each time, so that some wait far longer than all before them
    need. Whoever has waited too long here takes their chances there.
    """
    if engine.dialect.name == "postgresql":
        yield
        return
    turn = _turns(engine)
    taken = turn.acquire(timeout=BUSY_MILLISECONDS / 1000)
    try:
        yield
    finally:
        if taken:
            turn.release()


@lru_cache(maxsize=8)
def _turns(_: sa.Engine) -> threading.RLock:
    return threading.RLock()


def _reach(engine: sa.Engine) -> None:
    try:
        engine.connect().close()
    except sa.exc.OperationalError as problem:
        address = engine.url.render_as_string(hide_password=True)
        raise DatabaseError(
            f"The database at {address} cannot be reached. "
            "Check HEARD_DATABASE_URL, and that the server is running and the folder can be written to."
        ) from problem


@contextmanager
def _alone(engine: sa.Engine) -> Iterator[None]:
    """Nobody else migrates meanwhile: by PostgreSQL's lock, or a file beside the embedded database."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execute(sa.select(sa.func.pg_advisory_lock(MIGRATION_LOCK)))
            yield
            connection.execute(sa.select(sa.func.pg_advisory_unlock(MIGRATION_LOCK)))
        return
    with FileLock(f"{engine.url.database}.migrating"):
        yield


def _set_up_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions begin where we say
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")  # what is withdrawn is overwritten, not just forgotten
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    """A writer takes its turn at the start: one that turned writer half-way could be refused."""
    if connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:  # straight to the driver, for every page of every respondent begins here, and this is never refused
        connection.connection.cursor().execute("BEGIN")
