"""Comments one by one, as officers go through them, from the router down to a real database."""

from sqlmodel import select

from pages.officers import coding
from pages.ui import data
from survey import database, theming
from survey.tables import CandidateTheme, Comment, Judgement, Reading, SentimentJudgement
from tests.pages.officers.test_themes import (  # noqa: F401  (county is a fixture)
    BUS,
    KIND,
    choose,
    county,
    fill,
    markup,
    one_by_one,
    press,
    stored,
    suggest,
)


def test_comments_come_one_by_one_the_least_sure_first(county, officer):  # noqa: F811
    with database.writing(database.engine()) as session:
        unsure = session.exec(select(Comment).where(Comment.words == KIND)).first()
        reading = session.get_one(Reading, unsure.id)
        reading.unsure = True
        session.add(reading)

    page = one_by_one(officer)

    assert KIND in markup(page)
    assert "47 comments wait after this one." in markup(page)
    assert "Its sentiment is positive, says the program, which is not sure." in markup(page)


def test_a_theme_is_given_and_taken_by_one_button_and_every_button_has_a_key(county, officer):  # noqa: F811
    page = choose(one_by_one(officer), "Comments to go through", "With “Waiting”")
    press(page, "Kindness")
    press(page, "✓ Waiting")

    assert [(one.theme_id, one.carries, one.by) for one in stored(Judgement)] == [
        (2, True, "officer"), (1, False, "officer"),
    ]  # fmt: skip
    assert "<strong>Kindness</strong>, given by a person" in markup(page)
    keys = [button.proto.shortcut for button in page.button]
    assert all(keys)
    assert len(keys) == len(set(keys))

    page.toggle(key=coding.KEYS_ON).set_value(False).run()
    assert not any(button.proto.shortcut for button in page.button)


def test_the_words_that_decided_a_suggestion_stay_when_it_is_approved_by_another_name(county, officer):  # noqa: F811
    suggest("Buses", "buses, late")
    with database.writing(database.engine()) as session:
        candidate = session.exec(select(CandidateTheme)).one()
        wording = theming.worded("Journeys")
        theming.approve(session, candidate.consultation_id, candidate.id, wording, by="officer")

    page = choose(one_by_one(officer), "Comments to go through", "With “Journeys”")

    assert "<strong>Journeys</strong>, given by the program, fairly sure: buses" in markup(page)


def test_a_sentiment_is_set_and_the_comment_found_right_leaves_the_queue(county, officer):  # noqa: F811
    page = one_by_one(officer)
    press(page, "Neutral")
    assert "Its sentiment is neutral, says officer." in markup(page)
    press(page, "Right as it is, next")

    assert [one.sentiment for one in stored(SentimentJudgement)] == ["neutral", "neutral"]
    assert "46 comments wait after this one." in markup(page)
    press(page, "Back")
    assert "officer said it is neutral" in markup(page)


def test_the_words_of_comments_can_be_searched_and_an_end_is_told(county, officer):  # noqa: F811
    page = one_by_one(officer)
    fill(page, "Search their words", "never come on time")
    page.run()
    assert BUS in markup(page)
    assert "7 comments wait after this one." in markup(page)

    fill(page, "Search their words", "nobody wrote this")
    page.run()
    assert "There is no comment left to look at here." in markup(page)


def test_a_comment_taken_back_while_it_is_on_screen_gives_way_to_the_next(county, officer):  # noqa: F811
    page = one_by_one(officer)
    with database.writing(database.engine()) as session:
        session.delete(session.get_one(Comment, officer.session_state[coding.CURRENT]))
    press(page, "Neutral")

    assert [error.value for error in page.error] == ["That comment is not here any more. Go on to the next."]
    assert "comments wait after this one." in markup(page)


def test_what_is_said_of_a_comment_is_on_the_other_pages_too(county, officer):  # noqa: F811
    press(one_by_one(officer), "Waiting")
    officer.query_params.clear()

    state = data.now(data.waves()[0])

    assert set(state.frames.codings.loc[state.frames.codings["given_by"] == "person", "theme"]) == {"waiting"}
