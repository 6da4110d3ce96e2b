"""What officers key in for others: marked as such, never invented, stored once, and noted in the audit."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from survey import drafts, keying
from survey.database import reading, writing
from survey.errors import AnswerError, ConsultationClosed, KeyingError
from survey.questionnaire import AnswerKey
from survey.responses import NOT_GIVEN, Entered
from survey.tables import Answer, AuditEntry, Channel, Comment, Draft, Response
from tests.survey.conftest import NOW, full_answers

PAPER = Entered("olu", Channel.PAPER)


def key_in(fieldwork, answers=None, *, copy="", form="a blank form", entered=PAPER, now=NOW, language="en"):
    with writing(fieldwork.engine) as session:
        return keying.key_in(
            session,
            fieldwork.wave,
            full_answers() if answers is None else answers,
            entered=entered,
            language=language,
            copy=copy,
            form=form,
            now=now,
        )


def stored(fieldwork, what):
    with reading(fieldwork.engine) as session:
        return session.exec(select(what)).all()


def test_a_form_says_how_it_came_who_keyed_it_and_its_language_whatever_its_own_channel_answer_is(fieldwork):
    key_in(fieldwork, full_answers(channel="web"), language="pl")

    (response,) = stored(fieldwork, Response)
    assert (response.channel, response.entered_by, response.language) == (Channel.PAPER, "olu", "pl")
    assert "channel" not in stored(fieldwork, Answer.item)
    assert stored(fieldwork, Draft) == []


def test_an_answer_that_the_form_does_not_give_has_no_row_and_one_that_is_just_missing_is_refused(fieldwork):
    key_in(fieldwork, full_answers(plan=NOT_GIVEN, quotable=NOT_GIVEN, district=NOT_GIVEN))

    (response,) = stored(fieldwork, Response)
    assert (response.district, response.quotable) == ("", False)
    assert not {"plan", "quotable", "district"} & set(stored(fieldwork, Answer.item))
    with pytest.raises(AnswerError, match="Select whether"):
        key_in(fieldwork, full_answers(plan=""), form="another")


def test_a_form_on_which_no_service_is_ticked_is_asked_about_none(fieldwork):
    key_in(fieldwork, full_answers(services_used=NOT_GIVEN))

    assert set(stored(fieldwork, Answer.service)) == {""}
    assert stored(fieldwork, Comment) == []


def test_a_form_saved_ten_times_at_once_is_one_response(fieldwork):
    with ThreadPoolExecutor(10) as presses:
        receipts = set(presses.map(lambda _: key_in(fieldwork), range(10)))

    assert len(receipts) == len(stored(fieldwork, Response)) == 1
    assert stored(fieldwork, Draft) == []


def test_paper_that_came_in_time_is_taken_four_weeks_longer_and_a_call_is_not(fieldwork):
    late = fieldwork.wave.closes_at + timedelta(days=27)

    key_in(fieldwork, now=late)
    with pytest.raises(ConsultationClosed):
        key_in(fieldwork, form="another", now=late + timedelta(days=2))
    with pytest.raises(ConsultationClosed):
        key_in(fieldwork, form="a third", entered=Entered("olu", Channel.PHONE), now=late)


def test_the_audit_says_who_keyed_which_copy_and_nothing_that_was_said(fieldwork):
    receipt = key_in(fieldwork, copy="  a 17 ")

    (entry,) = stored(fieldwork, AuditEntry)
    assert (entry.who, entry.what) == ("olu", "key in")
    assert entry.subject == f"send-services/2026 {receipt.reference} A 17"


def test_a_copy_that_was_keyed_before_in_this_wave_is_known_however_it_is_typed(fieldwork):
    receipt = key_in(fieldwork, copy="A17")

    with reading(fieldwork.engine) as session:
        known = keying.keyed_before(session, fieldwork.wave, " a17")
        assert known
        assert (known.reference, known.by) == (receipt.reference, "olu")
        assert keying.keyed_before(session, fieldwork.wave, "17") is None
        assert keying.keyed_before(session, fieldwork.wave, "") is None
        assert keying.keyed_before(session, fieldwork.wave._replace(code="2027"), "A17") is None


def test_an_officer_sees_how_many_they_have_keyed_today(fieldwork):
    key_in(fieldwork, form="yesterday's", now=NOW - timedelta(hours=13))
    key_in(fieldwork, form="one")
    key_in(fieldwork, form="two")
    key_in(fieldwork, form="hers", entered=Entered("ann", Channel.PAPER))

    with reading(fieldwork.engine) as session:
        assert keying.count_today(session, fieldwork.wave, "olu", NOW) == 2
        assert keying.last_of(session, fieldwork.wave, "ann").entered_by == "ann"


def begin_call(fieldwork, officer="olu"):
    with writing(fieldwork.engine) as session:
        return keying.begin_call(session, fieldwork.wave, officer, channel=Channel.PHONE, language="en", now=NOW)


def test_a_dropped_call_is_found_by_the_officer_who_took_it_and_by_nobody_else(fieldwork):
    first, second = begin_call(fieldwork), begin_call(fieldwork)
    with writing(fieldwork.engine) as session:
        drafts.put(session, second.draft.id, given={AnswerKey("plan"): "ehcp"}, place=None, now=NOW)

    with reading(fieldwork.engine) as session:
        assert [call.number for call in keying.calls(session, fieldwork.wave, "olu")] == [first.number, second.number]
        again = keying.call(session, fieldwork.wave, "olu", Channel.PHONE, second.number)
        assert again.draft.answers == {AnswerKey("plan"): "ehcp"}
        assert keying.calls(session, fieldwork.wave, "ann") == []


def test_unfinished_calls_do_not_pile_up(fieldwork):
    for _ in range(keying.MOST_CALLS):
        begin_call(fieldwork)

    with pytest.raises(KeyingError, match="Finish or delete"):
        begin_call(fieldwork)


def test_a_call_is_sent_once_by_phone_with_the_notice_before_it_in_the_audit(fieldwork):
    call = begin_call(fieldwork)
    with writing(fieldwork.engine) as session:
        drafts.put(session, call.draft.id, given=full_answers(age_band=NOT_GIVEN), place=None, now=NOW)

    def send():
        with writing(fieldwork.engine) as session:
            return keying.send_call(session, fieldwork.wave, "olu", call, now=NOW)

    assert send() == send()
    (response,) = stored(fieldwork, Response)
    assert (response.channel, response.entered_by) == (Channel.PHONE, "olu")
    assert stored(fieldwork, AuditEntry.what) == ["read out the notice", "key in"]


def test_no_cookie_finds_a_call_whatever_it_says(fieldwork):
    """A parent's device sends its cookie as it likes: the names that calls go by must not be among them."""
    with writing(fieldwork.engine) as session:
        keying.begin_call(session, fieldwork.wave, "olu", channel=Channel.PHONE, language="en", now=NOW)

    with reading(fieldwork.engine) as session:
        guesses = ("phone call 1 of olu", "phone call 1 of Olu", "olu", "")
        assert [drafts.of_device(session, wave_id=fieldwork.wave.id, device=guess) for guess in guesses] == [None] * 4
        assert len(keying.calls(session, fieldwork.wave, "olu")) == 1
