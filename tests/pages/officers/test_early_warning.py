"""An officer is told of a burst with its comments, and not again once they have looked."""

from datetime import timedelta

import pytest
from sqlmodel import select

from pages.ui import data
from survey import database
from survey.tables import Comment, Consultation, Response, RoleName, WarningLook
from tests.pages.collecting import BURNLEY, WYRE, Group, collect

PAUSED = "Referrals paused without telling a single family"
DAYS = 30


@pytest.fixture(autouse=True)
def looking_at_once(monkeypatch):
    """Whoever opens the page again at once sees what came in meanwhile."""
    monkeypatch.setattr(data.known, "LOOK_EVERY_SECONDS", 0)


def answered_over_weeks(burst: int):
    """Two districts in which people answer every day, and so many in one of them who say one thing in the last days."""
    collect(Group(60, district=WYRE), Group(60, district=BURNLEY), Group(burst, district=BURNLEY, words=PAUSED))
    with database.writing(database.engine()) as session:
        rows = session.exec(select(Response, Comment.words).join(Comment).order_by(Response.id)).all()
        for number, (response, words) in enumerate(rows):
            ago = number % 4 if words == PAUSED else number % DAYS
            response.sent_at -= timedelta(days=ago)
            session.add(response)


def opened(app):
    page = app.run().switch_page("officers/early_warning.py").run()
    assert not page.exception
    return page


def markup(page) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def test_before_anybody_has_answered_nothing_stands_out(officer):
    assert "Nothing stands out in these days." in markup(opened(officer))


def test_before_there_is_a_consultation_it_says_so(officer):
    with database.writing(database.engine()) as session:
        session.delete(session.exec(select(Consultation)).one())

    assert "There is no consultation yet." in markup(opened(officer))


def test_an_address_that_asks_for_a_wave_that_is_not_there_says_so_and_shows_the_one_that_is(officer):
    answered_over_weeks(burst=8)
    officer.query_params["wave"] = "<script>"

    page = opened(officer)

    assert "asks for “&lt;script&gt;” under Wave, which is not here. First wave is shown instead." in markup(page)
    assert page.subheader[0].value.startswith("Burnley: “")


def test_what_bursts_is_shown_with_its_comments(officer):
    answered_over_weeks(burst=8)

    page = opened(officer)

    assert page.subheader[0].value.startswith("Burnley: “")
    assert "8 people wrote of it between" in markup(page)
    assert PAUSED in markup(page)


def test_where_nothing_bursts_and_where_too_few_say_it_there_is_nothing(officer):
    answered_over_weeks(burst=4)

    page = opened(officer)

    assert "Nothing stands out in these days." in markup(page)
    assert PAUSED not in markup(page)


def test_once_somebody_has_looked_it_does_not_come_back(officer):
    answered_over_weeks(burst=8)
    page = opened(officer)
    look = [button for button in page.button if button.key.startswith("warned-")]

    look[0].click().run()

    assert not page.exception
    assert "Kept that you looked." in markup(page)
    assert 'data-focus="heard-early-warning-news"' in markup(page), "the button that was pressed has gone"
    assert "Nothing stands out in these days." in markup(page)
    assert "officer looked at it on" in markup(page)
    with database.reading(database.engine()) as session:
        assert [(kept.place, kept.people) for kept in session.exec(select(WarningLook))] == [(BURNLEY, 8)]


def test_a_leader_may_not_open_the_page(app, sign_in):
    answered_over_weeks(burst=8)
    sign_in(RoleName.LEADER)

    page = app.run()
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        page.switch_page("officers/early_warning.py")

    assert PAUSED not in markup(page)


def test_a_leader_looks_at_live_results_while_a_warning_waits(leader):
    answered_over_weeks(burst=8)
    page = leader.run().switch_page("officers/live_results.py").run()

    assert not page.exception
    assert page.header[-1].value == "How to read this"
    assert not [link for link in page.get("page_link") if "early warning" in link.proto.label]


def test_live_results_point_to_what_nobody_has_looked_at(officer):
    answered_over_weeks(burst=8)
    page = officer.run().switch_page("officers/live_results.py").run()
    waiting = "early warning that nobody has looked at"

    assert [link.proto.label for link in page.get("page_link") if waiting in link.proto.label] == [f"1 {waiting}"]

    page = opened(officer)
    next(button for button in page.button if button.key.startswith("warned-")).click()
    page.run()
    page = page.switch_page("officers/live_results.py").run()

    assert not page.exception
    assert [link for link in page.get("page_link") if waiting in link.proto.label] == []
