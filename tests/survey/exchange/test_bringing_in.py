"""What is wrong with a file is told all at once, with where it stands and what to write; and nothing is stored."""

import json
import re

import pytest
from sqlmodel import func, select

from survey.database import reading
from survey.errors import FileError
from survey.tables import Answer, Comment, Consultation, Response
from tests.survey.exchange.conftest import bring_in, changed, changed_rows

# What is refused is refused before the database is asked: one kind will do. The round trip is made on both.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def is_empty(engine):
    with reading(engine) as session:
        return not any(
            session.exec(select(func.count()).select_from(table)).one()
            for table in (Consultation, Response, Answer, Comment)
        )


def refusal(engine, path):
    with pytest.raises(FileError) as refused:
        bring_in(engine, path)
    assert is_empty(engine)
    return str(refused.value)


def with_cell(line, column, cell):
    """Put a cell in its place: line 2 is the first row."""

    def change(rows):
        rows[line - 1][rows[0].index(column)] = cell
        return rows

    return change


MISTAKES = [
    ("responses.csv", 2, "channel", "pigeon", "'pigeon' will not do; write one of web, phone, in_person, paper."),
    ("responses.csv", 2, "state", "lost", "'lost' will not do; write sent or withdrawn."),
    ("responses.csv", 2, "sent_at", "01/03/2026", "write a time with its zone, such as 2026-03-01T14:05:00+00:00."),
    ("responses.csv", 2, "sent_at", "2026-03-01T14:05:00", "write a time with its zone"),
    ("responses.csv", 2, "public_id", "12", "write an id such as"),
    ("responses.csv", 2, "quotable", "maybe", "write yes or no."),
    ("responses.csv", 2, "wave", "2062", "'2062' is not known; did you mean '2026'?"),
    ("responses.csv", 3, "reference", "REF-1", "'REF-1' is there twice; take one of the two out."),
    ("responses.csv", 2, "reference", "", "write a reference of 1 to 20 characters."),
    ("answers.csv", 2, "reference", "REF-9", "there is no usable 'REF-9' in responses.csv"),
    ("answers.csv", 2, "item", "breaks_use", "'breaks_use' is not known; did you mean 'breaks_used'?"),
    ("answers.csv", 2, "code", "brake_time", "'brake_time' is not known; did you mean 'break_time'?"),
    ("answers.csv", 2, "number", "3", "'breaks_used' is answered by a code alone; write it here and empty the other"),
    ("answers.csv", 2, "service", "break_time", "'breaks_used' is not asked about a service; leave it empty."),
    ("answers.csv", 2, "child", "1", "'breaks_used' is not asked about a child; leave it empty."),
    ("answers.csv", 4, "service", "brake_time", "'brake_time' is not known; did you mean 'break_time'?"),
    ("answers.csv", 5, "number", "999", "write a number from 0 to 400."),
    ("answers.csv", 5, "number", "six", "'six' will not do; write a number, or leave it empty."),
    ("answers.csv", 5, "number", "nan", "write a number, or leave it empty."),
    ("answers.csv", 6, "day", "1st March", "write a day such as 2026-03-01, or leave it empty."),
    ("answers.csv", 8, "child", "9", "write the number of the child, from 1 to 6."),
    ("answers.csv", 8, "child", "two", "write the number of the child, or leave it empty."),
    ("answers.csv", 2, "item", "better", "'better' is answered in words; move the row to comments.csv."),
    ("comments.csv", 2, "item", "district", "'district' is not answered in words; move the row to answers.csv."),
    ("comments.csv", 2, "words", "", "there are none; take the row out."),
    ("comments.csv", 2, "words", "a\0b", "there are characters in it that cannot be kept, such as NUL; take them out."),
    ("comments.csv", 2, "words", "a\u202eb", "there are characters in it that cannot be kept"),
    ("comments.csv", 2, "words", "x" * 4_001, "it is 4,001 characters long; shorten it to 4,000."),
]


@pytest.mark.parametrize(("sheet", "line", "column", "cell", "told"), MISTAKES)
def test_a_mistake_is_told_with_its_file_line_and_column_and_what_to_write(
    written, empty, sheet, line, column, cell, told
):
    message = refusal(empty, changed_rows(written, sheet, with_cell(line, column, cell)))

    assert "so nothing was loaded" in message
    assert re.search(rf"{sheet}, line \d+, column [a-z_]+: ", message)
    assert told in message


def test_a_mistake_after_a_long_comment_is_told_on_the_line_where_its_row_begins(written, empty):
    message = refusal(empty, changed_rows(written, "comments.csv", with_cell(3, "item", "bettter")))

    # The comment before it holds a line break, so the third row begins on the fourth line.
    assert "comments.csv, line 4, column item: 'bettter' is not known; did you mean 'better'?" in message


def test_all_mistakes_are_told_at_once(written, empty):
    changed_rows(written, "responses.csv", with_cell(2, "channel", "pigeon"))
    message = refusal(empty, changed_rows(written, "responses.csv", with_cell(3, "state", "lost")))

    assert "'pigeon'" in message
    assert "'lost'" in message


def test_very_many_mistakes_are_counted_and_the_first_told(written, empty):
    message = refusal(empty, changed_rows(written, "answers.csv", lambda rows: [rows[0], *[rows[1]] * 40]))

    assert "has 39 problem(s)" in message
    assert message.count("answers.csv, line") == 20
    assert "and 19 more" in message


def test_the_same_answer_twice_is_refused(written, empty):
    message = refusal(empty, changed_rows(written, "comments.csv", lambda rows: [*rows, rows[1]]))

    assert "the same response answers this twice; take one of the two rows out" in message


def test_responses_that_are_here_already_are_refused(filled, written):
    with pytest.raises(FileError, match=r"All the responses in breaks.zip are in this database already"):
        bring_in(filled, written)

    with reading(filled) as session:
        assert session.exec(select(func.count()).select_from(Response)).one() == 2


def test_one_response_that_is_here_already_is_named(filled, written):
    def other(rows):
        rows[2][0], rows[2][1] = "REF-7", "00000000-0000-0000-0000-000000000077"
        return rows

    changed_rows(written, "responses.csv", other)
    path = changed_rows(written, "answers.csv", lambda rows: [row for row in rows if row[0] != "REF-2"])

    with pytest.raises(FileError, match=r"line 2, column reference: the response 'REF-1' is in this database already"):
        bring_in(filled, path)


def test_new_responses_join_a_consultation_that_is_here_already(filled, written):
    def renamed(rows):
        return [
            [cell.replace("REF-", "NEW-").replace("00000000-0000", "11111111-0000") for cell in row] for row in rows
        ]

    for sheet in ("responses.csv", "answers.csv", "comments.csv"):
        changed_rows(written, sheet, renamed)

    bring_in(filled, written)

    with reading(filled) as session:
        assert session.exec(select(func.count()).select_from(Response)).one() == 4
        assert session.exec(select(func.count()).select_from(Consultation)).one() == 1


def test_a_mark_at_the_start_of_a_file_does_no_harm(written, empty):
    for sheet in ("responses.csv", "answers.csv", "comments.csv"):
        changed(written, sheet, lambda content: b"\xef\xbb\xbf" + content)

    assert bring_in(empty, written).responses == 2


class TestFilesThatCannotBeRead:
    def test_windows_1252_is_recognised_and_the_line_named(self, written, empty):
        path = changed(
            written, "comments.csv", lambda content: content + "REF-1,why_none,,,caf\xe9\r\n".encode("cp1252")
        )

        message = refusal(empty, path)

        assert re.match(r"comments.csv, line \d: this is not UTF-8 text; it looks like Windows-1252", message)
        assert "save it as 'CSV UTF-8'" in message

    def test_semicolons_are_recognised(self, written, empty):
        path = changed(written, "answers.csv", lambda content: content.replace(b",", b";"))

        assert refusal(empty, path) == "answers.csv is separated by semicolons. Save it with commas."

    def test_a_column_that_is_missing_is_named(self, written, empty):
        path = changed_rows(written, "comments.csv", lambda rows: [row[:-1] for row in rows])

        assert "its columns must be reference, item, service, child, words. They are" in refusal(empty, path)

    def test_a_row_with_a_comma_too_many_is_named(self, written, empty):
        path = changed(written, "comments.csv", lambda content: content + b"REF-1,why_none,,,no, nothing\r\n")

        assert "there are 6 cells, and there must be 5. A comma in a text must stand inside" in refusal(empty, path)

    def test_a_quotation_mark_that_never_ends_is_told(self, written, empty):
        path = changed(written, "comments.csv", lambda content: content + b'REF-1,why_none,,,"no')

        assert "this cannot be read as CSV" in refusal(empty, path)

    def test_a_missing_file_is_told(self, empty, tmp_path):
        assert refusal(empty, tmp_path / "nope.zip") == (
            "nope.zip cannot be opened (No such file or directory). Check its name."
        )

    def test_what_is_no_zip_is_told(self, empty, tmp_path):
        (tmp_path / "photo.zip").write_bytes(b"\x89PNG")

        assert "photo.zip is not a ZIP file from Heard" in refusal(empty, tmp_path / "photo.zip")

    def test_another_folder_is_told(self, empty, tmp_path):
        assert "is no export from Heard: it has no manifest.json" in refusal(empty, tmp_path)

    def test_a_manifest_that_is_no_manifest_is_told(self, written, empty):
        path = changed(written, "manifest.json", lambda _: b"{}")

        assert "manifest.json in breaks.zip: consultation: Field required" in refusal(empty, path)

    def test_a_questionnaire_that_was_changed_is_told(self, written, empty):
        path = changed(written, "manifest.json", lambda content: content.replace(b"What stopped you?", b"Why not?"))

        assert "the questionnaire 'short_breaks' was changed after it was exported" in refusal(empty, path)

    def test_a_wave_without_its_questionnaire_is_told(self, written, empty):
        def without(content):
            front = json.loads(content)
            return json.dumps(front | {"questionnaires": {}}).encode()

        assert "the questionnaire of wave '2026' is missing" in refusal(
            empty, changed(written, "manifest.json", without)
        )


def test_a_wave_that_asked_something_else_here_is_refused(written, empty):
    from datetime import timedelta

    from survey import consultations, questionnaire_file
    from survey.database import writing
    from tests.survey.exchange.conftest import OPENS

    with writing(empty) as session:
        consultation = consultations.register(session, slug="breaks", title="Other", owner="Lancashire")
        consultations.open_wave(
            session, consultation, questionnaire_file.shipped("send_services"), code="2026", title="Other",
            opens_at=OPENS, closes_at=OPENS + timedelta(days=1),
        )  # fmt: skip

    with pytest.raises(FileError, match=r"wave '2026' of 'breaks' is here already and asked something else"):
        bring_in(empty, written)
