"""Looking at the plain pages before they open: for people who work here alone, marked, and never counted."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from pages.ui import access
from survey import consultations, people
from survey.database import reading, writing
from survey.tables import Draft, Response, RoleName, Wave
from survey.wording import words_in
from tests.pages.plain.phone import START, Phone
from tests.survey.conftest import OUTCOMES, open_fieldwork  # noqa: F401  (a fixture)

SAY = words_in("en")
CONTINUE = SAY("step.continue")
BANNER, IN_TITLE = SAY("preview.banner"), SAY("preview.title_prefix")


@pytest.fixture
def fieldwork(open_fieldwork):  # noqa: F811
    """A consultation that opens in two days."""
    return open_fieldwork(now=datetime.now(UTC) + timedelta(days=3))


def signed_in(fieldwork, *roles: RoleName) -> Phone:
    with writing(fieldwork.engine) as session:
        password = people.grant(session, "Somebody", *roles)
        token = people.sign_in(session, "Somebody", password, now=datetime.now(UTC)).token
    phone = Phone()
    phone.browser.cookies.set(access.STAFF_COOKIE, token)
    return phone


def opens(fieldwork, *, after: timedelta) -> None:
    """Somebody has the wave open at another time, and a second passes."""
    with writing(fieldwork.engine) as session:
        wave = session.get_one(Wave, fieldwork.wave.id)
        wave.opens_at = datetime.now(UTC) + after
        session.add(wave)
    consultations.waves_at.cache_clear()


def stored(fieldwork, what):
    with reading(fieldwork.engine) as session:
        return session.exec(select(what)).all()


def at_check(phone: Phone) -> Phone:
    phone.open().press(SAY("start.begin")).press(CONTINUE, services_used=["slt"])
    phone.press(CONTINUE, rating__slt="poor")
    phone.press(CONTINUE, **{f"outcome_{outcome}": "agree" for outcome in OUTCOMES})
    phone.press(CONTINUE, quotable="no")
    return phone.press(CONTINUE, district="E07000121", age_band="0_4", plan="waiting", channel="web")


@pytest.mark.parametrize("role", RoleName)
def test_whoever_works_here_goes_through_all_of_it_and_nothing_counts(fieldwork, role):
    phone = at_check(signed_in(fieldwork, role))
    assert phone.heading == SAY("check.title")

    phone.press(SAY("check.send"))

    assert phone.heading == SAY("thanks.title")
    assert "PREVIEW" in phone.shown
    assert stored(fieldwork, Response) == []
    assert stored(fieldwork, Draft) == []


def test_every_page_says_that_it_is_a_preview_and_its_title_too(fieldwork):
    phone = signed_in(fieldwork, RoleName.OFFICER)
    for address in (START, f"{START}/questions", f"{START}/resume"):
        phone.open(address)
        assert BANNER in phone.shown
        assert phone.page.title.startswith(IN_TITLE)

    phone.open().press(SAY("start.begin")).press(CONTINUE)

    assert phone.page.title.startswith(f"{IN_TITLE}{SAY('problem.title_prefix')}")
    assert BANNER in phone.shown


@pytest.mark.parametrize("roles", [None, ()])
def test_for_everybody_else_it_is_not_open_yet(fieldwork, roles):
    phone = Phone() if roles is None else signed_in(fieldwork)

    for address in (START, f"{START}/questions", f"{START}/1", f"{START}/check"):
        phone.open(address)
        assert phone.heading == SAY("door.not_open")
        assert phone.answer.status_code == 404
    assert phone.post(START, [("proof", "made up")]).heading == SAY("door.not_open")
    assert stored(fieldwork, Draft) == []


def test_when_it_opens_between_two_pages_what_was_tried_out_is_left_behind(fieldwork):
    phone = signed_in(fieldwork, RoleName.OFFICER)
    phone.open().press(SAY("start.begin")).press(CONTINUE, services_used=["slt"])
    opens(fieldwork, after=-timedelta(minutes=1))

    phone.press(CONTINUE, rating__slt="poor")

    assert phone.at == START
    assert BANNER not in phone.shown
    assert SAY("start.saved_draft") not in phone.shown
    phone.press(SAY("start.begin"))
    assert 'value="slt" checked' not in phone.shown
    assert sorted(draft.preview for draft in stored(fieldwork, Draft)) == [False, True]


def test_when_it_opens_before_send_nothing_is_sent(fieldwork):
    phone = at_check(signed_in(fieldwork, RoleName.OFFICER))
    opens(fieldwork, after=-timedelta(minutes=1))

    phone.press(SAY("check.send"))

    assert phone.at == START
    assert stored(fieldwork, Response) == []


def test_signing_out_ends_the_preview_at_once(fieldwork):
    phone = signed_in(fieldwork, RoleName.OFFICER)
    phone.open().press(SAY("start.begin"))
    with writing(fieldwork.engine) as session:
        people.sign_out(session, phone.browser.cookies[access.STAFF_COOKIE])

    assert phone.press(CONTINUE, services_used=["slt"]).heading == SAY("door.not_open")


def test_an_open_consultation_is_answered_in_earnest_by_whoever_works_here(fieldwork):
    opens(fieldwork, after=-timedelta(minutes=1))
    phone = at_check(signed_in(fieldwork, RoleName.OFFICER))
    assert BANNER not in phone.shown

    phone.press(SAY("check.send"))

    assert len(stored(fieldwork, Response)) == 1
