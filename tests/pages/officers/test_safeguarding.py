"""A safeguarding officer opens a case, two of them close it, and nobody else sees a word of it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from pages.ui import data
from survey import database, people
from survey.tables import AuditEntry, RoleName, SafeguardingCase
from tests.pages.collecting import Group, add_themes, collect
from tests.pages.conftest import hold_cookies
from tests.scene import grant

HARM = "Kindness is short: Zebedee says he wants to kill himself and we wait for CAMHS"
OPEN_IT = "cases-open"


@pytest.fixture(autouse=True)
def looking_at_once(monkeypatch):
    """Whoever opens the page again at once sees what came in meanwhile."""
    monkeypatch.setattr(data.known, "LOOK_EVERY_SECONDS", 0)


@pytest.fixture
def safeguarder(app, sign_in):
    """A safeguarding officer's page, not run yet."""
    sign_in(RoleName.SAFEGUARDING)
    return app


def opened(app):
    page = app.run().switch_page("officers/safeguarding.py").run()
    assert not page.exception
    return page


def press(page, key):
    page.button(key=key).click().run()
    assert not page.exception
    return page


def markup(page) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def somebody_else_signs_in(monkeypatch, url):
    password = grant(url, "Bob", RoleName.SAFEGUARDING)
    with database.writing(database.engine()) as session:
        token = people.sign_in(session, "Bob", password, now=datetime.now(UTC)).token
    hold_cookies(monkeypatch, heard_staff=token)


def waiting_since(days: int):
    with database.writing(database.engine()) as session:
        for case in session.exec(select(SafeguardingCase)):
            case.came_at = datetime.now(UTC) - timedelta(days=days)
            session.add(case)


def test_without_a_case_the_page_says_so(safeguarder):
    page = opened(safeguarder)

    assert "There is no open case." in markup(page)
    assert "No machine finds everything" in markup(page)


@pytest.mark.parametrize("role", [RoleName.OFFICER, RoleName.LEADER, RoleName.ADMINISTRATOR])
def test_nobody_without_the_role_may_open_the_page(app, sign_in, role):
    collect(Group(1, words=HARM))
    sign_in(role)

    page = app.run()
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        page.switch_page("officers/safeguarding.py")

    assert "Zebedee" not in markup(page)


def test_the_words_are_shown_only_once_the_case_is_opened_and_that_is_kept(safeguarder):
    collect(Group(1, words=HARM))
    page = opened(safeguarder)
    assert "Zebedee" not in markup(page)

    press(page, OPEN_IT)

    assert HARM in markup(page)
    with database.reading(database.engine()) as session:
        kept = session.exec(select(AuditEntry).where(AuditEntry.what == "safeguarding case: opened")).all()
    assert [(entry.who, entry.subject) for entry in kept] == [("safeguarding", "case 1")]


def test_two_people_close_a_case(safeguarder, consultation, monkeypatch):
    collect(Group(1, words=HARM))
    page = press(opened(safeguarder), OPEN_IT)
    page.text_area(key="cases-note").set_value("Rang the duty desk").run()
    page.selectbox(key="cases-to").set_value("mental_health").run()
    press(page, "cases-escalate")
    page.selectbox(key="cases-outcome").set_value("passed_on").run()
    press(page, "cases-propose")
    assert "Somebody else has to confirm it." in markup(page)
    assert not [button for button in page.button if button.key == "cases-confirm"]
    assert "Rang the duty desk" in markup(page)

    somebody_else_signs_in(monkeypatch, consultation)
    press(press(page, OPEN_IT), "cases-confirm")

    assert "The case is closed." in markup(page)
    assert "There is no open case." in markup(page)
    page.radio(key="cases-which").set_value("Closed").run()
    assert "Closed: Passed on, and received" in markup(page)
    press(press(page, OPEN_IT), "cases-reopen")
    page.radio(key="cases-which").set_value("Open").run()
    assert "No case" not in markup(page)


def test_a_number_and_no_word_stands_at_the_top_of_an_officers_page_when_nobody_looks(officer):
    collect(Group(1, words=HARM))
    waiting_since(days=14)

    page = officer.run().switch_page("officers/live_results.py").run()

    assert "Safeguarding: 1 comment that may disclose harm has waited over one working hour" in markup(page)
    assert "Zebedee" not in markup(page)


def test_what_may_disclose_harm_is_not_among_the_latest_comments(officer):
    collect(Group(1, words=HARM), Group(6))

    page = officer.run().switch_page("officers/live_results.py").run()

    assert "Waiting took far too long" in markup(page)
    assert "Zebedee" not in markup(page)


def test_what_may_disclose_harm_is_not_quoted_in_the_summary(leader):
    add_themes("Kindness", "Waiting")
    collect(Group(12, words="Kindness is what we met with from the very first day we came"), Group(12, words=HARM))

    page = leader.run().switch_page("leaders/summary.py").run()

    assert not page.exception
    assert "from the very first day" in markup(page)
    assert "Zebedee" not in markup(page)
