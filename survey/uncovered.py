"""What no theme of the frame covers, and whether enough of it has come in for candidate themes to be looked for.

The worker looks for them when they are due; a page says that they are. Neither needs the other for it.
"""

from typing import Final

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from survey import carried, fits, suggested
from survey.languages import ENGLISH
from survey.tables import FitState, GivenBy, ResponseState

TABLES = SQLModel.metadata.tables
comments, readings, codings = TABLES["comment"], TABLES["reading"], TABLES["coding"]
responses, waves, candidates = TABLES["response"], TABLES["wave"], TABLES["candidate_theme"]

FEWEST: Final = 8  # comments in which themes are first looked for; in fewer no program finds any
MORE_BY, MORE_AT_LEAST = 0.05, 5  # so many more comments, of those that have candidates, are worth a new fit


def themed(comment_id: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """Whether a comment has a theme that counts: of the frame, or of what has become part of one."""
    other, became = codings.alias("given"), candidates.alias("became")
    theme_id = sa.func.coalesce(other.c.theme_id, became.c.approved_as_id)
    return sa.exists(
        sa.select(other.c.id)
        .select_from(other.outerjoin(became, became.c.id == other.c.candidate_theme_id))
        .where(other.c.comment_id == comment_id, theme_id.in_(carried.counting()))
    )


def uncovered(consultation_id: int) -> sa.Select[int, str, str, int]:
    """English comments that stand, have been read, and have no theme of the frame.

    Their ``id``, ``redacted`` words, the ``item`` they answer, and the ``wave_id``.
    """
    return (
        sa.select(comments.c.id, comments.c.redacted, comments.c.item, responses.c.wave_id)
        .join(responses, responses.c.id == comments.c.response_id)
        .join(waves, waves.c.id == responses.c.wave_id)
        .join(readings, readings.c.comment_id == comments.c.id)
        .where(
            waves.c.consultation_id == consultation_id,
            comments.c.language.startswith(ENGLISH.code),  # what a person put into English, too
            comments.c.redacted.is_not(None),
            responses.c.state == ResponseState.SENT,
            ~themed(comments.c.id),
        )
    )


def is_due(session: Session, consultation_id: int) -> bool:
    """Whether enough has changed since the consultation's last fit, whatever became of that.

    What counts are open comments read since then; and, of a fit that was stored as a whole, comments that were given a
    theme since but have a candidate too. One that was cancelled or failed is not begun again by itself before enough
    has come in. Where words that a candidate was made from were taken back since the last began, one is due at once.
    """
    if suggested.to_be_looked_for(session, consultation_id):
        return True
    mine = (candidates.c.consultation_id == consultation_id) & candidates.c.approved_as_id.is_(None)
    stored_at = session.connection().execute(sa.select(sa.func.min(candidates.c.fitted_at)).where(mine)).scalar_one()
    ended = fits.last_ended(session, consultation_id)
    by_model = codings.c.given_by == GivenBy.MODEL
    given = sa.select(sa.func.count()).select_from(codings.join(candidates)).where(mine, by_model)
    looked_at = [moment for moment in (stored_at, ended.asked_at if ended else None) if moment is not None]
    new = uncovered(consultation_id)
    if looked_at:
        new = new.where(readings.c.read_at > max(looked_at))
    changed = _count(session, sa.select(sa.func.count()).select_from(new.subquery()))
    if ended is None or ended.state is FitState.STORED:
        changed += _count(session, given.where(themed(codings.c.comment_id)))
    if not looked_at:
        return changed >= FEWEST
    fitted = max(_count(session, given), ended.comments if ended else 0)
    return changed >= max(MORE_AT_LEAST, MORE_BY * fitted)


def _count(session: Session, counting: sa.Select[int]) -> int:
    return int(session.connection().execute(counting).scalar_one())
