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

from analysis.teaching import Learnt
from analysis.text.learning import Taught
from analysis.text.reader import Read, Reader
from survey import comment_translations, consultations, deciding_words, details, standing_themes, theming
from survey.changes import stamp
from survey.coding_frame import CodingFrame
from survey.database import reading, writing
from survey.questionnaire import Direction
from survey.tables import GivenBy, ResponseState

log = logging.getLogger(__name__)

BATCH = 200
IDLE_SECONDS = 0.1
SAID_OF_THEMES = ("words", "praise", "criticism", "request")  # kept of each theme given, where the reader says so
SAID_OF_COMMENTS = ("unsure", "praise", "criticism", "request")

TABLES = SQLModel.metadata.tables
comments, readings, codings = TABLES["comment"], TABLES["reading"], TABLES["coding"]
responses, waves, themes = TABLES["response"], TABLES["wave"], TABLES["theme"]
translations = TABLES["comment_translation"]
frame_numbers = TABLES["consultation"].c

LEARNT = Learnt()  # what this process knows of what was taught


class Unread(NamedTuple):
    """A comment that nobody has read."""

    id: int
    response_id: int
    wave_id: int
    item: str
    words: str
    language: str | None  # of a translated comment, that of its translation
    translation: str | None  # in English, by a person: read in the place of the words

    @property
    def text(self) -> str:
        """What is read of it."""
        return self.words if self.translation is None else self.translation


class Claimed(NamedTuple):
    """Comments taken to be read, all of one consultation, and the coding frame to read them by, with its number."""

    consultation_id: int
    rows: list[Unread]
    frame: CodingFrame | Taught | None
    frame_number: int


def work(
    engine: sa.Engine,
    reader: Reader,
    *,
    stopping: Callable[[], bool],
    chores: Sequence[Callable[[], None]] = (),
    places: int = 1,
) -> None:
    """Read comments as they arrive, until told to stop; a batch that was begun is finished first.

    A reader that reads in several places at once is given as many batches together.
    chores are done between batches. Each says for itself whether it is due, and none may take long: comments wait.
    """
    log.info("reading comments with %s", reader.model)
    while not stopping():
        read = read_batch(engine, reader, places=places)
        for chore in chores:
            chore()
        if read == 0:
            time.sleep(IDLE_SECONDS)


def read_batch(engine: sa.Engine, reader: Reader, *, places: int = 1) -> int:
    """Read the newest comments that nobody has read, and store what was read. Gives how many there were.

    On PostgreSQL the comments stay claimed while they are read. The embedded database lets one writer in at a time,
    and parents come first: there they are read outside any transaction, and those that somebody else has read or
    withdrawn in the meantime are left alone.
    """
    if engine.dialect.name == "postgresql":
        with writing(engine) as session:
            claimed = _claim(session, BATCH * places)
            return store(session, claimed, read_claimed(session, claimed, reader), reader.model) if claimed else 0
    with reading(engine) as session:
        claimed = _claim(session, BATCH * places)
        read = read_claimed(session, claimed, reader) if claimed else None
    if claimed is None or read is None:
        return 0
    with writing(engine) as session:
        return store(session, claimed, read, reader.model)


def _claim(session: Session, most: int) -> Claimed | None:
    unread = (
        sa.select(
            *(comments.c.id, comments.c.response_id, responses.c.wave_id, comments.c.item, comments.c.words),
            *(comments.c.language, translations.c.words),
        )
        .join(responses, responses.c.id == comments.c.response_id)
        .outerjoin(translations, translations.c.comment_id == comments.c.id)
        .where(
            ~sa.exists().where(readings.c.comment_id == comments.c.id),
            responses.c.state == ResponseState.SENT,
        )
        .order_by(comments.c.id.desc())  # somebody may be watching for the newest
        .limit(most)
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
    # Before the frame itself: one edited in between is looked up as a newer one than its number says, and the comments
    # are coded once more. The other way round they would be taken to be coded by a frame that nobody coded them by.
    frame = sa.select(frame_numbers.frame).where(frame_numbers.id == consultation_id)
    number = int(session.connection().execute(frame).scalar_one())
    return Claimed(
        consultation_id,
        [row for row in rows if owners[row.wave_id] == consultation_id],
        _by_what(session, consultation_id),
        number,
    )


def _by_what(session: Session, consultation_id: int) -> CodingFrame | Taught | None:
    """The themes to look for: with what people's judgements taught, where that is switched on."""
    frame = theming.standing(session, consultation_id)
    return LEARNT.of(session, consultation_id, frame) if frame else None


def read_claimed(session: Session, claimed: Claimed, reader: Reader) -> Read:
    """What is in the comments claimed, each read as what it was asked for."""
    directions = consultations.directions_of(session, {row.wave_id for row in claimed.rows})
    return reader.read(
        [row.text for row in claimed.rows],
        [directions.get((row.wave_id, row.item), Direction.OPEN) for row in claimed.rows],
        claimed.frame,
    )


def store(session: Session, claimed: Claimed, read: Read, model: str) -> int:
    """Store what was read in the comments that are still there and still unread, and say that they changed."""
    ids = [row.id for row in claimed.rows]
    still = unchanged(session, claimed.rows, ~sa.exists().where(readings.c.comment_id == comments.c.id))
    kept = read.comments.assign(id=ids).loc[lambda frame: frame["id"].isin(still)]
    kept = _as_people_have_it(session, claimed, kept, read.details)
    if not kept.empty:
        _store_readings(session, kept, claimed.frame_number, model)
        there = _given_before(session, still)
        rows = coding_rows(session, claimed, read, model)
        new = [row for row in rows if row["comment_id"] in still and (row["comment_id"], row["theme_id"]) not in there]
        store_codings(session, new)
        changed = {row.response_id for row in claimed.rows if row.id in still}
        stamp(session, changed)
    return len(ids)


def unchanged(session: Session, rows: Sequence[Unread], which: sa.ColumnElement[bool]) -> set[int]:
    """Those of some comments that are there yet with the same words and translation, and of which that is true.

    By their words too: the number of a comment that was withdrawn may be another's by now.
    """
    wanted = (
        sa.select(comments.c.id, comments.c.words, translations.c.words)
        .outerjoin(translations, translations.c.comment_id == comments.c.id)
        .where(comments.c.id.in_([row.id for row in rows]), which)
    )
    known = {(row.id, row.words, row.translation) for row in rows}
    return {row[0] for row in session.connection().execute(wanted) if tuple(row) in known}


def _store_readings(session: Session, kept: pd.DataFrame, frame_number: int, model: str) -> None:
    now = datetime.now(UTC)
    shown = kept.rename(columns={"id": "comment_id"})
    columns = ["comment_id", "sentiment", "p_negative", "p_neutral", "p_positive"]
    columns += [name for name in SAID_OF_COMMENTS if name in shown]  # where the reader says so
    rows = shown[columns].assign(model=model + shown["model"], frame=frame_number, read_at=now).to_dict("records")
    session.connection().execute(sa.insert(readings), _named(rows))
    session.connection().execute(
        sa.update(comments)
        .where(comments.c.id == sa.bindparam("comment_id"))
        .values(
            redacted=sa.bindparam("shown"),
            language=sa.bindparam("spoken"),
            other_language=sa.bindparam("second"),
            identifying=sa.bindparam("telling"),
        ),
        [
            {
                "comment_id": row["id"],
                "shown": row["redacted"],
                "spoken": row["language"],
                "second": row.get("other_language", ""),
                "telling": row.get("identifying", ""),
            }
            for row in kept.to_dict("records")
        ],
    )


def _as_people_have_it(session: Session, claimed: Claimed, kept: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """The same readings with what people decided before: what is hidden, and what is somebody's translation."""
    if kept.empty:
        return kept
    ids = kept["id"].tolist()
    rows = {row.id: row for row in claimed.rows}
    at = dict(zip(kept.index, ids, strict=True))
    places: dict[int, list[details.Place]] = {}
    for number, *place in found.itertuples(index=False, name=None):
        if number in at:
            places.setdefault(at[number], []).append(details.Place(*place))
    shown = details.keep(session, places, {one: rows[one].text for one in ids})
    translated = [rows[one].translation is not None for one in ids]
    return kept.assign(
        redacted=[shown.get(one, redacted) for one, redacted in zip(ids, kept["redacted"], strict=True)],
        language=[
            str(rows[one].language) if by_person else spoken
            for one, spoken, by_person in zip(ids, kept["language"], translated, strict=True)
        ],
        model=[comment_translations.READ_IN_ENGLISH if one else "" for one in translated],
    )


def _named(rows: list[dict[Hashable, object]]) -> list[dict[str, object]]:
    """The same rows: a frame's columns are named by strings here, which pandas cannot promise."""
    return [{str(name): value for name, value in row.items()} for row in rows]


def coding_rows(session: Session, claimed: Claimed, read: Read, model: str) -> list[dict[str, object]]:
    """The codings that were read in the comments claimed, as they are stored: only of themes that stand yet.

    Of the words that decided them only those are kept that stand in what may be shown: a person may have hidden others.
    """
    known = {one.key: one.id for one in standing_themes.standing(session, claimed.consultation_id)}
    said = [name for name in SAID_OF_THEMES if name in read.themes]
    given = read.themes[read.themes["theme"].isin(known)]
    shown = deciding_words.shown_of(session, [one.id for one in claimed.rows]) if "words" in said else {}

    def kept(row: dict[Hashable, object], name: str) -> object:
        if name != "words":
            return row[name]
        of_comment = shown.get(claimed.rows[int(str(row["row"]))].id, "")
        return deciding_words.standing_in(of_comment, str(row[name]))

    return [
        {
            "comment_id": claimed.rows[int(row["row"])].id,
            "theme_id": known[row["theme"]],
            "strength": row["strength"],
            "given_by": GivenBy.MODEL,
            "model": f"{model} {claimed.frame.name}" if isinstance(claimed.frame, Taught) else model,
        }
        | {name: kept(row, name) for name in said}
        for row in given.to_dict("records")
    ]


def _given_before(session: Session, ids: set[int]) -> set[tuple[object, object]]:
    """The comments and themes that go together already: such as a comment has that is read once more."""
    before = sa.select(codings.c.comment_id, codings.c.theme_id).where(codings.c.comment_id.in_(ids))
    return {(row.comment_id, row.theme_id) for row in session.connection().execute(before)}


def store_codings(session: Session, rows: Sequence[dict[str, object]]) -> None:
    """Keep these codings."""
    if rows:
        session.connection().execute(sa.insert(codings), rows)
