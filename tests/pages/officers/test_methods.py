"""How comments are read, as officers and leaders read it, from the router down to a real database."""

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from survey import database
from survey.tables import Consultation
from tests.pages.collecting import Group, collect


def opened(app: AppTest) -> AppTest:
    page = app.run().switch_page("officers/methods.py").run()
    assert not page.exception
    return page


def markup(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def test_it_says_what_is_done_how_good_it_was_and_what_goes_wrong(leader):
    collect(Group(30))
    told = markup(opened(leader))

    assert "It is cut into clauses" in told
    assert "This makes nobody anonymous" in told
    assert "62% of 42" in told
    assert "30 comments so far, of which 30 have been read." in told
    assert "Nobody has checked the program in this consultation yet." in told
    assert "Read by: plain-1." in told


def test_before_there_is_a_consultation_it_still_says_how_comments_are_read(officer):
    with database.writing(database.engine()) as session:
        session.delete(session.exec(select(Consultation)).one())
    told = markup(opened(officer))

    assert "It is cut into clauses" in told
    assert "so far" not in told


def test_it_is_for_officers_and_leaders_alone(app):
    with pytest.raises(ValueError, match="Could not find"):
        opened(app)
