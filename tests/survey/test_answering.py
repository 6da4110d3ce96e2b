"""Where Continue leads, and what has to be put right first: the same whichever door asks."""

from hypothesis import given
from hypothesis import strategies as st

from survey import answering, routing
from survey.questionnaire import AnswerKey
from survey.questionnaire_file import shipped
from survey.routing import CHECK_ANSWERS, Page
from survey.wording import words_in
from tests.survey.conftest import NOW, full_answers

SEND, SAY, TODAY = shipped("send_services"), words_in("en"), NOW.date()


def ahead(page, held, *, changing=False):
    return answering.ahead(SEND, page, held, SAY, changing=changing, today=TODAY)


def test_a_page_with_something_wrong_leads_nowhere():
    wrong, page = ahead(Page("services"), {})

    assert page == Page("services")
    assert [problem.key for problem in wrong] == [AnswerKey("services_used")]


def test_a_page_in_order_leads_to_the_next_and_the_last_to_check_your_answers():
    assert ahead(Page("services"), full_answers()) == ([], Page("about_service", "slt"))
    assert ahead(Page("about_you"), full_answers()) == ([], CHECK_ANSWERS)


def test_a_change_leads_straight_back_by_way_of_what_it_raised():
    assert ahead(Page("services"), full_answers(), changing=True) == ([], CHECK_ANSWERS)

    more = full_answers(services_used=("slt", "ot"))

    assert ahead(Page("services"), more, changing=True) == ([], Page("about_service", "ot"))


def test_nothing_is_left_of_answers_that_are_complete():
    assert answering.unfinished(SEND, full_answers(), SAY, today=TODAY) is None


@given(left_out=st.sampled_from(sorted(full_answers(), key=str)))
def test_going_on_from_page_to_page_stops_at_the_first_one_left_unfinished(left_out):
    held = {key: typed for key, typed in full_answers().items() if key != left_out}
    page = routing.pages(SEND, held)[0]
    while not (step := ahead(page, held)).problems and step.page != CHECK_ANSWERS:
        page = step.page

    left = answering.unfinished(SEND, held, SAY, today=TODAY)

    assert step == (left or ([], CHECK_ANSWERS))
