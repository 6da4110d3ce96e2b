"""A report that many tests read, what each file of it says, and how to say what a table says."""

import re
from dataclasses import replace
from functools import cache

from analysis.report import cells, files
from analysis.report.content import Content
from analysis.report.edition import Edition
from analysis.report.files import Kind
from tests.analysis.report import editions, reading
from tests.analysis.report.reading import squeezed

W = f"{{{reading.WORD['w']}}}"
KINDS = list(Kind)
DOCUMENTS = [Kind.BRIEFING_WORD, Kind.REPORT_WORD]
PRINTED = [Kind.BRIEFING_PDF, Kind.REPORT_PDF]


@cache
def signed() -> Edition:
    report = replace(editions.usual(), decided=editions.ledger())
    return editions.edition(report, edited=editions.worded(report), gone=1)


@cache
def made(kind: Kind) -> bytes:
    return files.made(kind, signed())


def tables(content: Content):
    return [*content.profile, *content.tables, content.coverage.table]


def as_read(table):
    """A table as people read it, with its header."""
    columns, rows = cells.read(table)
    return [columns, *rows]


def all_text(document: bytes) -> str:
    """All the words of a Word document, those in its charts too."""
    read = reading.word(document)
    words = [one.text for one in read.paragraphs]
    words += [cell for table in reading.word_tables(document) for row in table for cell in row]
    charts = [part.blob.decode() for part in read.part.package.iter_parts() if "charts/chart" in part.partname]
    return " ".join([*words, *(re.sub(r"<[^>]+>", " ", chart) for chart in charts)])


def told(kind: Kind, edition: Edition) -> str:
    """All that a file says, without spaces."""
    given = files.made(kind, edition)
    if kind in PRINTED:
        return reading.pdf_text(given)
    if kind in DOCUMENTS:
        return squeezed(all_text(given))
    if kind is Kind.SLIDES:
        return squeezed(" ".join(reading.slide_text(given)) + reading.notes(given))
    if kind is Kind.WORKBOOK:
        return squeezed(
            " ".join(
                str(cell)
                for one in reading.workbook(given).worksheets
                for row in one.iter_rows(values_only=True)
                for cell in row
            )
        )
    rows = [cell for file in reading.open_files(given).values() for row in file for cell in row.values()]
    return squeezed(" ".join([reading.readme(given), *rows]))


@cache
def told_by(kind: Kind) -> str:
    """The same of the report that these tests share."""
    return told(kind, signed())
