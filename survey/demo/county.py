"""The county that the demonstration believes in: its districts, services and statements, from ``county.toml``."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from survey.areas import districts

FILE = Path(__file__).with_name("county.toml")
COUNTY = "lancashire"
BANDS = ("0_4", "5_10", "11_15", "16_18", "19_25")
YOUNGEST, OLDEST = (0, 5, 11, 16, 19), (4, 10, 15, 18, 25)


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Place(_Read):
    """A district: how many children with SEND live there, and how readily their families answer."""

    code: str
    children: float
    reach: float
    other_languages: float  # the share of families who write in another language
    tongues: tuple[str, ...]


class Use(_Read):
    """A service: how often it is used at each age, and the share who find it good where nothing is planted."""

    use: tuple[float, float, float, float, float]
    good: float


class County(_Read):
    """Everything the file says."""

    districts: tuple[Place, ...] = Field(alias="district")
    services: Mapping[str, Use]
    statements: Mapping[str, float]


class Names(NamedTuple):
    """What the districts are called, and which locality each is in, by code."""

    name: Mapping[str, str]
    locality: Mapping[str, str]


@cache
def county() -> County:
    """The county of the file."""
    return County.model_validate(tomllib.loads(FILE.read_text(encoding="utf-8")))


@cache
def names() -> Names:
    """The districts' names and localities, by code."""
    listed = districts(COUNTY)
    return Names({area.code: area.name for area in listed}, {area.code: area.locality for area in listed})


def code_of(name: str) -> str:
    """The code of a district by its name."""
    return next(code for code, known in names().name.items() if known == name)


BAND_BY_AGE = tuple(sum(age > oldest for oldest in OLDEST[:-1]) for age in range(40))


def band_of(age: int) -> int:
    """Which of ``BANDS`` an age is in, by place."""
    return BAND_BY_AGE[age]


@cache
def place_of(code: str) -> Place:
    """A district of the county by its code."""
    return next(place for place in county().districts if place.code == code)
