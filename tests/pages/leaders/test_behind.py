"""The comments behind a sentence of a summary or a report, from the router down to a real database."""

import re

import pytest
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from analysis.placing import Placing
from pages.ui import data
from survey import database, own_response
from survey.own_response import Own
from survey.tables import Comment, Response, RoleName
from tests.pages.collecting import BURNLEY, WYRE, Group, add_themes, add_wave, collect
from tests.pages.leaders.test_reports import KIND, WAIT, different, markup, opened, press

PRESTON = "E07000123"
BEHIND = "summary-behind"
IN_A_REPORT = "report-behind-1"


def choose(page: AppTest, sentence: str, number: int | None = None, *, key: str = BEHIND) -> set[str]:
    """Choose a sentence and a number in it. Gives what is then shown of its comments."""
    page.selectbox(key=key).set_value(sentence).run()
    if number is not None:
        page.selectbox(key=f"{key}-{sentence}").set_value(number).run()
    assert not page.exception
    return shown(page)


def shown(page: AppTest) -> set[str]:
    """The comments shown behind a sentence: each has its number."""
    return set(re.findall(r">([^<>]+)<br>\(comment \d+\)<", markup(page)))


def numbers(page: AppTest, sentence: str, *, key: str = BEHIND) -> list[str]:
    return page.selectbox(key=f"{key}-{sentence}").options


def buttons(page: AppTest) -> dict[str, bool]:
    """The ways to other comments, and whether each can be taken."""
    return {one.label: not one.disabled for one in page.button if one.label.endswith(" 20")}


def withdraw_first(words: str) -> str:
    """One person who wrote something that begins so takes their answers back. Gives what they had written."""
    wave = data.waves()[0]
    with database.writing(database.engine()) as session:
        one = session.exec(select(Comment).where(col(Comment.words).startswith(words))).first()
        response = session.get_one(Response, one.response_id)
        gone = one.words
        own = Own(response.id, response.public_id, wave, response.reference, response.sent_at, "en", {})
        own_response.withdraw(session, own)
    data.look_again(wave)
    return gone


def test_of_two_themes_with_the_same_share_both_can_be_chosen_by_name(officer):
    add_themes("Waiting", "Kindness")
    collect(Group(30, words=WAIT), Group(30, words=KIND))
    page = opened(officer)
    sentences = page.selectbox(key=BEHIND).options
    choose(page, "opening.said.about_half")

    assert len(set(sentences)) == len(sentences)
    assert any(one.startswith("Waiting: About half of those who commented") for one in sentences)
    assert numbers(page, "opening.said.about_half") == [
        "50% of about 60 · theme “Kindness”, First wave",
        "50% of about 60 · theme “Waiting”, First wave",
    ]
    assert choose(page, "opening.said.about_half", 0) == {KIND}
    assert choose(page, "opening.said.about_half", 1) == {WAIT}


def test_of_two_districts_with_the_same_share_both_can_be_chosen_by_name(officer):
    add_themes("Waiting", "Kindness")
    for place in (BURNLEY, WYRE):
        collect(*different(f"{WAIT} in {place}", 20, district=place), Group(10, words=KIND, district=place))
    collect(Group(200, words=KIND, district=PRESTON))
    page = opened(officer)
    choose(page, "theme.waiting.where.more")

    assert numbers(page, "theme.waiting.where.more") == [
        "67% of about 30 · theme “Waiting”, Burnley, First wave",
        "67% of about 30 · theme “Waiting”, Wyre, First wave",
    ]
    assert all(BURNLEY in words for words in choose(page, "theme.waiting.where.more", 0))
    assert all(WYRE in words for words in choose(page, "theme.waiting.where.more", 1))
    assert len(shown(page)) == 20


def test_only_numbers_of_comments_and_their_writers_are_offered(officer):
    add_themes("Waiting", "Kindness")
    add_wave("0", "An earlier wave", days_ago=300)
    collect(Group(60), Group(140, words=KIND), wave="0")
    collect(*different(WAIT, 30), Group(70, words=KIND))
    page = opened(officer)
    choose(page, "opening.answered")
    offered = page.selectbox(key=BEHIND).options

    assert numbers(page, "opening.answered") == ["about 100 · comments that have been read, First wave"]
    assert not [one for one in offered if "it is too early to say" in one or "this summary speaks for" in one]


def test_an_officer_goes_through_all_of_them_and_sees_which_of_how_many(officer):
    add_themes("Waiting", "Kindness")
    collect(*different(WAIT, 45), Group(10, words=KIND))
    page = opened(officer)

    first = choose(page, "theme.waiting.raised")
    assert "45 comments. 1 to 20 are shown." in markup(page)
    assert buttons(page) == {"Previous 20": False, "Next 20": True}
    second = shown(press(page, "Next 20"))
    assert "45 comments. 21 to 40 are shown." in markup(page)
    third = shown(press(page, "Next 20"))
    assert "45 comments. 41 to 45 are shown." in markup(page)
    assert buttons(page) == {"Previous 20": True, "Next 20": False}

    assert [len(one) for one in (first, second, third)] == [20, 20, 5]
    assert len(first | second | third) == 45
    assert shown(press(page, "Previous 20")) == second
    choose(page, "theme.kindness.raised")
    assert "10 comments. 1 to 10 are shown." in markup(page)
    assert buttons(page) == {}


def test_whoever_is_on_the_last_page_when_comments_are_taken_back_sees_the_last_there_is(officer):
    add_themes("Waiting")
    collect(*different(WAIT, 41))
    page = opened(officer)
    choose(page, "theme.waiting.raised")
    press(press(page, "Next 20"), "Next 20")
    withdraw_first(WAIT)

    assert len(shown(page.run())) == 20
    assert "40 comments. 21 to 40 are shown." in markup(page)


def test_a_leader_goes_through_what_may_be_quoted_and_is_not_told_how_many_there_are(leader):
    add_themes("Waiting")
    collect(*different("Waiting, and please do not quote me", 30, quotable=False), *different(WAIT, 23))
    page = opened(leader)

    first = choose(page, "theme.waiting.raised")
    told = markup(page)
    second = shown(press(page, "Next 20"))

    assert "of those whose writers agreed to be quoted" in told
    assert not re.search(r"\d+ comments\. |are shown\.", told + markup(page))
    assert [len(first), len(second)] == [20, 3]
    assert all(words.startswith(WAIT) for words in first | second)


def test_what_is_still_to_be_read_is_counted_and_its_words_wait(officer):
    add_themes("Waiting")
    collect(*different(WAIT, 30))
    collect(*different(KIND, 12), read=False)
    page = opened(officer)

    assert choose(page, "opening.waiting") == set()
    assert "12 comments. Their words are shown once they are read" in markup(page)


def in_urdu(words: str) -> None:
    with database.writing(database.engine()) as session:
        for comment in session.exec(select(Comment).where(col(Comment.words).startswith(words))).all():
            comment.language = "ur"
            session.add(comment)
    data.look_again(data.waves()[0])


def test_officers_see_those_that_nobody_has_put_into_english_and_leaders_are_offered_neither_these_nor_the_unread(
    officer, sign_in
):
    add_themes("Waiting")
    collect(*different(WAIT, 30), *different("Urdu", 12))
    collect(*different(KIND, 12), read=False)
    in_urdu("Urdu")
    page = opened(officer)
    found = choose(page, "coverage.languages")
    assert len(found) == 12
    assert all(words.startswith("Urdu") for words in found)

    sign_in(RoleName.LEADER)
    page = opened(officer)
    offered = page.selectbox(key=BEHIND).options
    assert not [one for one in offered if "still to be read" in one or "not in English" in one]
    choose(page, "opening.answered")
    assert not any(words.startswith("Urdu") for words in shown(page) | shown(press(page, "Next 20")))


def test_a_number_of_the_wave_before_shows_the_comments_of_that_wave(officer):
    add_themes("Waiting")
    add_wave("0", "An earlier wave", days_ago=300)
    collect(*different(f"{WAIT} then", 15), Group(45, words=KIND), wave="0")
    collect(*different(f"{WAIT} now", 60))
    page = opened(officer)
    found = choose(page, "theme.waiting.change")

    assert numbers(page, "theme.waiting.change") == ["25% of about 60 · theme “Waiting”, An earlier wave"]
    assert len(found) == 15
    assert all(f"{WAIT} then" in words for words in found)


def test_a_leader_who_knows_the_district_sees_none_by_which_somebody_may_then_be_recognised(leader, sign_in):
    telling = "Waiting took a year and he is 7 and tube fed and nobody rang"
    add_themes("Waiting", "Kindness")
    collect(Group(20, district=WYRE), Group(1, words=telling, district=WYRE), Group(80, words=KIND))
    page = opened(leader)

    assert telling in choose(page, "theme.waiting.raised") | shown(press(page, "Next 20"))
    assert choose(page, "theme.waiting.where.more") == {WAIT}
    assert "Because you know the district of these" in markup(page)
    assert buttons(page) == {}

    sign_in(RoleName.OFFICER)
    page = opened(leader)
    choose(page, "theme.waiting.where.more")
    assert telling in shown(press(page, "Next 20"))


def signed_report(officer: AppTest) -> None:
    add_themes("Waiting", "Kindness")
    collect(*different(WAIT, 15), *different(KIND, 30, quotable=False))
    press(opened(officer), "Sign off")


def test_behind_a_sentence_of_a_signed_report_are_the_comments_that_stand_now(officer):
    signed_report(officer)
    page = opened(officer, "reports", report="1")
    before = choose(page, "theme.waiting.raised", key=IN_A_REPORT)
    gone = withdraw_first(WAIT)

    after = shown(page.run())

    assert len(before) == 15
    assert after == before - {gone}
    assert "14 comments. 1 to 14 are shown." in markup(page)
    assert "These are the comments that stand now. Since this was signed off somebody may have taken" in markup(page)
    assert "33% of about 45 · theme “Waiting”, First wave" in numbers(page, "theme.waiting.raised", key=IN_A_REPORT)


def test_a_leader_sees_behind_a_signed_report_what_may_be_quoted_alone(officer, sign_in):
    signed_report(officer)
    sign_in(RoleName.LEADER)
    page = opened(officer, "reports", report="1")

    assert "For officers" not in [heading.value for heading in page.header]
    assert len(choose(page, "theme.waiting.raised", key=IN_A_REPORT)) == 15
    assert "These are the comments that stand now." in markup(page)
    assert choose(page, "theme.kindness.raised", key=IN_A_REPORT) == set()
    assert "None of the people behind it agreed to be quoted" in markup(page)


@pytest.mark.parametrize("page", ["summary", "reports"])
def test_with_the_theme_every_sentence_tells_its_wave_and_where_chance_began(officer, page):
    signed_report(officer)
    told = markup(opened(officer, page, **({"report": "1"} if page == "reports" else {})))
    of_waiting = told[told.index("raised this: 33%") :].partition("</details>")[0]
    (seed,) = set(re.findall(r"Chance begins from the number (\d+)", told))

    assert "Counted: First wave, theme “Waiting”." in of_waiting
    assert f"Chance began from the number {seed}." in of_waiting


@pytest.mark.parametrize("role", [RoleName.OFFICER, RoleName.LEADER])
def test_what_a_summary_leaves_out_is_read_by_officers_and_where_it_may_be_quoted_by_leaders(
    consultation, app, sign_in, role
):
    add_themes("Waiting")
    collect(
        *different(WAIT, 60),
        *different("Nobody at the office ever answered the telephone when we rang", 30, quotable=False),
        *different("The garden at the back of the centre was a joy for him", 30),
    )
    placing = Placing(database.engine())
    placing.place_comments()
    placing.place_themes()
    sign_in(role)

    told = markup(opened(app))
    left_out = told.partition("First those that most others that are left out are like")[2]
    assert "comment" in left_out
    assert ("telephone" in left_out) == (role is RoleName.OFFICER)
