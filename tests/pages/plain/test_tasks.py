"""Where a questionnaire says so, its sections are answered in any order, from a list, at the plain door."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from survey import questionnaire_file
from survey.database import reading
from survey.tables import Draft, Response
from tests.pages.plain.family import CONTINUE, SAY, SEND
from tests.pages.plain.phone import START, Phone
from tests.survey.conftest import OUTCOMES, open_fieldwork  # noqa: F401  (a fixture)

TITLE, DONE, TO_DO = (SAY(f"tasks.{key}") for key in ("title", "done", "to_do"))


@pytest.fixture
def phone(open_fieldwork, monkeypatch):  # noqa: F811
    in_any_order = questionnaire_file.shipped("send_services").model_copy(update={"any_order": True})
    monkeypatch.setattr("tests.survey.conftest.shipped", lambda _: in_any_order)
    phone = Phone()
    phone.fieldwork = open_fieldwork(now=datetime.now(UTC))
    return phone.open().press(SAY("start.begin"))


def stored(phone, what):
    with reading(phone.fieldwork.engine) as session:
        return session.exec(select(what)).all()


def test_it_begins_with_the_list_of_everything(phone):
    assert (phone.at, phone.heading) == (f"{START}/tasks", TITLE)
    assert phone.shown.count(TO_DO) == 4
    assert DONE not in phone.shown


def test_any_section_is_answered_first_and_leads_back_to_the_list(phone):
    phone.open(f"{START}/4").press(CONTINUE, district="E07000121", age_band="0_4", plan="waiting", channel="web")

    assert phone.heading == TITLE
    assert (phone.shown.count(DONE), phone.shown.count(TO_DO)) == (1, 3)


def test_pages_that_an_answer_raises_appear_on_the_list(phone):
    phone.open(f"{START}/1").press(CONTINUE, services_used=["slt", "ot"])

    assert "Speech and language therapy" in phone.shown
    assert "Occupational therapy" in phone.shown
    assert phone.shown.count(TO_DO) == 5


def test_back_leads_to_the_list_and_keeps_what_is_on_the_page(phone):
    phone.open(f"{START}/1").press(SAY("step.back"), services_used=["slt"])

    assert phone.heading == TITLE
    assert "slt" in stored(phone, Draft)[0].answers


def test_what_is_lacking_is_told_when_it_is_sent_and_then_it_goes(phone):
    phone.open(f"{START}/check").press(SEND)
    assert phone.heading == "Services you have used"
    assert phone.page.problems

    phone.open(f"{START}/1").press(CONTINUE, services_used=["slt"])
    phone.open(f"{START}/2").press(CONTINUE, rating__slt="poor")
    phone.open(f"{START}/3").press(CONTINUE, **{f"outcome_{outcome}": "agree" for outcome in OUTCOMES})
    phone.open(f"{START}/4").press(CONTINUE, quotable="no")
    phone.open(f"{START}/5").press(CONTINUE, district="E07000121", age_band="0_4", plan="waiting", channel="web")
    assert TO_DO not in phone.shown
    phone.open(f"{START}/check").press(SEND)

    assert len(stored(phone, Response)) == 1


def test_changing_one_answer_goes_back_to_check_your_answers(phone):
    phone.open(f"{START}/1").press(CONTINUE, services_used=["slt"])
    phone.open(f"{START}/2?change").press(CONTINUE, rating__slt="good")

    assert phone.at == f"{START}/3", "by way of what is not answered yet"


def test_other_questionnaires_have_no_list(open_fieldwork):  # noqa: F811
    open_fieldwork(now=datetime.now(UTC))
    phone = Phone().open().press(SAY("start.begin"))

    assert phone.open(f"{START}/tasks").at == f"{START}/1"
