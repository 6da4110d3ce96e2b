"""Files read back by programs that had no part in making them."""

import csv
import json
import re
from io import BytesIO, StringIO
from zipfile import ZipFile

import docx
import openpyxl
import pptx
from docx.document import Document
from lxml import etree
from pypdf import PdfReader

WORD = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
CHART = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}


FOOT = re.compile(r"\n[^\n]* Page \d+ of \d+$")
"""What stands at the foot of each page, in the middle of a sentence that goes on over the page."""


def word(made: bytes) -> Document:
    return docx.Document(BytesIO(made))


def word_tables(made: bytes) -> list[list[tuple[str, ...]]]:
    """Every table of a Word document, its header row first."""
    cell = etree.XPath("string(.)")
    return [
        [
            tuple(cell(one).replace("\xa0", " ") for one in row.findall("w:tc", WORD))
            for row in table._tbl.findall("w:tr", WORD)
        ]
        for table in word(made).tables
    ]


def word_charts(made: bytes) -> list[list[float]]:
    """The shares in the charts of a Word document, as the charts have them and as the workbooks inside have them."""
    with ZipFile(BytesIO(made)) as file:
        charts = [etree.fromstring(file.read(name)) for name in sorted(file.namelist()) if "charts/chart" in name]
        books = [file.read(name) for name in sorted(file.namelist()) if name.endswith(".xlsx")]
    drawn = [[float(value.text) for value in one.findall(".//c:val//c:v", CHART)] for one in charts]
    kept = [[row[1] for row in openpyxl.load_workbook(BytesIO(book)).active.values][1:] for book in books]
    assert drawn == kept
    return drawn


def slides(made: bytes) -> pptx.presentation.Presentation:
    return pptx.Presentation(BytesIO(made))


def slide_text(made: bytes) -> list[str]:
    """Every paragraph on every slide."""
    return [
        paragraph.text
        for slide in slides(made).slides
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
    ]


def notes(made: bytes) -> str:
    return "\n".join(slide.notes_slide.notes_text_frame.text for slide in slides(made).slides)


def workbook(made: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(made))


def workbooks(made: bytes) -> list[openpyxl.Workbook]:
    """The workbook that a file is, or those inside its charts."""
    with ZipFile(BytesIO(made)) as file:
        inside = [file.read(name) for name in file.namelist() if name.endswith(".xlsx")]
    return [workbook(book) for book in inside or [made]]


def sheet(made: bytes, title: str) -> list[tuple[object, ...]]:
    """The rows of the sheet with that title, its header first."""
    (found,) = [one for one in workbook(made).worksheets if one["A1"].value == title]
    return list(found.iter_rows(min_row=3, values_only=True))


def pdf(made: bytes) -> PdfReader:
    return PdfReader(BytesIO(made))


def pdf_text(made: bytes) -> str:
    """All that a PDF says, without its spaces: where lines are broken is nobody's concern."""
    first, *others = [page.extract_text() for page in pdf(made).pages]
    following = [FOOT.sub("", page) for page in (first, *others[:-1])] if others else []  # what a break runs through
    return squeezed(" ".join([*following, *(others[-1:] or [first])]))


def squeezed(text: str) -> str:
    return "".join(text.split())


def open_files(made: bytes) -> dict[str, list[dict[str, str]]]:
    """The CSV files of open data, by name: a dictionary for each row."""
    with ZipFile(BytesIO(made)) as file:
        return {
            name: list(csv.DictReader(StringIO(file.read(name).decode(), newline="")))
            for name in file.namelist()
            if name.endswith(".csv")
        }


def described(made: bytes) -> dict:
    with ZipFile(BytesIO(made)) as file:
        return json.loads(file.read("csv-metadata.json"))


def readme(made: bytes) -> str:
    with ZipFile(BytesIO(made)) as file:
        return file.read("README.txt").decode()
