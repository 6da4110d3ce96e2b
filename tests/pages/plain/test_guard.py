"""Programs are slowed down and told what to do; people are not, and nobody's answers are dropped."""

import pytest

from pages.plain import doubt, pace
from survey.tables import Comment, Draft, Response
from survey.throttle import Allowance, Throttle, guesses
from tests.pages.plain.family import BEGIN, CONTINUE, SAY, SEND, SENT, at_check, at_service, begin, drafted, stored
from tests.pages.plain.phone import START, Phone, let_pass


@pytest.fixture
def slow(monkeypatch):
    """One try at once, for a device or for all, and the next after a minute."""

    def only_one(of: str, **whom: Allowance) -> None:
        generous = {"name": Allowance(1_000, 1), "everyone": Allowance(1_000, 1)}
        monkeypatch.setattr(pace, of, Throttle(**generous | whom))

    return only_one


ONE = Allowance(tries=1, seconds=60)


def test_a_program_that_fills_in_every_box_is_told_to_empty_the_one_nobody_sees(fieldwork, phone):
    at_check(phone)
    assert '<div class="field spare">' in phone.shown

    phone.press(SEND, website="https://cheap.example")

    assert phone.answer.status_code == 422
    assert phone.page.problems == [SAY("guard.empty_the_box")]
    assert f'href="#{doubt.BOX}"' in phone.shown
    assert stored(fieldwork, Response) == []
    assert drafted(fieldwork)


def test_somebody_whose_browser_filled_it_in_sees_the_box_empties_it_and_sends(fieldwork, phone):
    at_check(phone).press(SEND, website="https://filled-in.example")
    assert "spare" not in phone.shown
    assert 'value="https://filled-in.example"' in phone.shown

    phone.press(SEND, website="")

    assert phone.heading == SENT
    assert len(stored(fieldwork, Response)) == 1


def test_answers_that_no_person_gives_so_fast_wait_and_then_go(fieldwork):
    phone = at_check(Phone(seconds_a_page=0))

    phone.press(SEND)
    assert phone.answer.status_code == 429
    assert phone.page.problems == [SAY("guard.too_quick")]
    assert 0 < int(phone.answer.headers["retry-after"]) <= doubt.LONGEST_SECONDS
    assert stored(fieldwork, Response) == []

    let_pass(int(phone.answer.headers["retry-after"]))
    phone.press(SEND)
    assert phone.heading == SENT
    assert stored(fieldwork, Comment.words) == ["We waited two years"]


def test_half_a_minute_is_always_enough(fieldwork):
    phone = at_check(Phone(seconds_a_page=0))
    let_pass(doubt.LONGEST_SECONDS)

    assert phone.press(SEND).heading == SENT


def test_somebody_who_comes_back_on_another_device_and_sends_at_once_is_not_taken_for_a_program(phone):
    at_check(phone).open(f"{START}/5").press(SAY("step.later"))
    code = phone.shown.split('<p class="strong">')[1].split("<")[0]

    other = Phone(seconds_a_page=0).open(f"{START}/resume").press(SAY("start.resume_go"), code=code)
    other.press(CONTINUE).press(SEND)

    assert other.heading == SENT


def test_somebody_who_changes_one_page_and_sends_at_once_is_not_taken_for_a_program(phone):
    at_check(phone)
    phone.seconds_a_page = 0

    phone.open(f"{START}/4?change").press(CONTINUE, one_change="Ring us back").press(SEND)

    assert phone.heading == SENT


def test_a_clock_that_was_put_back_holds_nobody_up(fieldwork, phone):
    at_check(phone)
    let_pass(-7_200)

    assert phone.press(SEND).heading == SENT


def test_many_new_drafts_at_once_are_slowed_and_who_has_begun_goes_on(fieldwork, phone, slow):
    slow("starts", everyone=ONE)
    begin(phone)

    other = begin(Phone())
    assert other.answer.status_code == 429
    assert other.page.problems == [SAY("guard.wait_to_start")]
    assert int(other.answer.headers["retry-after"]) > 0
    assert len(stored(fieldwork, Draft)) == 1

    assert phone.press(CONTINUE, services_used=["slt"]).heading == "Speech and language therapy"
    assert phone.open().press(SAY("start.go_on")).heading == "Speech and language therapy"


def test_one_device_that_begins_again_and_again_holds_nobody_else_up(phone, slow):
    slow("starts", name=ONE)
    at_service(phone).open().press(SAY("start.drop_draft")).press(BEGIN)
    assert phone.answer.status_code == 429

    assert begin(Phone()).heading == "Services you have used"


def test_a_page_sent_too_fast_keeps_what_was_typed_on_it(fieldwork, phone, slow):
    at_service(phone)
    slow("steps", name=ONE)
    phone.press(CONTINUE, tell_us_more__slt="First")

    phone.press(CONTINUE, rating__slt="good", tell_us_more__slt="We waited two years")

    assert phone.answer.status_code == 429
    assert phone.page.problems == [SAY("guard.wait")]
    assert "We waited two years</textarea>" in phone.shown
    assert 'value="good" checked' in phone.shown


def test_sending_and_deleting_too_fast_lose_nothing(fieldwork, phone, slow):
    at_check(phone)
    slow("steps", name=ONE)
    phone.press(SEND, website="used up")

    assert phone.press(SEND, website="").page.problems == [SAY("guard.wait")]
    assert "We waited two years" in phone.shown
    assert phone.open().press(SAY("start.drop_draft")).answer.status_code == 429
    assert drafted(fieldwork)


def test_nobody_is_shut_out_for_longer_than_half_a_minute():
    assert all(
        allowance.seconds <= doubt.LONGEST_SECONDS
        for throttle in (pace.starts, pace.steps, guesses)
        for allowance in throttle._allowances.values()
    )


def test_a_school_of_five_hundred_may_begin_in_the_same_minute():
    """They share one address, and each has a device of their own."""
    starts = pace.starts._allowances
    throttle = Throttle(clock=lambda: 0.0, **starts)

    assert all(throttle.take(f"device {number}") == 0 for number in range(500))


def test_a_start_without_the_cookie_makes_no_draft(fieldwork, phone):
    form = phone.open().page.forms[0]
    phone.browser.cookies.clear()

    phone.post(form.action, form.fields)

    assert phone.answer.status_code == 403
    assert stored(fieldwork, Draft) == []


def test_what_is_counted_by_is_no_address(phone, monkeypatch):
    """Not even where a proxy tells it."""
    seen = []
    monkeypatch.setattr(pace.starts, "take", lambda name: seen.append(name) or 0)
    phone.browser.headers["x-forwarded-for"] = "203.0.113.9"

    begin(phone)

    assert seen == [phone.browser.cookies["heard_draft"]]


def test_nothing_of_the_guard_is_stored(fieldwork, phone):
    at_check(phone).press(SEND, website="https://filled-in.example")

    assert "filled-in" not in str(stored(fieldwork, Draft))
