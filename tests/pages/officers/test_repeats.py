"""Comments that repeat one another, as an officer is told of them."""

import pytest

from analysis.copies import Comparing
from pages.ui import data
from survey import database
from tests.analysis.text.test_likeness import LETTER
from tests.pages.collecting import Group, collect
from tests.pages.officers.test_live_results import markup, numbers, opened

COPIED = f"Waiting: {LETTER}"


@pytest.fixture(autouse=True)
def looking_at_once(monkeypatch):
    """Whoever opens the page again at once sees what came in meanwhile."""
    monkeypatch.setattr(data.known, "LOOK_EVERY_SECONDS", 0)


def test_an_officer_is_told_how_many_comments_repeat_another_and_shown_one_of_them(officer):
    collect(Group(7, words=COPIED), Group(3, words="Waiting took far too long"))
    before = numbers(opened(officer))
    assert "repeat one another" not in headers(officer)

    Comparing(database.engine())()

    page = opened(officer)
    assert "7 comments say nearly the same as another. The largest group is 7." in markup(page)
    assert "7 people wrote this or nearly this" in markup(page)
    assert "Comments that repeat one another" in headers(page)
    assert numbers(page) == before


def headers(page) -> str:
    return " ".join(header.value for header in page.header)


def test_a_few_are_counted_and_not_quoted(officer):
    collect(Group(2, words=COPIED), Group(10))
    Comparing(database.engine())()

    page = opened(officer)

    assert "2 comments say nearly the same as another, in groups too small to be shown." in markup(page)
    assert "wrote this or nearly this" not in markup(page)


def test_what_is_shown_is_escaped(officer):
    collect(Group(6, words=f"{COPIED} <img src=x onerror=alert(1)>"))
    Comparing(database.engine())()

    page = opened(officer)

    assert "6 people wrote this" in markup(page)
    assert "<img" not in markup(page)
