"""A questionnaire that is looked at before it opens: nothing that was tried out is ever counted, or taken for real."""

from datetime import timedelta

import pytest
from sqlmodel import select

from survey import consultations, drafts, frames, responses
from survey.database import reading, writing
from survey.errors import AnswerError, UnknownResumeCode
from survey.tables import Draft, Response
from tests.survey.conftest import NOW, full_answers

DEVICE = "an officer's laptop"


def begun(fieldwork, *, preview, answers=None, now=NOW):
    with writing(fieldwork.engine) as session:
        draft = drafts.begin(session, wave_id=fieldwork.wave.id, device=DEVICE, language="en", now=now, preview=preview)
        return drafts.put(session, draft.id, given=answers or {}, place=None, now=now)


def stored(fieldwork, what):
    with reading(fieldwork.engine) as session:
        return session.exec(select(what)).all()


def test_sending_a_preview_gives_no_response_moves_no_figure_and_leaves_nothing(fieldwork):
    draft = begun(fieldwork, preview=True, answers=full_answers())
    with reading(fieldwork.engine) as session:
        before = frames.latest_change(session, fieldwork.wave.id)

    with writing(fieldwork.engine) as session:
        receipt = responses.send(session, draft.id, now=fieldwork.wave.opens_at - timedelta(days=1))

    assert receipt.reference == "PREVIEW"
    assert stored(fieldwork, Response) == []
    assert stored(fieldwork, Draft) == []
    with reading(fieldwork.engine) as session:
        assert frames.latest_change(session, fieldwork.wave.id) == before


def test_a_preview_that_is_sent_after_the_opening_is_no_response_either(fieldwork):
    draft = begun(fieldwork, preview=True, answers=full_answers())

    with writing(fieldwork.engine) as session:
        assert responses.send(session, draft.id, now=NOW).reference == "PREVIEW"

    assert stored(fieldwork, Response) == []


def test_a_preview_shows_what_is_to_be_put_right_as_the_real_thing_does(fieldwork):
    draft = begun(fieldwork, preview=True)

    with pytest.raises(AnswerError), writing(fieldwork.engine) as session:
        responses.send(session, draft.id, now=NOW)


def test_a_draft_begun_in_preview_is_never_gone_on_with_once_it_is_open(fieldwork):
    tried = begun(fieldwork, preview=True, answers=full_answers())

    real = begun(fieldwork, preview=False)

    assert real.id != tried.id
    assert real.answers == {}
    assert begun(fieldwork, preview=True).id == tried.id


def test_a_code_got_in_preview_brings_nothing_back_for_a_respondent_and_a_respondents_nothing_in_preview(fieldwork):
    codes = {}
    for preview in (True, False):
        draft = begun(fieldwork, preview=preview, answers=full_answers())
        with writing(fieldwork.engine) as session:
            codes[preview] = drafts.resume_code(session, draft.id)

    for preview in (True, False):
        wave_id = fieldwork.wave.id
        with pytest.raises(UnknownResumeCode), writing(fieldwork.engine) as session:
            drafts.bring_back(
                session, typed_code=codes[not preview], wave_id=wave_id, device="a tablet", preview=preview
            )
        with writing(fieldwork.engine) as session:
            found = drafts.bring_back(
                session, typed_code=codes[preview], wave_id=wave_id, device="a tablet", preview=preview
            )
        assert found.preview is preview


def test_an_address_leads_to_the_open_wave_or_the_next_to_open_or_the_last_there_was(fieldwork):
    wave, day = fieldwork.wave, timedelta(days=1)
    spans = {"past": (-20, -10), "last": (-9, -5), "next": (5, 9), "later": (10, 20)}
    known = {
        name: wave._replace(id=number, opens_at=NOW + start * day, closes_at=NOW + end * day)
        for number, (name, (start, end)) in enumerate(spans.items())
    }

    def leads_to(*names):
        return consultations.behind([known.get(name, wave) for name in names], NOW)

    assert leads_to("past", "last", "open", "next") is wave
    assert leads_to("past", "last", "next", "later") is known["next"]
    assert leads_to("past", "last") is known["last"]
    assert leads_to() is None
