"""The equality questions: optional, asked once, kept apart from all else that was said, and taken back as a whole."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from analysis.suppression import LEADER, release
from survey import equality, responses, routing
from survey.database import reading, writing
from survey.questionnaire import AnswerKey, Choice, Standing
from survey.routing import Page
from survey.tables import EqualityAnswer, Response, ResponseState
from survey.wording import words_in
from tests.survey.conftest import NOW, full_answers

SEX, AGE, ETHNIC_GROUP, BACKGROUND, HEALTH, DAY, RELIGION = (
    Page(f"your_{name}") for name in ("sex", "age", "ethnic_group", "background", "health", "day", "religion")
)
WORDS = words_in("en")


def key(**answers):
    return {AnswerKey(item): code for item, code in answers.items()}


@pytest.fixture
def sent(fieldwork):
    """Somebody who has just sent their answers."""
    return send(fieldwork, "a phone")


def send(fieldwork, device):
    draft = fieldwork.begin(device, full_answers())
    with writing(fieldwork.engine) as session:
        return responses.send(session, draft.id, now=NOW).public_id


def put(fieldwork, public_id, place, now=NOW, **given):
    with writing(fieldwork.engine) as session:
        return equality.put(session, public_id, given=key(**given), place=place, now=now)


def under_way(fieldwork, public_id, now=NOW):
    with reading(fieldwork.engine) as session:
        return equality.under_way(session, public_id, now=now)


def stored(fieldwork):
    with reading(fieldwork.engine) as session:
        return session.exec(select(EqualityAnswer)).all()


def test_every_question_is_an_optional_choice_that_one_may_prefer_not_to_answer():
    for _, item in equality.questions().items():
        assert isinstance(item, Choice)
        assert item.optional
        assert item.options[-1].standing is Standing.PREFER_NOT_TO_SAY


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({}, []),
        ({"ethnic_group": "prefer_not_to_say"}, []),
        ({"ethnic_group": "asian"}, ["asian_background"]),
        ({"ethnic_group": "other"}, ["other_background"]),
        ({"health_conditions": "no"}, []),
        ({"health_conditions": "yes"}, ["daily_activities"]),
    ],
)
def test_there_is_one_question_to_a_page_and_some_follow_from_an_answer(answers, shown):
    asked = equality.questions()

    items = [
        item.id
        for page in routing.pages(asked, key(**answers))
        for item, _ in routing.items_on(asked, page, key(**answers))
    ]

    always = {"sex", "gender_same_as_sex", "age", "ethnic_group", "health_conditions", "religion"}
    assert [item for item in items if item not in always] == shown
    assert len(items) == len(routing.pages(asked, key(**answers)))


def test_whoever_has_just_sent_has_said_nothing_yet_and_what_they_say_is_read_back(fieldwork, sent):
    assert under_way(fieldwork, sent) == (equality.OFFER, {})

    put(fieldwork, sent, AGE, sex="female")
    put(fieldwork, sent, ETHNIC_GROUP, age="35_44")

    assert under_way(fieldwork, sent) == (ETHNIC_GROUP, key(sex="female", age="35_44"))


def test_leaving_an_answer_out_takes_back_the_one_before(fieldwork, sent):
    put(fieldwork, sent, AGE, sex="female")

    assert put(fieldwork, sent, AGE, sex="").answers == {}


def test_what_an_answer_has_led_to_goes_when_that_answer_changes(fieldwork, sent):
    put(fieldwork, sent, BACKGROUND, ethnic_group="white")
    put(fieldwork, sent, HEALTH, white_background="irish")

    put(fieldwork, sent, BACKGROUND, ethnic_group="black")

    assert under_way(fieldwork, sent) == (BACKGROUND, key(ethnic_group="black"))


def test_an_answer_that_was_never_offered_is_not_kept_and_is_told(fieldwork, sent):
    put(fieldwork, sent, AGE, sex="x" * 5_000, no_such_question="yes", age="25_34")

    assert under_way(fieldwork, sent).answers == key(age="25_34")
    (problem,) = equality.ahead(SEX, key(sex="x"), WORDS, now=NOW).problems
    assert problem.message == WORDS("problem.not_offered")


def test_continue_leads_from_page_to_page_and_at_last_to_the_end():
    assert equality.ahead(HEALTH, key(health_conditions="yes"), WORDS, now=NOW) == ([], DAY)
    assert equality.ahead(HEALTH, {}, WORDS, now=NOW) == ([], RELIGION)
    assert equality.ahead(RELIGION, {}, WORDS, now=NOW) == ([], equality.FINISHED)


def test_whoever_has_finished_or_skipped_is_not_asked_again_and_what_they_said_stays(fieldwork, sent):
    put(fieldwork, sent, AGE, sex="female")

    assert put(fieldwork, sent, equality.FINISHED) is None

    assert under_way(fieldwork, sent) is None
    assert put(fieldwork, sent, SEX, sex="male") is None
    assert {(row.item, row.code) for row in stored(fieldwork) if row.item != equality.PLACE} == {("sex", "female")}


def test_somebody_may_take_a_day_over_it_and_no_longer(fieldwork, sent):
    put(fieldwork, sent, AGE, sex="female")

    assert under_way(fieldwork, sent, NOW + timedelta(hours=23))
    assert under_way(fieldwork, sent, NOW + timedelta(hours=25)) is None
    assert put(fieldwork, sent, AGE, NOW + timedelta(hours=25), sex="male") is None


def test_nothing_stored_leads_from_an_equality_answer_to_the_response(fieldwork, sent):
    put(fieldwork, sent, AGE, sex="female")

    with reading(fieldwork.engine) as session:
        response = session.exec(select(Response)).one()
    known = {str(value) for value in response.model_dump().values()}
    for row in stored(fieldwork):
        assert row.link not in known
        assert str(sent) not in row.link
    assert [key.target_fullname for key in EqualityAnswer.__table__.foreign_keys] == ["wave.id"]


def test_withdrawing_takes_back_this_persons_answers_alone_and_nothing_is_asked_afterwards(fieldwork, sent):
    other = send(fieldwork, "another")
    put(fieldwork, sent, AGE, sex="female")
    put(fieldwork, other, AGE, sex="male")

    with writing(fieldwork.engine) as session:
        equality.forget(session, sent)
        response = session.exec(select(Response).where(Response.public_id == sent)).one()
        response.state = ResponseState.WITHDRAWN
        session.add(response)

    assert under_way(fieldwork, sent) is None
    assert put(fieldwork, sent, AGE, sex="female") is None
    assert {(row.item, row.code) for row in stored(fieldwork)} == {("sex", "male"), (equality.PLACE, str(AGE))}


def test_ten_clicks_at_once_keep_one_answer(fieldwork, sent):
    with ThreadPoolExecutor(10) as clicks:
        list(clicks.map(lambda _: put(fieldwork, sent, AGE, sex="female"), range(10)))

    assert sorted(row.item for row in stored(fieldwork)) == [equality.PLACE, "sex"]


def test_counts_are_of_one_wave_and_leave_out_who_would_rather_not_say(fieldwork):
    for number, sex in enumerate(["female", "female", "male", "prefer_not_to_say"]):
        put(fieldwork, send(fieldwork, f"phone {number}"), AGE, sex=sex)

    with reading(fieldwork.engine) as session:
        counted = equality.counts(session, fieldwork.wave.id)
        elsewhere = equality.counts(session, fieldwork.wave.id + 1)

    sexes = counted[counted["item"] == "sex"]
    assert sexes.to_dict("records") == [
        {"item": "sex", "code": "female", "count": 2, "base": 3},
        {"item": "sex", "code": "male", "count": 1, "base": 3},
    ]
    assert elsewhere["count"].sum() == 0
    assert equality.PLACE not in set(counted["item"])


def test_the_gate_for_figures_takes_the_counts_and_hides_the_small_ones(fieldwork):
    religions = ["christian"] * 14 + ["muslim"] * 12 + ["sikh"]
    for number, religion in enumerate(religions):
        put(fieldwork, send(fieldwork, f"phone {number}"), equality.FINISHED, religion=religion)

    with reading(fieldwork.engine) as session:
        counted = equality.counts(session, fieldwork.wave.id)
    shown = release(counted, LEADER, totals=[["item"]]).shown

    assert "sikh" not in set(shown["code"])
    assert dict(zip(shown["code"], shown["count"], strict=True)).get("christian") == 15
