"""What happened around a county's consultations, as its file in this folder lists it: dates, a few words, a source.

A council edits the file of its county. A county without a file has no events.
"""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from survey.errors import EventsError

FOLDER: Final = Path(__file__).parent
LONGEST: Final = 90  # words that can be read beside a chart


class Event(BaseModel):
    """Something that people answering may have had in mind, and where it is said that it happened."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    date: date
    words: Annotated[str, Field(min_length=3, max_length=LONGEST)]
    source: Annotated[str, Field(min_length=3)]
    precision: Literal["day", "month"] = "day"

    @property
    def when(self) -> str:
        """The date as it is known: "5 June 2025", or "August 2020"."""
        return f"{self.date:%-d %B %Y}" if self.precision == "day" else f"{self.date:%B %Y}"


class _Events(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    event: tuple[Event, ...] = ()


@cache
def events(county: str) -> tuple[Event, ...]:
    """The events of a county, earliest first; none where there is no file of them."""
    path = FOLDER / f"{county}.toml"
    return read(path) if path.exists() else ()


def read(path: Path) -> tuple[Event, ...]:
    """The events in a file, earliest first.

    Raises EventsError, naming the file and the event, if one of them cannot be used as it stands.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise EventsError(f"{path.name}: this is not TOML ({problem}). Save the file as UTF-8 text.") from problem
    try:
        listed = _Events.model_validate(given).event
    except ValidationError as problem:
        raise EventsError(f"{path.name}{_in_words(problem.errors()[0])}") from problem
    return tuple(sorted(listed, key=lambda event: event.date))


def _in_words(mistake: ErrorDetails) -> str:
    """One mistake as ", event 2: what to write"."""
    place = mistake["loc"]
    whose = f", event {int(place[1]) + 1}" if len(place) > 1 else ""
    return f"{whose}: {_what(mistake['type'], str(place[-1]), at_an_event=len(place) > 1)}."


def _what(kind: str, field: str, *, at_an_event: bool) -> str:
    if kind == "extra_forbidden":
        known = "date, words, source or precision" if at_an_event else "[[event]] before each event"
        return f"{field!r} means nothing here; write {known}"
    if kind == "missing":
        return f"there is no {field}; add one"
    return {
        "date": "write the date as year-month-day, such as 2025-06-05, without quotation marks",
        "words": f"say what happened in 3 to {LONGEST} letters, in quotation marks",
        "source": "say where it is said that this happened, in quotation marks",
        "precision": 'precision is "day" or "month"',
    }.get(field, "begin each event with a line [[event]]")
