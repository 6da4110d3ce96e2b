"""Easy Read at the door that reacts: the same pictures, before questions and in the labels of answers."""

import re
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import state
from pages.ui.answers import button_key
from survey.routing import Page
from tests.survey.conftest import open_fieldwork  # noqa: F401  (a fixture)

SERVICES = Page("services")


@pytest.fixture
def fieldwork(open_fieldwork):  # noqa: F811
    return open_fieldwork(now=datetime.now(UTC))


@pytest.fixture
def arrive(fieldwork, monkeypatch):
    def arrived(language: str) -> AppTest:
        monkeypatch.setattr(state, "device", lambda: "a phone")
        app = AppTest.from_file("../../../pages/router.py", default_timeout=30)
        app.query_params["language"] = language
        return press(app.run(), "survey-begin")

    return arrived


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def markup(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def pictures(told: str) -> list[str]:
    return re.findall(r"/assets/pictures/(\w+)\.svg\?v=[0-9a-f]{12}", told)


def test_questions_and_answers_have_their_pictures(arrive):
    app = arrive("easy")
    assert pictures(markup(app)) == ["ticked_list"]
    assert 'alt=""' in markup(app)
    assert pictures(app.checkbox[15].label) == ["school_bus"]
    assert app.checkbox[15].label.endswith(") Travel from home to school")

    app.checkbox[15].check()
    press(app, button_key("continue", SERVICES))

    assert pictures(markup(app)) == ["school_bus", "good_or_bad", "own_words"]
    assert [pictures(option) for option in app.radio[0].options[:2]] == [["face_very_good"], ["face_good"]]


def test_the_page_says_that_everything_is_to_be_larger(arrive):
    assert 'class="heard-easy-read"' in markup(arrive("easy"))


def test_english_has_no_pictures(arrive):
    app = arrive("en")

    assert pictures(markup(app)) == []
    assert app.checkbox[15].label == "Home to school transport"
    assert "heard-easy-read" not in markup(app)
