"""Comments that say nearly the same are written down as they come in, in whatever order, and only once."""

import pytest
from sqlmodel import select

from analysis import copies
from analysis.copies import Comparing
from analysis.worker import read_batch
from survey import consultations, frames, questionnaire_file, responses
from survey.database import next_change, reading, writing
from survey.questionnaire import AnswerKey
from survey.tables import Comment, Likeness, Response, ResponseState
from tests.analysis.test_worker import FirstWord
from tests.analysis.text.altered import greeted, mistyped, reordered
from tests.analysis.text.test_likeness import LETTER, OTHERS, SHORT
from tests.survey.conftest import NOW, fieldwork, full_answers, open_fieldwork  # noqa: F401  (fixtures)


@pytest.fixture
def send(fieldwork):  # noqa: F811
    def sent(device: str, words: str, **changed) -> None:
        draft = fieldwork.begin(device, full_answers(**changed) | {AnswerKey("tell_us_more", "slt"): words})
        with writing(fieldwork.engine) as session:
            responses.send(session, draft.id, now=NOW)

    return sent


def compare(fieldwork, times: int = 1) -> None:  # noqa: F811
    """As a worker does that has just started."""
    comparing = Comparing(fieldwork.engine, clock=iter(range(0, 1_000_000, 10)).__next__)
    for _ in range(times):
        comparing()


def alike(fieldwork) -> list[tuple[str, str]]:  # noqa: F811
    with reading(fieldwork.engine) as session:
        said = dict(session.exec(select(Comment.id, Comment.words)).all())
        rows = session.exec(select(Likeness).order_by(Likeness.comment_id)).all()
    return [(said[row.comment_id], said[row.earlier_id]) for row in rows]


def test_a_text_that_is_passed_round_is_found_and_the_rest_is_left_alone(fieldwork, send):  # noqa: F811
    for number, words in enumerate([LETTER, *OTHERS, *SHORT, *SHORT, greeted(LETTER), mistyped(LETTER)]):
        send(f"device {number}", words)

    compare(fieldwork)

    assert alike(fieldwork) == [(greeted(LETTER), LETTER), (mistyped(LETTER), LETTER)]


def test_what_comes_later_is_compared_with_what_was_there(fieldwork, send):  # noqa: F811
    comparing = Comparing(fieldwork.engine, clock=iter(range(0, 1_000, 10)).__next__)
    for number, words in enumerate([LETTER, OTHERS[0], reordered(LETTER)]):
        send(f"device {number}", words)
        comparing()

    assert alike(fieldwork) == [(reordered(LETTER), LETTER)]


def test_a_worker_that_starts_again_finds_the_same_and_stores_nothing_twice(fieldwork, send):  # noqa: F811
    for number, words in enumerate([LETTER, greeted(LETTER)]):
        send(f"device {number}", words)
    compare(fieldwork)
    before, change = alike(fieldwork), latest_change(fieldwork)

    send("device 9", mistyped(LETTER))
    compare(fieldwork)
    compare(fieldwork)

    assert alike(fieldwork) == [*before, (mistyped(LETTER), LETTER)]
    assert latest_change(fieldwork) == change + 2  # the response itself, and that its comment is like another


def latest_change(fieldwork) -> int:  # noqa: F811
    with reading(fieldwork.engine) as session:
        return frames.latest_change(session, fieldwork.wave.id)


def test_portions_of_any_size_find_the_same(fieldwork, send, monkeypatch):  # noqa: F811
    monkeypatch.setattr(copies, "PORTION", 2)
    monkeypatch.setattr(copies, "LOOK_BACK", 3)
    for number, words in enumerate([LETTER, *OTHERS, greeted(LETTER), OTHERS[0], mistyped(LETTER)]):
        send(f"device {number}", words)

    compare(fieldwork, times=8)

    assert len(alike(fieldwork)) == 3


def test_what_one_person_wrote_twice_is_no_copy(fieldwork, send):  # noqa: F811
    send("one", LETTER, one_change=LETTER)

    compare(fieldwork)

    assert alike(fieldwork) == []


def test_withdrawn_comments_are_not_compared(fieldwork, send):  # noqa: F811
    send("one", LETTER)
    with writing(fieldwork.engine) as session:
        response = session.get_one(Response, 1)
        response.state, response.change = ResponseState.WITHDRAWN, next_change(session)
        session.add(response)
    send("two", LETTER)

    compare(fieldwork)

    assert alike(fieldwork) == []


def test_when_the_first_of_a_group_goes_the_others_are_still_found(fieldwork, send):  # noqa: F811
    comparing = Comparing(fieldwork.engine, clock=iter(range(0, 1_000, 10)).__next__)
    send("one", LETTER)
    comparing()
    with writing(fieldwork.engine) as session:
        session.delete(session.get_one(Comment, 1))
    for number, words in enumerate([greeted(LETTER), mistyped(LETTER)]):
        send(f"device {number}", words)
        comparing()

    assert alike(fieldwork) == [(mistyped(LETTER), greeted(LETTER))]


def test_a_likeness_goes_when_either_comment_does(fieldwork, send):  # noqa: F811
    send("one", LETTER)
    send("two", LETTER)
    compare(fieldwork)
    with writing(fieldwork.engine) as session:
        session.delete(session.get_one(Comment, 1))

    assert alike(fieldwork) == []


def test_a_comment_that_goes_while_it_is_compared_leaves_no_trace(fieldwork, send):  # noqa: F811
    send("one", LETTER)
    send("two", LETTER)
    comparing = Comparing(fieldwork.engine)
    with reading(fieldwork.engine) as session:
        found = comparing._compared(session, comparing._new(session))
    with writing(fieldwork.engine) as session:
        session.delete(session.get_one(Comment, 2))

    assert copies.write(fieldwork.engine, found) == 0
    assert alike(fieldwork) == []


def test_other_consultations_are_compared_for_themselves(fieldwork, send, open_fieldwork):  # noqa: F811
    send("one", LETTER)
    with writing(fieldwork.engine) as session:
        asked = questionnaire_file.shipped("send_services")
        other = consultations.register(session, slug="other", title="Other", owner="The council")
        opened = consultations.open_wave(
            session,
            other,
            asked,
            code="1",
            title="One",
            opens_at=fieldwork.wave.opens_at,
            closes_at=fieldwork.wave.closes_at,
        )
        wave_id = opened.id
    with reading(fieldwork.engine) as session:
        elsewhere = fieldwork._replace(wave=consultations.wave(session, wave_id))
    draft = elsewhere.begin("two", full_answers() | {AnswerKey("tell_us_more", "slt"): LETTER})
    with writing(fieldwork.engine) as session:
        responses.send(session, draft.id, now=NOW)

    compare(fieldwork)

    assert alike(fieldwork) == []


def test_every_figure_stays_as_it_was(fieldwork, send):  # noqa: F811
    for number in range(4):
        send(f"device {number}", LETTER)
    while read_batch(fieldwork.engine, FirstWord()):
        pass
    before = seen(fieldwork)

    compare(fieldwork)

    assert len(alike(fieldwork)) == 3
    assert all(one.equals(other) for one, other in zip(before, seen(fieldwork), strict=True))


def seen(fieldwork):  # noqa: F811
    with reading(fieldwork.engine) as session:
        now = frames.changes(session, fieldwork.wave, fieldwork.questionnaire.roles)
    return now.responses, now.answers, now.comments, now.codings
