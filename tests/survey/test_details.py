"""What is hidden in comments, and what people decide about it. No word of a comment is kept anywhere but in it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import SQLModel, select

from survey import details, responses
from survey.database import reading, writing
from survey.details import Place
from survey.errors import CommentError
from survey.questionnaire import AnswerKey
from survey.tables import AuditEntry, Comment, FoundDetail, Reading, Response
from survey.written import safe
from tests.survey.conftest import NOW, full_answers

SAID = "Zunaira waited, ring 07700 900123. Portage helped Zunaira"
PLACES = [
    Place(0, 7, "name", True),
    Place(21, 33, "phone", False),
    Place(35, 42, "name", True),
    Place(50, 57, "name", True),
]


def sent(fieldwork, device="a phone", words=SAID, places=PLACES):
    """A comment that has been sent and read, with these places found in it; gives its number."""
    answers = full_answers() | {AnswerKey("tell_us_more", "slt"): words}
    draft = fieldwork.begin(device, answers)
    with writing(fieldwork.engine) as session:
        responses.send(session, draft.id, now=NOW)
        comment = session.exec(select(Comment).where(Comment.words == words).order_by(Comment.id.desc())).first()
        comment.redacted = details.shown(words, places)
        chances = {"p_negative": 0.2, "p_neutral": 0.2, "p_positive": 0.6}
        session.add(Reading(comment_id=comment.id, model="m", sentiment="positive", read_at=NOW, **chances))
        details.keep(session, {comment.id: places}, {comment.id: words})
        return comment.id


def words_shown(fieldwork, comment_id):
    with reading(fieldwork.engine) as session:
        return session.get_one(Comment, comment_id).redacted


def waiting(fieldwork):
    with reading(fieldwork.engine) as session:
        return details.to_confirm(session, fieldwork.wave.id, most=10)


def number_of(fieldwork, comment_id, start):
    with reading(fieldwork.engine) as session:
        return session.exec(
            select(FoundDetail.id).where(FoundDetail.comment_id == comment_id, FoundDetail.start == start)
        ).one()


def act(fieldwork, function, *args, **named):
    with writing(fieldwork.engine) as session:
        return function(session, *args, by="officer", **named)


def test_what_was_found_is_hidden_and_what_is_suggested_waits_laid_open_for_a_person(fieldwork):
    comment_id = sent(fieldwork)

    assert words_shown(fieldwork, comment_id) == "[name] waited, ring [phone]. [name] helped [name]"
    (marked,) = waiting(fieldwork)
    assert "".join(piece.words for piece in marked.pieces) == "Zunaira waited, ring [phone]. Portage helped Zunaira"
    assert [piece.words for piece in marked.pieces if piece.detail] == ["Zunaira", "Portage", "Zunaira"]
    with reading(fieldwork.engine) as session:
        assert details.how_many_to_confirm(session, fieldwork.wave.id) == 3


def test_what_is_no_name_is_shown_again_and_whoever_watches_is_told(fieldwork):
    comment_id = sent(fieldwork)
    with reading(fieldwork.engine) as session:
        before = session.exec(select(Response.change)).one()

    act(fieldwork, details.decide, number_of(fieldwork, comment_id, 35), hidden=False, now=NOW)

    assert words_shown(fieldwork, comment_id) == "[name] waited, ring [phone]. Portage helped [name]"
    with reading(fieldwork.engine) as session:
        assert session.exec(select(Response.change)).one() > before


def test_what_is_a_name_stays_hidden_and_waits_no_more(fieldwork):
    comment_id = sent(fieldwork, places=PLACES[:1])

    act(fieldwork, details.decide, number_of(fieldwork, comment_id, 0), hidden=True, now=NOW)

    assert words_shown(fieldwork, comment_id).startswith("[name] waited")
    assert waiting(fieldwork) == []
    with reading(fieldwork.engine) as session:
        (made,) = details.decisions(session, fieldwork.wave.id, most=5)
    assert (made.by, made.at, made.detail.hidden) == ("officer", NOW, True)


def test_a_decision_can_be_undone(fieldwork):
    comment_id = sent(fieldwork)
    number = number_of(fieldwork, comment_id, 35)
    act(fieldwork, details.decide, number, hidden=False, now=NOW)

    act(fieldwork, details.undo, number)

    assert words_shown(fieldwork, comment_id) == "[name] waited, ring [phone]. [name] helped [name]"
    assert len(waiting(fieldwork)) == 1


def test_one_word_is_shown_again_in_every_comment_where_nobody_has_decided_yet(fieldwork):
    first = sent(fieldwork)
    second = sent(fieldwork, "another", "Thank you PORTAGE", [Place(10, 17, "name", True)])
    third = sent(fieldwork, "a third", "Thank you Portage team", [Place(10, 17, "name", True)])
    act(fieldwork, details.decide, number_of(fieldwork, third, 10), hidden=True, now=NOW)

    times = act(fieldwork, details.show_everywhere, number_of(fieldwork, first, 35), now=NOW)

    assert times == 2
    assert [words_shown(fieldwork, one) for one in (first, second, third)] == [
        "[name] waited, ring [phone]. Portage helped [name]", "Thank you PORTAGE", "Thank you [name] team",
    ]  # fmt: skip


def test_words_that_nothing_found_are_hidden_by_hand_wherever_they_stand_and_shown_again(fieldwork):
    comment_id = sent(fieldwork, words="debs rang. Ask Debs on the desk, not Debster", places=[])

    assert act(fieldwork, details.hide, comment_id, "  debs ", now=NOW) == 2

    assert words_shown(fieldwork, comment_id) == "[name] rang. Ask [name] on the desk, not Debster"
    act(fieldwork, details.undo, number_of(fieldwork, comment_id, 0))
    assert words_shown(fieldwork, comment_id) == "debs rang. Ask [name] on the desk, not Debster"


@pytest.mark.parametrize("words", ["", "  ", "not there", "Zunaira"])  # the last is hidden already
def test_only_what_is_shown_can_be_hidden(fieldwork, words):
    comment_id = sent(fieldwork)

    with pytest.raises(CommentError, match="not in what is shown"):
        act(fieldwork, details.hide, comment_id, words, now=NOW)


def test_words_shown_again_by_mistake_can_be_hidden_by_hand(fieldwork):
    comment_id = sent(fieldwork)
    act(fieldwork, details.decide, number_of(fieldwork, comment_id, 35), hidden=False, now=NOW)

    act(fieldwork, details.hide, comment_id, "Portage helped", now=NOW)

    assert words_shown(fieldwork, comment_id) == "[name] waited, ring [phone]. [name] [name]"


def test_reading_again_keeps_what_people_decided_and_forgets_what_nobody_did(fieldwork):
    comment_id = sent(fieldwork)
    act(fieldwork, details.decide, number_of(fieldwork, comment_id, 35), hidden=False, now=NOW)

    with writing(fieldwork.engine) as session:
        fresh = details.keep(session, {comment_id: [*PLACES[1:3], Place(8, 14, "name", True)]}, {comment_id: SAID})

    assert fresh == {comment_id: "Zunaira [name], ring [phone]. Portage helped Zunaira"}


def test_of_a_comment_that_is_still_to_be_read_nothing_is_shown_for_what_somebody_hides(fieldwork):
    """Where its other details stand is known only once it has been read."""
    comment_id = sent(fieldwork, words="debs rang on 07700 900123", places=[])
    with writing(fieldwork.engine) as session:
        session.delete(session.get_one(Reading, comment_id))
        session.get_one(Comment, comment_id).redacted = "debs rang on [phone]"

    act(fieldwork, details.hide, comment_id, "debs", now=NOW)

    assert words_shown(fieldwork, comment_id) == "debs rang on [phone]"


@pytest.mark.parametrize("what", [details.decide, details.undo, details.show_everywhere])
def test_what_is_gone_cannot_be_decided(fieldwork, what):
    named = {details.decide: {"hidden": True, "now": NOW}, details.show_everywhere: {"now": NOW}}.get(what, {})

    with pytest.raises(CommentError, match="not there any more"):
        act(fieldwork, what, 4711, **named)


def test_a_number_is_nothing_to_decide_on(fieldwork):
    comment_id = sent(fieldwork)

    with pytest.raises(CommentError):
        act(fieldwork, details.decide, number_of(fieldwork, comment_id, 21), hidden=False, now=NOW)


def test_looking_at_a_comment_as_written_is_kept_and_no_word_is_stored_anywhere_but_in_it(fieldwork):
    comment_id = sent(fieldwork)
    act(fieldwork, details.decide, number_of(fieldwork, comment_id, 35), hidden=True, now=NOW + timedelta(hours=1))

    assert act(fieldwork, details.see_as_written, comment_id) == SAID

    with reading(fieldwork.engine) as session:
        told = session.exec(select(AuditEntry.who, AuditEntry.what, AuditEntry.subject)).all()
    assert ("officer", "see what is hidden in a comment", f"comment {comment_id}") in told
    with fieldwork.engine.connect() as connection:
        others = [table for table in SQLModel.metadata.sorted_tables if table.name != "comment"]
        stored = repr([connection.execute(table.select()).all() for table in others])
    assert "Zunaira" not in stored
    assert "Portage" not in stored


def test_comments_that_may_tell_who_they_are_about_are_listed_with_what_tells(fieldwork):
    comment_id = sent(fieldwork)
    with writing(fieldwork.engine) as session:
        session.get_one(Comment, comment_id).identifying = "an age, a rare condition"

    with reading(fieldwork.engine) as session:
        (flagged,) = details.flagged(session, fieldwork.wave.id, most=5)
        told = details.reasons(session, [comment_id, comment_id + 1])

    assert (flagged.words, flagged.reasons) == (
        "[name] waited, ring [phone]. [name] helped [name]", "an age, a rare condition",
    )  # fmt: skip
    assert told == {comment_id: "an age, a rare condition"}


def test_while_a_comment_is_marked_nothing_of_that_response_is_quoted_until_somebody_takes_the_mark_off(fieldwork):
    comment_id = sent(fieldwork)
    with writing(fieldwork.engine) as session:
        session.get_one(Comment, comment_id).identifying = "an age"
        response_id = session.get_one(Comment, comment_id).response_id
    with reading(fieldwork.engine) as session:
        assert details.not_to_be_quoted(session, fieldwork.wave.id) == {response_id}

    act(fieldwork, details.take_mark_off, comment_id)

    with reading(fieldwork.engine) as session:
        assert details.not_to_be_quoted(session, fieldwork.wave.id) == frozenset()
        assert details.flagged(session, fieldwork.wave.id, most=5) == []


places = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 10)), max_size=5).map(
    lambda pairs: [Place(start, start + length, "name", True) for start, length in pairs]
)


@given(st.text(max_size=60), places)
def test_what_is_hidden_is_never_shown_and_all_else_is(text, found):
    clear, apart, end = safe(text), [], 0
    for place in sorted(found):
        if place.start >= end and place.end <= len(clear):
            apart.append(place)
            end = place.end

    rest, at = "", 0
    for place in apart:
        rest, at = rest + clear[at : place.start] + "[name]", place.end
    assert details.shown(text, apart) == rest + clear[at:]
