"""Who has been heard from, as an officer sees it, from the router down to a real database."""

from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from survey import consultations, database, drafts
from tests.pages.collecting import WYRE, Group, collect


def opened(app: AppTest) -> AppTest:
    page = app.run().switch_page("officers/heard_from.py").run()
    assert not page.exception
    return page


def markup(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def test_before_anybody_has_answered_it_says_so(officer):
    assert "Nobody has answered First wave yet." in markup(opened(officer))


def test_a_district_nobody_has_answered_from_is_named_with_what_is_needed(officer):
    collect(Group(60))
    told = markup(opened(officer))

    assert '<th scope="row" role="rowheader">Wyre</th><td role="cell" data-head="Answered">0</td>' in told
    assert "Clearly fewer than their share" in told
    assert "Office for National Statistics, Census 2021" in told


def test_what_weighting_would_change_stands_beside_what_was_answered(officer):
    collect(Group(40, code="good"), Group(20, code="poor", district=WYRE))
    told = markup(opened(officer))

    assert "tell as much as" in told
    assert "67% of 60" in told
    assert "Weighted shares stand beside the shares as answered" in told


def test_one_response_is_too_few_to_weight(officer):
    collect(Group(1))

    assert "Too few have answered to say what weighting would change." in markup(opened(officer))


def test_where_people_stopped_is_told_by_page(officer):
    collect(Group(1))
    assert "Nobody who began has left it for more than an hour." in markup(opened(officer))

    with database.writing(database.engine()) as session:
        wave = consultations.wave_named(session, "send-services", "1")
        earlier = datetime.now(UTC) - timedelta(days=1)
        drafts.begin(session, wave_id=wave.id, device="a phone", language="en", now=earlier)

    first = '<th scope="row" role="rowheader">The first page</th><td role="cell" data-head="People">1</td>'

    assert first in markup(opened(officer))


def test_a_leader_is_told_roughly_how_many_and_of_few_that_they_are_few(leader):
    collect(Group(61), Group(3, district=WYRE))
    told = markup(opened(leader))

    assert '<th scope="row">Wyre</th><td>fewer than 8</td><td>–</td>' in told
    assert "<td>more than 85</td>" in told
    assert '<th scope="row">Burnley</th><td>60</td>' in told
    assert "<dd>65</dd>" in told
    assert "Numbers from 1 to 7 are not shown, and others are rounded to 5." in told


def test_it_is_for_officers_and_leaders_alone(app):
    with pytest.raises(ValueError, match="Could not find"):
        opened(app)
