"""Where people stopped who began and have not sent: by page, language and way of answering, never by person."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from survey import keying
from survey.consultations import WaveFacts
from survey.drafts import KEPT_FOR
from survey.questionnaire import Questionnaire
from survey.routing import CHECK_ANSWERS, TASKS, Page
from survey.tables import Channel
from survey.wording import Words

STILL_ANSWERING: Final = timedelta(hours=1)
"""Somebody who saved a page within this time may yet go on, and is not said to have stopped."""

DRAFTS, RESPONSES = (SQLModel.metadata.tables[name] for name in ("draft", "response"))


def stopped(session: Session, wave_id: int, asked: Questionnaire, words: Words, *, now: datetime) -> pd.DataFrame:
    """How many people stopped on which page: ``place`` (its title) and ``count``, in the order of the pages.

    The page is the one they had come to and did not finish. Whoever corrects what they have sent has not stopped.
    Drafts go when they are sent, and some time after the wave has closed (see ``may_be_gone``): so these are people who
    may still come back. They are true numbers, for ``analysis.suppression`` to let through.
    """
    titles = _titles(asked, words)
    counts = dict.fromkeys(titles, 0)
    for place, count in _counted(session, DRAFTS.c.place, _idle(wave_id, now)):
        section = Page.parse(place).section if place else ""
        counts[section if section in counts else ""] += count
    return pd.DataFrame({"place": list(titles.values()), "count": list(counts.values())})


def by_language(session: Session, wave_id: int, *, now: datetime) -> pd.Series:
    """How many people stopped, by the code of the language that they had chosen last (Easy Read is one of them).

    True numbers, for ``analysis.suppression`` to let through.
    """
    return pd.Series(dict(_counted(session, DRAFTS.c.language, _idle(wave_id, now))), dtype="int64")


def by_way(session: Session, wave: WaveFacts, *, now: datetime) -> pd.Series:
    """How many people stopped, by channel: with a member of staff who keyed in a call, or else online.

    Paper is keyed in at one go and leaves nothing unfinished. True numbers, for ``analysis.suppression`` to let
    through.
    """
    idle, calls = _idle(wave.id, now), keying.devices_of_calls(session, wave)
    counts = dict.fromkeys((Channel.WEB, *keying.SPOKEN), 0)
    for device, count in _counted(session, DRAFTS.c.device_hash, [*idle, DRAFTS.c.device_hash.in_(calls)]):
        counts[calls[device]] += count
    every = session.connection().execute(sa.select(sa.func.count()).select_from(DRAFTS).where(*idle)).scalar_one()
    counts[Channel.WEB] = every - sum(counts.values())
    return pd.Series({channel.value: count for channel, count in counts.items()}, dtype="int64")


def may_be_gone(wave: WaveFacts, now: datetime) -> bool:
    """Whether drafts of a wave may have been deleted for their age, so that not everybody who stopped is counted."""
    return wave.closes_at < now and wave.opens_at < now - KEPT_FOR


def _idle(wave_id: int, now: datetime) -> list[sa.ColumnElement[bool]]:
    """What is true of the drafts of those who stopped."""
    sent = sa.exists().where(RESPONSES.c.public_id == DRAFTS.c.id)
    return [DRAFTS.c.wave_id == wave_id, ~DRAFTS.c.preview, DRAFTS.c.saved_at < now - STILL_ANSWERING, ~sent]


def _counted(session: Session, column: sa.Column[str], true: Sequence[sa.ColumnElement[bool]]) -> list[tuple[str, int]]:
    found = session.connection().execute(sa.select(column, sa.func.count()).where(*true).group_by(column))
    return [(value, count) for value, count in found]


def _titles(asked: Questionnaire, words: Words) -> dict[str, str]:
    """What each place is called, by the name it has in a draft: "" before the first page was finished."""
    sections = {section.id: words.of(section.title) for section in asked.sections}
    return {
        "": "The first page",
        TASKS.section: "The list of pages",
        **sections,
        CHECK_ANSWERS.section: "Check your answers, before sending",
    }
