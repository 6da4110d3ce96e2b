"""What a case can be about, whom it can be passed to, and how it can end: from the file beside this one."""

import tomllib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

FILE = Path(__file__).parent / "choices.toml"


class WorkingHours(BaseModel):
    """When somebody is there to look, and how soon they must."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    opens: int = Field(alias="from", ge=0, le=23)
    closes: int = Field(alias="to", ge=1, le=24)
    first_look_within_hours: int = Field(ge=1)


class _Quotable(BaseModel):
    """After which outcomes a comment may be quoted again."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    outcomes: frozenset[str]


class Choices(BaseModel):
    """The words for each key that a case may hold."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kinds: dict[str, str]
    escalations: dict[str, str]
    outcomes: dict[str, str]
    quotable: _Quotable
    working_hours: WorkingHours


@cache
def choices() -> Choices:
    """All that can be chosen."""
    return Choices.model_validate(tomllib.loads(FILE.read_text(encoding="utf-8")))
