"""A consultation that takes answers, and people who may sign in, set up as the command line would."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from analysis import demonstration
from survey import codes, consultations, database, demo, drafts, people, questionnaire_file, responses
from survey.drafts import DRAFTS
from survey.routing import CHECK_ANSWERS
from survey.tables import Comment, Reading, RoleName
from tests.running import ROOT
from tests.survey.conftest import full_answers

READ_WITHIN_SECONDS = 300


def open_consultation(url: str, questionnaire: str = "send_services") -> None:
    """A migrated database at that address, with one wave of that questionnaire open since yesterday."""
    asked = questionnaire_file.shipped(questionnaire)
    now = datetime.now(UTC)
    engine = database.connect(url)
    database.prepare(engine)
    with database.writing(engine) as session:
        consultation = consultations.register(
            session, slug=asked.id.replace("_", "-"), title=asked.title["en"], owner="Lancashire County Council"
        )
        consultations.open_wave(
            session,
            consultation,
            asked,
            code="1",
            title="First wave",
            opens_at=now - timedelta(days=1),
            closes_at=now + timedelta(days=30),
        )
    engine.dispose()


def send_answers(url: str, how_many: int) -> None:
    """So many families more answer about SEND services, without a browser."""
    engine, now = database.connect(url), datetime.now(UTC)
    for _ in range(how_many):
        with database.writing(engine) as session:
            wave = consultations.behind(consultations.waves(session, slug="send-services"), now)
            draft = drafts.begin(session, wave_id=wave.id, device=codes.token(), language="en", now=now)
            drafts.put(session, draft.id, given=full_answers(), place=CHECK_ANSWERS, now=now)
            responses.send(session, draft.id, now=now)
    engine.dispose()


def let_pass(engine: sa.Engine, seconds: float) -> None:
    """Time goes by without anybody waiting for it: every draft was begun that much longer ago."""
    with database.writing(engine) as session:
        begun = dict(session.execute(sa.select(DRAFTS.c.id, DRAFTS.c.started_at)).all())
        for draft, started in begun.items():
            earlier = started - timedelta(seconds=seconds)
            session.execute(sa.update(DRAFTS).where(DRAFTS.c.id == draft).values(started_at=earlier))


def grant(url: str, name: str, *roles: RoleName) -> str:
    """Let somebody in with these roles; gives their password."""
    engine = database.connect(url)
    with database.writing(engine) as session:
        password = people.grant(session, name, *roles)
    engine.dispose()
    return password


def load_and_read_county(folder: Path) -> str:
    """The demonstration in a database in that folder, every comment read; gives the database's address."""
    url = f"sqlite:///{folder / 'heard.sqlite3'}"
    engine = database.connect(url)
    database.prepare(engine)
    demo.load(engine, truth=folder / "truth")
    read_all(engine, folder)
    demonstration.show(engine)
    engine.dispose()
    return url


def read_all(engine: sa.Engine, folder: Path) -> None:
    """Run the process that reads comments until there is none left."""
    environment = os.environ | {"HEARD_DATABASE_URL": str(engine.url), "HEARD_DATA": str(folder)}
    command = [sys.executable, "-m", "analysis", "work"]
    reader = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.PIPE)
    try:
        wait_until_read(engine, lambda: reader.poll() is None)
    finally:
        reader.terminate()
        reader.wait(20)
        reader.stdin.close()


def wait_until_read(engine: sa.Engine, still_reads: Callable[[], bool] = lambda: True) -> None:
    """Until whoever reads comments there has read every one."""
    give_up = time.monotonic() + READ_WITHIN_SECONDS
    while (unread := count(engine, Comment) - count(engine, Reading)) > 0:
        if time.monotonic() > give_up or not still_reads():
            raise RuntimeError(f"{unread:,} comments were never read")
        time.sleep(0.1)


def count(engine: sa.Engine, table: type) -> int:
    with database.reading(engine) as session:
        return session.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
