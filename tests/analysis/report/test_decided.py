"""What was decided stands in a report as the ledger has it, with its comparison, and stays so."""

import re
from dataclasses import replace
from datetime import date

import pytest

from analysis.ledger import Felt, Outcome
from analysis.record import Named
from analysis.report import files
from analysis.report.content import dumped, loaded
from analysis.report.decided import decided
from analysis.report.files import Kind
from analysis.report.moved import moved
from analysis.report.open_data import check
from survey.ledger import Action, ActionState, Evidence, Plan
from tests.analysis.report import editions, reading
from tests.analysis.report.reading import squeezed
from tests.analysis.report.shared import KINDS, made, signed, told_by

THERAPISTS, THANKS, FORM, RETIRED = editions.ledger()
FELT = (
    "What later waves say: Felt. Autumn 2027 asked this in other words and is left out. Since then 25% of 300 (20% to "
    "31%): between 7 and 23 points lower. Spring 2027: 26% of 150 (20% to 34%)."
)


def test_an_action_says_its_evidence_and_what_later_waves_say_with_base_and_range():
    assert (
        THERAPISTS.evidence.text
        == "Evidence: Spring 2026: 40% of 200 (33% to 47%) of those who commented criticise it."
    )
    assert THERAPISTS.since.text == FELT
    assert THERAPISTS.lines == (
        "Where: Northtown", THERAPISTS.evidence, "Owner: Head of therapy", "Due: 1 March 2027.",
        THERAPISTS.since, THERAPISTS.beside, "When it was called done: felt.", "For: Help comes in time",
    )  # fmt: skip


def beside(predicted: int | None, outcome: Outcome) -> str:
    """What is said of an action with that prediction and outcome, below its evidence and the comparison."""
    plan = Plan("Two more therapists", 1, theme_id=1, predicted=predicted)
    action = Action(1, 1, ActionState.PLANNED, plan, "", Evidence(), None, {}, ())
    named = Named({"waiting": "Waiting"}, {}, {}, {1: "Spring 2026"}, {1: "waiting"})
    (told,) = decided([action], {1: outcome}, named, {1: "Waiting"}, {}, today=date(2027, 6, 1))
    return " ".join(line if isinstance(line, str) else line.text for line in told.lines[2:])


def test_what_was_expected_stands_beside_how_the_share_moved():
    assert THERAPISTS.beside.text == (
        "Expected: down by 10 points. Since: between 7 and 23 points lower. What was expected is in that range."
    )
    assert "Expected: up by 10 points. Since: between 7 and 23 points lower. What was expected is outside" in beside(
        10, editions.FOUND
    )


@pytest.mark.parametrize(("predicted", "where"), [(-6, "outside"), (-7, "in"), (-23, "in"), (-24, "outside")])
def test_the_ends_of_a_range_are_in_it(predicted, where):
    assert f"What was expected is {where} that range." in beside(predicted, editions.FOUND)


def test_a_change_that_is_not_clear_is_said_so_beside_what_was_expected_too():
    unclear = replace(editions.FOUND, felt=Felt.NOT, low=-0.08, high=0.03)

    assert "Expected: down by 1 point. Since: between 8 points lower and 3 points higher." in beside(-1, unclear)


def test_without_a_comparison_what_is_expected_stands_alone_and_without_a_prediction_nothing_does():
    assert "Expected: 10 points down. What later waves say: Too early" in beside(-10, Outcome(Felt.EARLY))
    assert "xpected" not in beside(None, editions.FOUND)


def test_a_report_from_before_there_was_that_sentence_has_no_other_ledger_for_it():
    before = replace(THERAPISTS, beside=None)

    assert before == THERAPISTS
    assert "Expected: 10 points down." in before.lines
    content = signed().content
    old = replace(content, decided=(before, THANKS, FORM, RETIRED))
    assert moved(old, replace(content, decided=(THERAPISTS, THANKS, FORM, RETIRED))) == {}


def test_an_action_that_cannot_be_compared_says_why():
    assert THANKS.since.text.endswith("Too early: no later wave has asked families since this was due.")
    assert RETIRED.since.text.endswith("Not compared. Its theme was retired.")
    assert THANKS.evidence.text == "Evidence: Spring 2026. Too few people to show the figure."
    assert FORM.lines == ("Why not: It costs too much", FORM.evidence)


def test_every_number_of_a_comparison_is_a_figure_of_it():
    """The numbers that are said come out of the figures again, whoever says them."""
    for sentence in THERAPISTS.sentences:
        said = re.sub("Spring 202[678]|Autumn 2027|down by 10 points", "", sentence.text)
        known = {f"{round(abs(end) * 100)}" for figure in sentence.figures
                 for end in (figure.number, figure.low, figure.high)}  # fmt: skip
        known |= {f"{figure.base:.0f}" for figure in sentence.figures if figure.base}

        assert set(re.findall(r"\d+", said)) <= known
    since = {figure.name: figure for figure in THERAPISTS.since.figures}
    assert since["change"].number == round(since["now"].number - since["then"].number, 2)
    assert since["now"].filters.waves == "Spring 2027 and Spring 2028"


def test_every_file_tells_what_was_decided_and_whether_it_was_felt():
    for kind in KINDS:
        there = told_by(kind)
        assert squeezed("Two more therapists") in there, kind
        if kind is Kind.OPEN_DATA:
            continue
        assert squeezed(FELT.removeprefix("What later waves say: ")) in there, kind
        assert squeezed("It costs too much") in there, kind
        if kind not in {Kind.BRIEFING_WORD, Kind.BRIEFING_PDF}:
            assert squeezed(THERAPISTS.beside.text) in there, kind


def test_the_numbers_of_an_action_are_the_same_in_word_in_the_workbook_and_in_open_data():
    head, *rows = reading.sheet(made(Kind.WORKBOOK), "What was decided and done")
    sheet = [dict(zip(head, row, strict=True)) for row in rows]
    opened = reading.open_files(made(Kind.OPEN_DATA))["decided.csv"]

    first, second = sheet[0], opened[0]
    numbers = {
        "Evidence, share": 0.4, "Evidence, low": 0.33, "Evidence, high": 0.47, "Evidence, of": 200,
        "Since, share": 0.25, "Since, low": 0.2, "Since, high": 0.31, "Since, of": 300, "Change, low": -0.23,
        "Change, high": -0.07,
    }  # fmt: skip
    assert {name: first[name] for name in numbers} == numbers
    assert [float(second[name.lower().replace(", ", "_")]) for name in numbers] == list(numbers.values())
    assert [row["About"] for row in sheet] == ["Waiting", "Kindness", "=Plans", "Forms (retired)"]
    assert [row["about"] for row in opened] == ["Waiting", "Kindness", "'=Plans", "Forms (retired)"]
    assert [row["felt"] for row in opened] == ["felt", "too early", "", "not compared"]
    assert all(sheet[1][name] is None for name in numbers)


def test_the_ledger_is_kept_with_the_report_and_a_report_from_before_is_read_as_it_was():
    content = signed().content

    assert loaded(dumped(content)).decided == content.decided
    before = dumped(editions.usual()).replace(',"decided":null', "").replace(',"waves":""', "")
    assert loaded(before).decided is None


def test_a_comparison_that_has_moved_since_is_marked():
    later = replace(THANKS, since=replace(THANKS.since, template="What later waves say: Felt."))
    now = replace(signed().content, decided=(THERAPISTS, later, FORM, RETIRED))

    assert set(moved(signed().content, now)) == {"done.2.since"}


def test_a_figure_says_which_theme_and_waves_it_is_of_and_none_where_it_is_of_none():
    rows = [
        row for row in reading.sheet(made(Kind.WORKBOOK), "The figures behind each sentence") if "Divided" in row[-1]
    ]

    assert {row[6:8] for row in rows} == {
        ("Spring 2026", "Waiting"), ("Spring 2027", "Waiting"), ("Spring 2027 and Spring 2028", "Waiting"),
    }  # fmt: skip
    opening = reading.sheet(made(Kind.WORKBOOK), "The figures behind each sentence")[1]
    assert not opening[7]


def test_the_figures_of_the_ledger_pass_the_public_gate():
    check(signed())


def test_two_pages_hold_five_actions_however_long_and_say_where_the_rest_is():
    wordy = tuple(replace(THERAPISTS, number=one, told="Something long is done. " * 25) for one in range(9))
    made_of = editions.edition(replace(editions.usual(), decided=wordy))

    assert len(reading.pdf(files.made(Kind.BRIEFING_PDF, made_of)).pages) <= 2
    assert squeezed("4 more are in the full report.") in reading.pdf_text(files.made(Kind.BRIEFING_PDF, made_of))
