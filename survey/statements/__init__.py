"""The privacy notice and the accessibility statement: what they say, version by version, as files in this folder.

A version is named after the day from which it is in force. What a council has to confirm itself stands in the same
file, so that an old version goes on saying what it said.
"""

import tomllib
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from string import Formatter
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from survey.errors import StatementError
from survey.settings import settings
from survey.wording import Words


class Kind(StrEnum):
    """Which of the two: the name of its folder and of its address."""

    PRIVACY = "privacy"
    ACCESSIBILITY = "accessibility"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Fact(_Part):
    """What only the council knows: what it says, or who is to confirm it."""

    says: str = ""
    confirmed_by: str = ""


class Section(_Part):
    """A heading with its paragraphs, then its points."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()


class Tested(_Part):
    """Pages that are tested by machine, and the journeys of the tests that do it."""

    what: str
    journeys: tuple[str, ...]


class Walked(_Part):
    """A way that is walked by keyboard alone, and the journey that does it."""

    what: str
    journey: str


class Statement(_Part):
    """One version of one of the two, as its file has it."""

    kind: Kind
    version: date
    title: str
    facts: dict[str, Fact]
    section: tuple[Section, ...] = Field(min_length=1)
    tested: tuple[Tested, ...] = ()
    walked: tuple[Walked, ...] = ()

    @property
    def unconfirmed(self) -> dict[str, str]:
        """What is still to be confirmed, and by whom."""
        return {name: fact.confirmed_by for name, fact in self.facts.items() if not fact.says}

    def sections(self, words: Words) -> list[Section]:
        """The sections with the facts put in; where one is still to be confirmed, they say so."""
        known = {
            name: fact.says or words("statement.to_confirm", by=fact.confirmed_by) for name, fact in self.facts.items()
        }
        return [
            Section(
                heading=section.heading.format(**known),
                paragraphs=tuple(text.format(**known) for text in section.paragraphs),
                points=tuple(text.format(**known) for text in section.points),
            )
            for section in self.section
        ]


class Unconfirmed(NamedTuple):
    """Something that a statement in force leaves open."""

    kind: Kind
    fact: str
    confirmed_by: str


@cache
def versions(kind: Kind, folder: Path | None = None) -> tuple[Statement, ...]:
    """Every version of a statement, oldest first. Raises StatementError if a file has a mistake or there is none."""
    place = (folder or settings().statements) / kind
    read = tuple(_read(kind, path) for path in sorted(place.glob("*.toml")))
    if not read:
        raise StatementError(f"There is no {kind} statement in {place}. Put one there, named like 2026-11-26.toml.")
    return read


def in_force(kind: Kind, day: date) -> Statement:
    """The version that is shown on that day: the last that has begun, or the first there is."""
    known = versions(kind)
    return next((one for one in reversed(known) if one.version <= day), known[0])


def notice_version(day: date) -> str:
    """The name of the privacy notice under which answers sent on that day are given."""
    return in_force(Kind.PRIVACY, day).version.isoformat()


def unconfirmed(day: date) -> list[Unconfirmed]:
    """All that the statements in force leave to somebody to confirm."""
    return [Unconfirmed(kind, name, by) for kind in Kind for name, by in in_force(kind, day).unconfirmed.items()]


def _read(kind: Kind, path: Path) -> Statement:
    named = f"{kind}/{path.name}"
    try:
        version = date.fromisoformat(path.stem)
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        statement = Statement(kind=kind, version=version, **raw)
    except ValidationError as problem:
        told = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in problem.errors())
        raise StatementError(f"{named} has a mistake: {told}. Mend that and start again.") from problem
    except (tomllib.TOMLDecodeError, ValueError, TypeError) as problem:
        raise StatementError(
            f"{named} cannot be read: {problem}. It must be TOML in UTF-8, named after a day like 2026-11-26.toml."
        ) from problem
    if wrong := _mistakes(statement):
        raise StatementError(f"{named} has a mistake: {'; '.join(wrong)}.")
    return statement


def _mistakes(statement: Statement) -> list[str]:
    said = [text for part in statement.section for text in (part.heading, *part.paragraphs, *part.points)]
    blanks = {name for text in said for _, name, _, _ in Formatter().parse(text) if name is not None}
    wrong = [f"it fills in {name!r}, which is not among its facts" for name in sorted(blanks - set(statement.facts))]
    return wrong + [
        f"the fact {name!r} neither says anything nor names who is to confirm it"
        for name, fact in statement.facts.items()
        if not fact.says and not fact.confirmed_by
    ]
