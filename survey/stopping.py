"""Where people stopped who began to answer and have not sent: by page, never by person."""

from datetime import datetime, timedelta
from typing import Final

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from survey.questionnaire import Questionnaire
from survey.routing import CHECK_ANSWERS, TASKS, Page
from survey.wording import Words

STILL_ANSWERING: Final = timedelta(hours=1)
"""Somebody who saved a page within this time may yet go on, and is not said to have stopped."""

DRAFTS = SQLModel.metadata.tables["draft"]


def stopped(session: Session, wave_id: int, asked: Questionnaire, words: Words, *, now: datetime) -> pd.DataFrame:
    """How many people stopped on which page: ``place`` (its title) and ``count``, in the order of the pages.

    The page is the one they had come to and did not finish. Drafts live sixty days after they were last saved, and go
    when they are sent: so these are people of the last two months who may still come back. They are true numbers, for
    ``analysis.suppression`` to let through.
    """
    idle = sa.select(DRAFTS.c.place, sa.func.count()).where(
        DRAFTS.c.wave_id == wave_id, ~DRAFTS.c.preview, DRAFTS.c.saved_at < now - STILL_ANSWERING
    )
    titles = _titles(asked, words)
    counts = dict.fromkeys(titles, 0)
    for place, count in session.connection().execute(idle.group_by(DRAFTS.c.place)):
        section = Page.parse(place).section if place else ""
        counts[section if section in counts else ""] += count
    return pd.DataFrame({"place": list(titles.values()), "count": list(counts.values())})


def _titles(asked: Questionnaire, words: Words) -> dict[str, str]:
    """What each place is called, by the name it has in a draft: "" before the first page was finished."""
    sections = {section.id: words.of(section.title) for section in asked.sections}
    return {
        "": "The first page",
        TASKS.section: "The list of pages",
        **sections,
        CHECK_ANSWERS.section: "Check your answers, before sending",
    }
