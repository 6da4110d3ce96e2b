"""What people do about a case is kept; it takes two of them to close one; until then nothing of it is quoted."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from survey import safeguarding
from survey.database import reading, writing
from survey.errors import SafeguardingError
from survey.frames import latest_change
from survey.tables import AuditEntry, CaseState, Comment, SafeguardingCase, StepKind
from tests.survey.conftest import NOW
from tests.survey.safeguarding.conftest import HARM

LATER = NOW + timedelta(minutes=12)


@pytest.fixture
def case(fieldwork, send, queue):
    """The number of a case that nobody has opened."""
    send()
    return queue()[0].case_id


@pytest.fixture
def act(fieldwork):
    """Does something about a case in a transaction of its own."""

    def done(what, *args, by="Ann", now=LATER):
        with writing(fieldwork.engine) as session:
            return what(session, *args, by=by, now=now)

    return done


@pytest.fixture
def held(fieldwork):
    """The responses of which nothing may be quoted."""

    def now_held():
        with reading(fieldwork.engine) as session:
            return safeguarding.not_to_be_quoted(session, fieldwork.wave.id)

    return now_held


@pytest.fixture
def close(act):
    def closed(case, outcome):
        act(safeguarding.open_case, case)
        act(safeguarding.propose, case, outcome, "")
        act(safeguarding.open_case, case, by="Bob")
        act(safeguarding.confirm, case, outcome, by="Bob")

    return closed


def test_whoever_opens_it_first_sees_the_words_as_written_and_stops_the_clock(case, act, queue, fieldwork):
    seen = act(safeguarding.open_case, case)
    act(safeguarding.open_case, case, by="Bob", now=LATER + timedelta(hours=1))

    assert seen.words == HARM
    (listed,) = queue()
    assert (listed.state, listed.first_look_at) == (CaseState.LOOKED_AT, LATER)
    with reading(fieldwork.engine) as session:
        times = safeguarding.times(session, now=LATER)
    assert (times.waiting, times.looked_at, times.median) == (0, 1, timedelta(minutes=12))


def test_every_opening_is_in_the_audit_without_a_word_of_it(case, act, fieldwork):
    act(safeguarding.open_case, case)
    act(safeguarding.add_note, case, f"Rang about: {HARM}")

    with reading(fieldwork.engine) as session:
        kept = session.exec(select(AuditEntry).where(AuditEntry.who == "Ann")).all()
    assert [entry.subject for entry in kept] == [f"case {case}"] * 2
    assert not [entry for entry in kept if "Zebedee" in f"{entry.what}{entry.subject}"]


def test_a_case_that_waits_over_one_working_hour_is_counted(case, fieldwork):
    with reading(fieldwork.engine) as session:
        soon, late, much_later = (
            safeguarding.overdue(session, now=NOW + waited)
            for waited in (timedelta(minutes=59), timedelta(minutes=61), timedelta(days=900))
        )

    assert (soon, late, much_later) == (0, 1, 1)


def test_it_takes_two_people_to_close_a_case(case, act, queue):
    act(safeguarding.open_case, case)
    act(safeguarding.propose, case, "passed_on", "Rang the duty desk")

    with pytest.raises(SafeguardingError, match="Somebody else has to confirm"):
        act(safeguarding.confirm, case, "passed_on")
    with pytest.raises(SafeguardingError, match="Open the case and read it"):
        act(safeguarding.confirm, case, "passed_on", by="Bob")
    act(safeguarding.open_case, case, by="Bob")
    with pytest.raises(SafeguardingError, match="has changed meanwhile"):
        act(safeguarding.confirm, case, "known_already", by="Bob")
    assert queue()[0].state is CaseState.LOOKED_AT

    act(safeguarding.confirm, case, "passed_on", by="Bob")

    assert queue()[0].state is CaseState.CLOSED


def test_not_even_the_database_lets_one_person_close_a_case(case, fieldwork):
    with pytest.raises(IntegrityError), writing(fieldwork.engine) as session:
        stored = session.get_one(SafeguardingCase, case)
        stored.state, stored.proposed_by, stored.confirmed_by = CaseState.CLOSED, "Ann", "Ann"


def test_a_proposal_can_be_sent_back_and_the_case_stays_open(case, act, queue):
    act(safeguarding.open_case, case)
    act(safeguarding.escalate, case, "social_care", "Rang")
    act(safeguarding.propose, case, "not_a_disclosure", "")
    act(safeguarding.open_case, case, by="Bob")

    act(safeguarding.send_back, case, "I think it is one", by="Bob")

    (listed,) = queue()
    assert (listed.state, listed.escalated_to, listed.outcome) == (CaseState.ESCALATED, "social_care", "")
    with pytest.raises(SafeguardingError, match="has changed meanwhile"):
        act(safeguarding.confirm, case, "not_a_disclosure", by="Bob")


@pytest.mark.parametrize(
    ("what", "args"),
    [
        (safeguarding.escalate, ("nowhere", "")),
        (safeguarding.propose, ("somehow", "")),
        (safeguarding.add_note, (" ",)),
    ],
)
def test_what_is_not_on_the_lists_or_says_nothing_is_refused(case, act, what, args):
    act(safeguarding.open_case, case)

    with pytest.raises(SafeguardingError):
        act(what, case, *args)


def test_only_a_case_that_two_people_called_no_disclosure_may_be_quoted_again(case, act, close, held):
    assert held()

    close(case, "passed_on")
    assert held()

    act(safeguarding.reopen, case, "")
    close(case, "not_a_disclosure")
    assert not held()

    act(safeguarding.reopen, case, "")
    assert held()


def test_whatever_shows_comments_is_told_when_one_may_be_quoted_again(case, close, fieldwork):
    with reading(fieldwork.engine) as session:
        before = latest_change(session, fieldwork.wave.id)

    close(case, "not_a_disclosure")

    with reading(fieldwork.engine) as session:
        assert latest_change(session, fieldwork.wave.id) > before


def test_a_person_can_put_any_comment_in_by_hand(fieldwork, send, queue, held):
    send("He is sent home at lunch every day")
    with writing(fieldwork.engine) as session:
        comment = session.exec(select(Comment.id)).one()
        number = safeguarding.raise_by_hand(session, comment, "illegal_exclusion", "an officer", NOW)

    (case,) = queue()
    assert (case.case_id, case.kinds, case.raised_by) == (number, ("illegal_exclusion",), "an officer")
    assert held()


def test_a_kind_put_in_by_hand_is_added_to_a_case_there_is_and_opens_it_again(fieldwork, case, close, queue):
    close(case, "not_a_disclosure")
    with writing(fieldwork.engine) as session:
        comment = session.exec(select(Comment.id)).one()
        again = safeguarding.raise_by_hand(session, comment, "neglect", "an officer", NOW)

    (listed,) = queue()
    assert again == case
    assert listed.kinds == ("neglect", "self_harm")
    assert (listed.state, listed.outcome) == (CaseState.LOOKED_AT, "")


def test_a_comment_that_is_gone_cannot_be_put_in(fieldwork):
    with pytest.raises(SafeguardingError, match="gone"), writing(fieldwork.engine) as session:
        safeguarding.raise_by_hand(session, 4, "neglect", "an officer", NOW)


def test_all_that_was_done_is_kept_in_order(case, act, close):
    close(case, "advice_given")

    seen = act(safeguarding.open_case, case, by="Cat")

    assert [(step.what, step.by) for step in seen.steps] == [
        (StepKind.RAISED, ""),
        (StepKind.OPENED, "Ann"),
        (StepKind.PROPOSED, "Ann"),
        (StepKind.OPENED, "Bob"),
        (StepKind.CONFIRMED, "Bob"),
        (StepKind.OPENED, "Cat"),
    ]
