"""What pages are called and how answers read."""

import pytest

from survey import routing, telling
from survey.questionnaire_file import shipped
from survey.routing import Page
from survey.wording import words_in
from tests.survey.conftest import full_answers

SEND, SAY = shipped("send_services"), words_in("en")


def test_a_page_about_a_service_is_called_as_the_service_is_and_says_which_part_it_belongs_to():
    page, walk = Page("about_service", "slt"), routing.pages(SEND, full_answers())

    assert telling.heading(SEND, page, SAY) == "Speech and language therapy"
    assert telling.progress(SEND, page, walk, SAY) == "Part 2 of 5: How you find each service"


def test_a_question_that_may_be_left_out_says_so():
    assert telling.question(SEND.item("one_change"), SAY).endswith(" (optional)")
    assert not telling.question(SEND.item("plan"), SAY).endswith(" (optional)")


@pytest.mark.parametrize(
    ("item", "typed", "read"),
    [
        ("services_used", ("slt", "ot"), ["Speech and language therapy", "Occupational therapy"]),
        ("district", "E07000117", ["Burnley"]),
        ("one_change", "Ring us\nback", ["Ring us", "back"]),
        ("one_change", "", ["Not provided"]),
        ("one_change", None, ["Not provided"]),
    ],
)
def test_an_answer_reads_as_it_was_chosen_or_written(item, typed, read):
    assert telling.answer(SEND.item(item), typed, SAY) == read
