"""The plain door, from a form to a real database: nothing continued is lost or sent twice, and no script is needed."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from survey import consultations, drafts
from survey.database import reading, writing
from survey.questionnaire import AnswerKey
from survey.routing import Page
from survey.tables import Comment, Draft, Response, Wave
from survey.wording import words_in
from tests.pages.plain.phone import START, Phone
from tests.survey.conftest import OUTCOMES, open_fieldwork  # noqa: F401  (a fixture)

SAY = words_in("en")
CONTINUE, BACK, SEND = SAY("step.continue"), SAY("step.back"), SAY("check.send")


@pytest.fixture
def fieldwork(open_fieldwork):  # noqa: F811
    return open_fieldwork(now=datetime.now(UTC))


@pytest.fixture
def phone(fieldwork):
    return Phone()


def begin(phone: Phone) -> Phone:
    return phone.open().press(SAY("start.begin"))


def at_service(phone: Phone) -> Phone:
    return begin(phone).press(CONTINUE, services_used=["slt"])


def at_check(phone: Phone) -> Phone:
    at_service(phone).press(CONTINUE, rating__slt="poor", tell_us_more__slt="We waited <b>two</b> years")
    phone.press(CONTINUE, **{f"outcome_{outcome}": "agree" for outcome in OUTCOMES})
    phone.press(CONTINUE, quotable="no")
    return phone.press(CONTINUE, district="E07000121", age_band="0_4", plan="waiting", channel="web")


def send(phone: Phone) -> Phone:
    """Send, and skip the questions that follow."""
    return phone.press(SEND).press(SAY("equality.no"))


def stored(fieldwork, what):
    with reading(fieldwork.engine) as session:
        return session.exec(select(what)).all()


def test_a_parent_answers_checks_and_sends_without_a_script(fieldwork, phone):
    at_check(phone)
    assert phone.heading == SAY("check.title")
    assert "We waited &lt;b&gt;two&lt;/b&gt; years" in phone.shown

    send(phone)

    assert phone.heading == SAY("thanks.title")
    (response,) = stored(fieldwork, Response)
    assert response.reference in phone.shown
    assert stored(fieldwork, Comment.words) == ["We waited <b>two</b> years"]
    assert stored(fieldwork, Draft) == []
    assert "<script>" not in phone.shown, "what a script adds comes from a file of ours, and nothing here ran it"


def test_loading_the_thank_you_page_again_or_sending_the_form_again_sends_nothing_twice(fieldwork, phone):
    at_check(phone)
    form = phone.form(SEND)
    send(phone)

    phone.post(form.action, form.fields)

    assert phone.heading == SAY("thanks.title")
    assert len(stored(fieldwork, Response)) == 1
    assert phone.open(f"{START}/check").at == f"{START}/sent"
    assert phone.open(f"{START}/2").at == f"{START}/sent"


def test_what_is_missing_is_said_at_the_top_beside_the_question_and_in_the_title(phone):
    begin(phone).press(CONTINUE)

    assert phone.answer.status_code == 422
    assert phone.page.problems == ["Select at least one service your family has used or tried to get"]
    assert phone.page.title.startswith("Error: ")
    assert 'href="#q-services-used-ehc_assess"' in phone.shown
    assert 'id="q-services-used-ehc_assess"' in phone.shown


def test_what_was_typed_stays_when_something_else_is_wrong_and_is_kept(fieldwork, phone):
    at_service(phone).press(CONTINUE, tell_us_more__slt="We waited\r\ntwo years")

    assert phone.page.problems
    assert ">\nWe waited\ntwo years</textarea>" in phone.shown
    assert drafted(fieldwork)[AnswerKey("tell_us_more", "slt")] == "We waited\ntwo years"


def drafted(fieldwork):
    (draft,) = stored(fieldwork, Draft)
    with reading(fieldwork.engine) as session:
        return drafts.locked(session, draft.id).answers


def test_back_keeps_what_is_on_the_page_even_unfinished(fieldwork, phone):
    at_service(phone).press(BACK, tell_us_more__slt="We waited")

    assert phone.heading == "Services you have used"
    assert drafted(fieldwork)[AnswerKey("tell_us_more", "slt")] == "We waited"


def test_back_from_the_first_page_leads_to_the_start_where_one_can_go_on_or_delete(fieldwork, phone):
    begin(phone).press(BACK, services_used=["slt"])
    assert phone.at == START
    assert SAY("start.saved_draft") in phone.shown

    phone.press(SAY("start.go_on"))
    assert phone.heading == "Services you have used"

    phone.open().press(SAY("start.drop_draft"))
    assert SAY("start.dropped") in phone.shown
    assert stored(fieldwork, Draft) == []


def test_the_enter_key_goes_on_and_not_back(phone):
    """A browser presses the first button of a form in the page's order."""
    begin(phone)

    first = phone.shown[phone.shown.index("<button") :]

    assert first.startswith('<button type="submit" name="go" value="continue"')


def test_change_comes_straight_back_to_check_your_answers(phone):
    at_check(phone)

    phone.open(f"{START}/4?change").press(CONTINUE, one_change="Ring us back")

    assert phone.at == f"{START}/check"
    assert "Ring us back" in phone.shown


def test_a_change_that_raises_a_question_asks_it_alone_and_comes_back(phone):
    at_check(phone)

    phone.open(f"{START}/1?change").press(CONTINUE, services_used=["slt", "ot"])
    assert phone.heading == "Occupational therapy"
    phone.press(CONTINUE, rating__ot="good")

    assert phone.at == f"{START}/check"


def test_a_draft_begun_here_is_the_draft_of_the_other_door(fieldwork, phone):
    at_service(phone).press(BACK, rating__slt="good")

    device = phone.browser.cookies["heard_draft"]
    with reading(fieldwork.engine) as session:
        held = drafts.of_device(session, wave_id=fieldwork.wave.id, device=device)

    assert held.answers == {AnswerKey("services_used"): ("slt",), AnswerKey("rating", "slt"): "good"}
    assert held.place == Page("services")


def test_two_tabs_each_keep_their_own_page_and_end_in_one_response(fieldwork, phone):
    at_check(phone)
    other = phone.form(SEND)
    phone.open(f"{START}/4").press(CONTINUE, one_change="From the second tab", quotable="no")

    phone.post(other.action, other.fields)
    phone.post(other.action, other.fields)

    assert len(stored(fieldwork, Response)) == 1
    assert "From the second tab" in stored(fieldwork, Comment.words)


def test_a_code_brings_the_answers_to_another_phone_however_it_is_typed(phone):
    at_service(phone).press(SAY("step.later"), tell_us_more__slt="We waited")
    code = phone.shown.split('<p class="strong">')[1].split("<")[0]

    other = Phone().open(f"{START}/resume")
    other.press(SAY("start.resume_go"), code=code.lower().replace("-", " "))

    assert other.heading == "Speech and language therapy"
    assert "We waited</textarea>" in other.shown


def test_a_wrong_code_is_told_and_kept_and_guessing_is_slowed(phone):
    phone.open(f"{START}/resume")
    for _ in range(5):
        phone.press(SAY("start.resume_go"), code="7GQ2 MX4P")
        assert phone.page.problems == [SAY("problem.resume_unknown")]
        assert 'value="7GQ2 MX4P"' in phone.shown

    phone.press(SAY("start.resume_go"), code="7GQ2 MX4P")

    assert phone.answer.status_code == 429
    assert phone.page.problems == [SAY("problem.resume_wait")]


def test_a_consultation_that_has_closed_or_not_opened_says_when(fieldwork, phone):
    move(fieldwork, opens=-timedelta(days=9), closes=-timedelta(days=2))
    phone.open()
    assert phone.answer.status_code == 410
    assert phone.heading == SAY("door.closed")

    move(fieldwork, opens=timedelta(days=2), closes=timedelta(days=9))
    assert phone.open().heading == SAY("door.not_open")


def move(fieldwork, *, opens, closes):
    """Somebody gives the wave other dates, and a second passes."""
    now = datetime.now(UTC)
    with writing(fieldwork.engine) as session:
        wave = session.get_one(Wave, fieldwork.wave.id)
        wave.opens_at, wave.closes_at = now + opens, now + closes
        session.add(wave)
    consultations.waves_at.cache_clear()


def test_a_wave_that_is_given_other_dates_is_met_with_them_a_second_later(fieldwork, phone):
    phone.open()
    with writing(fieldwork.engine) as session:
        session.get_one(Wave, fieldwork.wave.id).closes_at = datetime.now(UTC) - timedelta(minutes=1)
    time.sleep(1)

    assert phone.open().heading == SAY("door.closed")


def test_somebody_on_the_last_page_may_still_send_half_an_hour_after_closing(fieldwork, phone):
    at_check(phone)
    move(fieldwork, opens=-timedelta(days=9), closes=-timedelta(minutes=29))

    send(phone)

    assert phone.heading == SAY("thanks.title")


def test_later_than_that_the_answers_stay_and_it_says_so(fieldwork, phone):
    at_check(phone)
    move(fieldwork, opens=-timedelta(days=9), closes=-timedelta(minutes=31))

    phone.press(SEND)

    assert phone.page.problems == [SAY("problem.closed")]
    assert stored(fieldwork, Response) == []
    assert len(stored(fieldwork, Draft)) == 1


def test_a_form_from_elsewhere_changes_nothing(fieldwork, phone):
    at_service(phone)
    form = phone.page.forms[0]
    forged = [(name, "0" * 64 if name == "proof" else value) for name, value in form.fields]

    phone.post(form.action, [*forged, ("rating:slt", "good"), ("go", "continue")])

    assert phone.answer.status_code == 403
    assert drafted(fieldwork) == {AnswerKey("services_used"): ("slt",)}


def test_a_browser_that_keeps_no_cookies_is_told_what_to_do(fieldwork):
    phone = Phone(keeps_cookies=False).open()

    phone.press(SAY("start.begin"))

    assert phone.page.problems == [SAY("problem.no_cookies")]
    assert stored(fieldwork, Draft) == []


def test_a_forged_answer_is_refused_and_nothing_else_is_lost(fieldwork, phone):
    at_service(phone).press(CONTINUE, rating__slt="no such code", tell_us_more__slt="We waited")

    assert phone.page.problems == [SAY("problem.not_offered")]
    assert "We waited</textarea>" in phone.shown


@pytest.mark.parametrize(
    "words",
    ["\x00NUL", "\u202eturned round", "😀 👨‍👩‍👧", "<script>alert(1)</script>", "x" * 90_000, "ہم دو سال سے انتظار"],
)
def test_whatever_is_written_is_kept_and_shown_and_never_run(phone, words):
    at_service(phone).press(CONTINUE, rating__slt="good", tell_us_more__slt=words)

    phone.open(f"{START}/2")

    assert phone.answer.status_code == 200
    assert "<script>alert" not in phone.shown


def test_too_long_a_comment_says_by_how_much_and_stays_in_the_box(phone):
    at_service(phone).press(CONTINUE, rating__slt="good", tell_us_more__slt="y" * 5_001)

    assert phone.page.problems == [SAY("problem.too_long", most="5,000", now="5,001")]
    assert "y" * 5_001 in phone.shown


def test_more_than_anybody_writes_is_refused_in_words_and_what_was_kept_stays(fieldwork, phone):
    begin(phone).press(CONTINUE, services_used=[code for code in ("slt", "ot", "asd_path", "adhd_path", "ehc_assess")])
    for code in ("ehc_assess", "asd_path", "adhd_path", "slt", "ot"):
        phone.open(f"{START}/{['ehc_assess', 'asd_path', 'adhd_path', 'slt', 'ot'].index(code) + 2}")
        phone.press(CONTINUE, **{f"tell_us_more__{code}": "x" * 99_000})

    assert phone.answer.status_code == 413
    assert phone.page.problems == [SAY("problem.too_large")]
    assert len(drafted(fieldwork)[AnswerKey("tell_us_more", "ehc_assess")]) == 99_000


@pytest.mark.parametrize("address", ["/s/nothing", f"{START}/nothing", f"{START}/1/2", "/s/", f"{START}/-1"])
def test_an_address_where_there_is_nothing_says_so(phone, address):
    assert phone.open(address).answer.status_code == 404


def test_no_address_tells_which_services_a_family_uses(phone):
    at_service(phone)

    assert phone.at == f"{START}/2"
    assert "slt" not in str(phone.answer.url)


def test_every_question_can_be_seen_beforehand(phone, fieldwork):
    phone.open(f"{START}/questions")

    for _, item in fieldwork.questionnaire.items():
        assert item.text["en"].replace("'", "&#39;") in phone.shown
