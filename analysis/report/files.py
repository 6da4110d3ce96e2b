"""The files that a report is given out as: which there are, what they are called, and how each is made."""

from collections.abc import Callable
from enum import StrEnum
from typing import Final, NamedTuple

from analysis.report.briefing import in_word, on_paper
from analysis.report.edition import Edition
from analysis.report.full import full
from analysis.report.open_data import open_data
from analysis.report.pdf import PDF_FILE, pdf
from analysis.report.slides import slides
from analysis.report.word import WORD_FILE, word
from analysis.report.workbook import workbook

_LETTERS_POINTS: Final = 11
"""How large the letters of the full report are."""
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"


class Kind(StrEnum):
    """One file that a report can be had as."""

    BRIEFING_WORD = "briefing.docx"
    BRIEFING_PDF = "briefing.pdf"
    REPORT_WORD = "report.docx"
    REPORT_PDF = "report.pdf"
    SLIDES = "slides.pptx"
    WORKBOOK = "tables.xlsx"
    OPEN_DATA = "open-data.zip"


class Given(NamedTuple):
    """How a file is offered, and what makes it."""

    label: str
    mime: str
    make: Callable[[Edition], bytes]


GIVEN: Final = {
    Kind.BRIEFING_WORD: Given("Briefing, two pages (Word)", WORD_FILE, in_word),
    Kind.BRIEFING_PDF: Given("Briefing, two pages (PDF)", PDF_FILE, on_paper),
    Kind.REPORT_WORD: Given(
        "Full report (Word)",
        WORD_FILE,
        lambda edition: word(full(edition), edition.cover, points=_LETTERS_POINTS),
    ),
    Kind.REPORT_PDF: Given(
        "Full report (PDF)", PDF_FILE, lambda edition: pdf(full(edition), edition.cover, points=_LETTERS_POINTS)
    ),
    Kind.SLIDES: Given("Slides (PowerPoint)", f"{_OFFICE}.presentationml.presentation", slides),
    Kind.WORKBOOK: Given("Tables (Excel)", f"{_OFFICE}.spreadsheetml.sheet", workbook),
    Kind.OPEN_DATA: Given("Open data (CSV files in a ZIP)", "application/zip", open_data),
}


def made(kind: Kind, edition: Edition) -> bytes:
    """One file of an edition: the same edition gives the same bytes.

    Raises ReportError for open data of a report that is not for the public, PrintingError for a PDF with a letter in
    it that no font has.
    """
    return GIVEN[kind].make(edition)


def name(kind: Kind, edition: Edition) -> str:
    """What a file is called: "report-3-briefing.docx", "preview-briefing.docx"."""
    return f"report-{edition.number}-{kind}" if edition.number is not None else f"preview-{kind}"
