"""Comments are read once each, as they arrive, whatever happens to the one who reads them."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest
from sqlmodel import select

from analysis.worker import Read, read_batch, work
from survey import comment_translations, details, frames, responses
from survey.coding_frame import CodingFrame
from survey.database import next_change, reading, writing
from survey.questionnaire import AnswerKey, Direction
from survey.tables import Coding, Comment, FoundDetail, GivenBy, Reading, Response, ResponseState, Theme
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


class Finds(FirstWord):
    """A reader who takes the first word for a name, and sees Polish and a place in everything."""

    def read(self, texts: Sequence[str], directions: Sequence[Direction], frame: CodingFrame | None) -> Read:
        said, given, _ = super().read(texts, directions, frame)
        told = said.assign(other_language="pl", identifying="a place, an age", redacted="[name] …")
        rows = [(row, 0, len(text.split()[0]), "name", True) for row, text in enumerate(texts)]
        return Read(told, given, pd.DataFrame(rows, columns=["row", "start", "end", "kind", "suggested"]))


def translate(fieldwork, words: str) -> int:  # noqa: F811
    """The one comment put into English; gives its number."""
    with writing(fieldwork.engine) as session:
        comment = session.exec(select(Comment)).one()
        seen = comment_translations.in_full(session, comment.id).at
        comment_translations.save(session, comment.id, words, seen=seen, by="officer", now=NOW)
        return comment.id


def test_details_are_kept_by_place_and_so_is_what_else_was_noticed(fieldwork, send):  # noqa: F811
    send("one", "Zunaira waited two years")

    read_batch(fieldwork.engine, Finds())

    (found,) = stored(fieldwork, FoundDetail)
    assert (found.start, found.end, found.kind, found.suggested, found.hidden) == (0, 7, "name", True, True)
    (comment,) = stored(fieldwork, Comment)
    assert (comment.other_language, comment.identifying) == ("pl", "a place, an age")


def test_a_translation_is_read_in_the_comments_place_and_the_reading_says_so(fieldwork, send):  # noqa: F811
    send("one", "Czekamy dwa lata")
    read_batch(fieldwork.engine, FirstWord())
    translate(fieldwork, "Waited two years, ring 07700 900123")
    reader = FirstWord()

    read_batch(fieldwork.engine, reader)

    assert [text for text, _ in reader.seen] == ["Waited two years, ring 07700 900123"]
    (comment,) = stored(fieldwork, Comment)
    assert (comment.words, comment.redacted) == ("Czekamy dwa lata", "Waited two years, ring [phone]")
    assert comment.language == "en-t-und"
    assert [reading.model for reading in stored(fieldwork, Reading)] == ["first-word-1 (a person's translation)"]


def test_a_changed_translation_is_read_again_also_while_the_first_is_being_read(fieldwork, send):  # noqa: F811
    send("one", "Czekamy dwa lata")
    read_batch(fieldwork.engine, FirstWord())
    translate(fieldwork, "Waited two years")
    read_batch(fieldwork.engine, FirstWord())

    translate(fieldwork, "Kindness itself")
    read_batch(fieldwork.engine, FirstWord())

    assert [comment.redacted for comment in stored(fieldwork, Comment)] == ["Kindness itself"]
    assert stored(fieldwork, Coding) == []


def test_what_people_decided_about_details_stands_when_a_comment_is_read_again(fieldwork, send):  # noqa: F811
    send("one", "Zunaira waited two years")
    read_batch(fieldwork.engine, Finds())
    with writing(fieldwork.engine) as session:
        (number,) = session.exec(select(FoundDetail.id)).all()
        details.decide(session, number, hidden=False, by="officer", now=NOW)
        session.delete(session.exec(select(Reading)).one())

    read_batch(fieldwork.engine, Finds())

    assert [comment.redacted for comment in stored(fieldwork, Comment)] == ["Zunaira waited two years"]
    assert [found.decided_by for found in stored(fieldwork, FoundDetail)] == ["officer"]


def test_a_theme_that_a_person_gave_is_not_given_again(fieldwork, send):  # noqa: F811
    send("one", "Waited two years")
    with writing(fieldwork.engine) as session:
        comment, theme = session.exec(select(Comment.id)).one(), session.exec(select(Theme.id)).one()
        session.add(Coding(comment_id=comment, theme_id=theme, strength=1, given_by=GivenBy.PERSON))

    assert read_batch(fieldwork.engine, FirstWord()) == 1

    assert [coding.given_by for coding in stored(fieldwork, Coding)] == [GivenBy.PERSON]
