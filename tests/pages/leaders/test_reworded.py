"""A question that was put in other words breaks the comparison with the wave before, on the page and in every file."""

import pytest
from streamlit.testing.v1 import AppTest

from analysis.report.files import Kind
from survey.questionnaire_file import shipped
from tests.analysis.report import editions
from tests.analysis.report.reading import squeezed
from tests.analysis.report.shared import told
from tests.analysis.waves import reworded
from tests.pages.collecting import Group, add_themes, add_wave, collect
from tests.pages.leaders.test_summary import KIND, markup, opened
from tests.pages.leaders.test_taking import summed_up

COMMENT = '"Tell us more about it"', '"Say what you like"'
RATING = '"Very poor"', '"Awful"'
SERVICE = '"Speech and language therapy"', '"Speech therapy"'
SAID_OF_THEMES = (
    "Themes are not compared with An earlier wave. A question was asked in other words in An earlier wave. Then it was "
    "“Say what you like”, and now “Tell us more about it”."
)
SAID_OF_RATINGS = "Ratings of services are not compared with An earlier wave. The answers offered to "
RENAMED = "“Speech and language therapy” was called “Speech therapy” in An earlier wave."


def asked_otherwise(*changes: tuple[str, str]) -> None:
    """Two waves in which everything moved, the earlier of which was asked in other words."""
    asked = shipped("send_services")
    for now, then in changes:
        asked = reworded(asked, now, then)
    add_themes("Waiting", "Kindness")
    add_wave("0", "An earlier wave", days_ago=300, asked=asked)
    collect(Group(60), Group(140, "poor", words=KIND), Group(20, "poor", service="ot"), wave="0")
    collect(Group(120), Group(80, "poor", words=KIND), Group(20, service="ot"))


def shown(page: AppTest, service: str) -> list[str]:
    """The cells of a service on the summary."""
    row = markup(page).split(f">{service}</th>")[1].split("</tr>")[0]
    return [cell.split(">", 1)[1].split("</td>")[0] for cell in row.split("<td")[1:]]


def read(kind: Kind) -> str:
    """All that a file of the summary says."""
    return told(kind, editions.edition(summed_up()[1]))


@pytest.fixture
def comments_reworded(consultation) -> None:
    asked_otherwise(COMMENT)


@pytest.fixture
def everything_reworded(consultation) -> None:
    asked_otherwise(COMMENT, RATING)


@pytest.fixture
def renamed(consultation) -> None:
    asked_otherwise(SERVICE)


def test_on_the_page_themes_say_once_why_they_are_not_compared_and_services_still_are(leader, comments_reworded):
    page = opened(leader)

    assert markup(page).count(SAID_OF_THEMES) == 1
    assert "when it was" not in markup(page)
    assert shown(page, "Speech and language therapy")[2] == "better"


def test_on_the_page_no_theme_and_no_service_is_compared_where_all_questions_were_reworded(leader, everything_reworded):
    page = opened(leader)

    assert markup(page).count(SAID_OF_THEMES) == 1
    assert markup(page).count(SAID_OF_RATINGS) == 1
    for service in ("Speech and language therapy", "Occupational therapy"):
        assert shown(page, service)[2] == "not compared"
        assert "were others in An earlier wave: the same answers in other words." in shown(page, service)[3]
    assert "No clear change since" not in markup(page)


def test_on_the_page_a_renamed_service_says_how_it_was_called_and_the_others_are_compared(leader, renamed):
    page = opened(leader)

    assert shown(page, "Speech and language therapy")[2:] == ["not compared", RENAMED]
    assert shown(page, "Occupational therapy")[2] == "better"
    assert "Said more often than in An earlier wave" in markup(page)
    assert "Ratings of services are not compared" not in markup(page)


@pytest.mark.parametrize("kind", Kind)
def test_every_file_says_what_is_not_compared_and_why(everything_reworded, kind):
    there = read(kind)

    assert squeezed(SAID_OF_THEMES) in there
    assert squeezed(SAID_OF_RATINGS) in there
    assert squeezed("when it was") not in there


@pytest.mark.parametrize("kind", [Kind.REPORT_WORD, Kind.REPORT_PDF, Kind.SLIDES, Kind.WORKBOOK, Kind.OPEN_DATA])
def test_the_files_that_tell_of_services_say_which_was_renamed_and_how_the_others_changed(renamed, kind):
    there = read(kind)

    assert squeezed(RENAMED) in there
    assert squeezed("than in An earlier wave, when it was") in there or kind is Kind.OPEN_DATA
    assert squeezed("better") in there
