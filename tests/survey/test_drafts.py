"""A draft keeps everything that was continued past, on this device and with a code on another."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import drafts, responses
from survey.database import reading, writing
from survey.errors import AnotherDraftHere, DraftTooLarge, UnknownResumeCode
from survey.questionnaire import AnswerKey
from survey.routing import Page
from survey.tables import Wave
from tests.survey.conftest import NOW, full_answers


def held_on(fieldwork, device="a phone"):
    with reading(fieldwork.engine) as session:
        return drafts.of_device(session, wave_id=fieldwork.wave.id, device=device)


def put(fieldwork, draft, given_answers, place=None):
    with writing(fieldwork.engine) as session:
        return drafts.put(session, draft.id, given=given_answers, place=place, now=NOW)


def code_for(fieldwork, draft):
    with writing(fieldwork.engine) as session:
        return drafts.resume_code(session, draft.id)


def bring_back(fieldwork, code, device):
    with writing(fieldwork.engine) as session:
        return drafts.bring_back(session, typed_code=code, wave_id=fieldwork.wave.id, device=device)


def test_what_was_put_is_found_again_with_the_place_reached(fieldwork):
    draft = fieldwork.begin()
    place = Page("about_service", "slt")

    put(fieldwork, draft, full_answers(), place)

    assert held_on(fieldwork).answers == full_answers()
    assert held_on(fieldwork).place == place


def test_beginning_again_on_the_same_device_finds_the_same_draft(fieldwork):
    assert fieldwork.begin().id == fieldwork.begin().id
    assert fieldwork.begin("a tablet").id != fieldwork.begin().id


def test_two_tabs_on_one_draft_each_keep_their_own_page(fieldwork):
    draft = fieldwork.begin()

    put(fieldwork, draft, {AnswerKey("plan"): "ehcp"})
    put(fieldwork, draft, {AnswerKey("district"): "E07000117"})

    assert held_on(fieldwork).answers == {AnswerKey("plan"): "ehcp", AnswerKey("district"): "E07000117"}


def test_an_answer_that_was_cleared_is_gone(fieldwork):
    draft = fieldwork.begin(answers={AnswerKey("one_change"): "Answer the phone"})

    put(fieldwork, draft, {AnswerKey("one_change"): ""})

    assert held_on(fieldwork).answers == {}


def test_another_device_goes_on_with_a_code_however_it_is_typed(fieldwork):
    draft = fieldwork.begin(answers=full_answers())
    code = code_for(fieldwork, draft)

    found = bring_back(fieldwork, code.lower().replace("-", " "), "a library computer")

    assert found.answers == full_answers()
    assert held_on(fieldwork, "a library computer").id == draft.id
    assert held_on(fieldwork, "a phone") is None


def test_an_empty_draft_begun_on_the_other_device_gives_way(fieldwork):
    code = code_for(fieldwork, fieldwork.begin(answers=full_answers()))
    fieldwork.begin("a library computer")

    assert bring_back(fieldwork, code, "a library computer").answers == full_answers()


@pytest.mark.parametrize("typed", ["", "7GQ2-MX4P-T9RD", "' OR 1=1 --", "\x00", "x" * 10_000])
def test_a_wrong_code_finds_nothing_and_says_what_to_do(fieldwork, typed):
    fieldwork.begin(answers=full_answers())

    with pytest.raises(UnknownResumeCode, match="Check it and enter it again"):
        bring_back(fieldwork, typed, "somebody else's phone")


def test_a_code_is_stale_once_the_answers_are_sent(fieldwork):
    draft = fieldwork.begin(answers=full_answers())
    code = code_for(fieldwork, draft)
    with writing(fieldwork.engine) as session:
        responses.send(session, draft.id, now=NOW)

    with pytest.raises(UnknownResumeCode):
        bring_back(fieldwork, code, "a phone")


def test_ten_megabytes_are_refused_and_what_was_there_is_kept(fieldwork):
    draft = fieldwork.begin(answers=full_answers())

    with pytest.raises(DraftTooLarge, match="Shorten it"):
        put(fieldwork, draft, {AnswerKey("anything_else"): "x" * 10_000_000})

    assert held_on(fieldwork).answers == full_answers()


def test_a_deleted_draft_is_gone_and_putting_into_it_says_so(fieldwork):
    draft = fieldwork.begin(answers=full_answers())

    with writing(fieldwork.engine) as session:
        drafts.drop(session, draft.id)

    assert held_on(fieldwork) is None
    assert put(fieldwork, draft, full_answers()) is None


def test_drafts_nobody_touches_are_forgotten_after_sixty_days(fieldwork):
    fieldwork.begin()

    with writing(fieldwork.engine) as session:
        assert drafts.forget_old(session, NOW + timedelta(days=59)) == 0
        assert drafts.forget_old(session, NOW + timedelta(days=61)) == 1


def test_neither_cookie_nor_code_is_stored_as_it_is(fieldwork):
    draft = fieldwork.begin("the-cookie-of-this-phone")
    code = code_for(fieldwork, draft)

    with reading(fieldwork.engine) as session:
        stored = session.connection().exec_driver_sql("SELECT device_hash, resume_hash FROM draft").one()

    assert "the-cookie-of-this-phone" not in stored
    assert code not in stored
    assert [len(digest) for digest in stored] == [64, 64]


@given(st.dictionaries(
    st.builds(
            AnswerKey,
            st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True),
            st.none() | st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True),
            st.none() | st.integers(1, 6),
        ),
    st.one_of(st.text(min_size=1), st.lists(st.text(), min_size=1, max_size=3).map(tuple)), max_size=4))  # fmt: skip
def test_whatever_was_typed_comes_back_as_it_was(fieldwork, typed):
    draft = fieldwork.begin()

    kept = put(fieldwork, draft, typed)

    assert {key: kept.answers[key] for key in typed} == typed


def test_a_code_works_for_as_long_as_the_consultation_is_open(fieldwork):
    """However long ago the answers were saved."""
    draft = fieldwork.begin(answers=full_answers())
    with writing(fieldwork.engine) as session:
        code = drafts.resume_code(session, draft.id)
        wave = session.get_one(Wave, fieldwork.wave.id)
        wave.closes_at = NOW + timedelta(days=200)
        session.add(wave)

    with writing(fieldwork.engine) as session:
        assert drafts.forget_old(session, NOW + timedelta(days=190)) == 0
        assert drafts.bring_back(session, typed_code=code, wave_id=fieldwork.wave.id, device="a tablet").answers
        assert drafts.forget_old(session, NOW + timedelta(days=201)) == 1


def test_answers_on_this_device_that_have_no_code_are_not_lost_to_one_that_has(fieldwork):
    code = code_for(fieldwork, fieldwork.begin("a phone", full_answers()))
    here = fieldwork.begin("a tablet", full_answers())

    with writing(fieldwork.engine) as session, pytest.raises(AnotherDraftHere, match="Send or delete"):
        drafts.bring_back(session, typed_code=code, wave_id=fieldwork.wave.id, device="a tablet")

    assert held_on(fieldwork, "a tablet").id == here.id
    code_for(fieldwork, here)
    with writing(fieldwork.engine) as session:
        assert drafts.bring_back(session, typed_code=code, wave_id=fieldwork.wave.id, device="a tablet").id != here.id
