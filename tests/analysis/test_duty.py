"""The worker's process, started as the web server starts it, beside a real database."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

import psutil
import pytest
from sqlmodel import select

from analysis import duty
from analysis.executors import HERE, Workplace
from survey import drafts, fits, responses, theming
from survey.database import reading, writing
from survey.questionnaire import AnswerKey
from survey.tables import Coding, Comment, Fit, FitState, Reading, Theme
from survey.theming import worded
from tests.analysis.fitting import BUSES, Slow, read  # noqa: F401  (read is a fixture)
from tests.running import ROOT, free_port
from tests.survey.conftest import NOW, fieldwork, full_answers, open_fieldwork  # noqa: F401  (fixtures)

PATIENCE_SECONDS = 120


@pytest.fixture
def send(fieldwork):  # noqa: F811
    def sent(device: str, words: str):
        answers = full_answers() | {AnswerKey("tell_us_more", "slt"): words}
        with writing(fieldwork.engine) as session:  # in one: the worker goes by today's date, and forgets old drafts
            draft = drafts.begin(session, wave_id=fieldwork.wave.id, device=device, language="en", now=NOW)
            drafts.put(session, draft.id, given=answers, place=None, now=NOW)
            responses.send(session, draft.id, now=NOW)

    with writing(fieldwork.engine) as session:
        for key, label in (("transport", "Transport"), ("waiting", "Waiting")):
            session.add(Theme(consultation_id=fieldwork.wave.consultation_id, key=key, label=label))
    return sent


@pytest.fixture
def worker():
    started: list[subprocess.Popen] = []

    def start(**settings: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "-m", "analysis", "work"],
            cwd=ROOT,
            env=os.environ | settings,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stderr.close()


def stored(fieldwork, table):  # noqa: F811
    with reading(fieldwork.engine) as session:
        return session.exec(select(table)).all()


def wait_until_read(fieldwork, count):  # noqa: F811
    give_up = time.monotonic() + PATIENCE_SECONDS
    while len(stored(fieldwork, Reading)) < count:
        assert time.monotonic() < give_up, "nobody read the comments"
        time.sleep(0.05)


def test_it_reads_what_is_there_and_what_arrives_and_ends_when_asked(fieldwork, send, worker):  # noqa: F811
    send("one", "The transport is late again, ring 07700 900123")
    process = worker()

    wait_until_read(fieldwork, 1)
    send("two", "Still waiting for a reply")
    wait_until_read(fieldwork, 2)
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate(timeout=PATIENCE_SECONDS)

    assert process.returncode == 0, told.decode()
    assert "[phone]" in stored(fieldwork, Comment)[0].redacted
    assert len(stored(fieldwork, Coding)) == 2
    assert b"transport" not in told.lower()
    assert b"leaked" not in told


def test_it_ends_with_whoever_minds_it(fieldwork, send, worker):  # noqa: F811
    send("one", "Waited two years")
    process = worker(HEARD_MINDED="1")
    wait_until_read(fieldwork, 1)

    process.stdin.close()

    assert process.wait(timeout=PATIENCE_SECONDS) == 0


def test_killed_in_the_middle_it_leaves_nothing_out_and_nothing_twice(fieldwork, send, worker):  # noqa: F811
    for number in range(30):
        send(f"device {number}", f"The transport was {number} minutes late")
    first = worker()
    wait_until_read(fieldwork, 1)
    first.kill()
    for number in range(30, 40):
        send(f"device {number}", f"The transport was {number} minutes late")

    worker()
    wait_until_read(fieldwork, 40)

    codings = [(coding.comment_id, coding.theme_id) for coding in stored(fieldwork, Coding) if coding.theme_id]
    assert len(codings) == len(set(codings))
    assert len({comment for comment, _ in codings}) == 40


def test_several_processes_read_what_is_there_and_end_with_the_worker(fieldwork, send, worker):  # noqa: F811
    for number in range(110):
        send(f"device {number}", f"The transport was {number} minutes late")
    process = worker(HEARD_PROCESSES="2")
    wait_until_read(fieldwork, 110)
    helping = psutil.Process(process.pid).children(recursive=True)
    assert len(helping) >= 2

    process.kill()

    wait_until(lambda: not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in helping))
    assert len({reading.comment_id for reading in stored(fieldwork, Reading)}) == 110


def test_where_no_cluster_answers_the_worker_says_so_and_reads_nothing(fieldwork, send, worker):  # noqa: F811
    send("one", "Waited two years")
    process = worker(HEARD_CLUSTER=f"tcp://127.0.0.1:{free_port()}")

    _, told = process.communicate(timeout=PATIENCE_SECONDS)

    assert process.returncode == 1
    assert b"No Dask scheduler answers at tcp://127.0.0.1" in told
    assert b"Traceback" not in told
    assert stored(fieldwork, Reading) == []


def wait_until(holds):
    give_up = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < give_up, "it never came to that"
        time.sleep(0.02)


def spawned(process: psutil.Process) -> set[int]:
    """The processes in which a worker has something done; not the one in which Python counts what they share."""
    found = set()
    for one in process.children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # a process that has ended, and is not yet cleared away, is one of these
            found |= {one.pid} if "spawn_main" in " ".join(one.cmdline()) else set()
    return found


def stories() -> list[str]:
    """Different enough comments that a fit of them, and storing it, takes seconds."""
    whos, whats = ("taxi", "bus driver", "therapist", "teacher", "caseworker"), ("late", "kind", "away", "new", "lost")
    wheres = [f"{place} {number}" for place in ("school", "clinic", "panel", "college") for number in range(1, 26)]
    return [f"The {who} was {what} at {where}" for who in whos for what in whats for where in wheres]


@pytest.mark.parametrize("come_to", ["looking", "storing"])
def test_killed_in_the_middle_of_a_fit_it_leaves_nobody_behind_and_the_next_finishes_it(
    fieldwork, read, worker, come_to  # noqa: F811
):  # fmt: skip
    ids = read(*stories())
    first = worker()
    wait_until(lambda: any(one.done > 0 or come_to == "looking" for one in stored(fieldwork, Fit)))
    helping = psutil.Process(first.pid).children(recursive=True)
    first.kill()
    first.wait()
    wait_until(lambda: not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in helping))

    worker()
    wait_until(lambda: stored(fieldwork, Fit)[-1].state is FitState.STORED)

    assert sorted(coding.comment_id for coding in stored(fieldwork, Coding)) == ids
    assert [(one.state, one.done) for one in stored(fieldwork, Fit)] == [(FitState.STORED, len(ids))]


def test_a_fit_that_is_cancelled_ends_and_so_does_its_process(fieldwork, read, worker):  # noqa: F811
    read(*stories())
    process = psutil.Process(worker().pid)
    wait_until(lambda: stored(fieldwork, Fit) and spawned(process))
    helping = spawned(process)

    with writing(fieldwork.engine) as session:
        fits.cancel(session, stored(fieldwork, Fit)[0].id, by="an officer", now=NOW)

    wait_until(lambda: stored(fieldwork, Fit)[0].state is FitState.CANCELLED)
    wait_until(lambda: spawned(process).isdisjoint(helping))
    assert process.is_running()
    assert stored(fieldwork, Coding) == []


class Held(Slow):
    """Has not finished yet, and would keep the process that began it from its end until it is told to end."""

    def __init__(self) -> None:
        self.is_held = True

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self.is_held = wait


@pytest.mark.parametrize("lost", ["", "fit"])
def test_when_something_goes_wrong_it_holds_on_to_nothing_that_would_keep_it_from_its_end(fieldwork, read, lost):  # noqa: F811
    read(*BUSES)
    begun = []

    def beside() -> Held:
        begun.append(Held())
        return begun[-1]

    def stopping() -> bool:
        if begun and lost:
            with fieldwork.engine.begin() as connection:
                connection.exec_driver_sql(f"ALTER TABLE {lost} RENAME TO gone")
        if begun:
            raise ConnectionError("the database is gone")
        return False

    with pytest.raises(ConnectionError, match="the database is gone"):
        duty._work(Workplace(HERE, 1, beside), stopping)

    assert [one.is_held for one in begun] == [False]


def test_killed_while_it_codes_again_it_leaves_nothing_out_and_nothing_twice(fieldwork, send, worker):  # noqa: F811
    for number in range(30):
        send(f"device {number}", f"The transport was {number} minutes late")
    first = worker()
    wait_until_read(fieldwork, 30)
    copy_comments(fieldwork, until=1_500)
    with writing(fieldwork.engine) as session:
        theming.add(session, fieldwork.wave.consultation_id, worded("Late", "", ["minutes late"]), by="an officer")
    wait_until_coded_by_frame(fieldwork, 2, 1)
    first.kill()
    done = coded_by_frame(fieldwork, 2)

    worker()
    wait_until_coded_by_frame(fieldwork, 2, 1_500)

    assert done < 1_500, "it was killed in the middle"
    codings = [(coding.comment_id, coding.theme_id) for coding in stored(fieldwork, Coding) if coding.theme_id]
    assert len(codings) == len(set(codings))
    (late,) = (theme.id for theme in stored(fieldwork, Theme) if theme.label == "Late")
    assert len({comment for comment, theme in codings if theme == late}) == 1_500


def copy_comments(fieldwork, *, until):  # noqa: F811
    """The first comment many times over, as read and coded as it is: what is measured is the coding again."""
    with writing(fieldwork.engine) as session:
        connection = session.connection()
        for number in range(len(stored(fieldwork, Reading)), until):
            service = f"copy{number}"
            connection.exec_driver_sql(
                "INSERT INTO comment (response_id, service, child, item, words, redacted, language, other_language, "
                f"identifying) SELECT response_id, '{service}', 0, item, words, redacted, language, '', '' "
                "FROM comment WHERE id = 1"
            )
        connection.exec_driver_sql(
            "INSERT INTO reading (comment_id, model, frame, sentiment, unsure, p_negative, p_neutral, p_positive, "
            "read_at) SELECT comment.id, model, frame, sentiment, unsure, p_negative, p_neutral, p_positive, read_at "
            "FROM comment, reading WHERE substr(comment.service, 1, 4) = 'copy' AND reading.comment_id = 1"
        )


def coded_by_frame(fieldwork, number):  # noqa: F811
    return sum(one.frame == number for one in stored(fieldwork, Reading))


def wait_until_coded_by_frame(fieldwork, number, count):  # noqa: F811
    give_up = time.monotonic() + PATIENCE_SECONDS
    while coded_by_frame(fieldwork, number) < count:
        assert time.monotonic() < give_up, "nobody coded the comments again"
        time.sleep(0.02)
