"""A fit that somebody asked for is begun, can be followed and cancelled, and is finished whoever is killed."""

import gc
import logging
from concurrent.futures import BrokenExecutor, Executor, Future
from datetime import UTC, datetime

import pytest

from analysis import suggestions
from analysis.refitting import Refitting
from survey import fits
from survey.database import reading, writing
from survey.tables import CandidateTheme, Coding, Fit, FitState, Response, ResponseState
from tests.analysis.fitting import (  # noqa: F401  (read is a fixture)
    BUSES,
    THERAPY,
    AtOnce,
    Fails,
    Slow,
    candidate_of,
    given_in,
    read,
    refit,
    refitting,
    stored,
    until_stored,
)
from tests.survey.conftest import fieldwork, open_fieldwork  # noqa: F401  (fixtures)


def ask(fieldwork) -> int:  # noqa: F811
    with writing(fieldwork.engine) as session:
        return fits.ask(session, fieldwork.wave.consultation_id, by="an officer", now=datetime.now(UTC)).id


def cancel(fieldwork, fit: int) -> None:  # noqa: F811
    with writing(fieldwork.engine) as session:
        fits.cancel(session, fit, by="an officer", now=datetime.now(UTC))


def state(fieldwork) -> FitState:  # noqa: F811
    return stored(fieldwork, Fit)[-1].state


def test_it_is_begun_although_not_enough_has_come_in(fieldwork, read):  # noqa: F811
    ids = read(*BUSES, *THERAPY)
    refit(fieldwork)
    assert refit(fieldwork) == 0

    ask(fieldwork)

    assert refit(fieldwork) == 1
    assert [(one.asked_by, one.state) for one in stored(fieldwork, Fit)] == [
        ("", FitState.STORED), ("an officer", FitState.STORED),
    ]  # fmt: skip
    assert (stored(fieldwork, Fit)[1].done, stored(fieldwork, Fit)[1].comments) == (len(ids), len(ids))


def test_in_a_consultation_where_nobody_has_written_it_ends_with_nothing_found(fieldwork):  # noqa: F811
    ask(fieldwork)

    until_stored(refitting(fieldwork))

    assert (state(fieldwork), stored(fieldwork, CandidateTheme)) == (FitState.STORED, [])


def test_it_does_not_wait_as_long_as_one_that_is_due_by_itself(fieldwork, read):  # noqa: F811
    read(*BUSES)
    now = [0.0]
    chore = Refitting(fieldwork.engine, AtOnce, model="m-1", clock=lambda: now[0], rest_seconds=30)
    until_stored(chore)

    ask(fieldwork)
    now[0] = 2
    until_stored(chore)

    assert [one.state for one in stored(fieldwork, Fit)] == [FitState.STORED, FitState.STORED]


def test_how_far_it_is_can_be_seen_portion_by_portion(fieldwork, read, monkeypatch):  # noqa: F811
    monkeypatch.setattr(suggestions, "PORTION", 4)
    read(*BUSES)
    chore, seen = refitting(fieldwork), []

    for _ in range(6):
        chore()
        seen.append((state(fieldwork), stored(fieldwork, Fit)[-1].done))

    running = [(FitState.RUNNING, done) for done in (0, 0, 4, 8, 9, 9)]
    assert seen == running
    chore()
    assert (state(fieldwork), stored(fieldwork, Fit)[-1].done) == (FitState.STORED, 9)


class Ended(Slow):
    """Has not finished yet, and remembers being told that it need not."""

    def __init__(self) -> None:
        self.ended = False

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self.ended = not wait


def test_cancelled_while_it_looks_it_ends_and_leaves_nothing(fieldwork, read):  # noqa: F811
    read(*BUSES)
    executor = Ended()
    chore = refitting(fieldwork, executor)
    chore()
    assert state(fieldwork) is FitState.RUNNING

    cancel(fieldwork, stored(fieldwork, Fit)[-1].id)
    until_stored(chore)

    assert executor.ended
    assert (state(fieldwork), stored(fieldwork, CandidateTheme)) == (FitState.CANCELLED, [])


def test_cancelled_while_it_is_stored_it_goes_no_further_and_is_not_called_done(fieldwork, read, monkeypatch):  # noqa: F811
    monkeypatch.setattr(suggestions, "PORTION", 4)
    read(*BUSES)
    chore = refitting(fieldwork)
    for _ in range(3):
        chore()

    cancel(fieldwork, stored(fieldwork, Fit)[-1].id)
    until_stored(chore)

    assert (state(fieldwork), stored(fieldwork, Fit)[-1].done) == (FitState.CANCELLED, 4)
    assert len(candidate_of(fieldwork)) == 4
    assert {one.fitted_at for one in stored(fieldwork, CandidateTheme)} == {suggestions.NOT_DONE}


def test_what_was_cancelled_is_not_begun_by_itself_before_more_has_come_in(fieldwork, read):  # noqa: F811
    read(*BUSES)
    chore = refitting(fieldwork)
    chore()
    cancel(fieldwork, stored(fieldwork, Fit)[-1].id)
    until_stored(chore)

    assert refit(fieldwork) == 0
    read(*THERAPY[:5])
    assert refit(fieldwork) == 1
    assert state(fieldwork) is FitState.STORED


def test_cancelled_before_a_worker_was_there_it_is_not_begun(fieldwork, read):  # noqa: F811
    read(*BUSES[:3])
    cancel(fieldwork, ask(fieldwork))

    assert refit(fieldwork) == 0


@pytest.mark.parametrize("problem", [BrokenExecutor(), MemoryError(), ValueError(BUSES[0])])
def test_a_fit_that_fails_says_so_and_is_not_tried_again_by_itself_at_once(fieldwork, read, problem):  # noqa: F811
    read(*BUSES)

    until_stored(refitting(fieldwork, Fails(problem)))

    assert [one.state for one in stored(fieldwork, Fit)] == [FitState.FAILED]
    ask(fieldwork)
    until_stored(refitting(fieldwork))
    assert state(fieldwork) is FitState.STORED


class Forgets(Executor):
    """A cluster whose scheduler is gone: what it was given is cancelled."""

    def submit(self, fn, /, *args, **kwargs) -> Future:
        forgotten: Future = Future()
        forgotten.cancel()
        forgotten.set_running_or_notify_cancel()
        return forgotten


def test_a_fit_that_is_lost_elsewhere_has_failed(fieldwork, read):  # noqa: F811
    read(*BUSES)

    until_stored(refitting(fieldwork, Forgets()))

    assert state(fieldwork) is FitState.FAILED


def test_of_two_workers_one_fits_and_the_other_leaves_it_alone(fieldwork, read):  # noqa: F811
    read(*BUSES)
    one, other = refitting(fieldwork, Slow()), refitting(fieldwork)
    one()

    until_stored(other)

    assert [one.state for one in stored(fieldwork, Fit)] == [FitState.RUNNING]
    one.leave()
    until_stored(other)
    assert [one.state for one in stored(fieldwork, Fit)] == [FitState.STORED]


def test_a_worker_that_leaves_says_that_nobody_runs_it_now(fieldwork, read):  # noqa: F811
    read(*BUSES)
    chore = refitting(fieldwork, Slow())
    chore()

    chore.leave()

    assert state(fieldwork) is FitState.ASKED


def test_what_was_cancelled_while_its_worker_was_gone_is_not_taken_up(fieldwork, read):  # noqa: F811
    read(*BUSES)
    fit = ask(fieldwork)
    with writing(fieldwork.engine) as session:
        fits.begin(session, fit, len(BUSES))  # and then it is killed
    cancel(fieldwork, fit)

    assert refit(fieldwork) == 0
    assert state(fieldwork) is FitState.CANCELLED


def test_one_left_as_asked_for_but_to_be_stopped_is_ended_by_the_next_worker(fieldwork, read):  # noqa: F811
    read(*BUSES[:3])
    fit = ask(fieldwork)
    with writing(fieldwork.engine) as session:
        session.get_one(Fit, fit).cancel = True  # as an earlier version may have left it

    assert refit(fieldwork) == 0
    assert state(fieldwork) is FitState.CANCELLED


def test_what_a_killed_worker_began_is_begun_anew_and_nothing_is_coded_twice(fieldwork, read, monkeypatch):  # noqa: F811
    ids = read(*BUSES, *THERAPY)
    monkeypatch.setattr(suggestions, "PORTION", 4)
    first = refitting(fieldwork)
    for _ in range(4):
        first()
    assert 0 < len(candidate_of(fieldwork)) < len(ids)
    del first  # without a word, as one that is killed
    gc.collect()
    assert state(fieldwork) is FitState.RUNNING

    until_stored(refitting(fieldwork))

    assert [one.state for one in stored(fieldwork, Fit)] == [FitState.STORED]
    assert sorted(one.comment_id for one in stored(fieldwork, Coding)) == ids


@pytest.mark.parametrize("at_once", [1, 4, 9, 10])
def test_comments_are_brought_together_in_portions_each_once(fieldwork, read, monkeypatch, at_once):  # noqa: F811
    monkeypatch.setattr("analysis.refitting.GATHERED", at_once)
    ids = read(*BUSES)

    given = given_in(fieldwork)

    assert (given.ids, given.texts) == (tuple(ids), tuple(BUSES))


def test_one_that_is_withdrawn_meanwhile_makes_it_look_again_as_the_same_fit(fieldwork, read, caplog):  # noqa: F811
    caplog.set_level(logging.INFO)
    read(*BUSES)
    executor = AtOnce()
    chore = refitting(fieldwork, executor)
    chore()
    with writing(fieldwork.engine) as session:
        session.get_one(Response, stored(fieldwork, Response)[0].id).state = ResponseState.WITHDRAWN

    until_stored(chore)

    assert executor.fits == 2
    assert [(one.state, one.comments) for one in stored(fieldwork, Fit)] == [(FitState.STORED, len(BUSES) - 1)]
    with reading(fieldwork.engine) as session:
        assert fits.waiting(session) == []
