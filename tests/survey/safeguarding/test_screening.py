"""A comment that may disclose harm is in the queue when it is kept, whichever way it came."""

import logging

import pytest
from sqlmodel import select

from survey import database, drafts, exchange, own_response, responses, safeguarding
from survey.database import reading, writing
from survey.questionnaire import AnswerKey
from survey.routing import CHECK_ANSWERS
from survey.tables import CaseState, Channel, Comment, SafeguardingCase, SafeguardingStep
from tests.survey.conftest import NOW, full_answers
from tests.survey.safeguarding.conftest import HARM


def own(session, fieldwork, receipt):
    code = receipt.private_code(NOW)
    return own_response.find(session, typed_code=code, consultation_id=fieldwork.wave.consultation_id)


def corrected(fieldwork, receipt, words):
    with writing(fieldwork.engine) as session:
        draft = own_response.correct(session, own(session, fieldwork, receipt), device="a phone", now=NOW)
        drafts.put(session, draft.id, given={AnswerKey("tell_us_more", "slt"): words}, place=CHECK_ANSWERS, now=NOW)
        responses.send(session, draft.id, now=NOW)


def test_what_somebody_sends_is_in_the_queue_at_once(send, queue):
    send()

    (case,) = queue()
    assert case.kinds == ("self_harm",)
    assert case.state is CaseState.WAITING
    assert case.came_at == NOW
    assert case.service == "Speech and language therapy"
    assert case.place == "East Lancashire"  # one answered from Burnley


def test_what_tells_of_no_harm_is_not(send, queue):
    send("It is killing me filling in forms")

    assert queue() == []


def test_if_it_is_not_kept_nothing_is_in_the_queue(fieldwork, queue):
    draft = fieldwork.begin(answers=full_answers() | {AnswerKey("tell_us_more", "slt"): HARM})

    with pytest.raises(ZeroDivisionError), writing(fieldwork.engine) as session:
        responses.send(session, draft.id, now=NOW)
        raise ZeroDivisionError

    assert queue() == []


def test_what_is_keyed_in_for_somebody_is_in_the_queue(fieldwork, queue):
    draft = fieldwork.begin(answers=full_answers() | {AnswerKey("tell_us_more", "slt"): HARM})

    with writing(fieldwork.engine) as session:
        responses.send(session, draft.id, now=NOW, entered=responses.Entered("an officer", Channel.PHONE))

    assert len(queue()) == 1


def test_what_is_brought_in_from_a_file_is_in_the_queue(fieldwork, send, tmp_path, queue, new_database):
    send()
    file = tmp_path / "out.zip"
    with reading(fieldwork.engine) as session:
        exchange.export(session, fieldwork.wave.slug, file, advance=lambda _: None)
    other = database.connect(new_database(fieldwork.engine.dialect.name))
    with writing(other) as session:
        exchange.bring_in(session, file)
    with reading(other) as session:
        (case,) = safeguarding.listed(session)
    other.dispose()

    assert case.kinds == ("self_harm",)


def test_what_somebody_adds_in_a_correction_is_in_the_queue(fieldwork, send, queue):
    receipt = send("Too long a wait")

    corrected(fieldwork, receipt, HARM)

    assert len(queue()) == 1


def test_words_that_stay_in_a_correction_keep_their_case(fieldwork, send, queue):
    receipt = send()
    before = queue()

    with writing(fieldwork.engine) as session:
        draft = own_response.correct(session, own(session, fieldwork, receipt), device="a phone", now=NOW)
        drafts.put(session, draft.id, given={AnswerKey("age_band"): "0_4"}, place=CHECK_ANSWERS, now=NOW)
        responses.send(session, draft.id, now=NOW)

    assert queue() == before


def test_a_preview_puts_nothing_in_the_queue(fieldwork, queue):
    with writing(fieldwork.engine) as session:
        draft = drafts.begin(session, wave_id=fieldwork.wave.id, device="d", language="en", now=NOW, preview=True)
        given = full_answers() | {AnswerKey("tell_us_more", "slt"): HARM}
        drafts.put(session, draft.id, given=given, place=CHECK_ANSWERS, now=NOW)
        responses.send(session, draft.id, now=NOW)

    assert queue() == []


def test_no_word_of_it_is_in_any_log(send, caplog):
    with caplog.at_level(logging.DEBUG):
        send()
        logging.getLogger("the test").info("the log is kept")

    said = caplog.text.casefold()
    assert "the log is kept" in said
    assert not [word for word in ("zebedee", "kill", "himself", "self_harm") if word in said]


def test_comments_kept_before_there_was_a_queue_can_be_looked_through(fieldwork, send, queue):
    send()
    with writing(fieldwork.engine) as session:
        session.delete(session.exec(select(SafeguardingCase)).one())

    with writing(fieldwork.engine) as session:
        put = safeguarding.screen_all(session, now=NOW)
    with writing(fieldwork.engine) as session:
        again = safeguarding.screen_all(session, now=NOW)

    assert (put, again) == (1, 0)
    assert len(queue()) == 1


def test_what_is_withdrawn_goes_with_its_case_and_only_a_number_stays(fieldwork, send):
    receipt = send()

    with writing(fieldwork.engine) as session:
        own_response.withdraw(session, own(session, fieldwork, receipt))

    with reading(fieldwork.engine) as session:
        left = [session.exec(select(table)).all() for table in (Comment, SafeguardingCase, SafeguardingStep)]
        gone = safeguarding.taken_back(session)
    assert left == [[], [], []]
    assert [(one.state, one.outcome, one.cases) for one in gone] == [(CaseState.WAITING, "", 1)]


def test_words_taken_back_in_a_correction_leave_that_number_too(fieldwork, send, queue):
    corrected(fieldwork, send(), "Nothing more to say")

    assert queue() == []
    with reading(fieldwork.engine) as session:
        assert [one.cases for one in safeguarding.taken_back(session)] == [1]
