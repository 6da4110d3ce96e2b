"""What leaders open is fit for everybody to read: tagged, described, in order, and in its own language."""

from itertools import pairwise

import pytest
from pptx.enum.shapes import PP_PLACEHOLDER

from analysis.report import files
from analysis.report.files import Kind
from tests.analysis.report import editions, reading
from tests.analysis.report.shared import (
    DOCUMENTS,
    PRINTED,
    W,
    as_read,
    made,
    signed,
)
from tests.analysis.summing import THEMES


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_headings_in_word_are_headings_and_go_down_one_step_at_a_time(kind):
    levels = [
        int(one.style.name[-1]) for one in reading.word(made(kind)).paragraphs if one.style.name.startswith("Heading")
    ]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_tables_in_word_have_header_rows_and_a_description_and_no_merged_cells(kind):
    for table in reading.word(made(kind)).tables:
        assert table._tbl.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
        assert table._tbl.find(f"{W}tblPr/{W}tblDescription").get(f"{W}val")
        assert not [*table._tbl.iter(f"{W}gridSpan", f"{W}vMerge")]


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_every_picture_in_word_says_what_it_shows(kind):
    described = [one.get("descr") for one in reading.word(made(kind)).element.iter() if one.tag.endswith("}docPr")]

    assert described
    assert all("60% of about 200 (53% to 67%)" in one for one in described)


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_word_knows_its_title_its_language_and_who_asked(kind):
    read = reading.word(made(kind))

    assert (read.core_properties.title, read.core_properties.author) == (
        "What families said",
        "Lancashire County Council",
    )
    assert {one.get(f"{W}val") for one in read.styles.element.iter(f"{W}lang")} == {"en-GB"}


@pytest.mark.parametrize("kind", PRINTED)
def test_the_pdf_is_tagged_and_has_a_title_a_language_and_header_cells(kind):
    read = reading.pdf(made(kind))
    root = read.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read.metadata.title == "What families said"
    assert b"pdfuaid" in root["/Metadata"].get_data()
    kinds = roles(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/LI", "/Caption"} <= kinds


def roles(node) -> set[str]:
    """The kinds of everything under a node of a PDF's structure."""
    found, waiting = set(), [node]
    while waiting:
        one = waiting.pop().get_object()
        if not isinstance(one, dict):
            waiting += one if isinstance(one, list) else []
            continue
        if "/S" in one:
            found.add(str(one["/S"]))
        if "/K" in one:
            waiting += one["/K"] if isinstance(one["/K"], list) else [one["/K"]]
    return found


def test_every_slide_has_a_title_every_chart_says_what_it_shows_and_words_have_a_language():
    for slide in reading.slides(made(Kind.SLIDES)).slides:
        assert slide.shapes.title.text_frame.text
        for shape in slide.shapes:
            if shape.has_chart:
                assert "%" in shape._element.nvGraphicFramePr.cNvPr.get("descr")
            elif shape.has_text_frame:
                assert all(run.font.language_id for part in shape.text_frame.paragraphs for run in part.runs)


def test_every_slide_but_the_first_is_numbered():
    first, *others = reading.slides(made(Kind.SLIDES)).slides

    assert not [one for one in first.placeholders if one.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER]
    for slide in others:
        numbers = [one for one in slide.placeholders if one.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER]
        assert len(numbers) == 1
        assert numbers[0]._element.xpath(".//a:fld[@type='slidenum']")
        assert len({shape.shape_id for shape in slide.shapes}) == len(slide.shapes)


def test_who_answered_stands_in_tables_on_slides_that_are_described_and_have_a_header():
    frames = [one for slide in reading.slides(made(Kind.SLIDES)).slides for one in slide.shapes if one.has_table]
    tables = [tuple(tuple(cell.text for cell in row.cells) for row in frame.table.rows) for frame in frames]

    assert tables == [tuple(as_read(table)) for table in signed().content.profile]
    assert all(frame.table.first_row for frame in frames)
    assert all(frame._element.nvGraphicFramePr.cNvPr.get("descr") for frame in frames)


def test_tables_stand_beside_one_another_on_a_slide_and_none_leaves_it():
    shown = reading.slides(made(Kind.SLIDES))
    of_slides = [[one for one in slide.shapes if one.has_table] for slide in shown.slides]

    assert max(map(len, of_slides)) > 1
    for slide in shown.slides:
        for shape in slide.shapes:
            assert shape.left + shape.width <= shown.slide_width
            assert shape.top + shape.height <= shown.slide_height
    for tables in of_slides:
        for one, following in pairwise(tables):
            assert one.left + one.width < following.left


def test_sheets_are_tidy_with_a_header_that_stays_in_sight_and_notes_first():
    notes, *others = reading.workbook(made(Kind.WORKBOOK)).worksheets

    assert notes.title == "Notes"
    assert not any(sheet.merged_cells.ranges for sheet in [notes, *others])
    for sheet in others:
        assert sheet.freeze_panes == "B4"
        assert all(cell.font.bold and cell.value for cell in sheet[3])
        assert f"{sheet.title}: {sheet['A1'].value}" in [row[1] for row in notes.iter_rows(values_only=True)]
    (shares,) = [sheet for sheet in others if sheet["A1"].value == "How many people raised each theme"]
    assert [cell.number_format for cell in shares[4]][1:] == ["#,##0", "#,##0", "0%", "0%", "0%"]
    assert all(sheet.column_dimensions["A"].width >= 12 for sheet in others)


def test_sheets_are_printed_as_wide_as_a_page_with_their_header_on_each_and_with_their_notes_in_full():
    notes, *others = reading.workbook(made(Kind.WORKBOOK)).worksheets

    assert (notes.page_setup.orientation, notes.page_setup.fitToHeight) == ("portrait", 0)
    assert notes.sheet_properties.pageSetUpPr.fitToPage
    for sheet in others:
        pages = int(sheet.page_setup.fitToWidth or 1)
        widths = [sheet.column_dimensions[cell.column_letter] for cell in sheet[3]]
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert sheet.print_title_rows == "$3:$3"
        assert sum(one.width for one in widths if one) <= pages * 230  # letters: more could not be read
        assert sheet["A2"].alignment.wrap_text


OFFICE = [*DOCUMENTS, Kind.SLIDES, Kind.WORKBOOK]
HOSTILE = ["=cmd|'/C calc'!A1", "@SUM(1)", "+1", "-1", "{=1}", "http://example.org/", "mailto:a@example.org"]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("kind", OFFICE)
def test_no_name_of_a_theme_is_a_formula_or_a_link_in_any_workbook_not_in_those_inside_charts_either(kind, name):
    themes = THEMES.assign(label=[name, *THEMES["label"].tolist()[1:]])
    given = files.made(kind, editions.edition(editions.made(themes=themes)))
    cells = [cell for book in reading.workbooks(given) for sheet in book for row in sheet.rows for cell in row]

    assert [cell for cell in cells if cell.data_type == "s" and str(cell.value).startswith(name)]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
