"""What was said, as frames: the only shape in which figures see it. Reading costs what is new, not what is there.

Comments come in their redacted form, and only once they have been read. Columns are named in ``analysis.columns``.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from survey import carried, theming
from survey.consultations import WaveFacts
from survey.questionnaire import Roles
from survey.rows import as_frame, text
from survey.tables import ResponseState

TABLES = SQLModel.metadata.tables
response, answer, comment = TABLES["response"], TABLES["answer"], TABLES["comment"]
likeness, wave_table = TABLES["likeness"], TABLES["wave"]
reading, theme, candidate = TABLES["reading"], TABLES["theme"], TABLES["candidate_theme"]
consultation, judged = TABLES["consultation"], TABLES["sentiment_judgement"]

THEME = text("theme", "label", "description") | {"candidate": "bool"}
FEW = 500  # comments asked for by their numbers; of more, the whole wave is read
CHANCES = ("p_negative", "p_neutral", "p_positive")
SAID = ("unsure", "praise", "criticism", "request")  # whether that is said of a comment

# Everybody who watches asks this twice a second, so it is put together once.
LATEST = (
    sa.select(
        sa.select(sa.func.max(response.c.change))
        .where(response.c.wave_id == sa.bindparam("wave_id"))
        .scalar_subquery(),
        consultation.c.themes_change,
    )
    .join(wave_table, wave_table.c.consultation_id == consultation.c.id)
    .where(wave_table.c.id == sa.bindparam("wave_id"))
)


class Frames(NamedTuple):
    """The state of a wave's responses up to ``change``, or of those that changed since an earlier one."""

    change: int
    touched: frozenset[
        int
    ]  # every response that changed, withdrawn ones among them: what was known of them is out of date
    responses: pd.DataFrame
    answers: pd.DataFrame
    comments: pd.DataFrame
    codings: pd.DataFrame
    all_codings: bool
    """Whether ``codings`` are those of all responses, because the themes themselves have changed since."""


def latest_change(session: Session, wave_id: int) -> int:
    """The number of the last change to a wave's responses or themes: 0 when there is none. One look at an index."""
    found = session.connection().execute(LATEST, {"wave_id": wave_id}).one()
    return max(int(number or 0) for number in found)


def changes(session: Session, wave: WaveFacts, roles: Roles, *, since: int = 0) -> Frames:
    """What changed in a wave after change number ``since`` (everything, if 0), read at one moment."""
    changed = sa.select(response.c.id).where(response.c.wave_id == wave.id, response.c.change > since)
    standing = changed.where(response.c.state == ResponseState.SENT)
    listed = session.connection().execute(
        sa.select(response.c.id, response.c.change).where(response.c.wave_id == wave.id, response.c.change > since)
    )
    touched = {row.id: row.change for row in listed}
    themes_change = _themes_change(session, wave.consultation_id)
    everybody = sa.select(response.c.id).where(response.c.wave_id == wave.id, response.c.state == ResponseState.SENT)
    renamed = since > 0 and themes_change > since
    answers = _answers(session, standing)
    return Frames(
        change=max(*touched.values(), themes_change, since),
        touched=frozenset(touched),
        responses=_responses(session, standing, wave, roles, answers),
        answers=answers,
        comments=_comments(session, standing),
        codings=carried.codings(session, wave.consultation_id, everybody if renamed else standing),
        all_codings=renamed,
    )


def themes(session: Session, consultation_id: int) -> pd.DataFrame:
    """The themes of a consultation as they are now: approved ones, and candidates that a model suggests."""
    approved = sa.select(theme.c.key, theme.c.label, theme.c.description, sa.literal(False)).where(
        theme.c.consultation_id == consultation_id, ~theme.c.retired, theme.c.merged_into_id.is_(None)
    )
    suggested = sa.select(candidate.c.key, candidate.c.label, sa.literal(""), sa.literal(True)).where(
        candidate.c.consultation_id == consultation_id, candidate.c.approved_as_id.is_(None)
    )
    return as_frame(session.connection().execute(sa.union_all(approved, suggested)), THEME)


def themes_as_of(
    session: Session, consultation_id: int, *, act_id: int | None = None, at: datetime | None = None
) -> pd.DataFrame:
    """The approved themes as they stood when an act had been done, or at a moment: for a report published then."""
    then = theming.as_of(session, consultation_id, act_id=act_id, at=at)
    rows = [(one.key, one.kept.label, one.kept.description, False) for one in then]
    return pd.DataFrame(rows, columns=list(THEME)).astype(THEME)


def read_by(session: Session, wave_id: int) -> list[str]:
    """The models by which the comments of a wave have been read, each with its version, in alphabetical order."""
    rows = session.connection().execute(
        sa.select(reading.c.model)
        .distinct()
        .join(comment, comment.c.id == reading.c.comment_id)
        .join(response, response.c.id == comment.c.response_id)
        .where(response.c.wave_id == wave_id, response.c.state == ResponseState.SENT)
        .order_by(reading.c.model)
    )
    return list(rows.scalars())


def likenesses(session: Session, consultation_id: int) -> pd.DataFrame:
    """Which comments of a consultation say nearly the same as an earlier one: ``comment_id`` and ``earlier_id``."""
    rows = session.connection().execute(
        sa.select(likeness.c.comment_id, likeness.c.earlier_id)
        .join(comment, comment.c.id == likeness.c.comment_id)
        .join(response, response.c.id == comment.c.response_id)
        .join(wave_table, wave_table.c.id == response.c.wave_id)
        .where(wave_table.c.consultation_id == consultation_id)
        .order_by(likeness.c.comment_id)
    )
    return as_frame(rows, {"comment_id": "int64", "earlier_id": "int64"})


def embeddings(session: Session, wave_id: int, comment_ids: Collection[int]) -> dict[int, bytes]:
    """Where some comments of a wave lie among meanings, as the worker has stored it: those that have their place."""
    wanted = (
        sa.select(reading.c.comment_id, reading.c.embedding)
        .join(comment, comment.c.id == reading.c.comment_id)
        .join(response, response.c.id == comment.c.response_id)
        .where(response.c.wave_id == wave_id, reading.c.embedding.is_not(None))
    )
    if len(comment_ids) <= FEW:
        wanted = wanted.where(reading.c.comment_id.in_(comment_ids))
    asked = set(comment_ids)
    return {row.comment_id: row.embedding for row in session.connection().execute(wanted) if row.comment_id in asked}


def _themes_change(session: Session, consultation_id: int) -> int:
    wanted = sa.select(consultation.c.themes_change).where(consultation.c.id == consultation_id)
    return int(session.connection().execute(wanted).scalar_one())


def _responses(
    session: Session, standing: sa.Select[tuple[int]], wave: WaveFacts, roles: Roles, answers: pd.DataFrame
) -> pd.DataFrame:
    rows = session.connection().execute(
        sa.select(
            response.c.id,
            response.c.sent_at,
            response.c.channel,
            response.c.district,
            response.c.language,
            response.c.variant,
            response.c.quotable,
        ).where(response.c.id.in_(standing))
    )
    kinds = {"response_id": "int64", "sent_at": "datetime64[us, UTC]", "channel": "object"}
    frame = as_frame(rows, kinds | text("district", "language", "variant") | {"quotable": "bool"})
    frame = frame.assign(wave=wave.code, channel=frame["channel"].map(str)).astype(text("wave", "channel"))
    for column, item in (("age_band", roles.age_band), ("plan", roles.plan)):
        of_family = (answers["item"] == (item or "")) & (answers["child"] == 0)  # of each child: analysis.children
        given = answers.loc[of_family, ["response_id", "code"]]
        codes = given.drop_duplicates("response_id").set_index("response_id")["code"]
        frame[column] = codes.reindex(frame["response_id"], fill_value="").to_numpy()
    return frame.astype(text("age_band", "plan"))


def _answers(session: Session, standing: sa.Select[tuple[int]]) -> pd.DataFrame:
    kinds = (
        {"response_id": "int64"} | text("item", "service") | {"child": "int64"} | text("code") | {"number": "float64"}
    )
    wanted = sa.select(*(answer.c[name] for name in kinds)).where(answer.c.response_id.in_(standing))
    return as_frame(session.connection().execute(wanted), kinds)


def _comments(session: Session, standing: sa.Select[tuple[int]]) -> pd.DataFrame:
    wanted = [
        comment.c.id,
        comment.c.response_id,
        comment.c.child,
        comment.c.item,
        comment.c.service,
        sa.func.coalesce(comment.c.redacted, ""),
        sa.func.coalesce(comment.c.language, ""),
        sa.func.coalesce(reading.c.sentiment, ""),
        *(reading.c[name] for name in CHANCES),
        *(sa.func.coalesce(sa.cast(reading.c[name], sa.Integer), 0) for name in SAID),
    ]
    joined = comment.outerjoin(reading, reading.c.comment_id == comment.c.id)
    rows = session.connection().execute(
        sa.select(*wanted).select_from(joined).where(comment.c.response_id.in_(standing))
    )
    kinds = dict.fromkeys(("comment_id", "response_id", "child"), "int64")
    kinds |= text("item", "service", "words", "language", "sentiment")
    kinds |= dict.fromkeys(CHANCES, "float64") | dict.fromkeys(SAID, "bool")
    return _judged(session, standing, as_frame(rows, kinds))


def _judged(session: Session, standing: sa.Select[tuple[int]], frame: pd.DataFrame) -> pd.DataFrame:
    """The same comments, each with the sentiment that somebody who works here gave it last, if anybody did."""
    rows = session.connection().execute(
        sa.select(judged.c.comment_id, judged.c.sentiment)
        .join(comment, comment.c.id == judged.c.comment_id)
        .where(comment.c.response_id.in_(standing))
        .order_by(judged.c.id)
    )
    said = {comment_id: sentiment for comment_id, sentiment in rows}
    if not said:
        return frame
    given = frame["comment_id"].map(said)
    sentiment = given.where(given.notna(), frame["sentiment"]).astype("str")
    return frame.assign(sentiment=sentiment, unsure=frame["unsure"] & given.isna())
