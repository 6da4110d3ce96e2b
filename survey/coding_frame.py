"""A coding frame: the themes a comment may be sorted into, as people wrote them in a file.

A frame is TOML, so an officer can write one in any text editor:

    title = "What parents say about SEND services"

    [[theme]]
    label = "Waiting and delays"
    description = "How long things take."
    keywords = ["waiting", "waiting list", "delays", "donkey's years"]
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails

from survey.errors import CodingFrameError

SHIPPED = Path(__file__).parent / "coding_frames"

_FIELDS_OF_FRAME = ["title", "theme"]
_FIELDS_OF_THEME = ["label", "key", "description", "keywords"]
_SHORTCOMINGS = {
    "string_type": ": write it in quotation marks",
    "string_too_short": " is too short; write a word or a phrase",
}
_NO_THEME = "this is no theme; begin each with a line [[theme]] and a label"

Keyword = Annotated[str, Field(min_length=2, max_length=80)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, populate_by_name=True)


class FrameTheme(_Part):
    """One thing a comment may be about: a short key, a label, a description, and the words people use."""

    label: str = Field(min_length=1, max_length=80)
    key: str = Field(default="", pattern=r"^[a-z][a-z0-9_]{0,39}$")
    description: str = Field(default="", max_length=600)
    keywords: tuple[Keyword, ...] = Field(default=(), max_length=300)  # several themes become one by joining theirs

    @model_validator(mode="before")
    @classmethod
    def _keyed_by_its_label(cls, given: object) -> object:
        if isinstance(given, dict) and "key" not in given and isinstance(given.get("label"), str):
            return given | {"key": _key_from(given["label"])}
        return given

    @field_validator("keywords")
    @classmethod
    def _each_keyword_once(cls, keywords: tuple[str, ...]) -> tuple[str, ...]:
        if again := _repeated(word.casefold() for word in keywords):
            raise ValueError(f"{again[0]!r} is there twice; keep one")
        return keywords


class CodingFrame(_Part):
    """The themes of one frame, in the order they are to be shown."""

    title: str = Field(default="", max_length=120)
    themes: tuple[FrameTheme, ...] = Field(alias="theme", min_length=1, max_length=200)

    @model_validator(mode="after")
    def _no_two_alike(self) -> Self:
        if again := _repeated(theme.label.casefold() for theme in self.themes):
            raise ValueError(f"two themes have the label {again[0]!r}; give each its own")
        if again := _repeated(theme.key for theme in self.themes):
            raise ValueError(f"two themes have the key {again[0]!r}; give each its own")
        return self


def shipped(name: str = "send") -> CodingFrame:
    """The frame of that name that comes with Heard, such as "send".

    Raises CodingFrameError, naming those that do come with it, if there is none of that name.
    """
    known = sorted(path.stem for path in SHIPPED.glob("*.toml"))
    if name not in known:
        raise CodingFrameError(f"No coding frame called {name!r} comes with Heard. Use one of: {', '.join(known)}.")
    return read(SHIPPED / f"{name}.toml")


def read(path: Path) -> CodingFrame:
    """The coding frame written in a TOML file.

    Raises CodingFrameError, naming the file, the theme and what to write, for the first mistake found.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as problem:
        raise CodingFrameError(f"{path.name}: the coding frame cannot be read ({problem.strerror}).") from problem
    except UnicodeDecodeError as problem:
        raise CodingFrameError(f"{path.name}: this is not a text file. Save the coding frame as UTF-8.") from problem
    except tomllib.TOMLDecodeError as problem:
        raise CodingFrameError(f"{path.name}: this is not TOML ({_lower_first(str(problem))}).") from problem
    try:
        return CodingFrame.model_validate(given)
    except ValidationError as problem:
        raise CodingFrameError(f"{path.name}{_in_words(_first(problem.errors()), given)}") from problem


def _key_from(label: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "_", label.casefold()).strip("_")
    return (words if words[:1].isalpha() else f"theme_{words}")[:40].rstrip("_")


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


def _first(mistakes: Sequence[ErrorDetails]) -> ErrorDetails:
    """The mistake to tell of: a name that means nothing explains why another is missing, and so comes first."""
    return min(mistakes, key=lambda mistake: mistake["type"] != "extra_forbidden")


def _in_words(mistake: ErrorDetails, given: dict[str, object]) -> str:
    """One mistake as ", theme 2 ('Transport'): what is wrong and what to write."""
    place = mistake["loc"]
    what = _NO_THEME if mistake["type"] == "model_type" else _what(mistake, str(place[-1]) if place else "")
    return f"{_whose(place, given)}: {what}."


def _whose(place: tuple[int | str, ...], given: dict[str, object]) -> str:
    if len(place) < 2 or place[0] != "theme" or not isinstance(place[1], int):
        return ""
    themes = given["theme"]
    theme = themes[place[1]] if isinstance(themes, list) else None
    label = theme.get("label") or theme.get("key") if isinstance(theme, dict) else None
    return f", theme {place[1] + 1}" + (f" ({label!r})" if label else "")


def _what(mistake: ErrorDetails, field: str) -> str:
    match mistake["type"]:
        case "extra_forbidden":
            return _unknown(field, within_theme=len(mistake["loc"]) > 1)
        case "missing" | "too_short" | "tuple_type" if field == "theme":
            return "there are no themes; begin each with a line [[theme]]"
        case "tuple_type":
            return f'{field}: write a list, such as ["waiting", "waiting list"]'
        case "string_type" | "string_too_short" as fault:
            return _field_in_words(mistake["loc"]) + _SHORTCOMINGS[fault]
        case "missing":
            return f"there is no {field}; add one"
        case "string_pattern_mismatch":
            return f"the key {mistake['input']!r} must be small letters, numbers and _, a letter first"
        case "value_error":
            return mistake["msg"].removeprefix("Value error, ")
        case _:
            return f"{_field_in_words(mistake['loc'])}: {_lower_first(mistake['msg'])}"


def _unknown(field: str, *, within_theme: bool) -> str:
    known = _FIELDS_OF_THEME if within_theme else _FIELDS_OF_FRAME
    near = get_close_matches(field, known, n=1, cutoff=0.5)
    advice = repr(near[0]) if near else f"one of {', '.join(known)}"
    return f"{field!r} means nothing here; write {advice}"


def _field_in_words(place: tuple[int | str, ...]) -> str:
    if len(place) >= 2 and place[-2] == "keywords" and isinstance(place[-1], int):
        return f"keyword {place[-1] + 1}"
    return f"the {place[-1]}" if place else "the file"


def _lower_first(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")
