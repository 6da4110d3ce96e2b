"""The tables: brought up to date once however many ask, the same on both databases, and true to their rules."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import UUID

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import SQLModel, select

from survey import database as databases
from survey.database import reading, writing
from survey.errors import DatabaseError
from survey.tables import Answer, AuditEntry, ChangeCounter, Response, Wave
from tests.survey.conftest import NOW, full_answers


def test_the_migrations_and_the_tables_agree(database):
    with database.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []


def test_several_processes_may_start_at_once(tmp_path):
    url = f"sqlite:///{tmp_path / 'new' / 'heard.sqlite3'}"

    with ThreadPoolExecutor(4) as starting:
        list(starting.map(databases.prepare, [databases.connect(url) for _ in range(4)]))

    with reading(databases.connect(url)) as session:
        assert session.get_one(ChangeCounter, 1).value == 0


def test_every_constraint_has_a_name():
    for table in SQLModel.metadata.tables.values():
        for rule in table.constraints:
            assert rule.name, f"{table.name}: {rule}"


def test_a_database_that_cannot_be_reached_is_told_without_its_password():
    nowhere = databases.connect("postgresql+psycopg://heard:hunter2@127.0.0.1:1/heard")

    with pytest.raises(DatabaseError, match="cannot be reached") as problem:
        databases.prepare(nowhere)

    assert "hunter2" not in str(problem.value)


@pytest.mark.parametrize(
    "broken",
    [
        {"code": "", "number": None},
        {"code": "good", "number": 2.0},
        {"code": "good", "response_id": 404},
    ],
)
def test_an_answer_is_a_code_or_a_number_or_a_day_of_a_response_that_exists(fieldwork, broken):
    with writing(fieldwork.engine) as session:
        session.add(_response(fieldwork))
    row = {"response_id": 1, "item": "rating", "code": "good", "number": None} | broken

    with pytest.raises(IntegrityError), writing(fieldwork.engine) as session:
        session.add(Answer(**row))


def test_a_channel_that_does_not_exist_is_refused(fieldwork):
    with pytest.raises((IntegrityError, StatementError)), writing(fieldwork.engine) as session:
        session.add(_response(fieldwork, channel="pigeon"))


def test_a_wave_cannot_close_before_it_opens(fieldwork):
    with pytest.raises(IntegrityError), writing(fieldwork.engine) as session:
        wave = session.get_one(Wave, fieldwork.wave.id)
        wave.closes_at = wave.opens_at
        session.add(wave)


def test_a_time_without_a_zone_is_refused_and_times_come_back_in_utc(fieldwork):
    with pytest.raises(StatementError, match="time zone"), writing(fieldwork.engine) as session:
        session.add(_response(fieldwork, sent_at=datetime(2026, 6, 1)))  # noqa: DTZ001

    assert fieldwork.wave.opens_at.utcoffset() == NOW.utcoffset()


def test_work_that_fails_half_way_leaves_nothing(fieldwork):
    fieldwork.begin(answers=full_answers())

    with pytest.raises(ZeroDivisionError), writing(fieldwork.engine) as session:
        session.connection().execute(sa.text("DELETE FROM draft"))
        _ = 1 / 0

    with reading(fieldwork.engine) as session:
        assert session.connection().execute(sa.text("SELECT count(*) FROM draft")).scalar_one() == 1


def _response(fieldwork, **changed) -> Response:
    row = {
        "public_id": UUID(int=7),
        "reference": "AAAA-AAAA",
        "wave_id": fieldwork.wave.id,
        "channel": "web",
        "started_at": datetime(2026, 6, 1, tzinfo=UTC),
        "sent_at": datetime(2026, 6, 1, tzinfo=UTC),
        "change": 1,
    }
    return Response(**(row | changed))


def test_an_error_does_not_quote_what_was_being_stored(database):
    with pytest.raises(sa.exc.DBAPIError) as caught, database.connect() as connection:
        connection.execute(sa.text("select cast(:words as text) from nowhere"), {"words": "Daniel"})

    assert "Daniel" not in str(caught.value)


def test_writers_of_one_process_take_turns_and_each_is_kept(database):
    """They line up, rather than look again after longer and longer sleeps."""

    def add(number: int) -> None:
        with writing(database) as session:
            session.add(AuditEntry(at=NOW, who="somebody", what="write", subject=str(number)))

    with ThreadPoolExecutor(16) as writers:
        list(writers.map(add, range(64)))

    with reading(database) as session:
        assert {entry.subject for entry in session.exec(select(AuditEntry))} == {str(number) for number in range(64)}


def test_a_writer_that_fails_gives_its_turn_up(database):
    with pytest.raises(ZeroDivisionError), writing(database):
        raise ZeroDivisionError

    def write() -> None:
        with writing(database) as session:
            session.add(AuditEntry(at=NOW, who="somebody", what="write", subject=""))

    with ThreadPoolExecutor(1) as another:
        another.submit(write).result(5)
