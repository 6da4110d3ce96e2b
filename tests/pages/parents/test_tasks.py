"""Where a questionnaire says so, its sections are answered in any order, from a list, at the Streamlit door."""

from datetime import UTC, datetime

import pytest

from survey import questionnaire_file
from survey.routing import Page
from tests.pages.parents.test_door import arrive, markup, press, title  # noqa: F401  (a fixture)
from tests.survey.conftest import open_fieldwork  # noqa: F401  (a fixture)

SERVICES = Page("services")


@pytest.fixture
def app(open_fieldwork, monkeypatch, arrive):  # noqa: F811
    in_any_order = questionnaire_file.shipped("send_services").model_copy(update={"any_order": True})
    monkeypatch.setattr("tests.survey.conftest.shipped", lambda _: in_any_order)
    open_fieldwork(now=datetime.now(UTC))
    return press(arrive(), "survey-begin")


def labels(app) -> list[str]:
    return [button.label for button in app.button]


def test_it_begins_with_the_list_and_any_page_leads_back_to_it(app):
    assert title(app) == "What we would like to ask"
    assert "Services you have used: Not answered yet" in labels(app)

    app = press(app, "survey-task-services")
    assert title(app) == "Services you have used"
    app.checkbox(key="survey-services-services-used-slt").check()
    app = press(app, "continue", SERVICES)

    assert title(app) == "What we would like to ask"
    assert "Services you have used: Answered" in labels(app)
    assert "Speech and language therapy: Not answered yet" in labels(app)


def test_back_from_checking_leads_to_the_list(app):
    app = press(app, "survey-tasks-check")
    assert title(app) == "Check your answers"

    assert title(press(app, "survey-back-check")) == "What we would like to ask"
