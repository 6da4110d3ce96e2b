"""Reading through comments: what somebody has read, and the notes and flags that those who read share.

Nothing here changes a figure, so no response is stamped for it.
"""

import tomllib
from collections.abc import Collection
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from survey import audit, details
from survey.details import GONE, Detail, Piece
from survey.errors import CommentError
from survey.tables import CommentFlag, CommentNote, CommentSeen, ResponseState

TABLES = SQLModel.metadata.tables
COMMENTS, RESPONSES = TABLES["comment"], TABLES["response"]
SEEN, NOTES, FLAGS = TABLES["comment_seen"], TABLES["comment_note"], TABLES["comment_flag"]
DETAILS, TRANSLATIONS = TABLES["found_detail"], TABLES["comment_translation"]

LONGEST_NOTE: Final = 2_000
FLAG_FILE: Final = Path(__file__).with_name("comment_flags.toml")


class Flag(NamedTuple):
    """A flag that can be put on a comment: its name, and the key that does it."""

    code: str
    name: str
    key: str


class Note(NamedTuple):
    """What somebody noted about a comment."""

    id: int
    words: str
    by: str
    at: datetime


class Flagged(NamedTuple):
    """A flag that is on a comment, and who put it there."""

    flag: str
    by: str
    at: datetime


class Marks(NamedTuple):
    """What is kept beside the comments of a wave: which of them one person has read, are flagged, have notes."""

    seen: frozenset[int]
    flagged: dict[str, frozenset[int]]  # by flag
    noted: frozenset[int]


class Beside(NamedTuple):
    """What is kept beside one comment."""

    notes: list[Note]
    flags: list[Flagged]


@cache
def flags() -> tuple[Flag, ...]:
    """The flags there are, in the order they are offered."""
    listed = tomllib.loads(FLAG_FILE.read_text(encoding="utf-8"))
    return tuple(Flag(code, one["name"], one["key"]) for code, one in listed.items())


def marks(session: Session, wave_id: int, *, by: str) -> Marks:
    """What is kept beside the comments of a wave, as this person finds it."""
    mine = sa.select(SEEN.c.comment_id).where(SEEN.c.by == by, _is_in(SEEN, wave_id))
    noted = sa.select(NOTES.c.comment_id).distinct().where(_is_in(NOTES, wave_id))
    on = sa.select(FLAGS.c.flag, FLAGS.c.comment_id).where(_is_in(FLAGS, wave_id))
    flagged: dict[str, set[int]] = {one.code: set() for one in flags()}
    for flag, comment_id in session.connection().execute(on):
        flagged.setdefault(flag, set()).add(comment_id)
    return Marks(
        frozenset(session.connection().execute(mine).scalars()),
        {flag: frozenset(ids) for flag, ids in flagged.items()},
        frozenset(session.connection().execute(noted).scalars()),
    )


def beside(session: Session, comment_id: int) -> Beside:
    """The notes on a comment, the oldest first, and its flags in the order they are offered."""
    noted = session.connection().execute(
        sa.select(NOTES.c.id, NOTES.c.words, NOTES.c.by, NOTES.c.at)
        .where(NOTES.c.comment_id == comment_id)
        .order_by(NOTES.c.id)
    )
    flagged = session.connection().execute(
        sa.select(FLAGS.c.flag, FLAGS.c.by, FLAGS.c.at).where(FLAGS.c.comment_id == comment_id)
    )
    offered = [one.code for one in flags()]
    listed = sorted((Flagged(*row) for row in flagged), key=lambda one: [*offered, one.flag].index(one.flag))
    return Beside([Note(*row) for row in noted], listed)


def mark_read(session: Session, comment_ids: Collection[int], *, by: str, now: datetime) -> None:
    """Keep that somebody has read these comments. Of those that are gone, nothing is kept."""
    there = sa.select(COMMENTS.c.id).where(COMMENTS.c.id.in_(comment_ids)).order_by(COMMENTS.c.id)
    for comment_id in session.connection().execute(there.with_for_update(key_share=True)).scalars().all():
        session.merge(CommentSeen(by=by, comment_id=comment_id, at=now))


def mark_unread(session: Session, comment_id: int, *, by: str) -> None:
    """Forget that somebody has read a comment."""
    session.connection().execute(sa.delete(SEEN).where(SEEN.c.by == by, SEEN.c.comment_id == comment_id))


def add_note(session: Session, comment_id: int, words: str, *, sent_at: datetime, by: str, now: datetime) -> None:
    """Note something about a comment, for everybody who reads comments.

    Raises CommentError if the comment is gone, or if the note is empty or too long.
    """
    words = words.strip()
    if not words:
        raise CommentError("Enter the note first.")
    if len(words) > LONGEST_NOTE:
        raise CommentError(f"A note must be {LONGEST_NOTE:,} characters or fewer. This has {len(words):,}.")
    _hold(session, comment_id, sent_at)
    session.add(CommentNote(comment_id=comment_id, words=words, by=by, at=now))
    audit.record(session, who=by, what="note something about a comment", subject=f"comment {comment_id}")


def take_note_back(session: Session, note_id: int, *, by: str) -> None:
    """Take back a note, for its author. Raises CommentError if it is gone or somebody else's."""
    note = session.get(CommentNote, note_id)
    if note is None:
        raise CommentError("That note is not there any more.")
    if note.by != by:
        raise CommentError(f"Only {note.by} can take this note back.")
    audit.record(session, who=by, what="take a note back", subject=f"comment {note.comment_id}")
    session.delete(note)


def set_flag(
    session: Session, comment_id: int, flag: str, *, on: bool, sent_at: datetime, by: str, now: datetime
) -> None:
    """Put a flag on a comment, or take it off. Raises CommentError if the comment is gone or there is no such flag."""
    if flag not in {one.code for one in flags()}:
        raise CommentError("There is no such flag. Open the page again.")
    _hold(session, comment_id, sent_at)
    there = session.get(CommentFlag, (comment_id, flag))
    if on == (there is not None):
        return
    if there is None:
        session.add(CommentFlag(comment_id=comment_id, flag=flag, by=by, at=now))
    else:
        session.delete(there)
    what = "flag a comment" if on else "take a flag off a comment"
    audit.record(session, who=by, what=what, subject=f"comment {comment_id}: {flag}")


def reveal(session: Session, comment_id: int, *, by: str) -> tuple[Piece, ...]:
    """A comment as it was written, with what is hidden from others marked in it. That somebody looked is kept.

    Of one that somebody put into English nothing is marked: details are looked for in the translation. Raises
    CommentError if it is gone.
    """
    words = details.see_as_written(session, comment_id, by=by)
    hidden = (
        sa.select(*DETAILS.c)
        .where(
            DETAILS.c.comment_id == comment_id,
            DETAILS.c.hidden,
            ~sa.exists().where(TRANSLATIONS.c.comment_id == comment_id),
        )
        .order_by(DETAILS.c.start)
    )
    pieces, at = [], 0
    for row in session.connection().execute(hidden):
        detail = Detail(*row)
        pieces += [Piece(words[at : detail.start]), Piece(words[detail.start : detail.end], detail)]
        at = detail.end
    return tuple(piece for piece in (*pieces, Piece(words[at:])) if piece.words)


def _is_in(table: sa.Table, wave_id: int) -> sa.ColumnElement[bool]:
    """Whether a row of a table is about a comment of a wave."""
    of_wave = (
        sa.select(COMMENTS.c.id)
        .join(RESPONSES, RESPONSES.c.id == COMMENTS.c.response_id)
        .where(COMMENTS.c.id == table.c.comment_id, RESPONSES.c.wave_id == wave_id)
    )
    return of_wave.exists()


def _hold(session: Session, comment_id: int, sent_at: datetime) -> None:
    """The comment that was shown is there, and is not withdrawn until this is kept.

    By when it was sent, too: the number of a comment that was withdrawn may be another's by now.
    """
    found = session.connection().execute(
        sa.select(RESPONSES.c.sent_at)
        .join(COMMENTS, COMMENTS.c.response_id == RESPONSES.c.id)
        .where(COMMENTS.c.id == comment_id, RESPONSES.c.state == ResponseState.SENT)
        .with_for_update(of=RESPONSES, key_share=True)
    )
    if found.scalar() != sent_at:
        raise CommentError(GONE)
