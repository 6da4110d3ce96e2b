"""Early warnings that somebody has looked at: they do not come back unless more people say so."""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, select

from survey import audit, codes
from survey.tables import WarningLook

GROWN_BY = 3
"""So many people more than when somebody looked, and a warning comes back."""


class Look(NamedTuple):
    """That somebody looked at a warning."""

    about: str
    place: str
    people: int
    by: str
    at: datetime


def known_by(about: str, *, is_theme: bool) -> str:
    """What a warning is kept under: a theme's key, and of a word, which somebody wrote, no more than a keyed hash."""
    return about if is_theme else codes.hashed(about, purpose="warning")


def look_at(session: Session, wave_id: int, about: str, place: str, people: int, *, by: str, now: datetime) -> None:
    """Keep that somebody looked at a warning about so many people. Looking again takes the place of what was kept."""
    sought = select(WarningLook).where(
        WarningLook.wave_id == wave_id, WarningLook.about == about, WarningLook.place == place
    )
    kept = session.exec(sought.with_for_update()).one_or_none()
    kept = kept or WarningLook(wave_id=wave_id, about=about, place=place, people=people, by=by, at=now)
    kept.people, kept.by, kept.at = people, by, now
    session.add(kept)
    audit.record(session, who=by, what="look at an early warning", subject=f"wave {wave_id}, {place}")
    session.flush()


def looks(session: Session, wave_id: int) -> dict[tuple[str, str], Look]:
    """What somebody has looked at in a wave, by what it is about and where."""
    rows = session.exec(select(WarningLook).where(WarningLook.wave_id == wave_id)).all()
    return {(row.about, row.place): Look(row.about, row.place, row.people, row.by, row.at) for row in rows}


def is_news(people: int, look: Look | None) -> bool:
    """Whether a warning is still to be looked at: nobody has, or it has grown since."""
    return look is None or people >= look.people + GROWN_BY
