"""An export comes back the same: every response, every answer, every word."""

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import select

from survey import demo, questionnaire_file
from survey.checking import Stored, clean
from survey.database import reading
from survey.questionnaire import AnswerKey, Comment, Date, Number, Optioned, Repeat, ServiceMatrix, Several
from survey.routing import services_offered
from survey.tables import Answer, Area, Consultation, QuestionnaireVersion, Response, Theme, Wave
from survey.tables import Comment as StoredComment
from tests.survey.exchange.conftest import ANSWERS, bring_in, changed_rows, collect, write

ASKED = questionnaire_file.shipped("short_breaks")
NUMBERED = {"id", "consultation_id", "wave_id", "response_id", "questionnaire_version_id", "change"}
TABLES = (Consultation, QuestionnaireVersion, Wave, Area, Theme, Response, Answer, StoredComment)


def stored(engine):
    """Everything in the tables, but for the numbers that a database gives."""
    with reading(engine) as session:
        return {
            table.__name__: [
                row.model_dump(exclude=NUMBERED) for row in session.exec(select(table).order_by(*keys(table)))
            ]
            for table in TABLES
        }


def keys(table):
    return [table.code] if table is Area else [table.id]


def places():
    """Everything that may be answered: an item, with a service or a child where those apply."""
    for section, item in ASKED.items():
        match section.block:
            case ServiceMatrix(services=source):
                yield from ((item, AnswerKey(item.id, service)) for service in services_offered(ASKED, source))
            case Repeat(at_most=most):
                yield from ((item, AnswerKey(item.id, child=number)) for number in range(1, most + 1))
            case _:
                yield item, AnswerKey(item.id)


def answer_to(item):
    words = st.one_of(st.text(min_size=1, max_size=60), st.text("=+-@',\"\n;\té😡آپ", min_size=1, max_size=20))
    match item:
        case Several():
            codes = st.sampled_from([option.code for option in item.options])
            return st.lists(codes, unique=True, min_size=1).map(lambda chosen: Stored(codes=tuple(chosen)))
        case Number():
            return st.integers(item.at_least, item.at_most).map(lambda number: Stored(number=float(number)))
        case Date():
            return st.dates(date(2015, 1, 1), date(2026, 3, 1)).map(lambda day: Stored(day=day))
        case Comment():
            return words.map(clean).filter(bool).map(lambda said: Stored(words=said))
        case _:
            assert isinstance(item, Optioned)
            return st.sampled_from(item.options).map(lambda option: Stored(codes=(option.code,)))


RESPONSES = st.lists(st.fixed_dictionaries({}, optional={key: answer_to(item) for item, key in places()}), max_size=4)


@settings(max_examples=25)
@given(responses=RESPONSES)
def test_whatever_was_answered_comes_back_the_same(sqlite_pair, tmp_path, responses):
    here, there = sqlite_pair()
    file = tmp_path / f"{Path(here.url.database).stem}.zip"
    collect(here, *responses)

    write(here, file)
    bring_in(there, file)

    assert stored(there) == stored(here)


def test_a_consultation_comes_back_the_same_in_another_database(filled, written, empty):
    brought = bring_in(empty, written)

    assert stored(empty) == stored(filled)
    assert (brought.slug, brought.responses, brought.comments) == ("breaks", 2, 2)


def test_the_demonstration_comes_back_the_same_to_the_byte(database, empty, tmp_path):
    demo.load(database, waves=(10, 10, 20), truth=tmp_path)

    write(database, tmp_path / "one.zip", "send-services")
    bring_in(empty, tmp_path / "one.zip")
    write(empty, tmp_path / "two.zip", "send-services")

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_an_unpacked_export_can_be_brought_in_too(filled, written, empty, tmp_path):
    with ZipFile(written) as file:
        file.extractall(tmp_path / "unpacked")

    bring_in(empty, tmp_path / "unpacked")

    assert stored(empty) == stored(filled)


def test_a_wave_by_invitation_is_not_open_to_everybody_where_it_is_brought_in(written, empty):
    bring_in(empty, written)

    with reading(empty) as session:
        assert session.exec(select(Wave.by_invitation)).all() == [True]


def test_an_export_from_before_notices_were_written_down_can_still_be_brought_in(filled, written, empty):
    def without(rows):
        place = rows[0].index("notice_version")
        return [row[:place] + row[place + 1 :] for row in rows]

    bring_in(empty, changed_rows(written, "responses.csv", without))

    with reading(empty) as session:
        assert set(session.exec(select(Response.notice_version))) == {""}


def test_what_came_in_is_news_to_those_who_look_on(written, empty):
    bring_in(empty, written)

    with reading(empty) as session:
        changes = set(session.exec(select(Response.change)))
    assert changes == {1}


@pytest.mark.parametrize("count", [0, 1])
def test_a_consultation_that_hardly_anybody_answered_comes_back_too(database, empty, tmp_path, count):
    collect(database, *[ANSWERS] * count)

    write(database, tmp_path / "few.zip")
    bring_in(empty, tmp_path / "few.zip")

    assert stored(empty) == stored(database)
