"""The briefing has two pages, and tells as much on them as they hold."""

from dataclasses import replace
from functools import cache

import pypdfium2
import pytest

from analysis.report import files
from analysis.report.content import Quote
from analysis.report.files import Kind
from tests.analysis.report import editions, reading
from tests.analysis.report.reading import squeezed
from tests.analysis.report.shared import all_text
from tests.analysis.report.test_what_files_say import many_themes

SAID = "We waited for two years and nobody ever told us why"


@cache
def crowded():
    """A report with more to say than two pages hold: many themes, actions, and a quotation of each theme."""
    report = replace(many_themes(9, people=40), decided=editions.ledger() * 2)
    quotes = [Quote(place, SAID, "en", "negative", "", found.theme) for place, found in enumerate(report.findings)]
    long = tuple(replace(found, stances=found.stances * 4) for found in report.findings)
    return editions.edition(replace(report, findings=long).with_quotes(tuple(quotes)))


def filled(made: bytes) -> list[float]:
    """How far down the words reach on each page of a PDF, above its foot: 1 is its lower edge."""
    reach = []
    for page in pypdfium2.PdfDocument(made):
        words, height = page.get_textpage(), page.get_height()
        ends = [words.get_rect(place)[1] for place in range(words.count_rects())]
        reach.append(1 - min(end for end in ends if end > 50) / height)
    return reach


def test_more_themes_than_two_pages_hold_fill_both_and_the_others_are_said_to_be_in_the_full_report():
    made = files.made(Kind.BRIEFING_PDF, crowded())

    first, second = filled(made)
    assert first > 0.85
    assert second > 0.75
    assert squeezed("told in the full report") in reading.pdf_text(made)


@pytest.mark.parametrize("kind", [Kind.BRIEFING_PDF, Kind.BRIEFING_WORD])
def test_the_theme_of_each_quotation_stands_under_it(kind):
    made = files.made(kind, crowded())
    there = reading.pdf_text(made) if kind is Kind.BRIEFING_PDF else squeezed(all_text(made))

    for found in crowded().content.findings[:3]:
        assert squeezed(f"“{SAID}”{found.label}") in there
