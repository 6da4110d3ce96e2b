"""The equality questions at the plain door: after sending, as somebody likes, a question a page, and never twice."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from survey import equality
from survey.database import reading
from survey.tables import EqualityAnswer, Response
from survey.wording import words_in
from tests.pages.plain.phone import START, Phone
from tests.survey.conftest import full_answers, open_fieldwork  # noqa: F401  (a fixture)

SAY = words_in("en")
CONTINUE, BACK, SKIP = SAY("step.continue"), SAY("step.back"), SAY("equality.skip")
YES, NO = SAY("equality.yes", minutes=2), SAY("equality.no")
OFFER, SENT = f"{START}/equality", f"{START}/sent"


@pytest.fixture
def fieldwork(open_fieldwork):  # noqa: F811
    return open_fieldwork(now=datetime.now(UTC))


@pytest.fixture
def phone(fieldwork):
    """A phone whose owner has just sent their answers."""
    phone = Phone().open()
    phone.press(SAY("start.begin"))
    fieldwork.begin(phone.browser.cookies["heard_draft"], full_answers())
    return phone.open(f"{START}/check").press(SAY("check.send"))


def given(fieldwork):
    """What is stored, the place reached apart."""
    with reading(fieldwork.engine) as session:
        rows = session.exec(select(EqualityAnswer)).all()
    return {row.item: row.code for row in rows if row.item != equality.PLACE}


def reference(fieldwork):
    with reading(fieldwork.engine) as session:
        return session.exec(select(Response.reference)).one()


def test_they_are_offered_once_the_answers_are_sent_and_it_says_so_and_why(fieldwork, phone):
    assert phone.at == OFFER
    assert phone.heading == SAY("equality.offer")
    assert SAY("equality.sent", reference=reference(fieldwork)) in phone.shown
    assert "They are optional" in phone.shown
    assert "apart from your other answers" in phone.shown


def test_no_leads_straight_to_the_thank_you_page_and_it_is_not_asked_again(fieldwork, phone):
    phone.press(NO)

    assert phone.heading == SAY("thanks.title")
    assert reference(fieldwork) in phone.shown
    for address in (OFFER, f"{OFFER}/1", SENT):
        assert phone.open(address).at == SENT
    assert given(fieldwork) == {}


def test_every_question_is_answered_on_a_page_of_its_own(fieldwork, phone):
    phone.press(YES)
    answers = {
        "sex": "female",
        "gender_same_as_sex": "yes",
        "age": "35_44",
        "ethnic_group": "asian",
        "asian_background": "pakistani",
        "health_conditions": "yes",
        "daily_activities": "a_little",
        "religion": "muslim",
    }
    for item, code in answers.items():
        assert list(phone.page.forms[0].radios) == [item]
        assert phone.page.forms[0].radios[item][-1] == "prefer_not_to_say"
        phone.press(CONTINUE, **{item: code})

    assert phone.at == SENT
    assert given(fieldwork) == answers


def test_every_question_may_be_left_out(fieldwork, phone):
    phone.press(YES)
    for _ in range(6):
        phone.press(CONTINUE)

    assert phone.at == SENT
    assert given(fieldwork) == {}


def test_skipping_the_rest_keeps_what_was_continued_past(fieldwork, phone):
    phone.press(YES).press(CONTINUE, sex="female").press(SKIP, gender_same_as_sex="no")

    assert phone.at == SENT
    assert given(fieldwork) == {"sex": "female"}


def test_back_shows_what_was_chosen_and_leads_to_the_offer_at_last(fieldwork, phone):
    phone.press(YES).press(CONTINUE, sex="female").press(BACK, gender_same_as_sex="yes")
    assert 'value="female" checked' in phone.shown
    assert given(fieldwork) == {"sex": "female", "gender_same_as_sex": "yes"}

    phone.press(BACK)
    assert phone.heading == SAY("equality.offer")
    assert phone.press(YES).heading == "Sex"


def test_a_page_loaded_again_goes_on_where_it_was(phone):
    phone.press(YES).press(CONTINUE, sex="female").press(CONTINUE, gender_same_as_sex="yes")
    here = phone.at

    for address in (here, SENT, f"{START}/check", f"{START}/2", f"{OFFER}/99"):
        assert phone.open(address).at == here
    assert phone.heading == "Age"


def test_going_back_in_the_browser_after_finishing_shows_the_thank_you_page_and_changes_nothing(fieldwork, phone):
    phone.press(YES).press(CONTINUE, sex="female")
    form = phone.page.forms[0]
    phone.press(SKIP)

    phone.post(form.action, [*form.fields, ("gender_same_as_sex", "no"), ("go", "continue")])

    assert phone.at == SENT
    assert given(fieldwork) == {"sex": "female"}


def test_sending_the_form_twice_asks_once(phone):
    phone.press(YES)
    form = phone.page.forms[0]
    phone.post(form.action, [*form.fields, ("sex", "male"), ("go", "continue")])

    phone.post(form.action, [*form.fields, ("sex", "male"), ("go", "continue")])

    assert phone.heading == "Gender identity"


def test_a_forged_answer_is_told_and_not_kept(fieldwork, phone):
    phone.press(YES).press(CONTINUE, sex="<script>")

    assert phone.answer.status_code == 422
    assert phone.page.problems == [SAY("problem.not_offered")]
    assert given(fieldwork) == {}


def test_a_form_from_elsewhere_changes_nothing(fieldwork, phone):
    phone.press(YES)
    form = phone.page.forms[0]
    forged = [(name, "0" * 64 if name == "proof" else value) for name, value in form.fields]

    phone.post(form.action, [*forged, ("sex", "male"), ("go", "continue")])

    assert phone.answer.status_code == 403
    assert given(fieldwork) == {}


@pytest.mark.parametrize("address", [OFFER, f"{OFFER}/1"])
def test_a_device_that_has_sent_nothing_is_not_asked(fieldwork, address):
    assert Phone().open(address).at == START


def test_another_family_on_the_same_device_is_asked_for_itself(fieldwork, phone):
    phone.press(YES).press(CONTINUE, sex="female").press(SKIP)
    phone.press(SAY("thanks.another"))
    fieldwork.begin(phone.browser.cookies["heard_draft"], full_answers())

    phone.open(f"{START}/check").press(SAY("check.send")).press(YES)

    assert " checked" not in phone.shown


def test_the_addresses_tell_nothing_of_what_was_answered(phone):
    phone.press(YES).press(CONTINUE, sex="female")

    assert phone.at == f"{OFFER}/2"
    assert phone.answer.url.query == b""
