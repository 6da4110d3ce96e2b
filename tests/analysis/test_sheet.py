import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import sheet
from survey.errors import FileError


@pytest.fixture
def file(tmp_path):
    def written(content: bytes | str, name: str = "comments.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_file_is_cut_at_whatever_separates_its_columns(file, separator):
    path = file(f'id{separator}comment\n1{separator}"late; again, and | again"\n2{separator}fine\n')

    assert sheet.read(path).column("comment") == ["late; again, and | again", "fine"]


def test_a_file_of_one_column_may_have_separators_in_its_text(file):
    assert sheet.read(file("comment\nLate, again\nfine; thanks\n")).column("comment") == ["Late, again", "fine; thanks"]


def test_line_breaks_in_quotation_marks_stay_in_their_cell(file):
    assert sheet.read(file('id,comment\r\n1,"one\r\ntwo"\r\n')).rows == [["1", "one\r\ntwo"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_whichever_way_its_letters_were_saved_they_are_read(file, encoding):
    path = file("id,comment\n1,“café” costs £3\n".encode(encoding))

    assert sheet.read(path).column("comment") == ["“café” costs £3"]


def test_nuls_are_taken_out_and_empty_lines_are_no_rows(file):
    assert sheet.read(file(b"id,comment\n\n1,la\0te\n\n")).rows == [["1", "late"]]


def test_short_rows_are_filled_up_and_empty_cells_too_many_are_dropped(file):
    assert sheet.read(file("a,b,c\n1\n2,3,4,,\n")).rows == [["1", "", ""], ["2", "3", "4"]]


def test_a_file_comes_back_as_it_was_written_with_more_on_its_right(file, tmp_path):
    path = file("\ufeffid;comment\r\n1;=HYPERLINK(1)\r\n".encode())
    out = tmp_path / "out.csv"

    sheet.write(out, sheet.read(path).beside({"tone": ["bad"]}))

    assert out.read_bytes() == "\ufeffid;comment;tone\r\n1;=HYPERLINK(1);bad\r\n".encode()


cells = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0\r\x1f"), max_size=12)


@settings(deadline=None, max_examples=60)
@given(rows=st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=5))
def test_every_cell_comes_back_as_it_was(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("sheet")
    kept = io.StringIO(newline="")
    csv.writer(kept, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([("one", "two", "three"), *rows])
    (folder / "in.csv").write_bytes(kept.getvalue().encode())

    read = sheet.read(folder / "in.csv")
    sheet.write(folder / "out.csv", read)

    assert [tuple(row) for row in read.rows] == rows
    assert sheet.read(folder / "out.csv").rows == read.rows


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "comments.csv is empty. Give a CSV file whose first line names the columns."),
        ("id,comment\n", "comments.csv has a first line and nothing under it. There is nothing to read."),
        ("a,a\n1,2\n", "comments.csv has two columns called 'a'. Give each a name of its own."),
        (
            "a,b\n1,late, again\n2,x\n",
            "comments.csv, row 2 has 3 cells, but the first line names 2. "
            "Put its text in quotation marks if it holds a separator.",
        ),
        (b"PK\x03\x04\x00", "comments.csv is not a CSV file. Open it in the program it belongs to and save it as CSV."),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_what_to_do(file, content, message):
    with pytest.raises(FileError) as refused:
        sheet.read(file(content))

    assert str(refused.value) == message


def test_how_many_comments_a_file_may_hold_is_told_by_its_size_before_it_is_read(file, tmp_path):
    assert sheet.likely_rows(file("comment\n" + ("x" * 199 + "\n") * 1_000)) == 1_000
    assert sheet.likely_rows(tmp_path / "nothing.csv") == 0


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(FileError, match="none.csv cannot be read: no such file or directory"):
        sheet.read(tmp_path / "none.csv")


def test_a_column_that_is_not_there_is_refused_with_the_nearest(file):
    read = sheet.read(file("id,Comment \n1,x\n"))

    with pytest.raises(FileError, match=r"no column 'comments'. Did you mean 'Comment '\?"):
        read.column("comments")
    with pytest.raises(FileError, match=r"no column 'zzz'. It has: 'id', 'Comment '."):
        read.column("zzz")


def test_nothing_is_left_behind_where_a_file_cannot_be_written(tmp_path):
    with pytest.raises(FileError, match="cannot be written"):
        sheet.write(tmp_path / "no such folder" / "out.csv", sheet.Sheet(("a",), [["1"]]))

    assert list(tmp_path.iterdir()) == []
