"""Judging: what a person says of one comment, that it carries a theme or does not, and in which tone it is said.

Nothing is overwritten: what was said last counts (``survey.carried``), and what was said before can be read here.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from survey import carried
from survey.database import next_change
from survey.errors import ThemeError
from survey.tables import (
    Comment,
    Judgement,
    Response,
    ResponseState,
    SentimentJudgement,
    Theme,
    Wave,
)

TABLES = SQLModel.metadata.tables
judgement, sentiment_judgement = TABLES["judgement"], TABLES["sentiment_judgement"]
comment, response, wave, coding, theme = (TABLES[name] for name in ("comment", "response", "wave", "coding", "theme"))
candidate, reading = TABLES["candidate_theme"], TABLES["reading"]

NAMED = sa.func.coalesce(coding.c.theme_id, -coding.c.candidate_theme_id)
GIVEN = coding.c.strength, coding.c.words, coding.c.model

SENTIMENTS = ("positive", "negative", "neutral", "mixed / unclear")


class Spoken(NamedTuple):
    """One thing somebody said of a comment: of a theme, or ('' for the theme) of its sentiment."""

    theme: str  # its label
    carries: bool
    sentiment: str
    by: str
    at: datetime


class Grounds(NamedTuple):
    """What a model gave a comment a theme for: the model, how strongly, and the words that decided it."""

    key: str  # of the theme or candidate that it counts for now; '' for none
    theme: str  # the label of the theme or candidate it named
    strength: float
    words: str
    model: str


class OneComment(NamedTuple):
    """A comment as it is now, in the words that may be shown."""

    id: int
    item: str
    service: str
    words: str
    language: str
    sentiment: str
    unsure: bool
    sentiment_by: str  # the person who said so; '' where a model did


def one_comment(session: Session, wave_id: int, comment_id: int) -> OneComment | None:
    """A comment of a wave that has been read and not been taken back, or None."""
    found = (
        session.connection()
        .execute(
            sa.select(
                comment.c.id,
                comment.c.item,
                comment.c.service,
                comment.c.redacted,
                comment.c.language,
                reading.c.sentiment,
                reading.c.unsure,
            )
            .join(reading, reading.c.comment_id == comment.c.id)
            .join(response, response.c.id == comment.c.response_id)
            .where(comment.c.id == comment_id, response.c.wave_id == wave_id, response.c.state == ResponseState.SENT)
        )
        .first()
    )
    if found is None:
        return None
    read = OneComment(*found[:3], found.redacted or "", found.language or "", found.sentiment, found.unsure, "")
    last = session.exec(
        select(SentimentJudgement)
        .where(SentimentJudgement.comment_id == comment_id)
        .order_by(col(SentimentJudgement.id).desc())
    ).first()
    return read._replace(sentiment=last.sentiment, unsure=False, sentiment_by=last.by) if last else read


def judge(session: Session, comment_id: int, theme_id: int, *, carries: bool, by: str) -> None:
    """Give a theme to a comment, or take it away. Raises ThemeError if either is not there to be judged."""
    owner = _owner(session, comment_id)
    _judge(session, owner, comment_id, theme_id, carries=carries, by=by)
    _stamp(session, owner)


def set_sentiment(session: Session, comment_id: int, sentiment: str, *, by: str) -> None:
    """Say in which tone a comment is. Raises ThemeError for a comment that is not there."""
    owner = _owner(session, comment_id)
    _set_sentiment(session, comment_id, sentiment, by=by)
    _stamp(session, owner)


def agree(session: Session, comment_id: int, theme_ids: Iterable[int], sentiment: str, *, by: str) -> None:
    """Say that a comment carries these themes and is in this tone, just as it was shown."""
    owner = _owner(session, comment_id)
    for theme_id in theme_ids:
        _judge(session, owner, comment_id, theme_id, carries=True, by=by)
    _set_sentiment(session, comment_id, sentiment, by=by)
    _stamp(session, owner)


def history(session: Session, comment_id: int) -> list[Spoken]:
    """Everything people said of a comment, the last first."""
    of_themes = session.exec(
        select(Judgement, Theme.label)
        .join(Theme, col(Theme.id) == Judgement.theme_id)
        .where(Judgement.comment_id == comment_id)
        .order_by(col(Judgement.id))
    )
    of_tone = session.exec(
        select(SentimentJudgement)
        .where(SentimentJudgement.comment_id == comment_id)
        .order_by(col(SentimentJudgement.id))
    )
    said = [Spoken(label, one.carries, "", one.by, one.at) for one, label in of_themes]
    said += [Spoken("", False, one.sentiment, one.by, one.at) for one in of_tone]
    return sorted(said, key=lambda one: one.at)[::-1]


def grounds(session: Session, comment_id: int) -> list[Grounds]:
    """What models gave this comment, the strongest first, whatever people said of it since."""
    rows = session.connection().execute(
        sa.select(NAMED, sa.func.coalesce(theme.c.label, candidate.c.label), *GIVEN)
        .select_from(
            coding.outerjoin(theme, theme.c.id == coding.c.theme_id).outerjoin(
                candidate, candidate.c.id == coding.c.candidate_theme_id
            )
        )
        .where(coding.c.comment_id == comment_id)
        .order_by(coding.c.strength.desc(), coding.c.id)
    )
    keys = _keys_now(session, [comment_id])
    return [Grounds(keys.get(named, ""), *rest) for named, *rest in rows]


def deciding_words(session: Session, comment_ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """For some comments, the words that decided what a model gave them, by the key of what that counts for now.

    Of several that count for one theme, those of the strongest.
    """
    wanted = list(comment_ids)
    rows = session.connection().execute(
        sa.select(coding.c.comment_id, NAMED, coding.c.words)
        .where(coding.c.comment_id.in_(wanted), coding.c.words != "")
        .order_by(coding.c.strength.desc(), coding.c.id)
    )
    keys = _keys_now(session, wanted)
    told: dict[int, dict[str, str]] = {}
    for comment_id, named, words in rows:
        if named in keys:
            told.setdefault(comment_id, {}).setdefault(keys[named], words)
    return told


def _keys_now(session: Session, comment_ids: Iterable[int]) -> dict[int, str]:
    """What everything that codings of these comments can name counts for now (``carried.keys_now``)."""
    theirs = (
        sa.select(wave.c.consultation_id)
        .join(response, response.c.wave_id == wave.c.id)
        .join(comment, comment.c.response_id == response.c.id)
        .where(comment.c.id.in_(list(comment_ids)))
        .distinct()
    )
    keys: dict[int, str] = {}
    for consultation_id in session.connection().execute(theirs).scalars():
        keys.update(carried.keys_now(session, consultation_id))
    return keys


def judged(session: Session, wave_id: int) -> set[int]:
    """The comments of a wave of which somebody has said anything."""
    found: set[int] = set()
    for table in (judgement, sentiment_judgement):
        ids = (
            sa.select(table.c.comment_id)
            .join(comment, comment.c.id == table.c.comment_id)
            .join(response, response.c.id == comment.c.response_id)
            .where(response.c.wave_id == wave_id)
            .distinct()
        )
        found |= set(session.connection().execute(ids).scalars())
    return found


class _Owner(NamedTuple):
    response_id: int
    consultation_id: int


def _owner(session: Session, comment_id: int) -> _Owner:
    """Whose comment it is, of those that stand."""
    found = session.exec(
        select(Response.id, Wave.consultation_id)
        .join(Comment, col(Comment.response_id) == Response.id)
        .join(Wave, col(Wave.id) == Response.wave_id)
        .where(Comment.id == comment_id, Response.state == ResponseState.SENT)
        .with_for_update(of=Response)  # it is not withdrawn while something is said of it
    ).one_or_none()
    if found is None or found[0] is None:
        raise ThemeError("That comment is not here any more. Go on to the next.")
    return _Owner(found[0], found[1])


def _judge(session: Session, owner: _Owner, comment_id: int, theme_id: int, *, carries: bool, by: str) -> None:
    named = session.get(Theme, theme_id)
    if named is None or named.consultation_id != owner.consultation_id:
        raise ThemeError("That theme is not here. Look at the themes again.")
    if named.retired or named.merged_into_id is not None:
        raise ThemeError(f"“{named.label}” is no longer one of the themes. Look at the themes again.")
    session.add(Judgement(comment_id=comment_id, theme_id=theme_id, carries=carries, by=by, at=datetime.now(UTC)))


def _set_sentiment(session: Session, comment_id: int, sentiment: str, *, by: str) -> None:
    if sentiment not in SENTIMENTS:
        raise ValueError(f"sentiment must be one of {', '.join(SENTIMENTS)}; it is {sentiment!r}.")
    session.add(SentimentJudgement(comment_id=comment_id, sentiment=sentiment, by=by, at=datetime.now(UTC)))


def _stamp(session: Session, owner: _Owner) -> None:
    """Say that the response changed, last of all."""
    session.flush()
    changed = sa.update(response).where(response.c.id == owner.response_id)
    session.connection().execute(changed.values(change=next_change(session)))
