"""The themes that stand: what comments may be coded with now, and for which of them earlier ones count."""

from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from survey.coding_frame import CodingFrame, FrameTheme
from survey.tables import CandidateTheme, Theme

THEMES, CANDIDATES = (SQLModel.metadata.tables[str(kind.__tablename__)] for kind in (Theme, CandidateTheme))


class StandingTheme(NamedTuple):
    """A theme that is neither retired nor merged into another."""

    id: int
    key: str
    label: str
    description: str
    phrases: tuple[str, ...]


class CountsFor(NamedTuple):
    """For which standing theme each theme and each candidate of a consultation counts, by their ids."""

    themes: dict[int, int]
    candidates: dict[int, int]


def standing(session: Session, consultation_id: int) -> list[StandingTheme]:
    """The themes of a consultation that stand, by label."""
    rows = session.connection().execute(
        sa.select(THEMES.c.id, THEMES.c.key, THEMES.c.label, THEMES.c.description, THEMES.c.phrases)
        .where(THEMES.c.consultation_id == consultation_id, ~THEMES.c.retired, THEMES.c.merged_into_id.is_(None))
        .order_by(sa.func.lower(THEMES.c.label), THEMES.c.id)
    )
    return [
        StandingTheme(
            row.id,
            row.key,
            row.label,
            row.description,
            tuple(line.strip() for line in row.phrases.splitlines() if line.strip()),
        )
        for row in rows
    ]


def frame_of(themes: Sequence[StandingTheme]) -> CodingFrame | None:
    """The same themes as a coding frame, in the same order; None if there is none."""
    listed = tuple(
        FrameTheme(key=theme.key, label=theme.label, description=theme.description, keywords=theme.phrases)
        for theme in themes
    )
    return CodingFrame(themes=listed) if listed else None


def counts_for(session: Session, consultation_id: int) -> CountsFor:
    """For which standing theme each theme counts, however often it was merged; one that counts for none is left out."""
    known = session.connection().execute(
        sa.select(THEMES.c.id, THEMES.c.merged_into_id).where(THEMES.c.consultation_id == consultation_id)
    )
    into = {row.id: row.merged_into_id for row in known}
    stands = {theme.id for theme in standing(session, consultation_id)}
    ends = {theme: end for theme in into if (end := _end(theme, into)) in stands}
    approved = session.connection().execute(
        sa.select(CANDIDATES.c.id, CANDIDATES.c.approved_as_id).where(CANDIDATES.c.consultation_id == consultation_id)
    )
    return CountsFor(ends, {row.id: ends[row.approved_as_id] for row in approved if row.approved_as_id in ends})


def _end(theme: int, into: dict[int, int | None]) -> int:
    """Where a chain of mergers ends."""
    while (following := into.get(theme)) is not None:
        theme = following
    return theme
