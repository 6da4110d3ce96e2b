"""Where people stopped is counted by page, language and way of answering: not those who may yet go on, nor previews."""

from datetime import timedelta

import pytest

from survey import drafts, keying, responses
from survey.database import reading, writing
from survey.drafts import KEPT_FOR
from survey.routing import CHECK_ANSWERS, Page
from survey.stopping import STILL_ANSWERING, by_language, by_way, may_be_gone, stopped
from survey.tables import Channel
from survey.wording import words_in
from tests.survey.conftest import NOW, full_answers

LATER = NOW + 2 * STILL_ANSWERING


def begin(fieldwork, device, place, *, saved=NOW, preview=False, language="en"):
    with writing(fieldwork.engine) as session:
        draft = drafts.begin(
            session, wave_id=fieldwork.wave.id, device=device, language=language, now=saved, preview=preview
        )
        if place:
            drafts.put(session, draft.id, given={}, place=place, now=saved)


def call(fieldwork, officer, channel):
    with writing(fieldwork.engine) as session:
        keying.begin_call(session, fieldwork.wave, officer, channel=channel, language="en", now=NOW)


def counted(fieldwork, now):
    with reading(fieldwork.engine) as session:
        rows = stopped(session, fieldwork.wave.id, fieldwork.questionnaire, words_in("en"), now=now)
    return dict(zip(rows["place"], rows["count"], strict=True))


def in_languages(fieldwork, now=LATER):
    with reading(fieldwork.engine) as session:
        return by_language(session, fieldwork.wave.id, now=now).to_dict()


def in_ways(fieldwork, now=LATER):
    with reading(fieldwork.engine) as session:
        return by_way(session, fieldwork.wave, now=now).to_dict()


def test_each_page_says_how_many_stopped_there(fieldwork):
    first, *_ = fieldwork.questionnaire.sections
    begin(fieldwork, "one", None)
    begin(fieldwork, "two", Page(first.id))
    begin(fieldwork, "three", CHECK_ANSWERS)

    found = counted(fieldwork, LATER)

    assert found["The first page"] == 1
    assert found[words_in("en").of(first.title)] == 1
    assert found["Check your answers, before sending"] == 1
    assert sum(found.values()) == 3


def test_somebody_who_may_yet_go_on_has_not_stopped(fieldwork):
    begin(fieldwork, "one", None)
    soon = NOW + STILL_ANSWERING - timedelta(minutes=1)

    assert sum(counted(fieldwork, soon).values()) == 0
    assert in_languages(fieldwork, soon) == {}
    assert set(in_ways(fieldwork, soon).values()) == {0}


def test_previews_are_not_counted(fieldwork):
    begin(fieldwork, "one", None, preview=True)

    assert sum(counted(fieldwork, LATER).values()) == 0
    assert in_languages(fieldwork) == {}
    assert set(in_ways(fieldwork).values()) == {0}


def test_whoever_corrects_what_they_have_sent_has_not_stopped(fieldwork):
    sent = fieldwork.begin(answers=full_answers())
    with writing(fieldwork.engine) as session:
        responses.send(session, sent.id, now=NOW)
        drafts.of_response(
            session,
            draft_id=sent.id,
            wave_id=fieldwork.wave.id,
            device="a phone",
            language="en",
            answers=full_answers(),
            started_at=NOW,
            now=NOW,
        )

    assert sum(counted(fieldwork, LATER).values()) == 0
    assert in_languages(fieldwork) == {}
    assert set(in_ways(fieldwork).values()) == {0}


def test_each_language_says_how_many_stopped_in_it_and_easy_read_is_one(fieldwork):
    for device, language in (("one", "pl"), ("two", "easy"), ("three", "en"), ("four", "pl")):
        begin(fieldwork, device, None, language=language)

    assert in_languages(fieldwork) == {"pl": 2, "easy": 1, "en": 1}


def test_a_call_is_told_from_what_is_answered_online_whoever_began_it(fieldwork):
    begin(fieldwork, "one", None)
    begin(fieldwork, "two", None)
    call(fieldwork, "olu", Channel.PHONE)
    call(fieldwork, "olu", Channel.PHONE)
    call(fieldwork, "mags", Channel.IN_PERSON)

    assert in_ways(fieldwork) == {"web": 2, "phone": 2, "in_person": 1}


def test_a_draft_that_was_set_aside_and_has_no_device_counts_as_online(fieldwork):
    begin(fieldwork, "one", None)
    with writing(fieldwork.engine) as session:
        draft = drafts.of_device(session, wave_id=fieldwork.wave.id, device="one")
        drafts.put(session, draft.id, given=full_answers(), place=None, now=NOW)
        code = drafts.resume_code(session, draft.id)
        drafts.begin(session, wave_id=fieldwork.wave.id, device="two", language="en", now=NOW)
        other = drafts.of_device(session, wave_id=fieldwork.wave.id, device="two")
        drafts.put(session, other.id, given=full_answers(), place=None, now=NOW)
        drafts.resume_code(session, other.id)
        drafts.bring_back(session, typed_code=code, wave_id=fieldwork.wave.id, device="two")

    assert in_ways(fieldwork) == {"web": 2, "phone": 0, "in_person": 0}


@pytest.mark.parametrize(
    ("opened", "closes", "gone"),
    [
        (KEPT_FOR + timedelta(days=30), timedelta(days=1), False),  # it is open: a code still works
        (KEPT_FOR - timedelta(days=1), -timedelta(days=1), False),  # it has closed, and nothing in it is so old
        (KEPT_FOR + timedelta(days=30), -timedelta(days=1), True),
    ],
)
def test_nobody_is_said_to_have_stopped_where_drafts_may_have_been_deleted(fieldwork, opened, closes, gone):
    wave = fieldwork.wave._replace(opens_at=NOW - opened, closes_at=NOW + closes)

    assert may_be_gone(wave, NOW) is gone
