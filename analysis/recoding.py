"""Coding again: comments that were given their themes by an earlier frame are given them by the frame as it is now.

It happens a portion at a time between batches of new comments, which come first, the newest comments before the older.
Each portion is one transaction, and a comment's number of the frame tells whether it is done: a worker that is killed
in the middle leaves nothing out and does nothing twice. Only what a model gave of the themes that stand is renewed:
codings of merged and retired themes and of approved candidates stay, and so does everything that people said.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from analysis.text.reader import Read, Reader
from analysis.worker import (
    Claimed,
    Unread,
    claimed,
    coding_rows,
    codings,
    comments,
    read_claimed,
    readings,
    responses,
    store_codings,
    themes,
    translations,
    unchanged,
    waves,
)
from survey.changes import stamp
from survey.database import reading, writing
from survey.tables import GivenBy, ResponseState

log = logging.getLogger(__name__)

PORTION = 100  # so small that a new comment does not wait long for it
COMPARED = ("strength", "words", "praise", "criticism", "request")

consultations = SQLModel.metadata.tables["consultation"]
Row = dict[str, object]


class Recoding:
    """Codes comments again where the frame has changed. Call it as often as you like: each call does one portion."""

    def __init__(self, engine: sa.Engine, reader: Reader) -> None:
        self._engine = engine
        self._reader = reader
        self._done: dict[int, int] = {}  # the number of the frame by which a consultation has been coded throughout

    def __call__(self) -> None:
        """Give the next comments their themes anew, if any are due."""
        with reading(self._engine) as session:
            numbers = {row.id: row.frame for row in session.connection().execute(_numbers())}
        due = [one for one, number in numbers.items() if self._done.get(one) != number]
        for consultation_id in due:
            if recode_portion(self._engine, self._reader, consultation_id):
                return
            with reading(self._engine) as session:
                elsewhere = session.connection().execute(_behind(consultation_id).limit(1)).first()
            if elsewhere is None:  # and none is in the hands of another worker, who may be lost with it
                number = numbers[consultation_id]
                log.info("every comment of consultation %d is coded by frame %d", consultation_id, number)
                self._done[consultation_id] = number


def recode_portion(engine: sa.Engine, reader: Reader, consultation_id: int) -> int:
    """Give the newest comments that are behind the frame their themes anew. Gives how many there were."""
    if engine.dialect.name == "postgresql":
        with writing(engine) as session:
            taken = _claim(session, consultation_id)
            return _store(session, taken, read_claimed(session, taken, reader), reader.model) if taken else 0
    with reading(engine) as session:
        taken = _claim(session, consultation_id)
        read = read_claimed(session, taken, reader) if taken else None
    if taken is None or read is None:
        return 0
    with writing(engine) as session:
        return _store(session, taken, read, reader.model)


def _numbers() -> sa.Select[int, int]:
    return sa.select(consultations.c.id, consultations.c.frame).order_by(consultations.c.id)


def _claim(session: Session, consultation_id: int) -> Claimed | None:
    taken = _behind(consultation_id).limit(PORTION).with_for_update(of=comments, skip_locked=True)
    return claimed(session, [Unread(*row) for row in session.connection().execute(taken)])


def _behind(consultation_id: int) -> sa.Select[int, int, int, str, str, str | None, str | None]:
    """Comments coded by an earlier frame than the newest, the newest comments first: somebody may be watching for them.

    Asked so that the database goes through readings from the newest on, and stops where it has enough.
    """
    number = sa.select(consultations.c.frame).where(consultations.c.id == consultation_id).scalar_subquery()
    owner = responses.join(waves, waves.c.id == responses.c.wave_id)
    mine = sa.exists(
        sa.select(responses.c.id)
        .select_from(owner)
        .where(
            responses.c.id == comments.c.response_id,
            responses.c.state == ResponseState.SENT,
            waves.c.consultation_id == consultation_id,
        )
    )
    of_wave = sa.select(responses.c.wave_id).where(responses.c.id == comments.c.response_id).scalar_subquery()
    return (
        sa.select(
            *(comments.c.id, comments.c.response_id, of_wave, comments.c.item, comments.c.words),
            *(comments.c.language, translations.c.words),
        )
        .select_from(readings.join(comments, comments.c.id == readings.c.comment_id))
        .outerjoin(translations, translations.c.comment_id == comments.c.id)
        .where(readings.c.frame < number, mine)
        .order_by(readings.c.comment_id.desc())
    )


def _store(session: Session, taken: Claimed, read: Read, model: str) -> int:
    """Put the new codings in place of those of the themes that stand, and say which responses that changed."""
    is_behind = sa.exists().where(readings.c.comment_id == comments.c.id, readings.c.frame < taken.frame_number)
    still = unchanged(session, taken.rows, is_behind)
    new: defaultdict[int, list[Row]] = defaultdict(list)
    for row in coding_rows(session, taken, read, model):
        new[int(str(row["comment_id"]))].append(row)
    old, kept = _there(session, taken.consultation_id, still)
    changed = [one for one in still if _content(old[one]) != _content(new[one])]
    gone = [int(str(row["id"])) for one in changed for row in old[one]]
    session.connection().execute(sa.delete(codings).where(codings.c.id.in_(gone)))
    store_codings(
        session, [row for one in changed for row in new[one] if (row["comment_id"], row["theme_id"]) not in kept]
    )
    session.connection().execute(
        sa.update(readings).where(readings.c.comment_id.in_(still)).values(frame=taken.frame_number)
    )
    owners = {row.response_id for row in taken.rows if row.id in set(changed)}
    if owners:
        stamp(session, owners)
    return len(taken.rows)


def of_standing_themes(consultation_id: int) -> sa.Select[int]:
    """The themes of a consultation that are neither merged nor retired."""
    standing = (~themes.c.retired, themes.c.merged_into_id.is_(None))
    return sa.select(themes.c.id).where(themes.c.consultation_id == consultation_id, *standing)


def _there(
    session: Session, consultation_id: int, ids: Iterable[int]
) -> tuple[defaultdict[int, list[Row]], set[tuple[object, object]]]:
    """What a model gave these comments of the themes that stand, by comment; and what a person gave, which stays."""
    mine = codings.c.theme_id.in_(of_standing_themes(consultation_id))
    found = session.connection().execute(sa.select(codings).where(codings.c.comment_id.in_(ids), mine))
    by_model: defaultdict[int, list[Row]] = defaultdict(list)
    by_person: set[tuple[object, object]] = set()
    for row in found.mappings():
        if row["given_by"] == GivenBy.PERSON:
            by_person.add((row["comment_id"], row["theme_id"]))
        else:
            by_model[row["comment_id"]].append({str(name): value for name, value in row.items()})
    return by_model, by_person


def _content(rows: Iterable[Row]) -> set[tuple[object, ...]]:
    """What codings say, so that what stays the same need not be written again."""
    empty: Row = {"words": "", "praise": False, "criticism": False, "request": False}
    return {(row["theme_id"], *((empty | row)[name] for name in COMPARED)) for row in rows}
