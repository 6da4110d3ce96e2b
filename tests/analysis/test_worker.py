"""Comments are read once each, as they arrive, whatever happens to the one who reads them."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest
from sqlmodel import select

from analysis.worker import Read, read_batch, work
from survey import frames, responses
from survey.coding_frame import CodingFrame
from survey.database import next_change, reading, writing
from survey.questionnaire import AnswerKey, Direction
from survey.tables import Coding, Comment, Reading, Response, ResponseState, Theme
from tests.survey.conftest import NOW, fieldwork, full_answers, open_fieldwork  # noqa: F401  (fixtures)


class FirstWord:
    """A reader simple enough to check by eye: the first word is what a comment is about."""

    model = "first-word-1"

    def __init__(self) -> None:
        self.seen: list[tuple[str, Direction]] = []

    def read(self, texts: Sequence[str], directions: Sequence[Direction], frame: CodingFrame | None) -> Read:
        self.seen += zip(texts, directions, strict=True)
        known = {theme.label: theme.key for theme in frame.themes} if frame else {}
        firsts = [text.split()[0] for text in texts]
        said = pd.DataFrame({"redacted": [text.replace("07700 900123", "[phone]") for text in texts]}).assign(
            language="en", sentiment="negative", p_negative=0.7, p_neutral=0.2, p_positive=0.1
        )
        rows = [(row, known[first], 0.5) for row, first in enumerate(firsts) if first in known]
        return Read(said, pd.DataFrame(rows, columns=["row", "theme", "strength"]))


@pytest.fixture
def send(fieldwork):  # noqa: F811
    def sent(device: str, words: str, **changed):
        answers = full_answers(**changed) | {AnswerKey("tell_us_more", "slt"): words}
        draft = fieldwork.begin(device, answers)
        with writing(fieldwork.engine) as session:
            responses.send(session, draft.id, now=NOW)

    with writing(fieldwork.engine) as session:
        session.add(Theme(consultation_id=fieldwork.wave.consultation_id, key="waiting", label="Waited"))
    return sent


def stored(fieldwork, table):  # noqa: F811
    with reading(fieldwork.engine) as session:
        return session.exec(select(table)).all()


def test_a_comment_is_read_redacted_coded_and_told_as_changed(fieldwork, send):  # noqa: F811
    send("one", "Waited two years, ring 07700 900123")

    assert read_batch(fieldwork.engine, FirstWord()) == 1

    with reading(fieldwork.engine) as session:
        seen = frames.changes(session, fieldwork.wave, fieldwork.questionnaire.roles, since=1)
    assert seen.comments["words"].tolist() == ["Waited two years, ring [phone]"]
    assert seen.comments["sentiment"].tolist() == ["negative"]
    assert seen.codings[["theme", "given_by"]].to_numpy().tolist() == [["waiting", "model"]]
    assert [reading.model for reading in stored(fieldwork, Reading)] == ["first-word-1"]


def test_nothing_is_read_twice(fieldwork, send):  # noqa: F811
    send("one", "Waited two years")
    reader = FirstWord()

    assert [read_batch(fieldwork.engine, reader) for _ in range(3)] == [1, 0, 0]
    assert len(reader.seen) == len(stored(fieldwork, Coding)) == 1


def test_each_comment_is_read_in_the_direction_it_was_asked_for(fieldwork, send):  # noqa: F811
    send("one", "Waited", one_change="Nothing", what_works="Everything")
    reader = FirstWord()

    read_batch(fieldwork.engine, reader)

    assert dict(reader.seen) == {
        "Waited": Direction.OPEN, "Nothing": Direction.CRITICISM, "Everything": Direction.PRAISE,
    }  # fmt: skip


def test_the_newest_are_read_first(fieldwork, send, monkeypatch):  # noqa: F811
    monkeypatch.setattr("analysis.worker.BATCH", 1)
    send("one", "Waited long")
    send("two", "Heard nothing")
    reader = FirstWord()

    read_batch(fieldwork.engine, reader)

    assert [text for text, _ in reader.seen] == ["Heard nothing"]


class Falls(FirstWord):
    """A reader whose process is lost in the middle."""

    def read(self, texts: Sequence[str], directions: Sequence[Direction], frame: CodingFrame | None) -> Read:
        raise ConnectionError("lost in the middle of a batch")


def test_a_batch_that_is_lost_half_way_leaves_nothing_and_is_read_by_the_next(fieldwork, send):  # noqa: F811
    send("one", "Waited two years")

    with pytest.raises(ConnectionError):
        read_batch(fieldwork.engine, Falls())
    assert stored(fieldwork, Reading) == []

    assert read_batch(fieldwork.engine, FirstWord()) == 1


def test_several_workers_at_once_read_everything_once(fieldwork, send, monkeypatch):  # noqa: F811
    monkeypatch.setattr("analysis.worker.BATCH", 3)
    for number in range(20):
        send(f"device {number}", f"Waited {number} months")

    def until_done(_: int) -> None:
        while read_batch(fieldwork.engine, FirstWord()):
            pass

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(until_done, range(4)))

    assert len(stored(fieldwork, Reading)) == len(stored(fieldwork, Coding)) == 20


class Withdraws(FirstWord):
    """Somebody withdraws a comment, and it is deleted, while it is being read."""

    def __init__(self, engine) -> None:
        super().__init__()
        self.engine = engine

    def read(self, texts: Sequence[str], directions: Sequence[Direction], frame: CodingFrame | None) -> Read:
        with writing(self.engine) as session:
            session.delete(session.get_one(Comment, 1))
        return super().read(texts, directions, frame)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # on PostgreSQL it stays claimed till it is read
def test_a_comment_that_goes_while_it_is_read_leaves_no_trace(fieldwork, send):  # noqa: F811
    send("one", "Waited two years")

    read_batch(fieldwork.engine, Withdraws(fieldwork.engine))

    assert stored(fieldwork, Comment) == stored(fieldwork, Reading) == []


def test_withdrawn_responses_are_not_read(fieldwork, send):  # noqa: F811
    send("one", "Waited two years")
    with writing(fieldwork.engine) as session:
        response = session.get_one(Response, 1)
        response.state, response.change = ResponseState.WITHDRAWN, next_change(session)
        session.add(response)

    assert read_batch(fieldwork.engine, FirstWord()) == 0


def test_it_works_until_it_is_told_to_stop(fieldwork, send):  # noqa: F811
    send("one", "Waited two years")
    answers = iter([False, False, True])

    work(fieldwork.engine, FirstWord(), stopping=lambda: next(answers))

    assert len(stored(fieldwork, Reading)) == 1


def test_what_was_read_in_words_that_are_gone_is_given_to_nobody_who_has_their_number(fieldwork, send):  # noqa: F811
    """The embedded database gives the number of a deleted comment to the next."""
    send("a phone", "Waited two years")

    class TakenBackMeanwhile(FirstWord):
        def read(self, texts, directions, frame):
            with writing(fieldwork.engine) as session:
                (comment,) = session.exec(select(Comment)).all()
                comment.words = "Kindness itself"  # as another family's, under the same number
                session.add(comment)
            return super().read(texts, directions, frame)

    if fieldwork.engine.dialect.name == "sqlite":  # elsewhere the comment stays claimed while it is read
        read_batch(fieldwork.engine, TakenBackMeanwhile())
    else:
        with writing(fieldwork.engine) as session:
            session.exec(select(Comment)).one().words = "Kindness itself"

    assert stored_readings(fieldwork) == []
    read_batch(fieldwork.engine, FirstWord())
    with reading(fieldwork.engine) as session:
        assert session.exec(select(Comment.redacted)).all() == ["Kindness itself"]


def stored_readings(fieldwork):  # noqa: F811
    with reading(fieldwork.engine) as session:
        return session.exec(select(Reading)).all()
