"""What officers keep beside comments: what they have read, notes and flags; and what becomes of it with the comment."""

from datetime import timedelta

import pytest
from sqlmodel import SQLModel, select

from survey import check_samples, details, reading_through
from survey.database import reading, writing
from survey.details import Place
from survey.errors import CommentError
from survey.tables import AuditEntry, Comment, CommentFlag, CommentNote, CommentSeen, FoundDetail, Response
from tests.survey.blind import BEFORE, Said, read
from tests.survey.conftest import NOW

ANN, BEA = "first officer", "second officer"


@pytest.fixture
def comment(fieldwork):
    (number,) = read(fieldwork, Said("We waited for Zunaira"))
    return number


def act(fieldwork, function, *args, **named):
    with writing(fieldwork.engine) as session:
        return function(session, *args, **named)


def marks(fieldwork, by=ANN):
    with reading(fieldwork.engine) as session:
        return reading_through.marks(session, fieldwork.wave.id, by=by)


def beside(fieldwork, comment):
    with reading(fieldwork.engine) as session:
        return reading_through.beside(session, comment)


def stored(fieldwork, what):
    with reading(fieldwork.engine) as session:
        return session.exec(select(what)).all()


def note(fieldwork, comment, words, by=ANN, sent_at=BEFORE):
    act(fieldwork, reading_through.add_note, comment, words, sent_at=sent_at, by=by, now=NOW)


def flag(fieldwork, comment, code, on=True, by=ANN, sent_at=BEFORE):
    act(fieldwork, reading_through.set_flag, comment, code, on=on, sent_at=sent_at, by=by, now=NOW)


def test_what_somebody_has_read_is_theirs_and_can_be_taken_back(fieldwork, comment):
    act(fieldwork, reading_through.mark_read, [comment], by=ANN, now=NOW)
    act(fieldwork, reading_through.mark_read, [comment, 999], by=ANN, now=NOW)  # twice over, and one that is gone

    assert (marks(fieldwork, ANN).seen, marks(fieldwork, BEA).seen) == ({comment}, frozenset())
    act(fieldwork, reading_through.mark_unread, comment, by=ANN)
    assert marks(fieldwork, ANN).seen == frozenset()


def test_notes_are_for_everybody_with_who_and_when_and_only_their_author_takes_them_back(fieldwork, comment):
    note(fieldwork, comment, "  Ask the service  ")
    note(fieldwork, comment, "Done", by=BEA)

    first, second = beside(fieldwork, comment).notes
    assert (first.words, first.by, first.at, second.by) == ("Ask the service", ANN, NOW, BEA)
    assert marks(fieldwork, BEA).noted == {comment}
    with pytest.raises(CommentError, match=f"Only {ANN} can take this note back"):
        act(fieldwork, reading_through.take_note_back, first.id, by=BEA)
    act(fieldwork, reading_through.take_note_back, first.id, by=ANN)
    assert [one.words for one in beside(fieldwork, comment).notes] == ["Done"]
    with pytest.raises(CommentError, match="not there any more"):
        act(fieldwork, reading_through.take_note_back, first.id, by=ANN)


@pytest.mark.parametrize(("words", "why"), [("   ", "Enter the note"), ("x" * 2_001, "2,000 characters or fewer")])
def test_a_note_that_cannot_be_kept_says_why(fieldwork, comment, words, why):
    with pytest.raises(CommentError, match=why):
        note(fieldwork, comment, words)

    assert stored(fieldwork, CommentNote) == []


def test_a_flag_is_put_on_once_whoever_does_it_and_anybody_takes_it_off(fieldwork, comment):
    flag(fieldwork, comment, "quote")
    flag(fieldwork, comment, "quote", by=BEA)
    flag(fieldwork, comment, "follow_up", by=BEA)

    assert [(one.flag, one.by) for one in beside(fieldwork, comment).flags] == [("follow_up", BEA), ("quote", ANN)]
    assert marks(fieldwork).flagged["quote"] == {comment}
    assert marks(fieldwork).flagged["for_the_service"] == frozenset()
    flag(fieldwork, comment, "quote", on=False, by=BEA)
    flag(fieldwork, comment, "quote", on=False, by=BEA)
    assert [one.flag for one in beside(fieldwork, comment).flags] == ["follow_up"]


def test_there_is_no_flag_but_those_of_the_list(fieldwork, comment):
    with pytest.raises(CommentError, match="no such flag"):
        flag(fieldwork, comment, "important")


def test_each_flag_has_a_name_and_a_key_of_its_own():
    offered = reading_through.flags()

    assert len({one.key for one in offered}) == len({one.name for one in offered}) == len(offered)


def test_all_of_it_goes_with_the_comment(fieldwork, comment):
    note(fieldwork, comment, "Ask the service")
    flag(fieldwork, comment, "quote")
    act(fieldwork, reading_through.mark_read, [comment], by=ANN, now=NOW)

    act(fieldwork, lambda session: session.delete(session.get_one(Comment, comment)))

    assert [stored(fieldwork, table) for table in (CommentNote, CommentFlag, CommentSeen)] == [[], [], []]


def test_of_a_comment_that_was_taken_back_meanwhile_nothing_is_kept_and_it_is_said(fieldwork, comment):
    act(fieldwork, lambda session: session.delete(session.get_one(Comment, comment)))

    for keep in (lambda: note(fieldwork, comment, "Ask"), lambda: flag(fieldwork, comment, "quote")):
        with pytest.raises(CommentError, match="not there any more"):
            keep()


def test_nothing_is_kept_beside_a_later_comment_that_was_given_the_same_number(fieldwork, comment):
    later = BEFORE + timedelta(seconds=1)
    act(fieldwork, lambda session: setattr(session.exec(select(Response)).one(), "sent_at", later))

    with pytest.raises(CommentError, match="not there any more"):
        note(fieldwork, comment, "About the one before")
    note(fieldwork, comment, "About this one", sent_at=later)


def test_no_figure_moves_for_it(fieldwork, comment):
    before = [one.change for one in stored(fieldwork, Response)]

    note(fieldwork, comment, "Ask")
    flag(fieldwork, comment, "quote")
    act(fieldwork, reading_through.mark_read, [comment], by=ANN, now=NOW)

    assert [one.change for one in stored(fieldwork, Response)] == before


def test_whoever_sees_what_is_hidden_sees_it_marked_and_is_kept_in_the_audit(fieldwork, comment):
    act(fieldwork, details.keep, {comment: [Place(14, 21, "name", True)]}, {comment: "We waited for Zunaira"})

    pieces = act(fieldwork, reading_through.reveal, comment, by=ANN)

    assert [(one.words, one.detail and one.detail.kind) for one in pieces] == [
        ("We waited for ", None),
        ("Zunaira", "name"),
    ]
    seen = [(one.who, one.what, one.subject) for one in stored(fieldwork, AuditEntry)]
    assert seen == [(ANN, "see what is hidden in a comment", f"comment {comment}")]
    assert len(stored(fieldwork, FoundDetail)) == 1


def test_a_comment_is_being_coded_blind_until_its_sample_has_ended(fieldwork, comment):
    tables = SQLModel.metadata.tables
    with writing(fieldwork.engine) as session:
        session.connection().execute(
            tables["check_sample"].insert().values(
                id=1, consultation_id=fieldwork.wave.consultation_id, half_width=0.1, comments=1, size=1, shared=0,
                seed=1, drawn_by=ANN, drawn_at=NOW, ended_by="",
            )
        )  # fmt: skip
        session.connection().execute(
            tables["sampled_comment"].insert().values(sample_id=1, comment_id=comment, place=0, shared=False)
        )

    def blind():
        with reading(fieldwork.engine) as session:
            return check_samples.under_way(session, fieldwork.wave.consultation_id)

    assert blind() == {comment}
    act(fieldwork, check_samples.end, 1, by=ANN, now=NOW)
    assert blind() == frozenset()
