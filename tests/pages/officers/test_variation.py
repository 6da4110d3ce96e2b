"""Variation as an officer sees it, from the router down to a real database."""

import re

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

    assert "0 with enough people to be tested, 0 with too few, " in markup(page)
    assert "None is clearly better" not in markup(page)
    assert "Not shown: too few people" in markup(page)
    assert not any(radio.key == "order" for radio in page.radio)
    assert "No funnel is drawn: too few people" in markup(page)
    assert "Base: –" not in markup(page)


def test_a_district_that_is_far_worse_stands_out_by_name(officer):
    collect(Group(40, code="good"), Group(40, code="poor", district=WYRE))
    page = opened(officer)

    assert "Clearly worse" in markup(page)
    assert "Clearly better" in markup(page)
    assert [radio.key for radio in page.radio if radio.key == "order"] == ["order"]


def test_the_whole_board_is_drawn_and_its_table_holds_every_cell(officer):
    collect(Group(40, code="good"), Group(40, code="poor", district=WYRE))
    page = opened(officer)
    board = next(chart.proto for chart in page.get("plotly_chart") if "variation-board" in chart.proto.id)
    caption = "<caption>Good ratings by service and district, with verdicts</caption>"
    rows = next(one.proto.body for one in page.get("html") if caption in one.proto.body)

    assert "1 clearly worse (" in board.alt
    assert "100% of 40" in board.alt
    assert "Drawn towards the county" in rows
    assert rows.count('<th scope="row"') == rows.count('data-head="Verdict"') > 12


def test_one_district_can_be_looked_at_in_place_of_the_board(officer):
    collect(Group(40, code="good"), Group(40, code="poor", district=WYRE))
    page = opened(officer)
    page.radio(key="layout").set_value("One district at a time").run()
    page.selectbox(key="where").set_value("Wyre").run()

    assert not page.exception
    assert not [chart for chart in page.get("plotly_chart") if "variation-board" in chart.proto.id]
    assert "Good ratings: Wyre" in markup(page)


def test_of_one_way_of_answering_it_says_what_is_held_back_because_it_would_give_another_away(officer):
    collect(Group(40), Group(12, code="poor", district=WYRE), Group(2, channel=Channel.PAPER))
    page = opened(officer)
    page.selectbox(key="channel").set_value("On paper").run()

    assert not page.exception
    assert "that would give away another" in markup(page)


def test_negative_comments_can_be_looked_at_in_place_of_ratings(officer):
    collect(Group(12))
    page = opened(officer)
    page.radio(key="measure").set_value("Negative comments").run()

    assert not page.exception
    assert "Negative comments: " in markup(page)


def test_a_statement_is_set_beside_itself_in_every_district_as_a_service_is(officer):
    collect(Group(40, agrees="agree"), Group(40, agrees="strongly_disagree", district=WYRE))
    page = opened(officer)
    page.radio(key="measure").set_value("Agreement with statements").run()
    statement = "My child gets the right help at the right time."
    page.selectbox(key="one").set_value(statement).run()
    told = markup(page)

    assert not page.exception
    assert {"Every statement in every district", "One statement in every district"} <= {
        one.value for one in page.header
    }
    assert "Clearly worse" in told
    assert "60 cells (statements by districts)" in told
    assert f"Agreement with statements: {statement}" in told


def test_an_address_that_asks_for_what_is_not_here_says_so(officer):
    collect(Group(8))
    officer.query_params["measure"] = "foo"
    officer.query_params["one"] = "Nope"
    told = markup(opened(officer))

    assert "asks for “foo” under Show, which is not here. Good ratings is shown instead." in told
    assert "asks for “Nope” under Service to show, which is not here." in told


def test_a_leader_sees_nothing_of_fewer_than_ten_and_no_part(leader):
    collect(Group(31, code="good"), Group(1, code="poor"), Group(9, code="poor", district=WYRE))
    leader.query_params["channel"] = "Online"
    page = opened(leader)

    assert "channel" not in {box.key for box in page.selectbox}
    assert "Leaders see everybody together." in markup(page)
    assert "Groups of fewer than 10 people are not shown" in markup(page)
    assert not re.search(r"% of (31|32|9)\b", markup(page))


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
    assert ": 0 with enough people to be tested" in markup(page)
    assert "100%" not in markup(page)


def test_it_is_for_officers_and_leaders_alone(app):
    with pytest.raises(ValueError, match="Could not find"):
        opened(app)
