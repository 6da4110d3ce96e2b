"""Reports are taken away as files by whoever may read them, with the numbers that are on the page."""

from datetime import UTC, datetime

import pytest
from lxml import html
from sqlmodel import select

from analysis.charts.chart import LIGHT
from analysis.report import cells, files
from analysis.report.content import Content, dumped
from analysis.report.files import Kind
from analysis.suppression import LEADER
from pages.leaders import taking
from pages.ui import data
from pages.ui.doors import REPORTS
from survey import database, people, reports
from survey.errors import NotAllowed
from survey.tables import Comment, Report, ReportQuote, stored_id
from tests.analysis.report import reading
from tests.pages.collecting import WYRE, Group, add_themes, add_wave, collect

KIND = "Kindness from everybody at the centre made all the difference to us"
NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


@pytest.fixture
def said(consultation) -> None:
    """Two waves of people who wrote, about two themes, in two districts."""
    add_themes("Waiting", "Kindness")
    add_wave("0", "An earlier wave", days_ago=300)
    collect(Group(60), Group(40, words=KIND), wave="0")
    collect(Group(60), Group(20, words=KIND), Group(40, district=WYRE), Group(80, "poor", district=WYRE, words=KIND))


def summed_up() -> tuple[data.State, Content]:
    """The summary of the first wave as it stands."""
    (wave,) = [one for one in data.waves() if one.code == "1"]
    state, before = data.now(wave), data.before(wave, data.waves())
    return state, data.making(state, data.now(before), LEADER, LIGHT, data.asked(state)).report.content


@pytest.fixture
def report(said) -> int:
    """The number of a report of that summary."""
    state, content = summed_up()
    with database.writing(database.engine()) as session:
        made = content.versions
        kept = Report(
            consultation_id=state.wave.consultation_id, wave_id=state.wave.id, title="What families said",
            made_by="officer", made_at=NOW, change=made.change, frame=made.frame, act_id=made.act,
            code_version=made.code, seed=made.seed, quoted=len(content.quotes), content=dumped(content),
        )  # fmt: skip
        session.add(kept)
        session.flush()
        number = stored_id(kept)
        for place, quote in enumerate(content.quotes):
            session.add(ReportQuote(report_id=number, comment_id=quote.comment_id, theme=quote.theme, place=place))
        return number


def opened(app, number: int):
    app.query_params["report"] = str(number)
    page = app.run().switch_page("leaders/reports.py").run()
    assert not page.exception
    return page


def markup(page) -> html.HtmlElement:
    return html.fromstring(f"<div>{' '.join(element.proto.body for element in page.get('html'))}</div>")


def tables_on(page) -> dict[str, list[tuple[str, ...]]]:
    """Every table on the page under its title, its header row first."""
    found = {}
    for table in markup(page).iter("table"):
        rows = [tuple(cell.text_content() for cell in row.iter("th", "td")) for row in table.iter("tr")]
        found[table.findtext("caption")] = rows
    return found


def test_a_report_is_offered_as_every_kind_of_file(leader, report):
    page = opened(leader, report)

    assert [button.proto.label for button in page.get("download_button")] == [one.label for one in files.GIVEN.values()]


def test_the_summary_is_offered_as_the_files_it_would_be(leader, said):
    page = leader.run().switch_page("leaders/summary.py").run()

    assert not page.exception
    offered = [button.proto.label for button in page.get("download_button")]
    assert [one for one in offered if one != "Table (CSV)"] == [one.label for one in files.GIVEN.values()]


def test_the_numbers_on_the_page_are_those_in_word_in_excel_and_in_open_data(leader, report):
    there = tables_on(opened(leader, report))
    word = reading.word_tables(taking.signed(report, Kind.REPORT_WORD))
    book = taking.signed(report, Kind.WORKBOOK)
    data_files = reading.open_files(taking.signed(report, Kind.OPEN_DATA))

    assert len(there) >= 8
    for title, rows in there.items():
        assert rows in word, title
        assert as_shown(reading.sheet(book, title)) == rows
    assert [row["share"] for row in data_files["themes.csv"]] == [
        f"{int(row[3][:-1]) / 100:g}" for row in there["How many people raised each theme"][1:]
    ]


def as_shown(sheet: list[tuple[object, ...]]) -> list[tuple[str, ...]]:
    """A sheet's cells as Excel shows them, by the name of their column, without those that stand in words beside."""
    kept = [place for place, name in enumerate(sheet[0]) if name not in cells.SPELT_OUT]
    head, *rows = [tuple(row[place] for place in kept) for row in sheet]
    people = {"Number", "Of", "Responses", "Comments"}
    return [head, *(tuple(shown(cell, name in people) for name, cell in zip(head, row, strict=True)) for row in rows)]


def shown(cell: object, people: bool) -> str:
    if isinstance(cell, str):
        return cell.replace("[c]", "–")
    return f"{cell:,.0f}" if people else f"{cell:.0%}"


def test_every_sentence_on_the_page_is_in_every_file_that_tells_them(leader, report):
    lines = [
        one.text_content() for one in markup(opened(leader, report)).xpath("//ul[@class='heard-sentences']/li/p[1]")
    ]
    word = {one.text.partition(" [")[0] for one in reading.word(taking.signed(report, Kind.REPORT_WORD)).paragraphs}
    slides = set(reading.slide_text(taking.signed(report, Kind.SLIDES)))
    sheet = {row[1] for row in reading.sheet(taking.signed(report, Kind.WORKBOOK), "What the report says")[1:]}

    assert len(lines) > 8
    assert set(lines) <= word
    assert set(lines) <= slides
    assert set(lines) == sheet


def test_a_preview_says_what_the_summary_says_now(said):
    state, content = summed_up()
    made = taking.previewed(state.wave, Kind.REPORT_WORD)
    told = [one.text for one in reading.word(made).paragraphs]

    assert told[0] == "SEND services in Lancashire: First wave"
    assert any("Nobody has signed it off." in one for one in told)
    assert {one.text for one in content.opening} <= {one.partition(" [")[0] for one in told}


def test_a_preview_made_after_a_quotation_was_struck_out_does_not_have_it(said):
    state, content = summed_up()
    with database.writing(database.engine()) as session:
        for comment in session.exec(select(Comment)).all():
            reports.strike(session, stored_id(comment), "may be recognised", by="officer", now=NOW)

    made = reading.word(taking.previewed(state.wave, Kind.REPORT_WORD))

    assert content.quotes
    assert not [one for one in made.paragraphs if one.style.name == "Quote"]


def test_whoever_has_signed_out_in_the_meantime_is_given_nothing(sign_in, report):
    token = sign_in("leader")
    make = taking.for_whoever_may(token, REPORTS, Kind.WORKBOOK, lambda kind: taking.signed(report, kind))
    assert make().startswith(b"PK")

    with database.writing(database.engine()) as session:
        people.sign_out(session, token)

    with pytest.raises(NotAllowed):
        make()
    with pytest.raises(NotAllowed):
        taking.for_whoever_may("", REPORTS, Kind.WORKBOOK, lambda kind: b"")()
