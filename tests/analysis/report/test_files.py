"""A report as Word, PDF, PowerPoint and Excel: the same figures in each, read back, and the same bytes each time."""

import re
from datetime import UTC

import pytest

from analysis.report import cells, files
from analysis.report.content import Unit
from analysis.report.files import Kind
from tests.analysis.report import editions, reading
from tests.analysis.report.reading import squeezed
from tests.analysis.report.shared import (
    DOCUMENTS,
    KINDS,
    PRINTED,
    all_text,
    as_read,
    made,
    signed,
    tables,
)


def test_word_has_every_table_of_the_report_cell_for_cell():
    there = reading.word_tables(made(Kind.REPORT_WORD))

    for table in tables(signed().content):
        assert as_read(table) in there, table.title


def test_the_pdf_has_every_row_of_every_table_in_order():
    told = reading.pdf_text(made(Kind.REPORT_PDF))

    for table in tables(signed().content):
        for row in as_read(table)[1:]:
            assert squeezed(" ".join(row)) in told, (table.title, row)


def test_excel_has_every_table_with_numbers_as_numbers():
    for table in tables(signed().content):
        head, *rows = reading.sheet(made(Kind.WORKBOOK), table.title)
        assert head == table.columns
        assert rows == [tuple("[c]" if cell is None else cell for cell in row) for row in table.rows]


def test_open_data_has_every_table_and_an_empty_cell_for_what_is_held_back():
    there = reading.open_files(made(Kind.OPEN_DATA))

    for table in tables(signed().content):
        rows = [tuple(row.values()) for row in there[f"{table.key.replace('.', '_by_')}.csv"]]
        numbers = cells.names(table)
        assert [tuple(float(cell) if cell else None for cell in row[numbers:]) for row in rows] == [
            tuple(cell if cell != "" else None for cell in row[numbers:]) for row in table.rows
        ]


def test_every_sentence_stands_in_every_file_that_tells_them():
    sentences = [signed().said(one) for one in signed().sentences]
    paragraphs = {re.sub(r" \[\d+\]$", "", one.text) for one in reading.word(made(Kind.REPORT_WORD)).paragraphs}
    told = reading.pdf_text(made(Kind.REPORT_PDF))
    rows = [row[1] for row in reading.sheet(made(Kind.WORKBOOK), "What the report says")]

    assert set(sentences) <= paragraphs
    assert set(sentences) <= set(reading.slide_text(made(Kind.SLIDES)))
    assert set(sentences) <= set(rows)
    for sentence in sentences:
        assert squeezed(sentence) in told


def figures():
    return [(signed().numbers[one.key], figure) for one in signed().sentences for figure in one.figures]


def test_every_figure_of_every_sentence_is_listed_with_its_base_and_range_in_word():
    (listed,) = [one for one in reading.word_tables(made(Kind.REPORT_WORD)) if one[0][0] == "Sentence"]

    assert len(listed) == len(figures()) + 1
    for (number, figure), row in zip(figures(), listed[1:], strict=True):
        assert row[:2] == (f"[{number}]", format(figure))
        assert row[2] == (format(figure, "base") if figure.base is not None else "–")
        if figure.unit is Unit.SHARE:
            assert row[3] == f"between {figure:low} and {figure:high}"


def test_every_figure_is_the_same_number_in_excel_and_in_open_data():
    sheet = reading.sheet(made(Kind.WORKBOOK), "The figures behind each sentence")[1:]
    rows = reading.open_files(made(Kind.OPEN_DATA))["figures_in_sentences.csv"]
    wanted = [(number, one.unit, one.number, one.base, one.low, one.high) for number, one in figures()]

    assert [row[:6] for row in sheet] == wanted
    for row, (number, unit, *numbers) in zip(rows, wanted, strict=True):
        assert (row["sentence"], row["what_it_is"]) == (str(number), unit)
        assert [
            float(row[name]) if row[name] else None for name in ("figure", "of", "range_low", "range_high")
        ] == numbers


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_the_chart_in_word_shows_the_shares_of_the_themes_and_can_be_changed(kind):
    shares = [found.how_many.figures[0].number for found in signed().content.findings]

    assert reading.word_charts(made(kind)) == [shares]


def test_the_charts_on_slides_show_the_shares_of_the_themes_and_of_each_stance():
    raised, stances = [
        shape.chart for slide in reading.slides(made(Kind.SLIDES)).slides for shape in slide.shapes if shape.has_chart
    ]
    (table,) = [one for one in signed().content.tables if one.key == "stances"]
    of = {(row[0], row[1]): row[4] for row in table.rows}
    labels = [found.label for found in signed().content.findings]

    assert list(raised.plots[0].series[0].values) == [
        one.how_many.figures[0].number for one in signed().content.findings
    ]
    assert [one.split(":")[0] for one in raised.plots[0].categories] == labels
    assert {series.name: list(series.values) for series in stances.plots[0].series} == {
        way: [of[label, way] for label in labels]
        for way in ("Criticise only", "Praise and criticise", "Praise only", "Neither")
    }


def test_the_notes_under_slides_give_every_figure_its_base_and_range():
    told = reading.notes(made(Kind.SLIDES))

    for _, figure in figures():
        if figure.unit is Unit.SHARE:
            assert f"{figure} of {figure:base}, between {figure:low} and {figure:high}" in told


@pytest.mark.parametrize("kind", [Kind.BRIEFING_WORD, Kind.BRIEFING_PDF])
def test_the_briefing_says_how_many_raised_each_theme_what_they_do_about_it_where_and_what_changed(kind):
    told = reading.pdf_text(made(kind)) if kind in PRINTED else squeezed(all_text(made(kind)))

    for found in signed().content.findings:
        share = found.how_many.figures[0]
        assert squeezed(f"{share} of {share:base} ({share:low} to {share:high})") in told
        for sentence in (*found.stances, *found.disagreement, *found.change):
            assert squeezed(sentence.text) in told
        for sentence in found.where:
            assert squeezed(f"{sentence.text} Ranges:") in told


@pytest.mark.parametrize("kind", PRINTED[:1])
def test_the_briefing_has_two_pages(kind):
    assert len(reading.pdf(made(kind)).pages) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_report_gives_the_same_bytes_whenever_it_is_made(kind, monkeypatch):
    before = made(kind)
    monkeypatch.setenv("TZ", "Asia/Karachi")

    assert files.made(kind, signed()) == before


def test_a_file_says_when_it_was_signed_off_and_not_when_it_was_made():
    for document in (reading.word(made(Kind.REPORT_WORD)), reading.slides(made(Kind.SLIDES))):
        moments = document.core_properties.created, document.core_properties.modified
        assert {moment.replace(tzinfo=UTC) for moment in moments} == {editions.SIGNED_AT}
    properties = reading.workbook(made(Kind.WORKBOOK)).properties
    assert properties.created.replace(tzinfo=UTC) == editions.SIGNED_AT
