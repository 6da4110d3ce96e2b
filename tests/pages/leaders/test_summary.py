"""The themed summary as a leader reads it, from the router down to a real database."""

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from survey import database
from survey.tables import Comment
from tests.pages.collecting import WYRE, Group, add_themes, add_wave, collect

KIND = "Kindness from everybody at the centre made all the difference to us"


def opened(app: AppTest) -> AppTest:
    page = app.run().switch_page("leaders/summary.py").run()
    assert not page.exception
    return page


def markup(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def test_before_anything_has_been_read_it_says_why_there_is_no_summary(leader):
    page = opened(leader)

    assert page.title[0].value == "SEND services in Lancashire: First wave"
    assert "Nobody has answered First wave yet." in markup(page)
    assert "Too few comments have been read to say what the main themes are." in markup(page)
    assert "How services are rated" not in [header.value for header in page.header]


def test_a_wave_of_nine_is_too_few_to_sum_up(leader):
    add_themes("Waiting")
    collect(Group(9))

    assert "Too few comments have been read" in markup(opened(leader))


def test_each_theme_is_told_with_its_share_its_tone_where_and_quotes(leader):
    add_themes("Waiting", "Kindness")
    collect(Group(60), Group(20, words=KIND), Group(40, district=WYRE), Group(80, district=WYRE, words=KIND))
    page = opened(leader)
    told = markup(page)

    assert [heading.value for heading in page.subheader] == ["Kindness", "Waiting"]
    assert "About half of those who commented raised this: 50% of about 200, between 43% and 57%." in told
    assert "Only criticised, by nearly all: 100% of about 100 who raised it" in told
    assert "Only praised, by nearly all: 100% of about 100 who raised it" in told
    assert "Said clearly more often in Burnley (75% of about 80) than in the rest of the county." in told
    assert f'<blockquote lang="en" dir="auto">{KIND}<footer class="heard-small" lang="en" dir="ltr">Read as ' in told


def test_it_says_what_changed_since_the_wave_before(leader):
    add_themes("Waiting", "Kindness")
    add_wave("0", "An earlier wave", days_ago=300)
    collect(Group(60), Group(140, words=KIND), wave="0")
    collect(Group(120), Group(80, words=KIND))

    assert "Said more often than in An earlier wave, when it was 30% of about 200: up 30 points" in markup(
        opened(leader)
    )


def test_services_are_told_by_rating_and_change(leader):
    add_wave("0", "An earlier wave", days_ago=300)
    collect(Group(60, "good"), Group(140, "poor"), wave="0")
    collect(Group(120, "good"), Group(80, "poor"))
    told = markup(opened(leader))

    assert 'role="rowheader">Speech and language therapy</th><td role="cell" data-head="Share">60% of 200</td>' in told
    assert ">better</td>" in told
    assert '<th scope="col" role="columnheader">Since An earlier wave</th>' in told


def test_only_people_who_agreed_are_quoted(leader):
    add_themes("Waiting")
    collect(Group(30, quotable=False))
    told = markup(opened(leader))

    assert "<blockquote" not in told
    assert "Nobody who raised this may be quoted, or has agreed to be quoted." in told


def test_a_comment_by_which_somebody_may_be_recognised_is_not_quoted(leader):
    add_themes("Kindness")
    collect(Group(30, words=KIND))
    with database.writing(database.engine()) as session:
        for comment in session.exec(select(Comment)).all():
            comment.identifying = "an age, a place"

    assert "<blockquote" not in markup(opened(leader))


def test_no_number_of_a_few_people_is_on_the_page(leader):
    add_themes("Waiting", "Kindness")
    collect(Group(57), Group(3, words=KIND))
    told = markup(opened(leader))

    assert "Kindness" not in [heading.value for heading in leader.subheader]
    assert ">57</td>" not in told


def test_headings_go_down_one_step_at_a_time(leader):
    add_themes("Waiting")
    collect(Group(30))
    page = opened(leader)

    assert len(page.title) == 1
    assert [heading.value for heading in page.header] == [
        "Main themes",
        "What was decided and done",
        "How services are rated",
        "Who this leaves out",
        "How quotations were chosen",
        "The comments behind a sentence",
        "How to read this",
    ]
    assert len(page.subheader) == 1


def test_it_says_that_people_chose_to_answer(leader):
    assert "People chose to answer." in markup(opened(leader))


def test_an_officer_may_read_it_as_well(officer):
    assert opened(officer).title[0].value == "SEND services in Lancashire: First wave"


def test_a_visitor_is_not_offered_it(app):
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        app.run().switch_page("leaders/summary.py").run()
