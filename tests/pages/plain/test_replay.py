"""Every form may be sent again: by a double click, a page loaded twice, a second tab, a page left open for a day."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from survey import drafts
from survey.database import writing
from survey.questionnaire import AnswerKey
from survey.tables import Comment, Draft, Response
from tests.pages.plain.family import CONTINUE, SAY, SEND, SENT, answer_all, at_check, at_service, begin, drafted, stored
from tests.pages.plain.phone import START, Phone

ANOTHER, LATER = SAY("thanks.another"), SAY("step.later")


def sent_form(phone: Phone, button: str, *typed: tuple[str, str]) -> tuple[str, list[tuple[str, str]]]:
    """A form as a browser would send it when that button is chosen."""
    form = next(form for form in phone.page.forms if button in form.buttons)
    names = {name for name, _ in typed}
    pressed = [form.buttons[button]] if form.buttons[button][0] else []
    return form.action, [field for field in form.fields if field[0] not in names] + list(typed) + pressed


def test_start_chosen_twice_begins_one_draft(fieldwork, phone):
    form = sent_form(phone.open(), SAY("start.begin"))

    phone.post(*form)
    phone.post(*form)

    assert phone.heading == "Services you have used"
    assert len(stored(fieldwork, Draft)) == 1


def test_start_chosen_twice_at_the_same_moment_begins_one_draft(fieldwork):
    def start(_: int) -> str:
        with writing(fieldwork.engine) as session:
            return drafts.begin(
                session, wave_id=fieldwork.wave.id, device="d", language="en", now=datetime.now(UTC)
            ).id.hex

    with ThreadPoolExecutor(8) as clicks:
        begun = set(clicks.map(start, range(24)))

    assert len(begun) == len(stored(fieldwork, Draft)) == 1


def test_start_again_from_an_old_tab_goes_on_with_the_draft_there_is(fieldwork, phone):
    old = sent_form(phone.open(), SAY("start.begin"))
    at_service(phone)

    phone.post(*old)

    assert phone.heading == "Speech and language therapy"
    assert len(stored(fieldwork, Draft)) == 1


def test_a_page_continued_twice_leads_to_the_same_place_with_the_same_answers(fieldwork, phone):
    at_service(phone)
    form = sent_form(phone, CONTINUE, ("rating:slt", "good"), ("tell_us_more:slt", "We waited"))

    once = phone.post(*form).at, drafted(fieldwork)
    twice = phone.post(*form).at, drafted(fieldwork)

    assert once == twice


def test_an_old_page_continued_again_puts_back_its_own_answers_and_no_others(fieldwork, phone):
    at_service(phone)
    old = sent_form(phone, CONTINUE, ("rating:slt", "good"))
    phone.press(CONTINUE, rating__slt="poor")
    phone.press(CONTINUE, outcome_identified="agree")

    phone.post(*old)

    assert drafted(fieldwork)[AnswerKey("rating", "slt")] == "good"
    assert drafted(fieldwork)[AnswerKey("outcome_identified")] == "agree"


def test_a_code_asked_for_twice_is_a_new_one_and_the_last_works(phone):
    form = sent_form(at_service(phone), LATER)
    phone.post(*form)
    first = code_on(phone)
    second = code_on(phone.post(*form))

    other = Phone().open(f"{START}/resume")
    assert other.press(SAY("start.resume_go"), code=first).answer.status_code == 422
    assert other.press(SAY("start.resume_go"), code=second).heading == "Speech and language therapy"


def code_on(phone: Phone) -> str:
    return phone.shown.split('<p class="strong">')[1].split("<")[0]


def test_a_code_entered_twice_brings_the_answers_once(fieldwork, phone):
    code = code_on(at_service(phone).press(LATER))
    other = Phone().open(f"{START}/resume")
    form = sent_form(other, SAY("start.resume_go"), ("code", code))

    other.post(*form)
    other.post(*form)

    assert other.heading == "Speech and language therapy"
    assert len(stored(fieldwork, Draft)) == 1


def test_delete_chosen_twice_deletes_and_says_so_both_times(fieldwork, phone):
    form = sent_form(at_service(phone).open(), SAY("start.drop_draft"))

    for _ in range(2):
        phone.post(*form)
        assert SAY("start.dropped") in phone.shown
    assert stored(fieldwork, Draft) == []


def test_send_chosen_twice_sends_once_and_gives_the_same_reference(fieldwork, phone):
    form = sent_form(at_check(phone), SEND)

    first = phone.post(*form).shown
    again = phone.post(*form).shown

    assert first == again
    assert len(stored(fieldwork, Response)) == 1


def test_send_chosen_many_times_at_the_same_moment_sends_once(fieldwork, phone):
    action, fields = sent_form(at_check(phone), SEND)
    device = phone.browser.cookies["heard_draft"]

    def send(_: int) -> str:
        tab = Phone(seconds_a_page=0)
        tab.browser.cookies.set("heard_draft", device)
        return tab.post(action, fields).heading

    with ThreadPoolExecutor(6) as clicks:
        headings = set(clicks.map(send, range(12)))

    assert headings == {SENT}
    assert len(stored(fieldwork, Response)) == 1


@pytest.mark.parametrize("button", [CONTINUE, SEND])
def test_a_page_that_belongs_to_answers_sent_before_changes_nothing_of_the_next_familys(fieldwork, phone, button):
    at_service(phone)
    old = sent_form(phone, CONTINUE, ("tell_us_more:slt", "Of the first family"))
    answer_all(phone.open(f"{START}/1"))
    old = sent_form(phone, SEND) if button == SEND else old
    answer_all(phone.press(SEND).press(SAY("equality.no")).press(ANOTHER))

    phone.post(*old)

    assert phone.answer.status_code == 409
    assert phone.page.problems == [SAY("guard.other_answers")]
    assert len(stored(fieldwork, Response)) == 1
    assert "Of the first family" not in str(drafted(fieldwork))
    assert phone.press(SAY("start.go_on")).heading == SAY("check.title")


def test_deleting_from_a_page_of_answers_sent_before_deletes_nothing_of_the_next_familys(fieldwork, phone):
    old = sent_form(at_service(phone).open(), SAY("start.drop_draft"))
    phone.press(SAY("start.drop_draft"))
    begin(phone)

    phone.post(*old)

    assert phone.answer.status_code == 409
    assert len(stored(fieldwork, Draft)) == 1


def test_a_page_left_open_after_the_answers_were_sent_leads_to_the_thank_you_page(fieldwork, phone):
    at_service(phone)
    old = sent_form(phone, CONTINUE, ("rating:slt", "good"))
    answer_all(phone.open(f"{START}/1")).press(SEND)

    phone.post(*old)

    assert phone.heading == SENT
    assert stored(fieldwork, Comment.words) == ["We waited two years"]
