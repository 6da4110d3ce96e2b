"""How many there are, to set beside those who answered: as ``populations.toml`` lists them, with whom they count."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

FILE: Final = Path(__file__).with_suffix(".toml")


class Population(BaseModel):
    """One population by one thing that is known of a response."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    column: Literal["district", "plan"]
    of: str
    """Whom the numbers count."""
    on: str
    """When they were counted."""
    source: str
    numbers: dict[str, Annotated[int, Field(gt=0)]]
    """By code, such as a district's."""


@cache
def populations() -> tuple[Population, ...]:
    """All populations there are, in the order of their file."""
    listed = tomllib.loads(FILE.read_text(encoding="utf-8"))["population"]
    return tuple(Population.model_validate(entry) for entry in listed)
