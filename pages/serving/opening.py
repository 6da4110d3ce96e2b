"""The first words of a page: what stands there while Streamlit loads, and what somebody without scripts reads."""

import time
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from pages.ui.doors import PLAIN, SURVEY, Door
from survey import consultations, database
from survey.wording import words_in

GOOD_FOR_SECONDS = 20  # a consultation that opens or closes is on the page within that time


class Opening(NamedTuple):
    """A page's title, its first paragraphs, and how to take part without it."""

    title: str
    words: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()
    warning: str = ""
    plain: tuple[tuple[str, str], ...] = ()
    """Where the same is asked without scripts: each consultation's address and title."""


def opening(door: Door, language: str) -> Opening:
    """The first words behind that door. Asks the database now and then: not for the event loop."""
    if door is not SURVEY:
        return Opening(door.title)
    return _of_survey(language, int(time.monotonic() / GOOD_FOR_SECONDS))


@lru_cache(maxsize=8)
def _of_survey(language: str, _: int) -> Opening:
    say = words_in(language)
    now = datetime.now(UTC)
    with database.reading(database.engine()) as session:
        waves = consultations.open_waves(session, now)
        asked = [consultations.questionnaire_of(session, wave) for wave in waves]
    warning = say("door.demonstration") if any(wave.demonstration for wave in waves) else ""
    otherwise = tuple(dict.fromkeys(say.of(one.contact) for one in asked if one.contact))
    plain = tuple((f"{PLAIN}{wave.slug}", say.of(one.title)) for wave, one in zip(waves, asked, strict=True))
    if not asked:
        return Opening(say("door.none_open"), (say("door.none_open_more"),))
    if len(asked) > 1:
        return Opening(say("door.choose"), (say("door.choose_intro"),), otherwise, warning, plain)
    return Opening(say.of(asked[0].title), (say.of(asked[0].about),), otherwise, warning, plain)
