"""The districts of a county, as its file in this folder lists them, and what became of those that are no more.

When districts are put together or divided, the old ones stay in the file with the day on which they end, and the new
ones are added with the day on which they begin.
"""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from survey.errors import AreasError, QuestionnaireError

FOLDER = Path(__file__).parent


class District(BaseModel):
    """One district, with where it stands on the tile map and what follows it, if it ends."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    name: str
    locality: str
    column: int
    row: int
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None
    split_between: tuple[str, ...] = ()
    """The districts among which it is divided: then none of them alone carries on its series."""


class Followed(NamedTuple):
    """What became of the districts of an earlier wave, seen from the districts of a later one."""

    into: Mapping[str, str]
    """Each earlier district's code with that of the district whose answers it now belongs to."""
    broken: Mapping[str, str]
    """Each earlier district that no district carries on, with a sentence that says why."""
    partly: frozenset[str]
    """The later districts that hold a part of a divided one: what they were before cannot be said."""


@cache
def districts(county: str) -> tuple[District, ...]:
    """The districts of a county, by name, those that have ended among them.

    Raises QuestionnaireError if there is no file for it, and AreasError if the file has a mistake.
    """
    path = FOLDER / f"{county}.toml"
    if not path.exists():
        known = ", ".join(sorted(file.stem for file in FOLDER.glob("*.toml")))
        raise QuestionnaireError(f"There is no areas file {path.name!r}. Those there are: {known}.")
    return read(path)


def on(day: date, listed: Iterable[District]) -> tuple[District, ...]:
    """Those of the districts that there are on that day."""
    return tuple(
        district
        for district in listed
        if (district.valid_from is None or district.valid_from <= day)
        and (district.valid_to is None or day <= district.valid_to)
    )


def successors_first(listed: Iterable[District]) -> list[District]:
    """The districts in an order in which each comes after the one that follows it, as a table of them needs."""
    left, placed = list(listed), dict[str, District]()
    while left:
        ready = [one for one in left if not one.successor or one.successor in placed]
        placed |= {one.code: one for one in ready}
        left = [one for one in left if one.code not in placed]
    return list(placed.values())


def read(path: Path) -> tuple[District, ...]:
    """The districts in a file. Raises AreasError, naming the file and the district, if it has a mistake."""
    try:
        listed = tomllib.loads(path.read_text(encoding="utf-8")).get("district", [])
        found = tuple(District.model_validate(entry) for entry in listed)
    except tomllib.TOMLDecodeError as problem:
        raise AreasError(f"{path.name}: this is not TOML ({problem}).") from problem
    except ValidationError as problem:
        mistake = problem.errors()[0]
        raise AreasError(f"{path.name}: {'.'.join(map(str, mistake['loc']))}: {mistake['msg']}.") from problem
    known = {district.code: district for district in found}
    for district in found:
        if wrong := _mistake(district, known):
            raise AreasError(f"{path.name}, {district.name}: {wrong}.")
    return found


def followed(county: Iterable[District], then: Iterable[str], now: Iterable[str]) -> Followed:
    """What became of the districts with codes ``then``, in the districts with codes ``now``, as the file has it.

    A district that is there both times is itself. One that has been replaced, however often, belongs to the last of
    its successors. One that was divided, or that ended without a successor, breaks the series.
    """
    known = {district.code: district for district in county}
    there = set(now)
    into: dict[str, str] = {}
    broken: dict[str, str] = {}
    partly: set[str] = set()
    for code in then:
        last = _last(code, known, there)
        if last is None or last.code in there:
            into[code] = last.code if last else code
            continue
        broken[code] = _why(known[code], last, known)
        partly |= {part for part in last.split_between if part in there}
    return Followed(into, broken, frozenset(partly))


def _last(code: str, known: Mapping[str, District], there: set[str]) -> District | None:
    """The district that carries on another, or the last before its series breaks; None for what is no district."""
    district = known.get(code)
    while district is not None and district.code not in there and district.successor:
        district = known[district.successor]
    return district


def _why(district: District, last: District, known: Mapping[str, District]) -> str:
    ended = f" on {last.valid_to:%-d %B %Y}" if last.valid_to else ""
    if last.split_between:
        parts = [known[code].name for code in last.split_between]
        return f"{district.name} was divided between {' and '.join(parts)}{ended}, so its series ends there."
    return f"{district.name} has no district that follows it{ended}, so its series ends there."


def _mistake(district: District, known: Mapping[str, District]) -> str:
    named = [*([district.successor] if district.successor else []), *district.split_between]
    unknown = [code for code in named if code not in known]
    if unknown:
        return f"it names {unknown[0]!r} as what follows it, which is not in this file; add that district"
    if district.successor and district.split_between:
        return "write either successor or split_between, not both"
    if named and district.valid_to is None:
        return "it is followed by another, so say when it ends: valid_to = 2028-03-31"
    if len(district.split_between) == 1:
        return "it is divided between one district only; write that as its successor"
    if _goes_round(district, known):
        return "its successors lead back to itself"
    return ""


def _goes_round(district: District, known: Mapping[str, District]) -> bool:
    seen = {district.code}
    after = known.get(district.successor or "")
    while after is not None:
        if after.code in seen:
            return True
        seen.add(after.code)
        after = known.get(after.successor or "")
    return False
