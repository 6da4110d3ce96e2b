"""The worker's process, started as the web server starts it, beside a real database."""

import os
import signal
import subprocess
import sys
import time

import pytest
from sqlmodel import select

from survey import responses, theming
from survey.database import reading, writing
from survey.questionnaire import AnswerKey
from survey.tables import Coding, Comment, Reading, Theme
from survey.theming import worded
from tests.running import ROOT
from tests.survey.conftest import NOW, fieldwork, full_answers, open_fieldwork  # noqa: F401  (fixtures)

PATIENCE_SECONDS = 60


@pytest.fixture
def send(fieldwork):  # noqa: F811
    def sent(device: str, words: str):
        draft = fieldwork.begin(device, full_answers() | {AnswerKey("tell_us_more", "slt"): words})
        with writing(fieldwork.engine) as session:
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
