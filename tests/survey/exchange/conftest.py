"""A consultation to write out, and a hand for changing what was written."""

import csv
import io
import shutil
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zipfile import ZipFile

import pytest

from survey import consultations, exchange, questionnaire_file
from survey.checking import Stored
from survey.database import connect, reading, writing
from survey.questionnaire import AnswerKey
from survey.responses import add_answers
from survey.tables import Channel, Response, Theme

OPENS = datetime(2026, 3, 1, 9, tzinfo=UTC)
ANSWERS = {
    AnswerKey("breaks_used"): Stored(codes=("break_time", "day_time")),
    AnswerKey("break_rating", "break_time"): Stored(codes=("good",)),
    AnswerKey("break_more", "break_time"): Stored(words='"Lovely",\nbut never in the holidays 😢'),
    AnswerKey("hours_a_month"): Stored(number=6.0),
    AnswerKey("last_break_on"): Stored(day=OPENS.date()),
    AnswerKey("children_count"): Stored(number=2.0),
    AnswerKey("child_age_band", child=1): Stored(codes=("5_10",)),
    AnswerKey("child_age_band", child=2): Stored(codes=("11_15",)),
    AnswerKey("better"): Stored(words="=HYPERLINK(\"http://www.example.org\") and 'more'"),
    AnswerKey("district"): Stored(codes=("E07000117",)),
}


def collect(engine, *responses, slug="breaks"):
    """Set up a consultation on short breaks with these responses, each a mapping of answers."""
    with writing(engine) as session:
        consultation = consultations.register(session, slug=slug, title="Short breaks", owner="Lancashire")
        session.add(Theme(consultation_id=consultation.id, key="money", label="Money", phrases="cost\ncharge"))
        wave = consultations.open_wave(
            session, consultation, questionnaire_file.shipped("short_breaks"), code="2026", title="Short breaks 2026",
            opens_at=OPENS, closes_at=OPENS + timedelta(days=40), by_invitation=True,
        )  # fmt: skip
        for number, answers in enumerate(responses, start=1):
            response = Response(
                public_id=UUID(int=number), reference=f"REF-{number}", wave_id=wave.id, channel=Channel.PAPER,
                district="E07000117", quotable=number % 2 == 0, notice_version="2026-02",
                started_at=OPENS + timedelta(microseconds=number), sent_at=OPENS + timedelta(hours=number),
                change=number,
            )  # fmt: skip
            session.add(response)
            session.flush()
            add_answers(session, response.id, answers, now=OPENS)


def write(engine, path, slug="breaks"):
    with reading(engine) as session:
        return exchange.export(session, slug, path)


def bring_in(engine, path):
    with writing(engine) as session:
        return exchange.bring_in(session, path)


def changed(path, name, change):
    """The export with one of its files changed, as bytes."""
    with ZipFile(path) as file:
        contents = {entry: file.read(entry) for entry in file.namelist()}
    contents[name] = change(contents[name])
    path.unlink()
    with ZipFile(path, "w") as file:
        for entry, content in contents.items():
            file.writestr(entry, content)
    return path


def changed_rows(path, name, change):
    """The export with the rows of one of its files changed: a list of lists, the columns first."""

    def rewrite(content):
        rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
        written = io.StringIO(newline="")
        csv.writer(written).writerows(change(rows))
        return written.getvalue().encode()

    return changed(path, name, rewrite)


@pytest.fixture
def filled(database):
    collect(database, ANSWERS, {AnswerKey("breaks_used"): Stored(codes=("none_used",))})
    return database


@pytest.fixture
def written(filled, tmp_path):
    write(filled, tmp_path / "breaks.zip")
    return tmp_path / "breaks.zip"


@pytest.fixture
def empty(new_database, database):
    """Another database of the same kind, with nothing in it."""
    engine = connect(new_database(database.dialect.name))
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite_pair(migrated_file, tmp_path):
    """Makes two embedded databases, as often as asked."""
    made = []

    def make():
        pair = []
        for _ in range(2):
            file = tmp_path / f"pair-{len(made)}.sqlite3"
            shutil.copy(migrated_file, file)
            made.append(connect(f"sqlite:///{file}"))
            pair.append(made[-1])
        return pair

    yield make
    for engine in made:
        engine.dispose()
