"""The page on which officers decide about themes, from the router down to a real database."""

import re

import pytest
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from analysis.worker import read_batch
from pages.ui import data
from survey import coding_frame, consultations, database, theming
from survey.tables import (
    AuditEntry,
    CandidateTheme,
    Coding,
    Comment,
    Consultation,
    GivenBy,
    RoleName,
    Theme,
    ThemeAct,
    ThemeActKind,
)
from survey.theming import Seen, worded
from tests.pages.collecting import Group, Plain, add_themes, add_wave, collect
from tests.survey.conftest import NOW

KIND = "Kindness from everybody at the centre made all the difference"
BUS = "Buses that never come on time make us late for everything"


def opened(app: AppTest, **query: str) -> AppTest:
    for name, value in query.items():
        app.query_params[name] = value
    page = app.run().switch_page("officers/themes.py").run()
    assert not page.exception
    return page


def one_by_one(app: AppTest) -> AppTest:
    return opened(app, view="Comments one by one")


def markup(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click()
    page.run()
    assert not page.exception
    return page


def fill(page: AppTest, label: str, text: str, nth: int = 0) -> None:
    [box for box in [*page.text_input, *page.text_area] if box.label == label][nth].set_value(text)


def choose(page: AppTest, label: str, option: str) -> AppTest:
    pick(page, label, option)
    page.run()
    assert not page.exception
    return page


def pick(page: AppTest, label: str, option: str) -> None:
    """Choose in a form, which nobody hears of before it is sent."""
    next(box for box in page.selectbox if box.label == label).set_value(option)


def tick(page: AppTest, label: str) -> None:
    next(box for box in page.checkbox if box.label == label).check()


def stored(table: type) -> list:
    with database.reading(database.engine()) as session:
        return session.exec(select(table)).all()


def labels() -> list[str]:
    with database.reading(database.engine()) as session:
        frame = theming.standing(session, 1)
    return [theme.label for theme in frame.themes] if frame else []


def suggest(label: str, words: str, *, stability: float | None = None) -> None:
    """A candidate for every comment that no theme was given to."""
    with database.writing(database.engine()) as session:
        into = consultations.wave_named(session, "send-services", "1")
        candidate = CandidateTheme(
            consultation_id=into.consultation_id,
            key="found_" + label.lower(),
            label=label,
            words=words,
            size=8,
            stability=stability,
            fitted_at=NOW,
        )
        session.add(candidate)
        session.flush()
        themed = select(Coding.comment_id)
        for number in session.exec(select(Comment.id).where(col(Comment.id).not_in(themed))):
            session.add(
                Coding(
                    comment_id=number, candidate_theme_id=candidate.id, strength=0.6, margin=0.1, words="buses",
                    given_by=GivenBy.MODEL, model="m",
                )
            )  # fmt: skip
        database.next_change(session)
        session.get_one(Consultation, into.consultation_id).themes_change = database.next_change(session)


@pytest.fixture
def county(consultation):
    """Thirty who wait, ten who were met with kindness, and eight who speak of what no theme covers."""
    add_themes("Waiting", "Kindness")
    collect(Group(30), Group(10, words=KIND), Group(8, words=BUS))


def test_approved_and_suggested_themes_stand_beside_one_another_with_their_sizes(county, officer):
    suggest("Buses", "buses, late", stability=0.9)
    page = opened(officer)
    told = markup(page)

    for place, part in (("themes-approved", "Approved (2)"), ("themes-suggested-ones", "Suggested by the program (1)")):
        assert f'<h2 id="{place}" tabindex="-1">{part}</h2>' in told
        assert f'<a href="#{place}">' in told, "a long page has links to its parts"
    # 30 of 48: Wilson limits 0.4836 and 0.7478 (statsmodels proportion_confint, method "wilson").
    assert "30 of 48 people raise it, 62% (between 48% and 75%)." in told
    assert "Words that set it apart: buses, late." in told
    assert "Steady: found again in 18 of 20 tries with part of the comments." in told
    assert "17% of 48 comments read carry no approved theme" in told
    assert f'<blockquote lang="en" dir="auto">{BUS}</blockquote>' in told
    assert "decided by: buses" in told


def test_a_theme_that_few_people_raise_keeps_its_size_to_itself(consultation, officer):
    add_themes("Waiting", "Kindness")
    collect(Group(3), Group(1, words=KIND))

    assert "Raised by too few people to show how many." in markup(opened(officer))


def test_what_is_said_of_a_theme_is_told_by_stance_through_the_gate(county, officer):
    with database.writing(database.engine()) as session:
        for place, one in enumerate(session.exec(select(Coding).order_by(col(Coding.id)))):
            one.criticism, one.praise = place % 3 != 0, place % 3 == 0
            session.add(one)
        session.get_one(Consultation, 1).themes_change = database.next_change(session)

    told = markup(opened(officer))

    assert "Of the 30 people: praise from 33% (19% to 51%), criticism from 67% (49% to 81%)" in told
    assert "Some do more than one." in told


def test_a_suggestion_is_approved_with_the_words_an_officer_gives_it(county, officer):
    suggest("Buses", "buses, late")
    page = choose(opened(officer), "Theme to decide about", "Buses (suggested)")
    fill(page, "Name", "School transport")
    press(page, "Approve as a new theme")

    assert labels() == ["Waiting", "Kindness", "School transport"]
    assert "You approved “School transport”." in markup(page)
    (theme,) = (one for one in stored(Theme) if one.label == "School transport")
    assert theme.phrases == "buses\nlate"
    assert "8 of 48 people raise it" in markup(page)
    assert "Approved by officer on" in markup(page)
    assert [one.who for one in stored(AuditEntry) if one.what == "theme approved"] == ["officer"]


def test_a_suggestion_can_be_counted_for_a_theme_there_is(county, officer):
    suggest("Buses", "buses, late")
    page = choose(opened(officer), "Theme to decide about", "Buses (suggested)")
    pick(page, "Or count its comments for a theme there is", "Kindness")
    press(page, "Approve as part of that theme")

    assert "18 of 48 people raise it" in markup(page)


def test_nothing_suggested_is_in_the_leaders_summary_until_it_is_approved(county, leader, sign_in):
    suggest("Buses", "buses, late")
    add = {"people": 30, "words": BUS}
    collect(Group(**add))
    leader.run().switch_page("leaders/summary.py").run()
    said = re.sub(r"<blockquote.*?</blockquote>", "", markup(leader))  # people's own words may speak of buses
    assert "Buses" not in said + " ".join(heading.value for heading in leader.subheader)

    with database.writing(database.engine()) as session:
        candidate = session.exec(select(CandidateTheme)).one()
        for number in session.exec(select(Comment.id).where(Comment.words == BUS)).all():
            if not session.exec(select(Coding).where(Coding.comment_id == number)).first():
                session.add(
                    Coding(
                        comment_id=number,
                        candidate_theme_id=candidate.id,
                        strength=1,
                        given_by=GivenBy.MODEL,
                        model="m",
                    )
                )
        theming.approve(session, 1, candidate.id, worded("Buses"), by="an officer")
    data.known._held.clear()

    leader.run()
    assert "Buses" in [heading.value for heading in leader.subheader]


def test_a_theme_is_renamed_and_its_comments_are_said_to_be_read_again(county, officer):
    page = opened(officer)
    fill(page, "Name", "Waiting times")
    press(page, "Save")

    assert labels() == ["Waiting times", "Kindness"]
    assert "comments are being read again: 0 of 48 so far" in markup(page)
    assert "Changed “Waiting” as “Waiting times”." in markup(page)


def test_beside_a_choice_of_waves_it_says_that_comments_of_all_are_read_again(county, officer):
    add_wave("0", "An earlier wave", days_ago=300)
    page = opened(officer)
    fill(page, "Name", "Waiting times")
    press(page, "Save")

    assert "comments are being read again: 0 of 48 in all waves so far" in markup(page)


def test_two_themes_are_merged_only_by_somebody_who_is_sure(county, officer):
    page = press(opened(officer), "Merge")
    assert [error.value for error in page.error] == ["Tick the box to say that you are sure. Nothing was done."]
    assert labels() == ["Waiting", "Kindness"]

    tick(page, "I am sure that the two are one theme")
    press(page, "Merge")

    assert labels() == ["Waiting"]
    assert "40 of 48 people raise it" in markup(page)
    assert "Merged “Kindness” into “Waiting”." in markup(page)


def test_a_theme_is_split_into_those_that_are_named(county, officer):
    page = opened(officer)
    fill(page, "First new theme: name", "Waiting to be seen")
    fill(page, "First new theme: phrases, one to a line", "seen")
    fill(page, "Second new theme: name", "Waiting for a reply")
    tick(page, "I am sure that “Waiting” is more than one theme")
    press(page, "Split")

    assert labels() == ["Kindness", "Waiting to be seen", "Waiting for a reply"]
    assert "Split “Waiting” into “Waiting to be seen”, “Waiting for a reply”." in markup(page)


def test_a_theme_is_retired_restored_and_that_is_undone(county, officer):
    page = opened(officer)
    tick(page, "I am sure that “Waiting” should go")
    press(page, "Retire")
    assert labels() == ["Kindness"]

    choose(page, "Theme to decide about", "Waiting (retired)")
    press(page, "Restore “Waiting”")
    assert labels() == ["Waiting", "Kindness"]

    press(page, "Undo: Restored: “Waiting”.")
    assert labels() == ["Kindness"]
    press(page, "Undo: Retired: “Waiting”.")
    assert labels() == ["Waiting", "Kindness"]


def test_a_theme_of_ones_own_is_added(county, officer):
    page = choose(opened(officer), "Theme to decide about", "A theme of your own")
    fill(page, "Name", " ")
    press(page, "Add this theme")
    assert [error.value for error in page.error] == ["A theme needs a name. Write one."]

    fill(page, "Name", "Buses")
    press(page, "Add this theme")
    assert labels() == ["Waiting", "Kindness", "Buses"]


def test_the_coding_frame_that_comes_with_heard_is_read_and_approved_as_a_whole(consultation, officer):
    collect(Group(30))
    frame = coding_frame.shipped()
    page = opened(officer)
    assert frame.themes[0].description in markup(page), "where there are no themes yet it is offered first"

    press(page, f"Approve {len(frame.themes)} themes")
    assert [error.value for error in page.error] == ["Tick the box to say that you are sure. Nothing was done."]
    assert labels() == []

    tick(page, "I have read them, and they fit this consultation")
    press(page, f"Approve {len(frame.themes)} themes")

    assert labels() == [theme.label for theme in frame.themes]
    assert f"Added {len(frame.themes)} themes together" in markup(page)
    page = choose(page, "Theme to decide about", "The themes of a coding frame, all at once")
    assert "They are all here already." in markup(page)


def test_what_somebody_else_changed_meanwhile_is_told_and_nothing_is_done(county, officer):
    page = opened(officer)
    with database.writing(database.engine()) as session:
        theming.edit(session, 1, Seen(1, 1), worded("Delays"), by="another officer")
    fill(page, "Name", "Waiting times")
    press(page, "Save")

    assert labels() == ["Delays", "Kindness"]
    assert [error.value.partition(",")[0] for error in page.error] == [
        "“Delays” was changed by another officer while you were looking at it"
    ]
    assert "What you typed" in markup(page), "nobody has to write it again"
    assert '<p dir="auto">Waiting times</p>' in markup(page)


def test_what_was_decided_about_stays_chosen_under_the_name_it_has_now(county, officer):
    page = choose(opened(officer), "Theme to decide about", "Kindness")
    fill(page, "Name", "Kind people")
    press(page, "Save")

    assert next(box for box in page.selectbox if box.label == "Theme to decide about").value == "Kind people"


def test_searching_leaves_the_themes_in_whose_words_it_is_found(county, officer):
    page = opened(officer)
    fill(page, "Search the themes", "KIND")
    page.run()

    assert "Approved (1)</h2>" in markup(page)


def test_whoever_decides_about_a_suggestion_has_its_comments_in_view(county, officer):
    suggest("Buses", "buses, late", stability=0.9)
    page = opened(officer)

    choose(page, "Theme to decide about", "Buses (suggested)")

    (evidence,) = re.findall(r'<section class="heard-evidence".*?</section>', markup(page), re.DOTALL)
    assert "of 48 people raise it" in evidence
    assert BUS in evidence


def test_a_leader_may_look_and_change_nothing(county, leader):
    page = opened(leader)
    assert "Decide" not in [heading.value for heading in page.header]
    assert not page.button
    assert "30 of 50 people raise it" in markup(page), "rounded to five, as in all that leaders see"

    assert not one_by_one(leader).button


def test_a_leader_reads_only_comments_whose_writers_agreed_to_be_quoted(consultation, leader):
    add_themes("Waiting")
    collect(Group(3), Group(9, words="Waiting for a letter that never came", quotable=False))

    assert "letter that never came" not in markup(opened(leader))
    page = leader.radio(key="view").set_value("Comments one by one").run()
    assert "2 comments wait after this one." in markup(page)
    assert "letter that never came" not in markup(page)


def test_a_visitor_is_not_offered_it(app):
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        opened(app)


def test_new_comments_are_coded_by_the_themes_as_they_are_now(county, officer, monkeypatch):
    monkeypatch.setattr(data.known, "LOOK_EVERY_SECONDS", 0)
    page = choose(opened(officer), "Theme to decide about", "A theme of your own")
    fill(page, "Name", "Buses")
    press(page, "Add this theme")
    collect(Group(6, words="Buses are late again and nobody tells us"))
    assert read_batch(database.engine(), Plain()) == 0

    page.run()

    assert "6 of 54 people raise it" in markup(page)
    assert [one.what for one in stored(ThemeAct)] == [ThemeActKind.LOADED, ThemeActKind.ADDED]


def test_no_consultation_yet_is_told(consultation, officer):
    with database.writing(database.engine()) as session:
        session.connection().exec_driver_sql("DELETE FROM wave")

    assert "There is no consultation yet." in markup(opened(officer))


def test_somebody_who_administers_alone_is_told_that_their_sign_in_does_not_cover_it(app, sign_in):
    sign_in(RoleName.ADMINISTRATOR)

    with pytest.raises(ValueError, match="Could not find a navigation page"):
        opened(app)
