"""Comments that are not in English, or not all: what a person who knows the language makes of them.

A translation is read in the place of the comment, and shown in its place. What was written stays as it was.
"""

from datetime import datetime
from typing import Final, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, select

from survey import audit, changes
from survey.details import GONE
from survey.errors import CommentError
from survey.tables import Comment, CommentTranslation, GivenBy, Reading, Response, ResponseState, SentimentJudgement

TABLES = SQLModel.metadata.tables
COMMENTS, CODINGS, DETAILS, READINGS = (TABLES[name] for name in ("comment", "coding", "found_detail", "reading"))

READ_IN_ENGLISH: Final = " (a person's translation)"
"""Stands after a model's name where it read a translation."""

LONGEST: Final = 20_000  # characters: as much as is read of any comment
IN_ENGLISH_FROM: Final = "en-t-"
"""How the language of a translation begins: "en-t-ur" is English put from Urdu (BCP 47, extension T)."""

_NO_LANGUAGE = {"", "en", "unknown", "other"}


class Listed(NamedTuple):
    """A comment that is not in English, or not all: ``second`` is the language it goes over into."""

    comment_id: int
    language: str
    second: str
    sent_at: datetime
    translated_by: str


class InFull(NamedTuple):
    """Such a comment with what may be shown of it, its translation, and who made that and when."""

    comment_id: int
    language: str  # as it was written
    second: str
    sent_at: datetime
    shown: str  # of a translated one, of its translation; "" while that is being read
    translation: str
    by: str
    at: datetime | None
    sentiment: str  # as the model has it; "" until it has been read
    judged: str  # as a person has it; "" if nobody has said


def every(session: Session, wave_id: int) -> list[Listed]:
    """The comments of a wave that are not all in English: those that wait for a translation first, the oldest first."""
    foreign = sa.or_(COMMENTS.c.language.not_in(["en", "unknown"]), COMMENTS.c.other_language != "")
    rows = session.exec(
        select(Comment.id, Comment.language, Comment.other_language, Response.sent_at, CommentTranslation.by)  # type: ignore[call-overload]
        .join(Response)
        .outerjoin(CommentTranslation)
        .where(Response.wave_id == wave_id, Response.state == ResponseState.SENT, foreign)
        .order_by(Response.sent_at, Comment.id)
    )
    listed = [
        Listed(number, original(tag or ""), second, sent_at, by or "") for number, tag, second, sent_at, by in rows
    ]
    return sorted(listed, key=lambda one: bool(one.translated_by))


def in_full(session: Session, comment_id: int) -> InFull:
    """One comment with its translation. Raises CommentError if it is gone."""
    comment = _comment(session, comment_id)
    sent_at = session.exec(select(Response.sent_at).where(Response.id == comment.response_id)).one()
    translation = session.get(CommentTranslation, comment_id)
    reading = session.get(Reading, comment_id)
    judged = session.exec(
        select(SentimentJudgement.sentiment)
        .where(SentimentJudgement.comment_id == comment_id)
        .order_by(sa.desc("id"))
        .limit(1)
    ).first()
    return InFull(
        comment_id,
        original(comment.language or ""),
        comment.other_language,
        sent_at,
        comment.redacted or "",
        translation.words if translation else "",
        translation.by if translation else "",
        translation.at if translation else None,
        reading.sentiment if reading else "",
        judged or "",
    )


def save(session: Session, comment_id: int, words: str, *, seen: datetime | None, by: str, now: datetime) -> None:
    """Keep what a comment says in English. It is read again, in this translation.

    ``seen`` is when the translation was made that the writer had before them, None if they saw none. Raises
    CommentError if somebody has changed it since, if it says nothing or is too long, if it says what is kept already,
    or if the comment is gone.
    """
    words = words.strip()
    if not words:
        raise CommentError("Enter what the comment says in English.")
    if len(words) > LONGEST:
        raise CommentError(f"The translation must be {LONGEST:,} characters or fewer. It has {len(words):,}.")
    comment = _comment(session, comment_id)
    kept = session.get(CommentTranslation, comment_id)
    if kept and kept.at != seen:
        raise CommentError(
            f"{kept.by} has saved a translation meanwhile. Read it, then save yours to put it in its place."
        )
    if kept and kept.words == words:
        raise CommentError("That is the translation that is kept already. Change it, then save it.")
    tag = IN_ENGLISH_FROM + _tongue(comment)
    session.add(kept or CommentTranslation(comment_id=comment_id, words=words, by=by, at=now))
    if kept:
        kept.words, kept.by, kept.at = words, by, now
    audit.record(session, who=by, what="translate a comment", subject=f"comment {comment_id}")
    _to_be_read_again(session, comment, tag)


def take_away(session: Session, comment_id: int, *, by: str) -> None:
    """Take a translation away: the comment is again one that no model reads. Raises CommentError if there is none."""
    comment, kept = _comment(session, comment_id), session.get(CommentTranslation, comment_id)
    if kept is None:
        raise CommentError("This comment has no translation.")
    session.delete(kept)
    audit.record(session, who=by, what="take a translation away", subject=f"comment {comment_id}")
    _to_be_read_again(session, comment, None)


def judge(session: Session, comment_id: int, sentiment: str, *, by: str, now: datetime) -> None:
    """Keep what somebody says of a comment's sentiment. Raises CommentError if the comment is gone."""
    comment = _comment(session, comment_id)
    session.add(SentimentJudgement(comment_id=comment_id, sentiment=sentiment, by=by, at=now))
    audit.record(session, who=by, what="judge sentiment", subject=f"comment {comment_id}")
    session.flush()
    changes.stamp(session, {comment.response_id})


def original(tag: str) -> str:
    """The language that a comment was written in, by the language of what is shown of it."""
    return tag.removeprefix(IN_ENGLISH_FROM)


def _tongue(comment: Comment) -> str:
    """The language that was put into English, without its script; "und" where that is not known."""
    spoken = original(comment.language or "")
    foreign = comment.other_language if spoken in _NO_LANGUAGE else spoken
    tongue = foreign.split("-")[0]
    return "und" if tongue in _NO_LANGUAGE else tongue


def _comment(session: Session, comment_id: int) -> Comment:
    """The comment, which nobody else changes until this is done."""
    comment = session.get(Comment, comment_id, with_for_update=True)
    if comment is None:
        raise CommentError(GONE)
    return comment


def _to_be_read_again(session: Session, comment: Comment, language: str | None) -> None:
    """Forget what was read in a comment and shown of it, so that the worker reads it anew."""
    comment.language, comment.redacted, comment.identifying = language, None, ""
    session.add(comment)
    session.flush()  # the comment first: a worker who is just storing what it read has it, and is waited for
    # That of suggested themes stays until they are fitted again: withdrawal must find those that stand on these words.
    by_model = sa.and_(CODINGS.c.given_by == GivenBy.MODEL, CODINGS.c.theme_id.is_not(None))
    mine = {table: table.c.comment_id == comment.id for table in (READINGS, DETAILS, CODINGS)}
    session.connection().execute(sa.delete(READINGS).where(mine[READINGS]))
    session.connection().execute(sa.delete(DETAILS).where(mine[DETAILS]))
    session.connection().execute(sa.delete(CODINGS).where(mine[CODINGS], by_model))
    changes.stamp(session, {comment.response_id})
