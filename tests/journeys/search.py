"""What no theme covers is looked through before anybody comes, so that no server does it while a page is walked."""

import sqlalchemy as sa

from analysis import executors
from analysis.refitting import Refitting
from analysis.text.reading import OwnReader
from survey import consultations, database, fits
from survey.uncovered import is_due


def suggest_themes(url: str) -> None:
    """Look for candidate themes and store them, as the process that reads would sooner or later by itself."""
    engine = database.connect(url)
    search = Refitting(engine, executors.Here, model=OwnReader().model, rest_seconds=0)
    while _is_wanted(engine):
        search()
    engine.dispose()


def _is_wanted(engine: sa.Engine) -> bool:
    """Whether any consultation's comments are being looked through, or are due to be."""
    with database.reading(engine) as session:
        return any(
            fits.open_one(session, number) or is_due(session, number)
            for number in {wave.consultation_id for wave in consultations.waves(session)}
        )
