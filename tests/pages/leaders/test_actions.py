"""The ledger as officers and leaders work with it, from the router down to a real database."""

from datetime import UTC, date, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from analysis.record import Record
from pages.leaders import book, publishing
from pages.ui import data
from survey import actions, database, people, publications, theming
from survey.actions import Seen
from survey.ledger import ActionState, Evidence, Plan
from survey.tables import RoleName
from survey.version import code_version
from tests.pages.collecting import Group, add_themes, add_wave, collect

KIND = "Kindness from everybody at the centre made all the difference to us"
TODAY = datetime.now(UTC).date()
DONE = "Call it done, with what later waves say"


def opened(app: AppTest, **query: str) -> AppTest:
    for name, value in query.items():
        app.query_params[name] = value
    page = app.run().switch_page("leaders/actions.py").run()
    assert not page.exception
    return page


def markup(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click()
    page.run()
    assert not page.exception
    return page


def fill(page: AppTest, label: str, text: str) -> None:
    next(box for box in [*page.text_area, *page.text_input] if box.label == label).set_value(text)


def choose(page: AppTest, label: str, option: str) -> None:
    next(box for box in page.selectbox if box.label == label).set_value(option)


def decide_about(page: AppTest, number: int = 1) -> AppTest:
    box = next(box for box in page.selectbox if box.label == "Action to decide about")
    box.set_value(box.options[number]).run()
    assert not page.exception
    return page


def ledger() -> list:
    with database.reading(database.engine()) as session:
        return actions.ledger(session, 1)


def wave_id(title: str) -> int:
    from survey import consultations

    with database.reading(database.engine()) as session:
        return next(one.id for one in consultations.waves(session) if one.title == title)


def add(wave: str = "An earlier wave", **plan: object) -> int:
    usual = {"told": "Open more places", "service": "slt", "owner": "Head of therapy"}
    with database.writing(database.engine()) as session:
        made = Plan(wave_id=wave_id(wave), **(usual | plan))
        return actions.add(session, 1, made, Evidence(0.3, 0.24, 0.37, 200), by="somebody")


def headings(page: AppTest) -> list[str]:
    return [one.value for one in page.header]


def test_an_empty_ledger_says_what_to_do(two_waves, leader):
    page = opened(leader)

    assert "No action is in this ledger yet. Add the first below." in markup(page)
    assert headings(page) == [
        "Raised, and nothing decided yet (1)",
        "Decide",
        "The public page",
        "How to read this",
    ]


@pytest.mark.parametrize("role", [RoleName.OFFICER, RoleName.LEADER])
def test_officers_and_leaders_add_an_action_with_the_evidence_as_it_is_today(two_waves, app, sign_in, role):
    sign_in(role)
    page = opened(app)
    choose(page, "Theme or service it is about", "Service: Speech and language therapy")
    choose(page, "Wave that the evidence is from", "An earlier wave")
    fill(page, "What is done or decided", "Open more places")
    page.radio(key="actions-new-way").set_value("Up")
    page.date_input(key="actions-new-due").set_value(TODAY + timedelta(days=60))
    press(page, "Add this action")

    (one,) = ledger()
    assert (one.plan.service, one.plan.predicted, one.plan.owner) == ("slt", 10, "")
    assert one.evidence == Evidence(0.3, 0.24, 0.37, 200)
    assert one.history[0].by == role
    told = markup(page)
    assert "You added this action." in told
    assert "An earlier wave: 30% of 200 (24% to 37%) rate it well." in told
    assert headings(page)[0] == "No owner yet (1)"


def test_what_cannot_be_kept_is_told_at_the_top_and_what_was_typed_stays(two_waves, officer):
    page = opened(officer)
    choose(page, "Wave that the evidence is from", "First wave")
    fill(page, "What is done or decided", "Open more places")
    page.date_input(key="actions-new-due").set_value(TODAY - timedelta(days=200))
    press(page, "Add this action")

    assert "before First wave opened" in page.error[0].value
    assert page.text_area(key="actions-new-told").value == "Open more places"
    assert ledger() == []


def test_somebody_signed_out_meanwhile_changes_nothing_by_a_press(two_waves, app, sign_in):
    token = sign_in(RoleName.LEADER)
    page = opened(app)
    fill(page, "What is done or decided", "Open more places")
    with database.writing(database.engine()) as session:
        people.sign_out(session, token)

    press(page, "Add this action")

    assert ledger() == []
    assert "Add this action" not in [button.label for button in page.button]


def test_an_action_is_called_done_only_with_what_later_waves_say(two_waves, leader):
    add()
    page = press(decide_about(opened(leader)), DONE)

    (one,) = ledger()
    assert (one.state, one.compared.word) == (ActionState.DONE, "felt")
    told = markup(page)
    assert "Felt. Since then 60% of 200 (53% to 67%): between 20 and 39 points higher." in told
    assert headings(page)[0] == "Done (1)"


def test_before_a_later_wave_an_action_cannot_be_called_done(two_waves, officer):
    add("First wave")
    page = press(decide_about(opened(officer)), DONE)

    assert "cannot be called done yet" in page.error[0].value
    assert ledger()[0].state is ActionState.PLANNED
    assert "Too early: no later wave has asked families since this was due." in markup(page)


@pytest.mark.parametrize("answered", [0, 9])
def test_a_later_wave_that_too_few_have_answered_yet_calls_nothing_done_and_says_what_to_do(
    consultation, leader, answered
):
    add_wave("0", "An earlier wave", days_ago=300)
    collect(Group(60, "good"), Group(140, "poor"), wave="0")
    if answered:
        collect(Group(answered, "good"))
    add()
    page = press(decide_about(opened(leader)), DONE)

    assert "too few families answered, then or since" in page.error[0].value
    assert "Wait until more have answered" in page.error[0].value
    assert ledger()[0].state is ActionState.PLANNED


def test_an_action_without_an_owner_is_not_called_done_and_the_owner_is_asked_for(two_waves, leader):
    add(owner="")
    page = press(decide_about(opened(leader)), DONE)

    assert page.error[0].value == "This action has no owner yet. Write whose job it is first, then call it done."
    fill(page, "Owner: a job, not a name (may wait)", "Head of therapy")
    page = press(decide_about(press(page, "Save")), DONE)
    assert headings(page)[0] == "Done (1)"


def test_what_was_done_is_not_given_another_prediction_until_it_is_planned_again(two_waves, leader):
    add(predicted=10)
    page = decide_about(press(decide_about(opened(leader)), DONE))
    key = f"actions-{ledger()[0].id}-{ledger()[0].version}"
    page.number_input(key=f"{key}-points").set_value(40)
    page = press(page, "Save")

    assert "Plan it again first" in page.error[0].value
    assert ledger()[0].plan.predicted == 10


def test_what_was_expected_stands_on_the_card_beside_how_the_share_moved(two_waves, leader):
    add(predicted=10)

    assert (
        "<p>Expected: up by 10 points. Since: between 20 and 39 points higher. What was expected is outside that range."
        in markup(opened(leader))
    )


class Summer(datetime):
    """A clock that stands at half past eleven at night in UTC, when in a British summer it is tomorrow."""

    @classmethod
    def now(cls, tz=None):
        return datetime(2027, 7, 1, 23, 30, tzinfo=UTC).astimezone(tz)


def test_an_action_is_overdue_from_the_midnight_of_people_here(two_waves, leader, monkeypatch):
    number = add(due=date(2027, 7, 1))
    monkeypatch.setattr("pages.leaders.book.datetime", Summer)

    opened_book = book.opened(data.waves()[0], data.waves())

    assert opened_book.today == date(2027, 7, 2)
    assert opened_book.decided[number].overdue
    assert publishing.frozen(opened_book, "A date was wrong", []).corrections[0].day == date(2027, 7, 2)


def test_deciding_against_something_needs_a_reason_and_is_undone_by_planning_it_again(two_waves, officer):
    add()
    page = press(decide_about(opened(officer)), "Keep this decision")
    assert page.error[0].value == "Say why this is not being done. Families will read it."

    fill(page, "We are not doing this, because", "There is no money")
    page = press(page, "Keep this decision")
    assert "Why not: There is no money" in markup(page)
    assert headings(page)[0] == "Not doing, and why (1)"

    page = press(decide_about(page), "Plan it again")
    assert headings(page)[0] == "Planned (1)"
    assert "Decided against by officer" in markup(page)


def test_an_owner_is_given_and_what_was_before_is_kept(two_waves, officer):
    add(owner="")
    page = decide_about(opened(officer))
    fill(page, "Owner: a job, not a name (may wait)", "Head of transport")
    page = press(page, "Save")

    assert [one.plan.owner for one in ledger()[0].history] == ["Head of transport", ""]
    assert headings(page)[0] == "Planned (1)"


def test_words_in_another_language_are_kept_with_the_action(two_waves, officer):
    add()
    page = decide_about(opened(officer))
    choose(page, "Language", "Urdu")
    fill(page, "What is done or decided, in that language", "زیادہ جگہیں")
    page = press(page, "Keep this wording")

    assert '<li lang="ur" dir="rtl">زیادہ جگہیں</li>' in markup(page)


def test_what_somebody_else_changed_meanwhile_is_not_written_over(two_waves, officer):
    number = add()
    page = decide_about(opened(officer))
    with database.writing(database.engine()) as session:
        actions.refuse(session, 1, Seen(number, 1), "Not now", by="a leader")
    page = press(page, DONE)

    assert "a leader changed this action meanwhile" in page.error[0].value
    assert ledger()[0].state is ActionState.REFUSED


def test_overdue_comes_before_planned_and_is_said(two_waves, leader):
    add(due=TODAY + timedelta(days=5))
    add(due=TODAY - timedelta(days=5), told="Late")
    page = opened(leader)

    assert headings(page)[:2] == ["Overdue (1)", "Planned (1)"]
    assert "It is overdue." in markup(page)


def test_the_ledger_is_read_by_framework(two_waves, leader):
    add(tags=("concerns_2018.exclusions",))
    add(told="Another")

    told = markup(opened(leader, tag="The 2018 areas of concern: 12. Exclusions"))
    assert "Open more places" in told
    assert "Another" not in told.partition("<h3>")[2].partition("</ul>")[0]


def test_an_action_whose_theme_was_retired_says_that_it_cannot_be_compared(two_waves, leader):
    with database.writing(database.engine()) as session:
        theming.begin_history(session, 1, by="x")
    with database.reading(database.engine()) as session:
        waiting = next(one for one in theming.board(session, 1).themes if one.label == "Waiting")
    add(theme_id=waiting.id, service="")
    with database.writing(database.engine()) as session:
        theming.retire(session, 1, theming.Seen(waiting.id, waiting.version), by="x")
    told = markup(opened(leader))

    assert "Waiting (retired)" in told
    assert "Not compared. Its theme was retired." in told


@pytest.mark.parametrize("became", ["merged", "retired"])
def test_another_wording_leaves_an_action_about_the_theme_it_was_about_whatever_became_of_that(
    two_waves, leader, became
):
    with database.writing(database.engine()) as session:
        theming.begin_history(session, 1, by="x")
        kindness, waiting = sorted(theming.board(session, 1).themes, key=lambda one: one.label)
    add(theme_id=waiting.id, service="")
    with database.writing(database.engine()) as session:
        gone, into = (theming.Seen(one.id, one.version) for one in (waiting, kindness))
        if became == "merged":
            theming.merge(session, 1, into, [gone], by="x")
        else:
            theming.retire(session, 1, gone, by="x")
    page = decide_about(opened(leader))
    next(box for box in page.text_area if box.label == "What is done or decided").set_value("Open two more places")
    press(page, "Save")

    assert (ledger()[0].plan.told, ledger()[0].plan.theme_id) == ("Open two more places", waiting.id)


def test_no_number_of_a_few_people_is_in_it(consultation, leader):
    add_themes("Waiting")
    add_wave("0", "An earlier wave", days_ago=300)
    collect(Group(9, "good"), wave="0")
    collect(Group(9, "poor"))
    page = opened(leader)
    choose(page, "Theme or service it is about", "Service: Speech and language therapy")
    choose(page, "Wave that the evidence is from", "An earlier wave")
    fill(page, "What is done or decided", "Open more places")
    told = markup(press(page, "Add this action"))

    assert "Too few people to show the figure." in told
    assert "Too few to say." in told


def test_a_page_is_previewed_read_and_published_and_withdrawn(two_waves, leader):
    add()
    page = press(opened(leader), "Make a preview")
    assert "A preview was made by leader" in markup(page)

    page = press(page, "Publish it")
    assert "Tick the box" in page.error[0].value
    next(box for box in page.checkbox if box.label == "I have read the preview").check()
    page = press(page, "Publish it")
    assert "Version 1 was published by leader" in markup(page)
    with database.reading(database.engine()) as session:
        content = Record.model_validate_json(publications.newest(session, 1).content)
    assert content.responses == 200
    assert content.services[0].done[0].since.felt == "felt"
    assert f"Made from answers up to change {content.made_from.change:,}, coding frame" in markup(page)
    assert content.made_from.code == code_version()

    page = press(page, "Withdraw it now")
    assert "leader withdrew it on" in markup(page)


def test_what_was_corrected_is_on_this_and_every_later_version(two_waves, leader):
    page = opened(leader)
    fill(page, "What was wrong in an earlier version, if anything", "A date was wrong")
    press(page, "Make a preview")
    for expected in (["A date was wrong"], ["A date was wrong"]):
        with database.writing(database.engine()) as session:
            publications.publish(session, 1, publications.preview(session, 1), by="x")
            newest = publications.newest(session, 1)
        assert [one.told for one in Record.model_validate_json(newest.content).corrections] == expected
        leader.run()
        fill(leader, "What was wrong in an earlier version, if anything", "")
        press(leader, "Make a preview")


def test_a_visitor_is_not_offered_it(app):
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        app.run().switch_page("leaders/actions.py").run()
