"""A wave by invitation at Streamlit's door: a code is asked for on the start page, and what was typed stays."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from pages.parents import acts
from pages.ui import state
from pages.ui.answers import button_key
from survey import invitations
from survey.database import reading, writing
from survey.routing import Page
from survey.tables import Draft, Wave
from survey.wording import words_in
from tests.survey.conftest import open_fieldwork  # noqa: F401  (a fixture)

SAY = words_in("en")


@pytest.fixture
def fieldwork(open_fieldwork):  # noqa: F811
    return open_fieldwork(now=datetime.now(UTC))


@pytest.fixture
def codes(fieldwork):
    with writing(fieldwork.engine) as session:
        wave = session.get_one(Wave, fieldwork.wave.id)
        wave.by_invitation = True
        session.add(wave)
    with writing(fieldwork.engine) as session:
        return invitations.make(session, fieldwork.wave._replace(by_invitation=True), 1, by="an officer")


@pytest.fixture
def arrive(monkeypatch):
    def arrived(device: str) -> AppTest:
        monkeypatch.setattr(state, "device", lambda: device)
        return AppTest.from_file("../../../pages/router.py", default_timeout=30).run()

    return arrived


def begin(app: AppTest, code: str) -> AppTest:
    app.text_input(key=acts.INVITATION_INPUT).set_value(code)
    return app.button(key="survey-begin").click().run()


def markup(app: AppTest) -> str:
    assert not app.exception
    return unescape(" ".join(element.proto.body for element in app.get("html")))


def title(app: AppTest) -> str:
    return re.findall(r"<h1>(.*?)</h1>", markup(app))[0]


def test_a_wrong_code_is_told_and_kept_and_the_right_one_begins(fieldwork, codes, arrive):
    app = begin(arrive("an invited tablet"), "7GQ2 MX4P")
    assert SAY("invitation.unknown") in markup(app)
    assert 'data-errors="true"' in markup(app)
    assert app.text_input(key=acts.INVITATION_INPUT).value == "7GQ2 MX4P"

    app = begin(app, codes[0].lower())

    assert title(app) == "Services you have used"


def test_a_used_code_or_none_is_told_and_begins_nothing(fieldwork, codes, arrive):
    begin(arrive("the first phone"), codes[0])

    assert SAY("invitation.used") in markup(begin(arrive("the second phone"), codes[0]))
    assert SAY("invitation.missing") in markup(begin(arrive("the third phone"), ""))
    with reading(fieldwork.engine) as session:
        assert len(session.exec(select(Draft)).all()) == 1


def test_guessing_is_slowed(fieldwork, codes, arrive):
    app = arrive("a guessing laptop")
    for _ in range(5):
        app = begin(app, "7GQ2 MX4P")

    assert SAY("problem.resume_wait") in markup(begin(app, codes[0]))
    with reading(fieldwork.engine) as session:
        assert session.exec(select(Draft)).all() == []


def test_whoever_deletes_their_answers_may_begin_again(fieldwork, codes, arrive):
    app = begin(arrive("a borrowed phone"), codes[0])
    app.checkbox(key="survey-services-services-used-slt").check()
    app = app.button(key=button_key("back", Page("services"))).click().run()
    app = app.button(key="survey-drop").click().run()
    assert SAY("start.dropped") in markup(app)

    app = app.button(key="survey-begin").click().run()

    assert title(app) == "Services you have used"
    assert not app.checkbox(key="survey-services-services-used-slt").value
