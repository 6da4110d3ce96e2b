"""How soon an arriving comment is read while candidate themes are looked for in all that there is, and without that."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from survey import codes, consultations, database, drafts, fits, responses
from survey.questionnaire import AnswerKey
from survey.routing import CHECK_ANSWERS
from survey.tables import Coding, Comment, FitState, Reading
from tests.load.figure import Figure, megabytes_of, percentile
from tests.load.multiply import multiply
from tests.running import ROOT
from tests.scene import count, load_and_read_county
from tests.survey.conftest import full_answers

READ_WITHIN_SECONDS = 60
EVERY_SECONDS = 0.3
WITHOUT = 20  # comments sent before there is a fit


def measure(folder: Path, *, comments: int) -> Iterator[Figure]:
    engine = database.connect(load_and_read_county(folder))
    consultation = prepare(engine, comments)
    environment = os.environ | {"HEARD_DATABASE_URL": str(engine.url), "HEARD_DATA": str(folder)}
    worker = subprocess.Popen(
        [sys.executable, "-m", "analysis", "work"], cwd=ROOT, env=environment, stdin=subprocess.PIPE
    )
    try:
        seconds_to_read(engine, "The first, which waits for the start")
        without = [seconds_to_read(engine, f"Without a fit {number}") for number in range(WITHOUT)]
        with database.writing(engine) as session:
            asked = fits.ask(session, consultation, by="the bench", now=datetime.now(UTC)).id
        began, looking, storing, memory = time.perf_counter(), [], [], 0.0
        while (fit := current(engine, asked)).is_open:
            (storing if fit.done else looking).append(seconds_to_read(engine, f"While it looks {len(looking)}"))
            memory = max(memory, megabytes_of(worker.pid))
            time.sleep(EVERY_SECONDS)
        took = time.perf_counter() - began
    finally:
        worker.terminate()
        worker.wait(60)
        worker.stdin.close()
    if fit.state is not FitState.STORED:
        raise SystemExit(f"the fit ended as {fit.state}")
    yield Figure("reading_during_fit_comments", fit.comments, "comments fitted", comments)
    yield Figure("reading_during_fit_took", round(took, 1), "s from asking to stored")
    yield Figure("reading_during_fit_memory", round(memory), "MB of the worker and its fit")
    for name, read in (("without", without), ("looking", looking), ("storing", storing)):
        yield Figure(f"reading_during_fit_{name}_p50", round(percentile(read, 0.5), 2), "s", 1)
        yield Figure(f"reading_during_fit_{name}_max", round(max(read), 2), f"s, of {len(read)}", 1)


def prepare(engine: sa.Engine, comments: int) -> int:
    """So many comments that have been read and carry no theme, and no fit due by itself. Gives their consultation."""
    multiply(engine, until=-(-comments * count_of_responses(engine) // count(engine, Comment)))
    with database.writing(engine) as session:
        session.execute(sa.delete(Coding))
        wave = consultations.behind(consultations.waves(session, slug="send-services"), datetime.now(UTC))
        fit = fits.ask(session, wave.consultation_id, by="the bench", now=datetime.now(UTC))
        fits.cancel(session, fit.id, by="the bench", now=datetime.now(UTC))
    return wave.consultation_id


def count_of_responses(engine: sa.Engine) -> int:
    with engine.connect() as connection:
        return connection.execute(sa.text("select count(*) from response")).scalar_one()


def seconds_to_read(engine: sa.Engine, words: str) -> float:
    """Store a response that says so, and wait until that has been read: how long it took."""
    now = datetime.now(UTC)
    with database.writing(engine) as session:
        wave = consultations.behind(consultations.waves(session, slug="send-services"), now)
        draft = drafts.begin(session, wave_id=wave.id, device=codes.token(), language="en", now=now)
        given = full_answers() | {AnswerKey("tell_us_more", "slt"): words}
        drafts.put(session, draft.id, given=given, place=CHECK_ANSWERS, now=now)
        responses.send(session, draft.id, now=now)
    stored = time.perf_counter()
    wait_until(lambda: is_read(engine, words))
    return time.perf_counter() - stored


def wait_until(holds: Callable[[], bool]) -> None:
    give_up = time.perf_counter() + READ_WITHIN_SECONDS
    while not holds():
        if time.perf_counter() > give_up:
            raise SystemExit("the comment was never read")
        time.sleep(0.01)


def is_read(engine: sa.Engine, words: str) -> bool:
    newest = sa.select(Comment.id).where(Comment.words == words).order_by(Comment.id.desc()).limit(1)
    with engine.connect() as connection:
        last = sa.select(sa.func.max(Comment.id)).scalar_subquery()
        there = sa.select(Reading.comment_id).where(Reading.comment_id.in_(newest.where(Comment.id > last - 50)))
        return connection.execute(there).first() is not None


def current(engine: sa.Engine, fit_id: int) -> fits.FitFacts:
    with database.reading(engine) as session:
        return fits.facts(session, fit_id)
