"""Suggestions: candidate themes put into the database in place of earlier ones, with the comments they were given to.

A fit may give thousands of comments another candidate. While that is written no parent's answers can be saved in the
embedded database, and no comment is read. So it is written a portion at a time, each a whole, with room for others in
between: if the worker is killed in the middle, the comments it came to have their new candidate and the others their
old one, and the fit counts as not done.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from analysis.text.discover import Discovery
from analysis.text.stance import SPLIT_BY
from survey import deciding_words
from survey.changes import stamp
from survey.database import writing
from survey.suggested import LOOK_AGAIN, NOT_DONE
from survey.tables import GivenBy
from survey.uncovered import themed

STORED = np.dtype("<f4")
"""How a centre is kept: its numbers one after another."""

PORTION = 1_000

TABLES = SQLModel.metadata.tables
comments, codings, themes = TABLES["comment"], TABLES["coding"], TABLES["theme"]
candidates, consultations = TABLES["candidate_theme"], TABLES["consultation"]


class Suggested(NamedTuple):
    """What was found in one consultation's comments (by their ids), by which model, and as they were at what time.

    ``said`` are the ``fingerprint``s of their words, by which it is known that they are the same comments yet.

    What was ``assigned`` says of each comment besides what it does about its candidate, as ``stance.about`` has it.
    """

    consultation_id: int
    ids: tuple[int, ...]
    said: tuple[int, ...]
    found: Discovery
    model: str
    at: datetime


class _Given(NamedTuple):
    """One candidate that a comment has."""

    coding_id: int
    comment_id: int
    candidate_id: int


def store(engine: sa.Engine, told: Suggested) -> Iterator[int]:
    """Give the comments the candidates found, and say that they changed: a portion each time the next is asked for.

    Gives how many comments each portion changed. Comments that went, or were given a theme, while the fit was under way
    are left without a candidate. What a person gave stays, with its candidate, and nothing is added to it. Storing the
    same again changes nothing.
    """
    with writing(engine) as session:
        _keep_candidates(session, told)
    wanted = told.found.assigned.assign(comment_id=told.ids, said=told.said)
    for start in range(0, len(wanted), PORTION):
        with writing(engine) as session:
            changed = _give(session, told, wanted[start : start + PORTION])
        yield changed
    with writing(engine) as session:
        changed = _finish(session, told)
    yield changed


def _keep_candidates(session: Session, told: Suggested) -> None:
    """The candidates found, each with where it lies: those known by their key brought up to date, the others added."""
    _take_turn(session, told)
    there, approved = _ids(session, told), _approved(session, told)
    centres = dict(zip(told.found.centres.keys, told.found.centres.rows, strict=True))
    columns = [name for name in ("key", "label", "words", "size", "stability") if name in told.found.candidates]
    for found in told.found.candidates[columns].to_dict("records"):
        key = found["key"]
        if key in approved:  # while the fit was under way
            continue
        about = {name: found[name] for name in columns if name != "key"}
        about["centre"] = centres[key].astype(STORED).tobytes()
        if key in there:
            change = sa.update(candidates).where(candidates.c.id == there[key]).values(about)
            session.connection().execute(change)
        else:
            named = {"consultation_id": told.consultation_id, "key": key, "fitted_at": NOT_DONE}
            session.connection().execute(sa.insert(candidates).values(about | named))


def _give(session: Session, told: Suggested, wanted: pd.DataFrame) -> int:
    """Give some comments their candidates, touching only what is not so already. Gives how many it touched."""
    _take_turn(session, told)
    known = _ids(session, told)
    ids = [int(one) for one in wanted["comment_id"]]
    open_ = _open(session, dict(zip(ids, wanted["said"].tolist(), strict=True)))
    shown = deciding_words.shown_of(session, ids)
    asked = {
        (row["comment_id"], known[row["candidate"]]): {
            "strength": row["strength"],
            "margin": row["margin"],
            "words": deciding_words.standing_in(shown.get(row["comment_id"], ""), row["words"]),
            **{str(one): row[str(one)] for one in SPLIT_BY},
        }
        for row in wanted.to_dict("records")
        if row["comment_id"] in open_ and row["candidate"] in known
    }
    there = _given_by_model(session, told, codings.c.comment_id.in_(ids))
    having = {(one.comment_id, one.candidate_id) for one in there}
    old = [one for one in there if (one.comment_id, one.candidate_id) not in asked]
    new = {pair: of_it for pair, of_it in asked.items() if pair not in having}
    _take_away(session, old)
    rows = [
        {"comment_id": comment, "candidate_theme_id": candidate, "given_by": GivenBy.MODEL, "model": told.model}
        | of_it
        for (comment, candidate), of_it in new.items()
    ]  # fmt: skip
    if rows:
        session.connection().execute(sa.insert(codings), rows)
    return _stamp(session, {one.comment_id for one in old} | {comment for comment, _ in new})


def _finish(session: Session, told: Suggested) -> int:
    """Take away what nobody gives any more, and say that the fit is done. Gives how many comments that touched."""
    _take_turn(session, told)
    keys = told.found.candidates["key"].tolist()
    gone = candidates.c.key.not_in(keys)
    old = _given_by_model(session, told, sa.or_(gone, themed(codings.c.comment_id)))
    _take_away(session, old)
    mine = (candidates.c.consultation_id == told.consultation_id) & candidates.c.approved_as_id.is_(None)
    held = sa.exists().where(codings.c.candidate_theme_id == candidates.c.id)  # by a person
    session.connection().execute(sa.delete(candidates).where(mine, gone, ~held))
    session.connection().execute(sa.update(candidates).where(mine, gone).values(size=0))
    done = candidates.c.fitted_at != LOOK_AGAIN  # words were taken back from the others meanwhile
    session.connection().execute(sa.update(candidates).where(mine, done).values(fitted_at=told.at))
    return _stamp(session, {one.comment_id for one in old})


def _take_turn(session: Session, told: Suggested) -> None:
    """Nobody else changes this consultation's candidates until this transaction ends."""
    turn = sa.select(consultations.c.id).where(consultations.c.id == told.consultation_id)
    session.connection().execute(turn.with_for_update(key_share=True))


def _ids(session: Session, told: Suggested) -> dict[str, int]:
    """The candidates nobody has approved: an approved one keeps what it has, and is given nothing more."""
    mine = sa.select(candidates.c.key, candidates.c.id).where(
        candidates.c.consultation_id == told.consultation_id, candidates.c.approved_as_id.is_(None)
    )
    return {row.key: row.id for row in session.connection().execute(mine)}


def _approved(session: Session, told: Suggested) -> set[str]:
    mine = sa.select(candidates.c.key).where(
        candidates.c.consultation_id == told.consultation_id, candidates.c.approved_as_id.is_not(None)
    )
    return set(session.connection().execute(mine).scalars())


def fingerprint(words: str) -> int:
    """A number for somebody's words, in place of them. Another process has another: it is kept nowhere."""
    return hash(words)


def _open(session: Session, said: dict[int, int]) -> set[int]:
    """Those of the comments that are there yet, without a theme and without a candidate from a person.

    By the fingerprints of their words too: the number of a comment that was deleted may be another's by now.
    """
    other = codings.alias("theirs")
    by_person = sa.exists().where(other.c.comment_id == comments.c.id, other.c.given_by == GivenBy.PERSON)
    left = sa.select(comments.c.id, comments.c.words).where(
        comments.c.id.in_(list(said)), ~themed(comments.c.id), ~by_person
    )
    return {row.id for row in session.connection().execute(left) if fingerprint(row.words) == said[row.id]}


def _given_by_model(session: Session, told: Suggested, which: sa.ColumnElement[bool]) -> list[_Given]:
    found = (
        sa.select(codings.c.id, codings.c.comment_id, codings.c.candidate_theme_id)
        .join(candidates, candidates.c.id == codings.c.candidate_theme_id)
        .where(
            candidates.c.consultation_id == told.consultation_id,
            candidates.c.approved_as_id.is_(None),
            codings.c.given_by == GivenBy.MODEL,
            which,
        )
    )
    return [_Given(*row) for row in session.connection().execute(found)]


def _take_away(session: Session, old: Sequence[_Given]) -> None:
    for start in range(0, len(old), PORTION):
        some = [one.coding_id for one in old[start : start + PORTION]]
        session.connection().execute(sa.delete(codings).where(codings.c.id.in_(some)))


def _stamp(session: Session, changed: set[int]) -> int:
    """Say that the responses these comments are part of changed. The last act of a transaction."""
    touched: set[int] = set()
    ids = sorted(changed)
    for start in range(0, len(ids), PORTION):
        owners = sa.select(comments.c.response_id).where(comments.c.id.in_(ids[start : start + PORTION]))
        touched |= set(session.connection().execute(owners).scalars())
    if touched:
        stamp(session, touched)
    return len(changed)
