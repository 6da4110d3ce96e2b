"""A wave by invitation: each code lets one family begin once, and nobody who has written anything is refused."""

import csv
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from threading import Barrier

import pytest
from sqlmodel import select

from survey import drafts, invitations, own_response, responses
from survey.database import reading, writing
from survey.errors import InvitationError
from survey.tables import AuditEntry, Draft, Invitation, Response, Wave
from survey.wording import words_in
from tests.survey.conftest import NOW, Fieldwork, full_answers

WORDS = words_in("en")


@pytest.fixture
def invited(fieldwork: Fieldwork) -> Fieldwork:
    with writing(fieldwork.engine) as session:
        wave = session.get_one(Wave, fieldwork.wave.id)
        wave.by_invitation = True
        session.add(wave)
    return fieldwork._replace(wave=fieldwork.wave._replace(by_invitation=True))


def make(invited: Fieldwork, number: int = 1) -> list[str]:
    with writing(invited.engine) as session:
        return invitations.make(session, invited.wave, number, by="an officer")


def begin(invited: Fieldwork, typed: str, device: str = "a phone") -> drafts.Saved:
    with writing(invited.engine) as session:
        return invitations.begin(session, invited.wave, WORDS, typed_code=typed, device=device, now=NOW)


def rows(invited: Fieldwork, what):
    with reading(invited.engine) as session:
        return session.exec(select(what)).all()


def refused(invited: Fieldwork, typed: str, device: str = "a phone") -> str:
    with pytest.raises(InvitationError) as told:
        begin(invited, typed, device)
    return str(told.value)


def test_a_code_begins_a_draft_however_it_is_typed_and_is_used_and_only_the_day_of_it_is_kept(invited):
    """The moment would lead from a code to the response that was begun in it."""
    (code,) = make(invited)

    begin(invited, code.lower().replace("-", " "))

    assert len(rows(invited, Draft)) == 1
    assert rows(invited, Invitation.used_at) == [NOW.replace(hour=0)]


def test_a_used_code_begins_nothing_on_another_device(invited):
    (code,) = make(invited)
    begin(invited, code)

    assert refused(invited, code, device="another phone") == WORDS("invitation.used")
    assert len(rows(invited, Draft)) == 1


@pytest.mark.parametrize(("typed", "key"), [("", "missing"), ("  ", "missing"), ("7GQ2-MX4P-T9RD", "unknown")])
def test_without_a_code_of_ours_nobody_begins(invited, typed, key):
    make(invited)

    assert refused(invited, typed) == WORDS(f"invitation.{key}")
    assert rows(invited, Draft) == []


def test_a_code_of_another_wave_is_unknown(invited):
    (code,) = make(invited)
    elsewhere = invited._replace(wave=invited.wave._replace(id=invited.wave.id + 1))

    assert refused(elsewhere, code) == WORDS("invitation.unknown")
    assert rows(invited, Invitation.used_at) == [None]


def test_whoever_has_begun_goes_on_without_a_code_and_sends(invited):
    (code,) = make(invited)
    begun = begin(invited, code)

    assert begin(invited, "") == begun
    with writing(invited.engine) as session:
        drafts.put(session, begun.id, given=full_answers(), place=None, now=NOW)
        responses.send(session, begun.id, now=NOW)

    assert len(rows(invited, Response)) == 1


def test_a_wave_that_is_open_to_everybody_asks_no_code(fieldwork):
    assert begin(fieldwork, "").answers == {}


def test_if_the_draft_cannot_be_begun_the_code_is_not_used_up(invited, monkeypatch):
    (code,) = make(invited)
    monkeypatch.setattr(drafts, "begin", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        begin(invited, code)
    monkeypatch.undo()

    assert begin(invited, code).answers == {}


def test_of_two_people_who_use_one_code_at_the_same_time_one_begins(invited):
    (code,) = make(invited)
    together = Barrier(2)

    def tried(device: str) -> str:
        together.wait()
        try:
            begin(invited, code, device)
        except InvitationError as problem:
            return str(problem)
        return "begun"

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(tried, ["a phone", "another phone"]))

    assert told == sorted(["begun", WORDS("invitation.used")])
    assert len(rows(invited, Draft)) == 1


def test_the_second_of_two_clicks_finds_what_the_first_has_begun(invited):
    (code,) = make(invited)
    together = Barrier(2)

    def clicked(_: int) -> drafts.Saved:
        together.wait()
        return begin(invited, code)

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(clicked, range(2))

    assert first.id == second.id


def test_whoever_deletes_their_answers_may_begin_again_but_nothing_of_them_is_left(invited):
    (code,) = make(invited)
    begun = begin(invited, code)
    with writing(invited.engine) as session:
        drafts.put(session, begun.id, given=full_answers(), place=None, now=NOW)
        resume = drafts.resume_code(session, begun.id)

    with writing(invited.engine) as session:
        left = invitations.drop(session, invited.wave, begun.id)

    assert left == begun
    assert rows(invited, Draft.answers) == ["{}"]
    assert rows(invited, Draft.resume_hash) == [None]
    assert resume
    assert begin(invited, "").id == begun.id


def test_where_everybody_may_answer_deleting_leaves_no_draft(fieldwork):
    begun = fieldwork.begin(answers=full_answers())

    with writing(fieldwork.engine) as session:
        assert invitations.drop(session, fieldwork.wave, begun.id) is None

    assert rows(fieldwork, Draft) == []


def test_codes_are_stored_as_hashes_and_who_made_how_many_is_kept(invited):
    made = make(invited, 50)

    assert len(set(made)) == 50
    assert not set(made) & set(rows(invited, Invitation.code_hash))
    (entry,) = rows(invited, AuditEntry)
    assert (entry.who, entry.what, entry.subject) == ("an officer", "make invitations", "send-services 2026: 50")


def test_a_draft_that_is_forgotten_after_two_months_says_nothing_of_its_code(invited):
    (code,) = make(invited)
    begin(invited, code)

    with writing(invited.engine) as session:
        drafts.forget_old(session, NOW + timedelta(days=61))

    assert rows(invited, Draft) == []
    with reading(invited.engine) as session:
        assert invitations.counted(session, invited.wave.id) == (1, 1)


@pytest.mark.parametrize("number", [0, -1, invitations.MOST_AT_ONCE + 1])
def test_no_codes_too_many_and_codes_for_an_open_wave_are_refused(invited, fieldwork, number):
    with pytest.raises(InvitationError, match="Choose between 1 and 5,000 codes"):
        make(invited, number)
    with pytest.raises(InvitationError, match="open to everybody"):
        make(invited._replace(wave=invited.wave._replace(by_invitation=False)))


def test_the_file_has_a_line_for_each_code_and_no_code_in_an_address(invited):
    made = make(invited, 3)

    read = list(csv.DictReader(StringIO(invitations.as_csv(made, "https://survey.example.gov.uk/s/x").decode())))

    assert [row["code"] for row in read] == made
    assert {row["address"] for row in read} == {"https://survey.example.gov.uk/s/x"}


def test_deleting_a_correction_leaves_nothing_that_somebody_else_could_send_in_its_place(invited):
    (code,) = make(invited)
    draft = begin(invited, code)
    with writing(invited.engine) as session:
        drafts.put(session, draft.id, given=full_answers(), place=None, now=NOW)
        private = responses.send(session, draft.id, now=NOW).private_code(NOW)
    with writing(invited.engine) as session:
        own = own_response.find(session, typed_code=private, consultation_id=invited.wave.consultation_id)
        correction = own_response.correct(session, own, device="a phone", now=NOW)
        invitations.drop(session, invited.wave, correction.id)

    assert rows(invited, Draft) == []
    assert refused(invited, "") == WORDS("invitation.missing")
