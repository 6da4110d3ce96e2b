"""The worker: takes comments that nobody has read yet, has them read, and stores what was read in them.

It is a process of its own, so that the libraries for text never sit in the web process. Any number may run on
PostgreSQL, where each claims its own comments; beside the embedded database there is one. It may be killed at any
moment: a batch is stored as a whole or not at all, and no comment is read twice.
"""

import logging
import time
from collections.abc import Callable, Hashable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from analysis.text.reader import Read, Reader
from survey import consultations, theming
from survey.coding_frame import CodingFrame
from survey.database import next_change, reading, writing
from survey.questionnaire import Comment, Direction
from survey.tables import GivenBy, ResponseState

log = logging.getLogger(__name__)

BATCH = 200
IDLE_SECONDS = 0.1
LONGEST_WORDS = 200  # of those that decided a theme: somebody may write one that never ends
SAID_OF_THEMES = ("words", "praise", "criticism", "request")  # kept of each theme given, where the reader says so

TABLES = SQLModel.metadata.tables
comments, readings, codings = TABLES["comment"], TABLES["reading"], TABLES["coding"]
responses, waves, themes = TABLES["response"], TABLES["wave"], TABLES["theme"]
frame_numbers = TABLES["consultation"].c


class Unread(NamedTuple):
    """A comment that nobody has read."""

    id: int
    response_id: int
    wave_id: int
    item: str
    words: str


class Claimed(NamedTuple):
    """Comments taken to be read, all of one consultation, and the coding frame to read them by, with its number."""

    consultation_id: int
    rows: list[Unread]
    frame: CodingFrame | None
    frame_number: int


def work(
    engine: sa.Engine, reader: Reader, *, stopping: Callable[[], bool], chores: Sequence[Callable[[], None]] = ()
) -> None:
    """Read comments as they arrive, until told to stop; a batch that was begun is finished first.

    chores are done between batches. Each says for itself whether it is due, and none may take long: comments wait.
    """
    log.info("reading comments with %s", reader.model)
    while not stopping():
        read = read_batch(engine, reader)
        for chore in chores:
            chore()
        if read == 0:
            time.sleep(IDLE_SECONDS)


def read_batch(engine: sa.Engine, reader: Reader) -> int:
    """Read the newest comments that nobody has read, and store what was read. Gives how many there were.

    On PostgreSQL the comments stay claimed while they are read. The embedded database lets one writer in at a time,
    and parents come first: there they are read outside any transaction, and those that somebody else has read or
    withdrawn in the meantime are left alone.
    """
    if engine.dialect.name == "postgresql":
        with writing(engine) as session:
            claimed = _claim(session)
            return _store(session, claimed, read_claimed(session, claimed, reader), reader.model) if claimed else 0
    with reading(engine) as session:
        claimed = _claim(session)
        read = read_claimed(session, claimed, reader) if claimed else None
    if claimed is None or read is None:
        return 0
    with writing(engine) as session:
        return _store(session, claimed, read, reader.model)


def _claim(session: Session) -> Claimed | None:
    unread = (
        sa.select(comments.c.id, comments.c.response_id, responses.c.wave_id, comments.c.item, comments.c.words)
        .join(responses, responses.c.id == comments.c.response_id)
        .where(
            ~sa.exists().where(readings.c.comment_id == comments.c.id),
            responses.c.state == ResponseState.SENT,
        )
        .order_by(comments.c.id.desc())  # somebody may be watching for the newest
        .limit(BATCH)
        .with_for_update(of=comments, skip_locked=True)
    )
    return claimed(session, [Unread(*row) for row in session.connection().execute(unread)])


def claimed(session: Session, rows: Sequence[Unread]) -> Claimed | None:
    """Those of some comments that belong to the consultation of the first, with its frame; None if there are none."""
    if not rows:
        return None
    owners = {
        row.id: row.consultation_id
        for row in session.connection().execute(sa.select(waves.c.id, waves.c.consultation_id))
    }
    consultation_id = owners[rows[0].wave_id]
    number = sa.select(frame_numbers.frame).where(frame_numbers.id == consultation_id)
    return Claimed(
        consultation_id,
        [row for row in rows if owners[row.wave_id] == consultation_id],
        theming.standing(session, consultation_id),
        int(session.connection().execute(number).scalar_one()),
    )


def read_claimed(session: Session, claimed: Claimed, reader: Reader) -> Read:
    """What is in the comments claimed, each read as what it was asked for."""
    directions = _directions(session, {row.wave_id for row in claimed.rows})
    return reader.read(
        [row.words for row in claimed.rows],
        [directions.get((row.wave_id, row.item), Direction.OPEN) for row in claimed.rows],
        claimed.frame,
    )


def _directions(session: Session, wave_ids: set[int]) -> dict[tuple[int, str], Direction]:
    """What each comment item of these waves asks for: praise, criticism, or anything."""
    known: dict[tuple[int, str], Direction] = {}
    for wave_id in wave_ids:
        asked = consultations.questionnaire_of(session, consultations.wave(session, wave_id))
        known |= {(wave_id, item.id): item.direction for _, item in asked.items() if isinstance(item, Comment)}
    return known


def _store(session: Session, claimed: Claimed, read: Read, model: str) -> int:
    """Store what was read in the comments that are still there and still unread, and say that they changed."""
    ids = [row.id for row in claimed.rows]
    still = unchanged(session, claimed.rows, ~sa.exists().where(readings.c.comment_id == comments.c.id))
    kept = read.comments.assign(id=ids).loc[lambda frame: frame["id"].isin(still)]
    if not kept.empty:
        _store_readings(session, kept, claimed.frame_number, model)
        rows = coding_rows(session, claimed, read, model)
        store_codings(session, [row for row in rows if row["comment_id"] in still])
        changed = {row.response_id for row in claimed.rows if row.id in still}
        stamp(session, changed)
    return len(ids)


def unchanged(session: Session, rows: Sequence[Unread], which: sa.ColumnElement[bool]) -> set[int]:
    """Those of some comments that are there yet with the same words, and of which that is true.

    By their words too: the number of a comment that was withdrawn may be another's by now.
    """
    wanted = sa.select(comments.c.id, comments.c.words).where(comments.c.id.in_([row.id for row in rows]), which)
    known = {(row.id, row.words) for row in rows}
    return {row.id for row in session.connection().execute(wanted) if (row.id, row.words) in known}


def _store_readings(session: Session, kept: pd.DataFrame, frame_number: int, model: str) -> None:
    now = datetime.now(UTC)
    shown = kept.rename(columns={"id": "comment_id"})
    columns = ["comment_id", "sentiment", "p_negative", "p_neutral", "p_positive"]
    columns += [name for name in ("unsure",) if name in shown]  # where the reader says so
    rows = shown[columns].assign(model=model, frame=frame_number, read_at=now).to_dict("records")
    session.connection().execute(sa.insert(readings), _named(rows))
    session.connection().execute(
        sa.update(comments)
        .where(comments.c.id == sa.bindparam("comment_id"))
        .values(redacted=sa.bindparam("shown"), language=sa.bindparam("spoken")),
        [
            {"comment_id": row["id"], "shown": row["redacted"], "spoken": row["language"]}
            for row in kept.to_dict("records")
        ],
    )


def _named(rows: list[dict[Hashable, object]]) -> list[dict[str, object]]:
    """The same rows: a frame's columns are named by strings here, which pandas cannot promise."""
    return [{str(name): value for name, value in row.items()} for row in rows]


def coding_rows(session: Session, claimed: Claimed, read: Read, model: str) -> list[dict[str, object]]:
    """The codings that were read in the comments claimed, as they are stored: only of themes that stand yet."""
    standing = sa.select(themes.c.key, themes.c.id).where(
        themes.c.consultation_id == claimed.consultation_id, ~themes.c.retired, themes.c.merged_into_id.is_(None)
    )
    known = {row.key: row.id for row in session.connection().execute(standing)}
    said = [name for name in SAID_OF_THEMES if name in read.themes]
    given = read.themes[read.themes["theme"].isin(known)]
    return [
        {
            "comment_id": claimed.rows[int(row["row"])].id,
            "theme_id": known[row["theme"]],
            "strength": row["strength"],
            "given_by": GivenBy.MODEL,
            "model": model,
        }
        | {name: row[name][:LONGEST_WORDS] if name == "words" else row[name] for name in said}
        for row in given.to_dict("records")
    ]


def store_codings(session: Session, rows: Sequence[dict[str, object]]) -> None:
    """Keep these codings."""
    if rows:
        session.connection().execute(sa.insert(codings), rows)


def stamp(session: Session, response_ids: set[int]) -> None:
    """Say that these responses changed, so that whoever watches reads them again. The last act of a transaction."""
    number = next_change(session)
    for start in range(0, len(response_ids), 500):
        some = sorted(response_ids)[start : start + 500]
        session.connection().execute(sa.update(responses).where(responses.c.id.in_(some)).values(change=number))
