"""Looking at the pages that react before they open: for people who work here alone, marked, and never counted."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import streamlit
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from pages.ui import state
from pages.ui.answers import button_key
from survey import consultations, people
from survey.database import reading, writing
from survey.routing import Page
from survey.tables import Consultation, Draft, Response, RoleName, Wave
from survey.wording import words_in
from tests.pages.conftest import ROUTER, hold_cookies
from tests.survey.conftest import OUTCOMES, open_fieldwork  # noqa: F401  (a fixture)

SAY = words_in("en")
BANNER = SAY("preview.banner")
ABOUT_YOU = {"district": "E07000121", "age-band": "0_4", "plan": "waiting", "channel": "web"}


@pytest.fixture
def fieldwork(open_fieldwork):  # noqa: F811
    """A consultation that opens in two days."""
    return open_fieldwork(now=datetime.now(UTC) + timedelta(days=3))


@pytest.fixture
def officer(fieldwork, monkeypatch) -> AppTest:
    """An officer at the consultation's address."""
    with writing(fieldwork.engine) as session:
        password = people.grant(session, "Somebody", RoleName.OFFICER)
        token = people.sign_in(session, "Somebody", password, now=datetime.now(UTC)).token
    hold_cookies(monkeypatch, heard_staff=token)
    return arrived(monkeypatch)


def arrived(monkeypatch) -> AppTest:
    monkeypatch.setattr(state, "device", lambda: "a laptop")
    app = AppTest.from_file(str(ROUTER), default_timeout=30)
    app.query_params["consultation"] = "send-services"
    return app.run()


def markup(app: AppTest) -> str:
    assert not app.exception
    return " ".join(element.proto.body for element in app.get("html"))


def heading(app: AppTest) -> str:
    (found,) = re.findall(r"<h1>(.*?)</h1>", markup(app))
    return found


def press(app: AppTest, name: str, page: Page | None = None) -> AppTest:
    return app.button(key=button_key(name, page) if page else name).click().run()


def opens_now(fieldwork) -> None:
    with writing(fieldwork.engine) as session:
        wave = session.get_one(Wave, fieldwork.wave.id)
        wave.opens_at = datetime.now(UTC) - timedelta(minutes=1)
        session.add(wave)


def stored(fieldwork, what):
    with reading(fieldwork.engine) as session:
        return session.exec(select(what)).all()


def at_check(app: AppTest) -> AppTest:
    app = press(app, "survey-begin")
    app.checkbox(key="survey-services-services-used-slt").check()
    app = press(app, "continue", Page("services"))
    app.radio(key="survey-about-service-rating-slt").set_value("poor")
    app = press(app, "continue", Page("about_service", "slt"))
    for outcome in OUTCOMES:
        app.radio(key=f"survey-outcomes-outcome-{outcome.replace('_', '-')}").set_value("agree")
    app = press(app, "continue", Page("outcomes"))
    app.radio(key="survey-change-quotable").set_value("no")
    app = press(app, "continue", Page("change"))
    for item, code in ABOUT_YOU.items():
        app.radio(key=f"survey-about-you-{item}").set_value(code)
    return press(app, "continue", Page("about_you"))


def test_an_officer_goes_through_all_of_it_and_nothing_counts(fieldwork, officer):
    app = at_check(officer)
    assert heading(app) == SAY("check.title")
    assert BANNER in markup(app)

    app = press(app, "survey-send")

    assert heading(app) == SAY("thanks.title")
    assert "PREVIEW" in markup(app)
    assert BANNER in markup(app)
    assert stored(fieldwork, Response) == []
    assert stored(fieldwork, Draft) == []


def test_for_everybody_else_it_is_not_open_yet(fieldwork, monkeypatch):
    app = arrived(monkeypatch)

    assert heading(app) == SAY("door.not_open")
    assert BANNER not in markup(app)


def test_when_it_opens_between_two_pages_what_was_tried_out_is_left_behind(fieldwork, officer, monkeypatch):
    app = press(officer, "survey-begin")
    app.checkbox(key="survey-services-services-used-slt").check()
    app = press(app, "continue", Page("services"))
    visit = app.session_state["heard-visit"]
    opens_now(fieldwork)
    visit.wave = visit.wave._replace(opens_at=datetime.now(UTC) - timedelta(minutes=1))  # as when time has passed

    app = press(app, "continue", Page("about_service", "slt"))

    assert BANNER not in markup(app)
    assert heading(app) == SAY.of(fieldwork.questionnaire.title)
    app = press(app, "survey-begin")
    assert not app.checkbox(key="survey-services-services-used-slt").value
    assert sorted(draft.preview for draft in stored(fieldwork, Draft)) == [False, True]


def test_signing_out_ends_the_preview_at_once(fieldwork, officer, monkeypatch):
    app = press(officer, "survey-begin")
    hold_cookies(monkeypatch)

    assert heading(app.run()) == SAY("door.not_open")


def test_an_officer_finds_both_doors_of_a_wave_that_is_to_come(fieldwork, officer):
    app = officer.switch_page("officers/live_results.py").run()

    assert 'href="/?consultation=send-services"' in markup(app)
    assert 'href="/s/send-services"' in markup(app)


def test_while_another_wave_is_open_its_address_is_not_offered_as_a_preview_of_the_next(fieldwork, officer):
    now = datetime.now(UTC)
    with writing(fieldwork.engine) as session:
        consultation = session.get_one(Consultation, fieldwork.wave.consultation_id)
        consultations.open_wave(
            session,
            consultation,
            fieldwork.questionnaire,
            code="before",
            title="Spring 2026",
            opens_at=now - timedelta(days=9),
            closes_at=now + timedelta(hours=9),
        )
    streamlit.cache_data.clear()

    app = officer.switch_page("officers/live_results.py").run()
    (wave,) = [box for box in app.selectbox if box.label == "Wave"]
    app = wave.select(next(title for title in wave.options if "Summer 2026" in title)).run()

    assert "Until then its address leads to Spring 2026" in markup(app)
    assert 'href="/s/send-services"' not in markup(app)
