"""Personal details in comments: what is hidden, and what people decide about the names and schools that are suggested.

Only places are kept, never the words. What may be shown of a comment is worked out from its words and those places. A
comment that somebody put into English is shown, and looked through, in their translation.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from survey import audit, changes, deciding_words
from survey.errors import CommentError
from survey.tables import ResponseState
from survey.written import safe

TABLES = SQLModel.metadata.tables
COMMENTS, RESPONSES, TRANSLATIONS = (TABLES[name] for name in ("comment", "response", "comment_translation"))
DETAILS, READINGS = TABLES["found_detail"], TABLES["reading"]
NAME: Final = "name"
GONE: Final = "That comment is not there any more. It may have been taken back. Go on with the next one."
Somewhere = TypeVar("Somewhere", "Place", "Detail")
SAID: Final = sa.func.coalesce(TRANSLATIONS.c.words, COMMENTS.c.words)  # what is shown of a comment, before hiding


class Place(NamedTuple):
    """Where a personal detail was found, in characters, and whether it is only suggested."""

    start: int
    end: int
    kind: str
    suggested: bool


class Detail(NamedTuple):
    """A place in a comment, whether it is hidden, and who decided so: "" while nobody has."""

    id: int
    comment_id: int
    start: int
    end: int
    kind: str
    suggested: bool
    hidden: bool
    decided_by: str
    decided_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether a person has still to decide."""
        return self.suggested and not self.decided_by


class Piece(NamedTuple):
    """A stretch of a comment: its words, and the detail they are, if they are one."""

    words: str
    detail: Detail | None = None


class Marked(NamedTuple):
    """A comment with what is suggested in it laid open, and everything else that is hidden still hidden."""

    comment_id: int
    language: str
    sent_at: datetime
    pieces: tuple[Piece, ...]


class Flagged(NamedTuple):
    """A comment that may tell who it is about, as it may be shown, and what in it tells."""

    comment_id: int
    language: str
    sent_at: datetime
    words: str
    reasons: str


class Decision(NamedTuple):
    """What somebody decided about a detail."""

    detail: Detail
    by: str
    at: datetime


def shown(text: str, hidden: Iterable[Somewhere]) -> str:
    """The words without what hides between them, and with "[name]", "[phone]" … in the place of each of these."""
    return "".join(words if place is None else f"[{place.kind}]" for words, place in _cut(safe(text), hidden))


def keep(session: Session, found: Mapping[int, Sequence[Place]], texts: Mapping[int, str]) -> dict[int, str]:
    """Keep what was found in comments that were just read, by comment; what people decided before stands.

    Gives the words that may be shown of those comments that somebody has decided about.
    """
    ids = list(texts)
    undecided = sa.and_(DETAILS.c.comment_id.in_(ids), DETAILS.c.decided_by == "")
    session.connection().execute(sa.delete(DETAILS).where(undecided))
    decided = _of(session, DETAILS.c.comment_id.in_(ids))
    rows = [
        {"comment_id": comment_id, "hidden": True, "decided_by": "", **place._asdict()}
        for comment_id, places in found.items()
        for place in places
        if not any(_overlap(place, one) for one in decided if one.comment_id == comment_id)
    ]
    if rows:
        session.connection().execute(sa.insert(DETAILS), rows)
    return {one: _shown_of(session, one, texts[one]) for one in {one.comment_id for one in decided}}


def to_confirm(session: Session, wave_id: int, *, most: int) -> list[Marked]:
    """The comments of a wave in which a suggested detail waits for somebody, the oldest first."""
    waiting = sa.select(DETAILS.c.comment_id).where(_open())
    rows = session.connection().execute(
        _standing(wave_id, SAID.label("said")).where(COMMENTS.c.id.in_(waiting)).limit(most)
    )
    listed = rows.all()
    details = _of(session, DETAILS.c.comment_id.in_([row.id for row in listed]))
    return [
        Marked(
            row.id, row.language or "", row.sent_at, _pieces(row.said, [d for d in details if d.comment_id == row.id])
        )
        for row in listed
    ]


def how_many_to_confirm(session: Session, wave_id: int) -> int:
    """How many suggested details of a wave nobody has decided about."""
    there = sa.select(COMMENTS.c.id).select_from(_joined()).where(*_stands(wave_id))
    counted = sa.select(sa.func.count()).select_from(DETAILS).where(_open(), DETAILS.c.comment_id.in_(there))
    return int(session.connection().execute(counted).scalar_one())


def decide(session: Session, detail_id: int, *, hidden: bool, by: str, now: datetime) -> None:
    """Keep what somebody decided about a suggested detail: it stays hidden, or its words are shown again.

    Raises CommentError if it is gone, or is none that a person may decide on.
    """
    detail = _found(session, detail_id)
    _decide(session, [detail], hidden=hidden, by=by, now=now)


def show_everywhere(session: Session, detail_id: int, *, by: str, now: datetime) -> int:
    """Show these words again wherever they are suggested in the same wave and nobody has decided. Gives how often.

    Raises CommentError if the detail is gone, or is none that a person may decide on.
    """
    detail = _found(session, detail_id)
    joined = sa.join(DETAILS, _joined(), DETAILS.c.comment_id == COMMENTS.c.id)
    wave = sa.select(RESPONSES.c.wave_id).join(COMMENTS).where(COMMENTS.c.id == detail.comment_id).scalar_subquery()
    suggested = session.connection().execute(
        sa.select(*DETAILS.c, SAID.label("said")).select_from(joined).where(_open(), RESPONSES.c.wave_id == wave)
    )
    words = {Detail(*row[:-1]): safe(row.said)[row.start : row.end].casefold() for row in suggested}
    alike = [one for one, said in words.items() if said == words.get(detail)] or [detail]
    _decide(session, alike, hidden=False, by=by, now=now)
    return len(alike)


def undo(session: Session, detail_id: int, *, by: str) -> None:
    """Take back what was decided about a detail: a suggested one is hidden and waits again, one of a person's is gone.

    Raises CommentError if it is gone.
    """
    detail = _found(session, detail_id, decided=True)
    this = DETAILS.c.id == detail.id
    if detail.suggested:
        waiting = sa.update(DETAILS).where(this).values(hidden=True, decided_by="", decided_at=None)
        session.connection().execute(waiting)
    else:
        session.connection().execute(sa.delete(DETAILS).where(this))
    audit.record(session, who=by, what="undo decision on a detail", subject=f"comment {detail.comment_id}")
    _show_again(session, {detail.comment_id})


def hide(session: Session, comment_id: int, words: str, *, by: str, now: datetime) -> int:
    """Hide these words in a comment, wherever they stand in it. Gives how often they do.

    Raises CommentError if the comment is gone, or the words are not in what is shown of it.
    """
    text = safe(_said(session, comment_id))
    wanted = r"\s+".join(map(re.escape, safe(words).split()))
    there = [one for one in _of(session, DETAILS.c.comment_id == comment_id) if one.hidden]
    found = re.finditer(rf"(?<!\w){wanted}(?!\w)", text, re.IGNORECASE) if wanted else ()
    places = [Place(*one.span(), NAME, suggested=False) for one in found]
    new = [place for place in places if not any(_overlap(place, one) for one in there)]
    if not new:
        raise CommentError("Those words are not in what is shown of this comment. Enter them as they stand there.")
    touched = [DETAILS.c.start < new[-1].end, DETAILS.c.end > new[0].start, DETAILS.c.hidden.is_(False)]
    session.connection().execute(sa.delete(DETAILS).where(DETAILS.c.comment_id == comment_id, *touched))
    rows = [
        {"comment_id": comment_id, "hidden": True, "decided_by": by, "decided_at": now, **one._asdict()} for one in new
    ]
    session.connection().execute(sa.insert(DETAILS), rows)
    audit.record(session, who=by, what="hide words in a comment", subject=f"comment {comment_id}")
    _show_again(session, {comment_id})
    return len(new)


def see_as_written(session: Session, comment_id: int, *, by: str) -> str:
    """A comment's own words with nothing hidden, for somebody whose looking is kept in the audit.

    Raises CommentError if it is gone.
    """
    words = session.connection().execute(sa.select(COMMENTS.c.words).where(COMMENTS.c.id == comment_id)).scalar()
    if words is None:
        raise CommentError(GONE)
    note_seen(session, [comment_id], by=by)
    return safe(words)


def note_seen(session: Session, comment_ids: Iterable[int], *, by: str) -> None:
    """Keep in the audit that somebody was shown what is hidden in these comments."""
    for comment_id in comment_ids:
        audit.record(session, who=by, what="see what is hidden in a comment", subject=f"comment {comment_id}")


def flagged(session: Session, wave_id: int, *, most: int) -> list[Flagged]:
    """The comments of a wave that may tell who they are about, the latest first."""
    rows = session.connection().execute(
        _standing(wave_id, COMMENTS.c.redacted, COMMENTS.c.identifying)
        .where(COMMENTS.c.identifying != "", COMMENTS.c.redacted.is_not(None))
        .order_by(None)
        .order_by(RESPONSES.c.sent_at.desc(), COMMENTS.c.id.desc())
        .limit(most)
    )
    return [Flagged(row.id, row.language or "", row.sent_at, row.redacted, row.identifying) for row in rows]


def take_mark_off(session: Session, comment_id: int, *, by: str) -> None:
    """Keep that somebody found nothing in a comment by which a family may be recognised, or has hidden it.

    Raises CommentError if the comment is gone.
    """
    _said(session, comment_id)
    session.connection().execute(sa.update(COMMENTS).where(COMMENTS.c.id == comment_id).values(identifying=""))
    audit.record(
        session, who=by, what="take off the mark that somebody may be recognised", subject=f"comment {comment_id}"
    )
    _show_again(session, {comment_id})


def not_to_be_quoted(session: Session, wave_id: int) -> frozenset[int]:
    """The responses of a wave with a comment by which somebody may be recognised."""
    marked = (
        sa.select(COMMENTS.c.response_id).select_from(_joined()).where(*_stands(wave_id), COMMENTS.c.identifying != "")
    )
    return frozenset(session.connection().execute(marked).scalars())


def reasons(session: Session, comment_ids: Collection[int]) -> dict[int, str]:
    """Of these comments, those that may tell who they are about, and what in them tells."""
    rows = session.connection().execute(
        sa.select(COMMENTS.c.id, COMMENTS.c.identifying).where(
            COMMENTS.c.id.in_(comment_ids), COMMENTS.c.identifying != ""
        )
    )
    return {row.id: row.identifying for row in rows}


def decisions(session: Session, wave_id: int, *, most: int) -> list[Decision]:
    """What people decided last about details in a wave, the latest first."""
    there = sa.select(COMMENTS.c.id).select_from(_joined()).where(*_stands(wave_id))
    found = _of(session, sa.and_(DETAILS.c.decided_by != "", DETAILS.c.comment_id.in_(there)))
    made = [Decision(one, one.decided_by, one.decided_at) for one in found if one.decided_at is not None]
    return sorted(made, key=lambda one: (one.at, one.detail.id), reverse=True)[:most]


def _open() -> sa.ColumnElement[bool]:
    return sa.and_(DETAILS.c.suggested, DETAILS.c.decided_by == "")


def _joined() -> sa.Join:
    return sa.join(COMMENTS, RESPONSES, RESPONSES.c.id == COMMENTS.c.response_id).outerjoin(
        TRANSLATIONS, TRANSLATIONS.c.comment_id == COMMENTS.c.id
    )


def _stands(wave_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return RESPONSES.c.wave_id == wave_id, RESPONSES.c.state == ResponseState.SENT


def _standing(wave_id: int, *also: sa.ColumnElement[object]) -> sa.Select[tuple[object, ...]]:
    """The comments of a wave's responses that stand, the oldest first."""
    return (
        sa.select(COMMENTS.c.id, COMMENTS.c.language, RESPONSES.c.sent_at, *also)
        .select_from(_joined())
        .where(*_stands(wave_id))
        .order_by(RESPONSES.c.sent_at, COMMENTS.c.id)
    )


def _of(session: Session, condition: sa.ColumnElement[bool]) -> list[Detail]:
    rows = session.connection().execute(sa.select(*DETAILS.c).where(condition).order_by(DETAILS.c.start))
    return [Detail(*row) for row in rows]


def _found(session: Session, detail_id: int, *, decided: bool = False) -> Detail:
    """A detail that a person may decide on; once decided, one that they did."""
    found = _of(session, DETAILS.c.id == detail_id)
    if not found or not (found[0].decided_by if decided else found[0].suggested):
        raise CommentError(GONE)
    return found[0]


def _decide(session: Session, details: Sequence[Detail], *, hidden: bool, by: str, now: datetime) -> None:
    ids = [one.id for one in details]
    decided = sa.update(DETAILS).where(DETAILS.c.id.in_(ids)).values(hidden=hidden, decided_by=by, decided_at=now)
    session.connection().execute(decided)
    touched = {one.comment_id for one in details}
    what = "keep a detail hidden" if hidden else "show a suggested detail"
    for comment_id in sorted(touched):
        audit.record(session, who=by, what=what, subject=f"comment {comment_id}")
    _show_again(session, touched)


def _show_again(session: Session, comment_ids: Collection[int]) -> None:
    """Work out again what may be shown of these comments, and say that they changed.

    One that is still to be read, or to be read again, is left: where details stand in it is known only then.
    """
    joined = session.connection().execute(
        sa.select(COMMENTS.c.id, COMMENTS.c.response_id, SAID.label("said"))
        .select_from(_joined())
        .where(COMMENTS.c.id.in_(comment_ids), sa.exists().where(READINGS.c.comment_id == COMMENTS.c.id))
    )
    changed = joined.all()
    for row in changed:
        fresh = _shown_of(session, row.id, row.said)
        session.connection().execute(sa.update(COMMENTS).where(COMMENTS.c.id == row.id).values(redacted=fresh))
        placed_anew = sa.update(READINGS).where(READINGS.c.comment_id == row.id).values(embedding=None)
        session.connection().execute(placed_anew)  # it was made of what was shown until now
    deciding_words.keep_to_what_is_shown(session, [row.id for row in changed])
    changes.stamp(session, {row.response_id for row in changed})


def _shown_of(session: Session, comment_id: int, text: str) -> str:
    return shown(text, [one for one in _of(session, DETAILS.c.comment_id == comment_id) if one.hidden])


def _said(session: Session, comment_id: int) -> str:
    said = (
        session.connection().execute(sa.select(SAID).select_from(_joined()).where(COMMENTS.c.id == comment_id)).scalar()
    )
    if said is None:
        raise CommentError(GONE)
    return str(said)


def _cut(text: str, places: Iterable[Somewhere]) -> list[tuple[str, Somewhere | None]]:
    """The text in pieces, each with the place it is of, or None."""
    pieces: list[tuple[str, Somewhere | None]] = []
    at = 0
    for place in sorted(places, key=lambda one: one.start):
        pieces += [(text[at : place.start], None), (text[place.start : place.end], place)]
        at = place.end
    pieces.append((text[at:], None))
    return [(words, place) for words, place in pieces if words]


def _pieces(text: str, details: Sequence[Detail]) -> tuple[Piece, ...]:
    """The comment with what waits for a decision laid open; all else that is hidden stays so."""
    covered = [one for one in details if one.hidden]
    return tuple(
        Piece(words, place) if place is None or place.is_open else Piece(f"[{place.kind}]")
        for words, place in _cut(safe(text), covered)
    )


def _overlap(one: Place | Detail, other: Place | Detail) -> bool:
    return one.start < other.end and other.start < one.end
