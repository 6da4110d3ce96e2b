"""At the plain door somebody sees, prints, changes and takes back what they sent, without an account or a script."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from survey import responses
from survey.database import reading, writing
from survey.tables import Answer, Comment, Draft, Response, ResponseState, Wave
from survey.wording import words_in
from tests.pages.plain.phone import START, Phone
from tests.survey.conftest import full_answers, open_fieldwork  # noqa: F401  (a fixture)

SAY = words_in("en")
MINE = f"{START}/mine"
FIND, CORRECT, WITHDRAW, SURE = (SAY(f"mine.{key}") for key in ("find", "correct", "withdraw", "sure"))


@pytest.fixture
def fieldwork(open_fieldwork):  # noqa: F811
    return open_fieldwork(now=datetime.now(UTC))


@pytest.fixture
def phone(fieldwork):
    return Phone()


@pytest.fixture
def code(fieldwork):
    """The private code of a response that another device sent."""
    now = datetime.now(UTC)
    draft = fieldwork.begin("another device", full_answers())
    with writing(fieldwork.engine) as session:
        return responses.send(session, draft.id, now=now).private_code(now)


def found(phone: Phone, code: str) -> Phone:
    return phone.open(MINE).press(FIND, code=code)


def stored(fieldwork, what):
    with reading(fieldwork.engine) as session:
        return session.exec(select(what)).all()


def test_with_the_code_everything_that_was_said_is_shown(phone, code):
    found(phone, code)

    assert phone.answer.status_code == 200
    assert "We waited two years" in phone.shown
    assert "An EHC plan" in phone.shown
    assert code not in str(phone.answer.url)
    assert phone.answer.headers["cache-control"] == "no-store"


def test_a_code_that_finds_nothing_is_kept_and_told_what_to_do(phone, code):
    found(phone, "lemon river")

    assert phone.answer.status_code == 422
    assert phone.page.problems == [SAY("problem.private_unknown")]
    assert phone.page.title.startswith(SAY("problem.title_prefix"))
    assert 'value="lemon river"' in phone.shown


def test_guessing_is_slowed_down_and_tells_nothing(phone, code):
    for _ in range(6):
        found(phone, "lemon-river-candle-tiger-stone")

    assert phone.answer.status_code == 429
    assert phone.page.problems == [SAY("problem.resume_wait")]
    assert found(phone, code).answer.status_code == 429, "not even the right one is told apart"


def test_what_was_sent_is_changed_and_sent_again_in_its_place(fieldwork, phone, code):
    found(phone, code).press(CORRECT)
    assert phone.at == f"{START}/check"
    assert SAY("check.correcting") in phone.shown

    phone.open(f"{START}/2?change").press(SAY("step.continue"), rating__slt="very_poor")
    phone.press(SAY("check.send"))

    assert phone.heading == SAY("thanks.title")
    assert len(stored(fieldwork, Response)) == 1
    assert [answer.code for answer in stored(fieldwork, Answer) if answer.item == "rating"] == ["very_poor"]


def test_answers_begun_on_this_device_are_not_lost_to_a_change(fieldwork, phone, code):
    phone.open().press(SAY("start.begin")).press(SAY("step.continue"), services_used=["ot"])

    found(phone, code).press(CORRECT)

    assert phone.answer.status_code == 409
    assert phone.page.problems == [SAY("problem.another_draft")]
    assert len(stored(fieldwork, Draft)) == 1


def test_it_is_taken_back_only_after_asking_and_then_for_good(fieldwork, phone, code):
    found(phone, code).press(WITHDRAW)
    assert phone.heading == SAY("mine.sure_title")
    assert len(stored(fieldwork, Comment)) == 1
    form = next(form for form in phone.page.forms if SURE in form.buttons)

    phone.press(SURE)

    assert phone.heading == SAY("mine.withdrawn")
    assert [response.state for response in stored(fieldwork, Response)] == [ResponseState.WITHDRAWN]
    assert stored(fieldwork, Comment) == stored(fieldwork, Answer) == []
    assert found(phone, code).answer.status_code == 422
    phone.post(form.action, [*form.fields, ("sure", "yes")])
    assert phone.answer.status_code == 422, "the same form again finds nothing to take back"


def test_who_thinks_again_is_back_at_what_they_sent(phone, code):
    found(phone, code).press(WITHDRAW).press(SAY("mine.keep"))

    assert phone.heading == SAY("mine.title")
    assert "We waited two years" in phone.shown


def test_after_closing_it_can_be_seen_and_taken_back_and_not_changed(fieldwork, phone, code):
    found(phone, code)
    form = next(form for form in phone.page.forms if CORRECT in form.buttons)
    with writing(fieldwork.engine) as session:
        wave = session.get_one(Wave, fieldwork.wave.id)
        wave.opens_at, wave.closes_at = (datetime.now(UTC) - timedelta(days=ago) for ago in (9, 2))
        session.add(wave)

    phone.post(form.action, form.fields)
    assert phone.answer.status_code == 410
    assert SAY("mine.closed") in phone.shown

    phone.press(WITHDRAW).press(SURE)
    assert phone.heading == SAY("mine.withdrawn")


def test_a_form_of_another_device_does_nothing(fieldwork, phone, code):
    found(phone, code).press(WITHDRAW)
    form = next(form for form in phone.page.forms if SURE in form.buttons)

    stranger = Phone().post(form.action, [*form.fields, ("sure", "yes")])

    assert stranger.answer.status_code == 403
    assert len(stored(fieldwork, Comment)) == 1
