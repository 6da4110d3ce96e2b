"""The inspection pack as Word and PDF: real headings, tables that can be read aloud, and nothing worked out anew."""

from datetime import date

import pytest

from analysis.inspection import Acted, Evidence, Pack, Section
from analysis.ledger import Felt, Figure, Outcome
from analysis.report import pack as files
from analysis.report.pack import PackFile
from survey.ledger import ActionState
from tests.analysis.report import reading
from tests.analysis.report.reading import squeezed

CHANGE = Outcome(Felt.FELT, 2, Figure(0.4, 0.33, 0.47, 200), Figure(0.65, 0.58, 0.71, 200), 0.15, 0.34)
PACK = Pack(
    "Autumn 2026",
    "Autumn 2026",
    date(2026, 11, 3),
    "Outcomes as inspectors have them.",
    (
        Section(
            "Help comes in time",
            (Evidence("=Families who rate it well", CHANGE.now, "Spring 2025", CHANGE),),
            (
                Acted(
                    "More therapists",
                    "",
                    date(2026, 1, 1),
                    ActionState.PLANNED,
                    True,
                    Felt.FELT,
                    "Felt. Since then 65%.",
                ),
                Acted("A form", "Head of forms", None, ActionState.REFUSED, False, Felt.EARLY, ""),
            ),
        ),
        Section("مدد وقت پر", (), ()),
    ),
)


def made(kind: PackFile, pack: Pack = PACK) -> bytes:
    return files.made(kind, pack, owner="Lancashire County Council", notes=("People chose to answer.",), made_up=True)


def test_word_has_headings_tables_with_header_rows_and_no_formula():
    read = reading.word(made(PackFile.WORD))
    headings = [(one.style.name, one.text) for one in read.paragraphs if one.style.name.startswith("Heading")]

    assert headings == [
        ("Heading 1", "Inspection: Autumn 2026"), ("Heading 2", "Help comes in time"), ("Heading 2", "مدد وقت پر"),
        ("Heading 2", "How to read this"),
    ]  # fmt: skip
    assert reading.word_tables(made(PackFile.WORD)) == [
        [(table.columns), *table.rows] for table in files.tables(PACK.sections[0])
    ]
    assert read.core_properties.title == "Inspection: Autumn 2026"


def test_no_word_of_a_table_is_broken_in_word():
    """A letter of nine points is four and a half wide, and a cell keeps eleven free: in twentieths of a point."""
    for table in reading.word(made(PackFile.WORD)).tables:
        for column in table.columns:
            longest = max(len(word) for cell in column.cells for word in cell.text.split())
            assert column.width.twips >= 90 * longest + 216


def test_evidence_is_told_with_base_and_range_and_actions_with_what_later_waves_say():
    evidence, actions = files.tables(PACK.sections[0])

    assert evidence.rows == (
        ("=Families who rate it well", "65% of 200 (58% to 71%)", "Clearly better, between 15 and 34 points higher"),
    )
    assert actions.rows == (
        ("More therapists", "No owner yet", "1 January 2026 (overdue)", "Planned", "Felt. Since then 65%."),
        ("A form", "Head of forms", "–", "Not doing", "–"),
    )
    assert files.tables(PACK.sections[1]) == ()


def test_the_pdf_says_all_that_the_word_document_says_and_is_tagged():
    given = made(PackFile.PDF)
    told = reading.pdf_text(given)

    for table in files.tables(PACK.sections[0]):
        for cell in (cell for row in table.rows for cell in row):
            assert squeezed(cell) in told
    assert squeezed("No action is tagged to this outcome.") in told
    assert squeezed("This is a demonstration.") in told
    assert reading.pdf(given).metadata.title == "Inspection: Autumn 2026"
    assert "/StructTreeRoot" in reading.pdf(given).trailer["/Root"]


@pytest.mark.parametrize("kind", PackFile)
def test_the_same_pack_gives_the_same_bytes(kind):
    assert made(kind) == made(kind)
