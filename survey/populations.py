"""How many there are, to set beside those who answered: as ``populations.toml`` lists them, with whom they count."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

FILE: Final = Path(__file__).with_suffix(".toml")
REST: Final = "other"
"""Among a population's numbers: everybody who is in none of its other groups."""


class Population(BaseModel):
    """One population by one thing that is known of a response."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    column: Literal["district", "plan", "language"]
    by: str
    """What the groups are told apart by, as it is said on the page."""
    of: str
    """Whom the numbers count."""
    on: str
    """When they were counted."""
    source: str
    numbers: dict[str, Annotated[int, Field(gt=0)]]
    """By code, such as a district's."""
    per_thousand: bool = False
    """Whether the source gives shares alone, so that the numbers are of every thousand."""
    with_send: bool
    """Whether those counted are children with SEND, as those are whom the answers are about."""
    note: str = ""
    """Whom the numbers leave out, and how those counted differ from the families who are asked."""
    weighs: bool = False
    """Whether answers are weighted to it."""

    @model_validator(mode="after")
    def _says_how_it_differs(self) -> Self:
        if not (self.with_send or self.note):
            raise ValueError("A population that is not of children with SEND says in its note how it differs.")
        return self


@cache
def populations() -> tuple[Population, ...]:
    """All populations there are, in the order of their file."""
    listed = tomllib.loads(FILE.read_text(encoding="utf-8"))["population"]
    return tuple(Population.model_validate(entry) for entry in listed)
