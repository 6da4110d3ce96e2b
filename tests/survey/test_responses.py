"""Answers are sent once, as a whole, and only what was asked is stored."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from survey import drafts, responses
from survey.database import reading, writing
from survey.errors import AnswerError, ConsultationClosed
from survey.questionnaire import AnswerKey
from survey.tables import Answer, Channel, Comment, Draft, Response
from tests.survey.conftest import NOW, full_answers


def send(fieldwork, draft, now=NOW):
    with writing(fieldwork.engine) as session:
        return responses.send(session, draft.id, now=now)


def stored(fieldwork, table):
    with reading(fieldwork.engine) as session:
        return session.exec(select(table)).all()


def test_a_draft_becomes_a_response_with_its_answers_and_comments(fieldwork):
    receipt = send(fieldwork, fieldwork.begin(answers=full_answers()))

    (response,) = stored(fieldwork, Response)
    assert (response.reference, response.channel, response.district) == (receipt.reference, Channel.PHONE, "E07000117")
    assert (response.quotable, response.change) == (True, 1)
    assert {(a.item, a.service, a.code) for a in stored(fieldwork, Answer)} >= {
        ("services_used", "", "slt"),
        ("rating", "slt", "good"),
        ("plan", "", "ehcp"),
    }
    assert [(c.item, c.service, c.words) for c in stored(fieldwork, Comment)] == [
        ("tell_us_more", "slt", "We waited two years")
    ]
    assert stored(fieldwork, Draft) == []


def test_sending_twice_gives_the_same_receipt_and_stores_one_response(fieldwork):
    draft = fieldwork.begin(answers=full_answers())

    assert send(fieldwork, draft) == send(fieldwork, draft)
    assert len(stored(fieldwork, Response)) == 1


def test_ten_clicks_at_once_store_one_response(fieldwork):
    draft = fieldwork.begin(answers=full_answers())

    with ThreadPoolExecutor(10) as clicks:
        receipts = {receipt.reference for receipt in clicks.map(lambda _: send(fieldwork, draft), range(10))}

    assert len(receipts) == len(stored(fieldwork, Response)) == 1


def test_answers_to_questions_that_no_longer_apply_are_left_out(fieldwork):
    answers = full_answers(right_help_missing="A therapist") | {AnswerKey("rating", "ot"): "poor"}

    send(fieldwork, fieldwork.begin(answers=answers))

    assert {answer.service for answer in stored(fieldwork, Answer)} == {"", "slt"}
    assert "A therapist" not in {comment.words for comment in stored(fieldwork, Comment)}


@pytest.mark.parametrize(
    ("changed", "told"),
    [({"plan": ""}, "Select whether"), ({"district": "Atlantis"}, "Select one of the answers shown")],
)
def test_missing_or_forged_answers_are_not_sent_and_the_draft_is_kept(fieldwork, changed, told):
    draft = fieldwork.begin(answers=full_answers(**changed))

    with pytest.raises(AnswerError, match=told):
        send(fieldwork, draft)

    assert stored(fieldwork, Response) == []
    assert len(stored(fieldwork, Draft)) == 1


@pytest.mark.parametrize("late", [timedelta(days=31), timedelta(days=-2)])
def test_a_consultation_that_is_not_open_takes_nothing_and_keeps_the_draft(fieldwork, late):
    draft = fieldwork.begin(answers=full_answers())

    with pytest.raises(ConsultationClosed, match="closed"):
        send(fieldwork, draft, NOW + late)

    assert stored(fieldwork, Response) == []
    assert len(stored(fieldwork, Draft)) == 1


def test_a_draft_that_was_deleted_meanwhile_cannot_be_sent(fieldwork):
    draft = fieldwork.begin(answers=full_answers())
    with writing(fieldwork.engine) as session:
        drafts.drop(session, draft.id)

    with pytest.raises(AnswerError, match="deleted"):
        send(fieldwork, draft)


def test_a_reloaded_page_finds_what_this_device_sent_and_no_other_does(fieldwork):
    receipt = send(fieldwork, fieldwork.begin("a phone", full_answers()))

    with reading(fieldwork.engine) as session:
        assert responses.last_from(session, wave_id=fieldwork.wave.id, device="a phone") == receipt
        assert responses.last_from(session, wave_id=fieldwork.wave.id, device="another") is None


def test_numbers_days_and_children_are_stored_as_such(open_fieldwork):
    fieldwork = open_fieldwork("short_breaks")
    answers = {
        AnswerKey("breaks_used"): ("break_time",),
        AnswerKey("break_rating", "break_time"): "good",
        AnswerKey("last_break_on"): "2026-05-30",
        AnswerKey("hours_a_month"): "6",
        AnswerKey("children_count"): "2",
        AnswerKey("child_age_band", None, 1): "0_4",
        AnswerKey("child_enough", None, 1): "enough",
        AnswerKey("child_age_band", None, 2): "5_10",
        AnswerKey("child_enough", None, 2): "none",
        AnswerKey("quotable"): "no",
        AnswerKey("district"): "not_sure",
    }

    send(fieldwork, fieldwork.begin(answers=answers))

    kept = stored(fieldwork, Answer)
    assert {(a.item, a.number) for a in kept if a.number is not None} == {("hours_a_month", 6), ("children_count", 2)}
    assert [a.day.isoformat() for a in kept if a.day] == ["2026-05-30"]
    assert {(a.child, a.code) for a in kept if a.item == "child_enough"} == {(1, "enough"), (2, "none")}
