"""Reading again: comments that an earlier version of the reader read are read by the one that is here now.

So what a new version mends holds for what was kept before it: a detail found that was missed, a word that must not be
told. It happens a portion at a time between batches of new comments, which come first. Each portion is one transaction,
in which the new reading takes the place of the old; a worker that is killed in the middle leaves nothing out and does
nothing twice. What people said and decided stays.
"""

import logging

import sqlalchemy as sa
from sqlmodel import Session

from analysis.recoding import of_standing_themes
from analysis.text.reader import Read, Reader
from analysis.worker import (
    Claimed,
    Unread,
    claimed,
    codings,
    comments,
    read_claimed,
    readings,
    responses,
    store,
    translations,
    unchanged,
)
from survey import deciding_words
from survey.database import reading, writing
from survey.tables import GivenBy, ResponseState

log = logging.getLogger(__name__)

PORTION = 100  # so small that a new comment does not wait long for it


class Rereading:
    """Reads again what earlier versions of this reader read. Call it as often as you like: each call does a portion."""

    def __init__(self, engine: sa.Engine, reader: Reader) -> None:
        self._engine = engine
        self._reader = reader
        self._below: int | None = None  # the comments from this one on have been looked at
        self._done = False

    def __call__(self) -> None:
        """Read the next comments again, if any are due."""
        if self._done:
            return
        below = reread_portion(self._engine, self._reader, below=self._below)
        if below is None and self._below is None:
            # Nor may any be in the hands of another worker, who may be lost with it.
            with reading(self._engine) as session:
                self._done = session.connection().execute(_due(self._reader.model, None).limit(1)).first() is None
            if self._done:
                log.info("every comment is read with %s", self._reader.model)
        self._below = below


def reread_portion(engine: sa.Engine, reader: Reader, *, below: int | None = None) -> int | None:
    """Read again the newest comments, of those numbered below that, which an earlier version read.

    Gives the number to go on below; None where there were none.
    """
    if engine.dialect.name == "postgresql":
        with writing(engine) as session:
            rows = _rows(session, reader.model, below)
            taken = claimed(session, rows)
            if taken:
                _store(session, taken, read_claimed(session, taken, reader), reader.model)
        return _go_on_below(rows, taken)
    with reading(engine) as session:
        rows = _rows(session, reader.model, below)
        taken = claimed(session, rows)
        read = read_claimed(session, taken, reader) if taken else None
    if taken and read:
        with writing(engine) as session:
            _store(session, taken, read, reader.model)
    return _go_on_below(rows, taken)


def _go_on_below(rows: list[Unread], taken: Claimed | None) -> int | None:
    """Below the newest of those that belong to another consultation, or else below the oldest of all."""
    if taken is None:
        return None
    done = {row.id for row in taken.rows}
    return max((row.id + 1 for row in rows if row.id not in done), default=min(done))


def _rows(session: Session, model: str, below: int | None) -> list[Unread]:
    wanted = _due(model, below).limit(PORTION).with_for_update(of=comments, skip_locked=True)
    return [Unread(*row) for row in session.connection().execute(wanted)]


def _by_an_earlier(model: str) -> sa.ColumnElement[bool]:
    """Whether a reading is of an earlier version of this reader: of heard-4, where this is "heard-5 wordllama".

    What a later one read is left: while one worker takes the place of the other, both are at work.
    """
    family, _, number = model.partition(" ")[0].rpartition("-")
    earlier = [f"{family}-{one}" for one in range(int(number))] if number.isdecimal() else []
    by = readings.c.model
    return sa.or_(by.in_(earlier), *(by.startswith(f"{one} ", autoescape=True) for one in earlier))


def _due(model: str, below: int | None) -> sa.Select[int, int, int, str, str, str | None, str | None]:
    return (
        sa.select(
            *(comments.c.id, comments.c.response_id, responses.c.wave_id, comments.c.item, comments.c.words),
            *(comments.c.language, translations.c.words),
        )
        .select_from(readings.join(comments, comments.c.id == readings.c.comment_id))
        .join(responses, responses.c.id == comments.c.response_id)
        .outerjoin(translations, translations.c.comment_id == comments.c.id)
        .where(
            _by_an_earlier(model),
            responses.c.state == ResponseState.SENT,
            *([readings.c.comment_id < below] if below is not None else []),
        )
        .order_by(readings.c.comment_id.desc())
    )


def _store(session: Session, taken: Claimed, read: Read, model: str) -> None:
    """Put the new readings in place of the old, and the new codings in place of a model's of the themes that stand."""
    there = sa.exists().where(readings.c.comment_id == comments.c.id, _by_an_earlier(model))
    still = unchanged(session, taken.rows, there)
    by_model = sa.and_(
        codings.c.comment_id.in_(still),
        codings.c.given_by == GivenBy.MODEL,
        codings.c.theme_id.in_(of_standing_themes(taken.consultation_id)),
    )
    session.connection().execute(sa.delete(codings).where(by_model))
    session.connection().execute(sa.delete(readings).where(readings.c.comment_id.in_(still)))
    store(session, taken, read, model)
    deciding_words.keep_to_what_is_shown(session, still)
