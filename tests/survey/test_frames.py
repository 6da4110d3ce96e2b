"""Figures see what changed since they last looked, all of it and in order, and never what was not yet kept."""

from threading import Thread

import pytest

from survey import drafts, frames, responses
from survey.database import next_change, reading, writing
from survey.tables import Coding as CodingRow
from survey.tables import GivenBy, Reading, Response, ResponseState, Theme
from tests.survey.conftest import NOW, full_answers


def send(fieldwork, device, **changed):
    draft = fieldwork.begin(device, full_answers(**changed))
    with writing(fieldwork.engine) as session:
        responses.send(session, draft.id, now=NOW)


def changes(fieldwork, since=0):
    with reading(fieldwork.engine) as session:
        return frames.changes(session, fieldwork.wave, fieldwork.questionnaire.roles, since=since)


def test_a_response_is_one_row_with_what_it_says_of_the_family(fieldwork):
    send(fieldwork, "a phone")

    (row,) = changes(fieldwork).responses.to_dict("records")

    assert row | {"sent_at": None} == {
        "response_id": 1, "wave": "2026", "sent_at": None, "channel": "phone", "district": "E07000117",
        "language": "en", "variant": "standard", "quotable": True, "age_band": "5_10", "plan": "ehcp",
    }  # fmt: skip
    assert row["sent_at"].to_pydatetime() == NOW


def test_only_what_changed_since_the_last_look_is_read(fieldwork):
    send(fieldwork, "one")
    first = changes(fieldwork)
    send(fieldwork, "two")

    new = changes(fieldwork, since=first.change)

    assert (first.touched, new.touched) == ({1}, {2})
    assert set(new.answers["response_id"]) == set(new.comments["response_id"]) == {2}
    assert changes(fieldwork, since=new.change).touched == frozenset()


def test_nothing_at_all_has_the_same_columns_as_something(fieldwork):
    nothing = changes(fieldwork)
    send(fieldwork, "one")
    something = changes(fieldwork)

    for name in ("responses", "answers", "comments", "codings"):
        assert list(getattr(nothing, name)) == list(getattr(something, name))


def test_a_comment_is_shown_only_once_it_has_been_read_and_then_redacted(fieldwork):
    send(fieldwork, "one")
    assert changes(fieldwork).comments["words"].tolist() == [""]

    with writing(fieldwork.engine) as session:
        theme = Theme(consultation_id=fieldwork.wave.consultation_id, key="waiting", label="Waiting")
        session.add(theme)
        session.flush()
        response = session.get_one(Response, 1)
        session.add(
            Reading(
                comment_id=1,
                model="m",
                sentiment="negative",
                p_negative=0.8,
                p_neutral=0.1,
                p_positive=0.1,
                read_at=NOW,
            )
        )
        session.add(CodingRow(comment_id=1, theme_id=theme.id, strength=0.7, given_by=GivenBy.MODEL, model="m"))
        session.connection().exec_driver_sql("UPDATE comment SET redacted = 'We waited'")
        response.change = next_change(session)
        session.add(response)

    seen = changes(fieldwork, since=1)
    assert seen.comments[["words", "sentiment", "p_negative"]].to_numpy().tolist() == [["We waited", "negative", 0.8]]
    codings = seen.codings[["comment_id", "theme", "strength", "given_by"]]
    assert codings.to_numpy().tolist() == [[1, "waiting", 0.7, "model"]]


def test_a_withdrawn_response_is_told_as_touched_and_given_no_rows(fieldwork):
    send(fieldwork, "one")
    before = changes(fieldwork)

    with writing(fieldwork.engine) as session:
        response = session.get_one(Response, 1)
        response.state, response.change = ResponseState.WITHDRAWN, next_change(session)
        session.add(response)

    after = changes(fieldwork, since=before.change)
    assert after.touched == {1}
    assert after.responses.empty
    assert after.comments.empty


def test_a_reader_never_steps_over_a_change_that_is_still_open(fieldwork):
    """One writer takes its number and stays open; a second cannot be seen before the first has ended."""
    send(fieldwork, "one")
    seen = changes(fieldwork).change
    second = Thread(target=send, args=(fieldwork, "two"))

    with writing(fieldwork.engine) as session:
        response = session.get_one(Response, 1)
        response.change = next_change(session)
        session.add(response)
        session.flush()
        second.start()
        second.join(0.5)
        assert second.is_alive()
        assert changes(fieldwork, since=seen).touched == frozenset()

    second.join(20)
    after = changes(fieldwork, since=seen)
    assert after.touched == {1, 2}
    with reading(fieldwork.engine) as session:
        assert frames.latest_change(session, fieldwork.wave.id) == after.change


def test_a_writer_that_fails_leaves_no_gap_behind_it(fieldwork):
    send(fieldwork, "one")

    with pytest.raises(ConnectionError), writing(fieldwork.engine) as session:
        next_change(session)
        raise ConnectionError("the connection was lost before the change was kept")
    send(fieldwork, "two")

    assert changes(fieldwork).change == 2


def test_another_waves_changes_are_not_ours(fieldwork, open_fieldwork):
    other = open_fieldwork("short_breaks")
    send(fieldwork, "one")

    assert changes(other).touched == frozenset()


def test_an_easy_read_response_is_counted_with_the_others_and_marked(fieldwork):
    send(fieldwork, "one")
    draft = fieldwork.begin("two", full_answers())
    with writing(fieldwork.engine) as session:
        drafts.speak(session, draft.id, "easy")
        responses.send(session, draft.id, now=NOW)

    read = changes(fieldwork)

    assert list(read.responses["variant"]) == ["standard", "easy_read"]
    assert list(read.responses["language"]) == ["en", "en"]
    alike = read.answers.groupby(["item", "service", "code"]).size()
    assert set(alike) == {2}
