"""A signed report is given out as it was signed off, without the words that were taken back since."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from analysis import issuing
from analysis.issuing import app
from analysis.report import files
from analysis.report.content import dumped
from analysis.report.files import Kind
from survey import consultations, own_response, reports
from survey import database as stored
from survey.errors import ReportError
from survey.own_response import Own
from survey.tables import Comment, Report, ReportQuote, Response, stored_id
from tests.analysis.report import editions, reading
from tests.analysis.report.reading import squeezed
from tests.pages.collecting import Group, add_themes, collect
from tests.scene import open_consultation

WORDS = "Waiting took Zebedee four years and nobody told us anything at all"
NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


@pytest.fixture
def report(new_database, monkeypatch) -> int:
    """The number of a report that quotes the one person who answered."""
    url = new_database("sqlite")
    monkeypatch.setenv("HEARD_DATABASE_URL", url)
    open_consultation(url)
    add_themes("Waiting")
    collect(Group(1, words=WORDS))
    content = editions.usual()
    with stored.writing(stored.engine()) as session:
        kept = Report(
            consultation_id=1, wave_id=1, title="What families said", made_by="officer", made_at=NOW, change=4321,
            frame=5, code_version="0.1.0+abc", seed=7, quoted=1, content=dumped(content),
        )  # fmt: skip
        session.add(kept)
        session.flush()
        comment = session.exec(select(Comment)).one()
        theme = content.findings[0].theme
        session.add(ReportQuote(report_id=stored_id(kept), comment_id=stored_id(comment), theme=theme, place=0))
        return stored_id(kept)


def given(number: int):
    with stored.reading(stored.engine()) as session:
        return issuing.edition(session, number)


def told(number: int) -> str:
    """All that Word, the workbook and the slides say."""
    edition = given(number)
    word = reading.word(files.made(Kind.REPORT_WORD, edition))
    slides = reading.slide_text(files.made(Kind.SLIDES, edition))
    sheets = reading.workbook(files.made(Kind.WORKBOOK, edition)).worksheets
    cells = [str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row]
    printed = reading.pdf_text(files.made(Kind.REPORT_PDF, edition))
    return squeezed(" ".join([*(one.text for one in word.paragraphs), *slides, *cells])) + printed


def test_a_report_is_given_out_with_its_quotations_and_says_who_signed_it_off(report):
    edition = given(report)

    assert edition.status == "Report 1. Signed off by officer on 3 November 2026."
    assert [one.words for one in edition.content.quotes] == [WORDS]
    assert told(report).count("Zebedee") == 4


def test_files_made_after_somebody_took_their_words_back_do_not_have_them(report):
    with stored.writing(stored.engine()) as session:
        response = session.exec(select(Response)).one()
        wave = consultations.wave(session, response.wave_id)
        own_response.withdraw(
            session, Own(stored_id(response), response.public_id, wave, response.reference, response.sent_at, "en", {})
        )

    assert "Zebedee" not in told(report)


def test_files_made_after_a_quotation_was_struck_out_do_not_have_it(report):
    with stored.writing(stored.engine()) as session:
        reports.strike(session, session.exec(select(Comment)).one().id, "may be recognised", by="officer", now=NOW)

    assert "Zebedee" not in told(report)
    assert squeezed("1 quotation is not shown any more.") in told(report)


def test_a_sentence_in_other_words_is_given_out_beside_what_was_computed(report):
    sentence = editions.usual().findings[0].how_many
    with stored.writing(stored.engine()) as session:
        reports.word(
            session, report, sentence.key, "Most wait too long.", computed=sentence.text, by="officer", now=NOW
        )

    assert (
        given(report)
        .said(sentence)
        .startswith("Most wait too long. (Put in other words by officer on 3 November 2026.")
    )


def test_the_command_writes_every_file_of_a_report(report, tmp_path):
    done = CliRunner().invoke(app, [str(report), "--out", str(tmp_path / "out")])

    assert done.exit_code == 0, done.output
    assert {file.name for file in (tmp_path / "out").iterdir()} == {f"report-{report}-{kind}" for kind in Kind}
    assert (tmp_path / "out" / f"report-{report}-tables.xlsx").read_bytes() == files.made(Kind.WORKBOOK, given(report))


def test_the_command_says_if_there_is_no_such_report_and_writes_nothing(report, tmp_path):
    done = CliRunner().invoke(app, ["99", "--out", str(tmp_path / "out")])

    assert done.exit_code == 1
    assert "There is no report 99. Choose one from the list. Nothing was written." in done.output
    assert not (tmp_path / "out").exists()
    with pytest.raises(ReportError, match="no report 99"):
        given(99)


def test_the_command_says_if_the_folder_cannot_be_written(report, tmp_path):
    (tmp_path / "out").write_text("in the way")

    done = CliRunner().invoke(app, [str(report), "--out", str(tmp_path / "out")])

    assert done.exit_code == 1
    assert "Choose another folder." in done.output
