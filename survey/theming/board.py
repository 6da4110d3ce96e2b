"""The themes of a consultation as they are now, for somebody to decide about: approved, suggested, and set aside."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from survey.tables import CandidateTheme, ResponseState, Theme, ThemeAct, ThemeActKind, ThemeVersion, stored_id

TABLES = SQLModel.metadata.tables
comment, response, wave = TABLES["comment"], TABLES["response"], TABLES["wave"]
reading, consultation = TABLES["reading"], TABLES["consultation"]


class ThemeNow(NamedTuple):
    """A theme as it is, with what happened to it last (None where nothing has since it was loaded)."""

    id: int
    version: int
    key: str
    label: str
    description: str
    phrases: tuple[str, ...]
    retired: bool
    changed: ThemeActKind | None
    changed_by: str
    changed_at: datetime | None


class CandidateNow(NamedTuple):
    """A theme that a model suggests, not approved yet."""

    id: int
    key: str
    label: str
    words: tuple[str, ...]
    stability: float | None


class Board(NamedTuple):
    """What there is to decide about, and how far comments have been coded by the frame as it is now."""

    themes: tuple[ThemeNow, ...]
    retired: tuple[ThemeNow, ...]
    candidates: tuple[CandidateNow, ...]
    read: int
    behind: int  # of the comments read, how many were given their themes by an earlier frame


def board(session: Session, consultation_id: int) -> Board:
    """All themes of a consultation. Merged ones are part of those they were merged into."""
    found = session.exec(
        select(Theme)
        .where(Theme.consultation_id == consultation_id, col(Theme.merged_into_id).is_(None))
        .order_by(col(Theme.id))
    ).all()
    last, undone_at_birth = _last_acts(session, consultation_id)
    now = [_now(theme, last.get(stored_id(theme))) for theme in found if stored_id(theme) not in undone_at_birth]
    candidates = session.exec(
        select(CandidateTheme)
        .where(
            CandidateTheme.consultation_id == consultation_id,
            col(CandidateTheme.approved_as_id).is_(None),
            CandidateTheme.size > 0,
        )
        .order_by(col(CandidateTheme.size).desc(), col(CandidateTheme.key))
    ).all()
    read, behind = progress(session, consultation_id)
    return Board(
        tuple(one for one in now if not one.retired),
        tuple(one for one in now if one.retired),
        tuple(_suggested(one) for one in candidates),
        read,
        behind,
    )


def progress(session: Session, consultation_id: int) -> tuple[int, int]:
    """How many comments have been read, and how many of them wait to be given their themes by the newest frame."""
    counting = (
        sa.select(
            sa.func.count(),
            sa.func.coalesce(sa.func.sum(sa.case((reading.c.frame < consultation.c.frame, 1), else_=0)), 0),
        )
        .select_from(
            reading.join(comment, comment.c.id == reading.c.comment_id)
            .join(response, response.c.id == comment.c.response_id)
            .join(wave, wave.c.id == response.c.wave_id)
            .join(consultation, consultation.c.id == wave.c.consultation_id)
        )
        .where(consultation.c.id == consultation_id, response.c.state == ResponseState.SENT)
    )
    read, behind = session.connection().execute(counting).one()
    return int(read), int(behind)


def _last_acts(session: Session, consultation_id: int) -> tuple[dict[int, ThemeAct], set[int]]:
    """The last act that touched each theme; and the themes whose making was undone, so that they never were."""
    found = session.exec(
        select(ThemeVersion, ThemeAct)
        .join(ThemeAct, col(ThemeAct.id) == ThemeVersion.act_id)
        .where(ThemeAct.consultation_id == consultation_id)
        .order_by(col(ThemeVersion.theme_id), col(ThemeVersion.version))
    ).all()
    last = {version.theme_id: act for version, act in found}
    born = {version.theme_id: act.id for version, act in reversed(found)}
    undone = {theme_id for theme_id, act in last.items() if act.undoes_id and act.undoes_id == born[theme_id]}
    return last, undone


def _now(theme: Theme, last: ThemeAct | None) -> ThemeNow:
    moved = last if last is not None and last.what is not ThemeActKind.LOADED else None
    return ThemeNow(
        stored_id(theme),
        theme.version,
        theme.key,
        theme.label,
        theme.description,
        tuple(phrase for phrase in theme.phrases.splitlines() if phrase.strip()),
        theme.retired,
        moved.what if moved else None,
        moved.by if moved else "",
        moved.at if moved else None,
    )


def _suggested(one: CandidateTheme) -> CandidateNow:
    words = tuple(word.strip() for word in one.words.split(",") if word.strip())
    return CandidateNow(stored_id(one), one.key, one.label, words, one.stability)
