"""The inspection page, from the router down to a real database, and as a file."""

from lxml import html
from streamlit.testing.v1 import AppTest

from analysis.report.pack import PackFile
from pages.leaders import inspection_sheet
from pages.ui import data
from survey import database, frameworks
from survey.tables import RoleName
from tests.analysis.report import reading
from tests.pages.leaders.test_actions import add, headings, markup, opened


def inspection(app: AppTest) -> AppTest:
    page = app.run().switch_page("leaders/inspection.py").run()
    assert not page.exception
    return page


def test_everything_for_an_inspection_stands_by_outcome_with_what_is_missing(two_waves, leader):
    add(tags=("area_send.right_help",))
    page = inspection(leader)
    told = markup(page)

    assert page.title[0].value == "Inspection: SEND services in Lancashire: First wave"
    assert headings(page)[:3] == [
        "Needs are found early, understood rightly and assessed in good time",
        "Children, young people and families have a real say in decisions about their support",
        "The right help comes at the right time",
    ]
    assert "60% of 200 (53% to 67%)" in told
    assert "Clearly better, between 20 and 39 points higher" in told
    assert "Since An earlier wave" in told
    assert ">Head of therapy</td>" in told
    assert "There is no evidence for this outcome in the answers" in told
    assert "Made from answers up to change " in told


def test_before_there_is_a_consultation_both_pages_say_so(migrated_file, tmp_path, sign_in, app, consultation):
    from sqlmodel import delete

    from survey.tables import Consultation

    sign_in(RoleName.LEADER)
    with database.writing(database.engine()) as session:
        session.exec(delete(Consultation))

    assert "There is no consultation yet." in markup(opened(app))
    assert "There is no consultation yet." in markup(inspection(app))


def test_the_pack_as_a_file_says_what_the_page_says(two_waves, leader):
    add(tags=("area_send.right_help",))
    page = html.fromstring(f"<div>{markup(inspection(leader))}</div>")
    there = [
        [tuple(cell.text_content() for cell in row.iter("th", "td")) for row in table.iter("tr")]
        for table in page.iter("table")
    ]
    framework = frameworks.inspected()
    assert framework is not None
    wave = next(one for one in data.waves() if one.code == "1")

    word = inspection_sheet.made(PackFile.WORD, wave, framework)
    printed = reading.pdf_text(inspection_sheet.made(PackFile.PDF, wave, framework))

    assert reading.word_tables(word) == there
    assert [one.text for one in reading.word(word).paragraphs if one.style.name == "Heading 2"] == headings(leader)
    for cell in (cell for table in there for row in table for cell in row):
        assert reading.squeezed(cell) in printed
