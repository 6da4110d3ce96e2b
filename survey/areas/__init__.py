"""The districts of a county, as its file in this folder lists them."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from survey.errors import QuestionnaireError

FOLDER = Path(__file__).parent


class District(BaseModel):
    """One district, with where it stands on the tile map."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    name: str
    locality: str
    column: int
    row: int
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None


@cache
def districts(county: str) -> tuple[District, ...]:
    """The districts of a county, by name. Raises QuestionnaireError if there is no file for it."""
    path = FOLDER / f"{county}.toml"
    if not path.exists():
        known = ", ".join(sorted(file.stem for file in FOLDER.glob("*.toml")))
        raise QuestionnaireError(f"There is no areas file {path.name!r}. Those there are: {known}.")
    listed = tomllib.loads(path.read_text(encoding="utf-8"))["district"]
    return tuple(District.model_validate(entry) for entry in listed)
