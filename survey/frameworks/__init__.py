"""The frameworks that leaders answer to: lists of tags by which actions, themes and services are gathered.

Each is a file in a folder that a council can copy and edit. Wording is our own; ``source`` says where the list is from,
and ``whose`` who drew it up, because lists of the same years differ.

A file with a mistake is left out and told of; the pages go on with the others. Files are read once: after changing one,
Heard has to be started again.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from survey.errors import FrameworkError
from survey.settings import settings


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Tag(_Part):
    """One entry of a framework, and what among the answers is evidence for it."""

    key: str = Field(pattern=r"^[a-z0-9_]{1,40}$")
    label: str = Field(min_length=1, max_length=160)
    item: str = ""
    """The question that asks families for it outright, where a questionnaire has one."""
    themes: tuple[str, ...] = ()
    services: tuple[str, ...] = ()


class Framework(_Part):
    """One list: what it is, who drew it up, where it is from."""

    key: str = Field(pattern=r"^[a-z0-9_]{1,40}$")
    title: str = Field(min_length=1, max_length=160)
    whose: str = Field(min_length=1, max_length=160)
    source: str = Field(min_length=1, max_length=400)
    inspected: bool = False
    """Whether an inspection goes by it: the inspection page is made for this one."""
    tag: tuple[Tag, ...] = Field(min_length=1, max_length=40)

    def tag_id(self, tag: Tag) -> str:
        """What an action keeps of a tag: the framework's key and its own."""
        return f"{self.key}.{tag.key}"


class _Folder(NamedTuple):
    """What a folder has: the frameworks that can be used, and what is wrong with the others."""

    frameworks: tuple[Framework, ...]
    faults: tuple[str, ...]


def frameworks() -> tuple[Framework, ...]:
    """Every framework in the folder that the settings name, by file name, without those whose file has a mistake."""
    return _in(settings().frameworks).frameworks


def faults() -> tuple[str, ...]:
    """What is wrong with the files, a sentence for each, naming it and what to do; none where all can be used."""
    return _in(settings().frameworks).faults


def inspected() -> Framework | None:
    """The framework that inspections go by, if there is one."""
    return next((one for one in frameworks() if one.inspected), None)


def labels() -> dict[str, str]:
    """What each tag is called, by what an action keeps of it: "The 2018 areas of concern: The Local Offer"."""
    return {one.tag_id(tag): f"{one.title}: {tag.label}" for one in frameworks() for tag in one.tag}


@cache
def _in(folder: Path) -> _Folder:
    if not folder.is_dir():
        return _Folder((), (f"There is no folder “{folder}”. Name the one with your frameworks in HEARD_FRAMEWORKS.",))
    found: dict[str, Framework] = {}
    wrong: list[str] = []
    for file in sorted(folder.glob("*.toml")):
        try:
            one = read(file)
            if one.key in found:
                raise FrameworkError(f"{file.name} has the key {one.key!r} of another file. Give it another key.")
            found[one.key] = one
        except FrameworkError as problem:
            wrong.append(f"{problem} Then start Heard again.")
    return _Folder(tuple(found.values()), tuple(wrong))


def read(file: Path) -> Framework:
    """The framework in a file. Raises FrameworkError, saying what to put right in which file, if it has a mistake."""
    try:
        framework = Framework.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except OSError as problem:
        raise FrameworkError(f"{file.name} cannot be read: {problem.strerror}. Let Heard read it.") from problem
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise FrameworkError(f"{file.name}, at {place}: {first['msg']}. Correct it.") from problem
    except UnicodeDecodeError as problem:
        raise FrameworkError(f"{file.name} is not in UTF-8. Save it again in UTF-8.") from problem
    except tomllib.TOMLDecodeError as problem:
        raise FrameworkError(f"{file.name} is not TOML: {problem}. Correct that line.") from problem
    keys = [tag.key for tag in framework.tag]
    if again := {key for key in keys if keys.count(key) > 1}:
        raise FrameworkError(f"{file.name} has the tag {sorted(again)[0]!r} twice. Give one of them another key.")
    return framework
