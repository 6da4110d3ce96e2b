import csv
import json
from zipfile import ZipFile

import pytest
from sqlmodel import select

from survey.database import reading, writing
from survey.errors import FileError, UnknownConsultation
from survey.exchange import rows_to_write
from survey.tables import Response
from tests.survey.exchange.conftest import ANSWERS, collect, write

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_an_export_is_three_tables_and_a_manifest(written):
    with ZipFile(written) as file:
        assert set(file.namelist()) == {"manifest.json", "responses.csv", "answers.csv", "comments.csv"}
        front = json.loads(file.read("manifest.json"))
        comments = file.read("comments.csv").decode()

    assert front["consultation"]["slug"] == "breaks"
    assert [theme["key"] for theme in front["themes"]] == ["money"]
    assert comments.splitlines()[0] == "reference,item,service,child,words"


def test_no_cell_is_one_that_a_spreadsheet_would_run(written):
    with ZipFile(written) as file:
        comments = file.read("comments.csv").decode()

    assert "'=HYPERLINK" in comments
    assert ",=HYPERLINK" not in comments


def test_an_easy_read_response_is_marked_beside_its_language(filled, tmp_path):
    with writing(filled) as session:
        session.exec(select(Response).where(Response.reference == "REF-1")).one().variant = "easy_read"
    write(filled, tmp_path / "marked.zip")

    with ZipFile(tmp_path / "marked.zip") as file:
        told = list(csv.DictReader(file.read("responses.csv").decode("utf-8-sig").splitlines()))

    assert {row["reference"]: (row["language"], row["variant"]) for row in told} == {
        "REF-1": ("en", "easy_read"),
        "REF-2": ("en", "standard"),
    }


def test_nothing_in_it_could_find_a_device(filled, written):
    with ZipFile(written) as file:
        told = b"".join(file.read(name) for name in file.namelist())

    assert b"device" not in told


def test_only_the_consultation_asked_for_is_written(filled, tmp_path):
    collect(filled, slug="other")

    counted = write(filled, tmp_path / "other.zip", "other")

    assert counted.responses == 0


def test_the_rows_are_counted_before_they_are_written(filled, tmp_path):
    with reading(filled) as session:
        expected = rows_to_write(session, "breaks")

    counted = write(filled, tmp_path / "again.zip")

    assert sum(counted) == expected
    assert counted == (2, sum(max(len(answer.codes), 1) for answer in ANSWERS.values() if not answer.words) + 1, 2)


def test_a_consultation_that_is_not_there_is_named_beside_those_that_are(filled, tmp_path):
    with pytest.raises(UnknownConsultation, match="'brakes'. Those there are: breaks"):
        write(filled, tmp_path / "brakes.zip", "brakes")

    assert not (tmp_path / "brakes.zip").exists()


def test_a_file_that_is_there_already_is_left_alone(filled, tmp_path):
    (tmp_path / "mine.zip").write_text("mine")

    with pytest.raises(FileError, match=r"mine.zip is there already. Give another name"):
        write(filled, tmp_path / "mine.zip")

    assert (tmp_path / "mine.zip").read_text() == "mine"


def test_a_folder_that_is_not_there_is_named(filled, tmp_path):
    with pytest.raises(FileError, match=r"cannot be written \(No such file or directory\). Choose another folder"):
        write(filled, tmp_path / "nowhere" / "breaks.zip")
