"""Who has been heard from, as an officer sees it, from the router down to a real database."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from survey import consultations, database, drafts, keying
from survey.tables import Answer, Channel, Consultation, Response
from tests.pages.collecting import WYRE, Group, add_wave, collect


def opened(app: AppTest) -> AppTest:
    page = app.run().switch_page("officers/heard_from.py").run()
    assert not page.exception
    return page


def markup(page: AppTest) -> str:
    """What is written on the page, its tables without what each part of them says of itself to browsers."""
    written = " ".join(element.proto.body for element in page.get("html"))
    return re.sub(r' (?:role="(?:row|rowheader|rowgroup|cell|columnheader|table)"|data-head="[^"]*")', "", written)


def test_before_anybody_has_answered_it_says_so(officer):
    assert "Nobody has answered First wave yet." in markup(opened(officer))


def test_before_there_is_a_consultation_it_says_so(officer):
    with database.writing(database.engine()) as session:
        session.delete(session.exec(select(Consultation)).one())

    assert "There is no consultation yet." in markup(opened(officer))


def test_an_address_that_asks_for_a_wave_that_is_not_there_says_so(officer):
    collect(Group(12))
    officer.query_params["wave"] = "Wave of the <b>past</b>"

    told = markup(opened(officer))

    assert "asks for “Wave of the &lt;b&gt;past&lt;/b&gt;” under Wave, which is not here. First wave is shown" in told
    assert "Shares are of 12 of the 12 who answered." in told


def test_a_district_nobody_has_answered_from_is_named_with_what_is_needed(officer):
    collect(Group(60))
    told = markup(opened(officer))

    assert '<th scope="row">Wyre</th><td>0</td>' in told
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


def test_where_those_counted_are_not_children_with_send_the_page_warns(officer):
    collect(Group(60))
    told = markup(opened(officer))

    assert told.count("Those counted here are not children with SEND.") == 3  # districts, and languages twice
    assert "14.5% in Ribble Valley and 22.3% in Burnley" in told
    assert "Beside people of all ages who live in each district: 1,235,500 in all" in told
    assert "12,406 plans among people aged 0 to 25" in told


def test_languages_are_set_beside_the_census_english_against_the_rest_and_the_others_among_themselves(officer):
    collect(Group(60))
    with database.writing(database.engine()) as session:
        for response in session.exec(select(Response).limit(12)):
            response.language = "pl"
            session.add(response)
    told = markup(opened(officer))

    assert '<th scope="row">English</th><td>48</td>' in told
    assert '<th scope="row">Any other language</th><td>12</td>' in told
    assert '<th scope="row">Polish</th><td>12</td>' in told
    assert "Shares are of 12 of the 60 who answered. The others are of no group here, or did not say." in told


def test_answers_by_age_stand_by_themselves_because_no_number_is_known_of_each_age(officer):
    collect(Group(30))
    with database.writing(database.engine()) as session:
        for response in session.exec(select(Response).limit(20)):
            session.add(Answer(response_id=response.id, item="age_band", code="5_10"))
        for response in session.exec(select(Response).offset(20)):
            session.add(Answer(response_id=response.id, item="age_band", code="prefer_not_to_say"))
    told = markup(opened(officer))

    assert "No number is known of how many children with SEND are of each age" in told
    assert '<th scope="row">5 to 10</th><td>20</td><td>100% of 20</td>' in told
    assert "Shares are of 20 of the 30 who answered." in told


def test_too_few_ages_are_not_shown(officer):
    collect(Group(3))

    assert "Too few have told their child&#x27;s age for anything to be shown." in markup(opened(officer))


def test_where_people_stopped_is_told_by_page_by_language_and_by_way_of_answering(officer):
    collect(Group(20), Group(10, channel=Channel.PHONE))
    with database.writing(database.engine()) as session:
        for response in session.exec(select(Response).limit(10)):
            response.language = "pl"
            session.add(response)
    assert "Nobody who began has left it for more than an hour." in markup(opened(officer))

    with database.writing(database.engine()) as session:
        wave = consultations.wave_named(session, "send-services", "1")
        earlier = datetime.now(UTC) - timedelta(days=1)
        for device in range(10):
            drafts.begin(session, wave_id=wave.id, device=f"phone {device}", language="en", now=earlier)
        for device in range(5):
            drafts.begin(session, wave_id=wave.id, device=f"other {device}", language="pl", now=earlier)
            keying.begin_call(session, wave, "olu", channel=Channel.PHONE, language="en", now=earlier)
    told = markup(opened(officer))

    assert '<th scope="row">The first page</th><td>20</td>' in told
    assert '<th scope="row">Polish</th><td>5</td><td>33% of 15</td>' in told
    assert '<th scope="row">Online</th><td>15</td><td>43% of 35</td>' in told
    assert '<th scope="row">By phone</th><td>5</td><td>33% of 15</td>' in told
    assert "Nobody&#x27;s device, browser or address is kept" in told


def test_of_a_wave_that_has_long_closed_it_is_not_said_that_nobody_stopped(officer):
    add_wave("0", "An earlier wave", days_ago=300)
    collect(Group(5), wave="0")
    officer.query_params["wave"] = "An earlier wave"
    told = markup(opened(officer))

    assert "it can no longer be told how many stopped in this wave" in told
    assert "Nobody who began has left it" not in told


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
