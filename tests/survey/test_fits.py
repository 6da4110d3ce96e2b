"""Somebody asks for candidate themes, sees how far that is, and can have it stopped; never twice at a time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event
from time import sleep

import pytest
import sqlalchemy as sa
from sqlmodel import select

from survey import fits
from survey.database import reading, writing
from survey.fits import FitFacts
from survey.tables import AuditEntry, Fit, FitState
from tests.survey.conftest import NOW, Fieldwork

LATER = NOW + timedelta(minutes=5)


def ask(fieldwork: Fieldwork, by: str = "an officer") -> FitFacts:
    with writing(fieldwork.engine) as session:
        return fits.ask(session, fieldwork.wave.consultation_id, by=by, now=NOW)


def cancel(fieldwork: Fieldwork, fit: FitFacts) -> FitFacts | None:
    with writing(fieldwork.engine) as session:
        return fits.cancel(session, fit.id, by="another officer", now=LATER)


def latest(fieldwork: Fieldwork) -> FitFacts | None:
    with reading(fieldwork.engine) as session:
        return fits.latest(session, fieldwork.wave.consultation_id)


def change(fieldwork: Fieldwork, changing, *args, **kwargs) -> None:
    with writing(fieldwork.engine) as session:
        changing(session, *args, **kwargs)


def rows(fieldwork: Fieldwork, what):
    with reading(fieldwork.engine) as session:
        return session.exec(select(what)).all()


def test_before_anybody_asks_there_is_nothing_to_show(fieldwork):
    assert latest(fieldwork) is None


def test_what_is_asked_for_says_by_whom_and_when_and_waits_its_turn(fieldwork):
    asked = ask(fieldwork)

    assert asked == latest(fieldwork)
    assert (asked.asked_by, asked.asked_at, asked.state, asked.is_open) == ("an officer", NOW, FitState.ASKED, True)
    with reading(fieldwork.engine) as session:
        assert fits.waiting(session) == [fieldwork.wave.consultation_id]


def test_asking_again_while_it_is_asked_for_or_running_gives_the_same(fieldwork):
    first = ask(fieldwork)
    assert ask(fieldwork, "another") == first

    change(fieldwork, fits.begin, first.id, 9)
    assert ask(fieldwork, "a third").id == first.id

    change(fieldwork, fits.end, first.id, FitState.STORED, now=LATER)
    assert ask(fieldwork).id != first.id


def test_two_who_ask_at_once_get_one_search(fieldwork):
    together = Barrier(2)

    def asking(_: int) -> FitFacts:
        together.wait()
        return ask(fieldwork)

    with ThreadPoolExecutor(2) as officers:
        given = list(officers.map(asking, range(2)))

    assert given[0].id == given[1].id
    assert len(rows(fieldwork, Fit)) == 1


def test_it_says_how_many_of_the_comments_are_done(fieldwork):
    asked = ask(fieldwork)
    change(fieldwork, fits.begin, asked.id, 9_000)
    change(fieldwork, fits.came_to, asked.id, 2_000)

    assert (latest(fieldwork).state, latest(fieldwork).comments, latest(fieldwork).done) == (
        FitState.RUNNING, 9_000, 2_000,
    )  # fmt: skip


def test_what_has_not_begun_is_cancelled_at_once(fieldwork):
    cancelled = cancel(fieldwork, ask(fieldwork))

    assert (cancelled.state, cancelled.ended_at, cancelled.is_open) == (FitState.CANCELLED, LATER, False)


def test_what_runs_is_told_to_end_and_says_so_until_it_has(fieldwork):
    asked = ask(fieldwork)
    change(fieldwork, fits.begin, asked.id, 9)

    told = cancel(fieldwork, asked)
    assert (told.state, told.cancel, told.is_open) == (FitState.RUNNING, True, True)

    change(fieldwork, fits.put_back, asked.id, now=LATER)  # its worker goes before it came to that
    assert (latest(fieldwork).state, latest(fieldwork).ended_at) == (FitState.CANCELLED, LATER)


def test_what_has_ended_is_not_cancelled_any_more(fieldwork):
    asked = ask(fieldwork)
    change(fieldwork, fits.begin, asked.id, 9)
    change(fieldwork, fits.end, asked.id, FitState.STORED, now=NOW)

    assert cancel(fieldwork, asked).state is FitState.STORED
    assert cancel(fieldwork, asked._replace(id=9_999)) is None
    assert [entry.what for entry in rows(fieldwork, AuditEntry)] == ["asked for candidate themes"]


def test_who_asked_and_who_cancelled_is_kept(fieldwork):
    cancel(fieldwork, ask(fieldwork))

    assert [(entry.who, entry.what) for entry in rows(fieldwork, AuditEntry)] == [
        ("an officer", "asked for candidate themes"),
        ("another officer", "cancelled the search for themes"),
    ]


def test_a_worker_that_has_to_go_leaves_it_asked_for_from_the_beginning(fieldwork):
    asked = ask(fieldwork)
    change(fieldwork, fits.begin, asked.id, 9)
    change(fieldwork, fits.came_to, asked.id, 4)

    change(fieldwork, fits.put_back, asked.id, now=LATER)

    assert (latest(fieldwork).state, latest(fieldwork).done) == (FitState.ASKED, 0)


def told_to_end(session, fit_id: int) -> None:
    fits.cancel(session, fit_id, by="another officer", now=LATER)


def put_back(session, fit_id: int) -> None:
    fits.put_back(session, fit_id, now=LATER)


@pytest.mark.parametrize("acts", [(told_to_end, put_back), (put_back, told_to_end)])
def test_one_that_is_cancelled_while_its_worker_leaves_it_ends_whichever_is_first(fieldwork, acts):
    asked, (first, second) = ask(fieldwork), acts
    change(fieldwork, fits.begin, asked.id, 9)
    under_way = Event()

    def slowly() -> None:
        with writing(fieldwork.engine) as session:
            first(session, asked.id)
            under_way.set()
            sleep(0.5)  # in which the other has begun, and waits

    with ThreadPoolExecutor(1) as elsewhere:
        done = elsewhere.submit(slowly)
        under_way.wait()
        change(fieldwork, second, asked.id)
        done.result()

    assert (latest(fieldwork).state, latest(fieldwork).ended_at) == (FitState.CANCELLED, LATER)
    assert "cancelled the search for themes" in [entry.what for entry in rows(fieldwork, AuditEntry)]


def test_putting_back_what_is_only_asked_for_changes_nothing(fieldwork):
    asked = ask(fieldwork)

    change(fieldwork, put_back, asked.id)

    assert latest(fieldwork) == asked


def test_only_one_searches_in_a_consultation_and_the_next_may_when_it_has_gone(fieldwork):
    mine = fieldwork.wave.consultation_id
    with fits.alone(fieldwork.engine, mine) as ours:
        with fits.alone(fieldwork.engine, mine) as theirs:
            assert theirs is None
        assert ours()

    with fits.alone(fieldwork.engine, mine) as theirs:
        assert theirs()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_whoever_has_lost_the_server_knows_that_the_search_is_no_longer_theirs(fieldwork):
    mine = fieldwork.wave.consultation_id
    with fits.alone(fieldwork.engine, mine) as ours:
        with fieldwork.engine.begin() as connection:
            connection.execute(
                sa.text("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = :mine"),
                {"mine": mine},
            )
        with fits.alone(fieldwork.engine, mine) as theirs:
            assert not ours()
            assert theirs()
