"""What a family said of each child goes out and comes back by child."""

import csv
import io
from datetime import UTC, datetime
from zipfile import ZipFile

import pytest

from survey import responses
from survey.database import writing
from survey.errors import FileError
from tests.survey.conftest import open_fieldwork  # noqa: F401  (a fixture)
from tests.survey.exchange.conftest import bring_in, changed_rows, write
from tests.survey.exchange.test_round_trip import stored
from tests.survey.family import family_answers


@pytest.fixture
def family(open_fieldwork):  # noqa: F811
    asked = open_fieldwork("send_children", now=datetime.now(UTC))
    draft = asked.begin(answers=family_answers({"slt": "good", "ot": "poor"}, {"slt": "very_poor"}))
    with writing(asked.engine) as session:
        responses.send(session, draft.id, now=datetime.now(UTC))
    return asked.engine


@pytest.fixture
def written_family(family, tmp_path):
    write(family, tmp_path / "family.zip", "send-children")
    return tmp_path / "family.zip"


def rows(path, name):
    with ZipFile(path) as file:
        return list(csv.DictReader(io.StringIO(file.read(name).decode(), newline="")))


def test_the_same_service_is_written_for_each_child(written_family):
    rated = [row for row in rows(written_family, "answers.csv") if row["item"] == "rating"]
    said = [row for row in rows(written_family, "comments.csv") if row["service"] == "slt"]

    assert {(row["child"], row["service"], row["code"]) for row in rated} == {
        ("1", "slt", "good"), ("1", "ot", "poor"), ("2", "slt", "very_poor"),
    }  # fmt: skip
    assert {(row["child"], row["words"]) for row in said} == {
        ("1", "Child 1 waited for slt"), ("2", "Child 2 waited for slt"),
    }  # fmt: skip


def test_a_family_comes_back_the_same(family, written_family, empty):
    bring_in(empty, written_family)

    assert without_ties(stored(empty)) == without_ties(stored(family))


def without_ties(tables):
    """An export ties a response to no device, and no code of its owner's opens it elsewhere."""
    own = dict.fromkeys(("device_hash", "private_hash")) | {"notice_version": ""}
    return tables | {"Response": [row | own for row in tables["Response"]]}


@pytest.mark.parametrize(
    ("item", "child", "told"),
    [
        ("rating", "", "write the number of the child, from 1 to 8"),
        ("rating", "9", "write the number of the child, from 1 to 8"),
        ("district", "1", "'district' is not asked about a child; leave it empty"),
    ],
)
def test_an_answer_about_no_child_of_the_family_is_refused_by_name(written_family, empty, item, child, told):
    def with_another_child(lines):
        columns, *answers = lines
        place = columns.index("child")
        wrong = next(line for line in answers if item in line)
        wrong[place] = child
        return [columns, *answers]

    changed_rows(written_family, "answers.csv", with_another_child)

    with pytest.raises(FileError, match=told):
        bring_in(empty, written_family)
