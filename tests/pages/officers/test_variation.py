"""Variation as an officer sees it, from the router down to a real database."""

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from survey import database
from survey.tables import Channel, Consultation
from tests.pages.collecting import WYRE, Group, collect


def opened(app: AppTest) -> AppTest:
    page = app.run().switch_page("officers/variation.py").run()
    assert not page.exception
    return page


def markup(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def test_before_anybody_has_answered_it_says_so(officer):
    page = opened(officer)

    assert page.title[0].value == "Variation"
    assert "Nobody has answered First wave yet." in markup(page)


def test_before_there_is_a_consultation_it_says_so(officer):
    with database.writing(database.engine()) as session:
        session.delete(session.exec(select(Consultation)).one())

    assert "There is no consultation yet." in markup(opened(officer))


def test_one_response_is_too_few_to_say_anything_and_nothing_stands_out(officer):
    collect(Group(1))
    page = opened(officer)

    assert "none can be judged." in markup(page)
    assert "None is clearly better" not in markup(page)
    assert "Too few to say" in markup(page)
    assert not any(radio.key == "order" for radio in page.radio)


def test_a_district_that_is_far_worse_stands_out_by_name(officer):
    collect(Group(40, code="good"), Group(40, code="poor", district=WYRE))
    page = opened(officer)

    assert "Clearly worse" in markup(page)
    assert "Clearly better" in markup(page)
    assert [radio.key for radio in page.radio if radio.key == "order"] == ["order"]


def test_negative_comments_can_be_looked_at_in_place_of_ratings(officer):
    collect(Group(12))
    page = opened(officer)
    page.radio(key="measure").set_value("Negative comments").run()

    assert not page.exception
    assert "Negative comments: " in markup(page)


def test_an_address_that_asks_for_a_way_of_answering_that_is_not_there_says_so_and_shows_everybody(officer):
    collect(Group(40, code="good"), Group(40, code="poor", district=WYRE))
    officer.query_params["channel"] = "Pigeon<script>"

    page = opened(officer)

    assert "asks for “Pigeon&lt;script&gt;” under How they answered, which is not here. All ways" in markup(page)
    assert "Clearly worse" in markup(page)


def test_a_way_of_answering_that_leaves_nobody_says_so(officer):
    collect(Group(12, channel=Channel.WEB))
    page = opened(officer)
    page.selectbox(key="channel").set_value("On paper").run()

    assert not page.exception
    assert "none can be judged." in markup(page)
    assert "100%" not in markup(page)


def test_it_is_for_officers_and_leaders_alone(app):
    with pytest.raises(ValueError, match="Could not find"):
        opened(app)
