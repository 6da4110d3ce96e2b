"""What tests of fits share: comments as the worker stored them, and executors that do as a test needs."""

from collections.abc import Sequence
from concurrent.futures import Executor, Future
from datetime import UTC, datetime
from itertools import count
from uuid import uuid4
from weakref import WeakSet

import pytest
from sqlmodel import select

from analysis.refitting import Material, Refitting, fit, gathered
from analysis.suggestions import Suggested
from survey import own_response, responses
from survey.checking import Stored
from survey.database import reading, writing
from survey.questionnaire import AnswerKey
from survey.tables import (
    CandidateTheme,
    Channel,
    Coding,
    Comment,
    Reading,
    Response,
    ResponseState,
)
from tests.survey.conftest import NOW, fieldwork  # noqa: F401  (a fixture)

BUSES = [f"{one} and {other}" for one in ("The taxi was late", "The bus driver got lost", "No escort on the bus")
         for other in ("school had begun", "nobody rang", "the taxi firm shrugged")]  # fmt: skip
THERAPY = [f"{one} and {other}" for one in ("Speech therapy stopped", "The speech therapist left", "No sessions")
           for other in ("nobody took over", "the speech is worse", "therapy has to wait")]  # fmt: skip
NUMBERS = count(1)
BEGUN: WeakSet[Refitting] = WeakSet()  # in the test that runs: each may hold a lock, and the connection that keeps it


@pytest.fixture
def read(fieldwork):  # noqa: F811
    """Stores comments as the worker would have, each in a response of its own; gives their ids."""

    def stored(*texts: str, language: str = "en", state: ResponseState = ResponseState.SENT) -> list[int]:
        with writing(fieldwork.engine) as session:
            sent = [
                Response(
                    public_id=uuid4(), reference=f"R-{next(NUMBERS)}", wave_id=fieldwork.wave.id, state=state,
                    channel=Channel.WEB, started_at=NOW, sent_at=NOW, change=0,
                )
                for _ in texts
            ]  # fmt: skip
            session.add_all(sent)
            session.flush()
            said = [
                Comment(response_id=one.id, item="anything_else", words=text, redacted=text, language=language)
                for one, text in zip(sent, texts, strict=True)
            ]
            session.add_all(said)
            session.flush()
            session.add_all(
                Reading(
                    comment_id=one.id, model="m", sentiment="negative", p_negative=0.8, p_neutral=0.1, p_positive=0.1,
                    read_at=datetime.now(UTC),
                )
                for one in said
            )  # fmt: skip
            return [one.id for one in said]

    yield stored
    for chore in list(BEGUN):
        chore.leave()


class AtOnce(Executor):
    """Does what it is given when it is given it, and remembers how often."""

    def __init__(self) -> None:
        self.fits = 0

    def submit(self, fn, /, *args, **kwargs) -> Future:
        self.fits += 1
        done: Future = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except MemoryError as problem:
            done.set_exception(problem)
        return done


def refitting(fieldwork, executor: Executor | None = None) -> Refitting:  # noqa: F811
    fitting = executor or AtOnce()
    chore = Refitting(fieldwork.engine, lambda: fitting, model="m-1", rest_seconds=0)
    BEGUN.add(chore)
    return chore


def refit(fieldwork) -> int:  # noqa: F811
    """Begin what is due and store it. Gives how many fits there were."""
    executor = AtOnce()
    until_stored(refitting(fieldwork, executor))
    return executor.fits


def until_stored(chore: Refitting) -> None:
    for _ in range(20):
        chore()


def stored(fieldwork, table) -> Sequence:  # noqa: F811
    with reading(fieldwork.engine) as session:
        return session.exec(select(table).order_by(*table.__table__.primary_key)).all()


def candidate_of(fieldwork) -> dict[int, str]:  # noqa: F811
    """The key of the candidate that each comment has."""
    keys = {one.id: one.key for one in stored(fieldwork, CandidateTheme)}
    return {one.comment_id: keys[one.candidate_theme_id] for one in stored(fieldwork, Coding) if one.candidate_theme_id}


def changes(fieldwork) -> dict[int, int]:  # noqa: F811
    return {one.id: one.change for one in stored(fieldwork, Response)}


def given_in(fieldwork) -> Material:  # noqa: F811
    steps = gathered(fieldwork.engine, fieldwork.wave.consultation_id, NOW)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def found_in(fieldwork, model: str = "m-1") -> Suggested:  # noqa: F811
    given = given_in(fieldwork)
    found = fit(given.texts, given.directions, given.start, given.taken)
    return Suggested(given.consultation_id, given.ids, given.said, found, model, given.at)


def correct(fieldwork, comment_id: int, words: str) -> None:  # noqa: F811
    """Whoever wrote a comment says something else in its place."""
    with writing(fieldwork.engine) as session:
        owner = session.get_one(Comment, comment_id).response_id
        says = {AnswerKey("anything_else"): Stored(words=words)}
        responses.replace_answers(session, owner, says, now=NOW)


def take_back(fieldwork, comment_id: int) -> None:  # noqa: F811
    """Whoever wrote a comment withdraws all they said."""
    with writing(fieldwork.engine) as session:
        one = session.get_one(Response, session.get_one(Comment, comment_id).response_id)
        own = own_response.Own(one.id, one.public_id, fieldwork.wave, one.reference, one.sent_at, "en", {})
        own_response.withdraw(session, own)


class Slow(Executor):
    """Has not finished yet."""

    def submit(self, fn, /, *args, **kwargs) -> Future:
        return Future()


class Fails(Executor):
    """Cannot do what it is given, and says why."""

    def __init__(self, problem: Exception) -> None:
        self.problem = problem

    def submit(self, fn, /, *args, **kwargs) -> Future:
        failed: Future = Future()
        failed.set_exception(self.problem)
        return failed
