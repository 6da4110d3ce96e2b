"""What there is to say about each service: its aspects, and the pieces that speak of each."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from survey.demo.phrases import FOLDER, Piece, pieces, tables

CROSSWALK = FOLDER.parent / "crosswalk.toml"


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing people say of a service, for good or ill, and the pieces they say it in."""

    key: str
    weight: int  # how often it is what a complaint is about, beside the service's other aspects
    bad: tuple[Piece, ...]
    so: tuple[Piece, ...]  # what it led to
    ask: tuple[Piece, ...]  # what should be done: begins with a verb
    good: tuple[Piece, ...]
    terse: tuple[Piece, ...]  # in two or three words, when it is what should change
    terse_good: tuple[Piece, ...]  # the same, when it is what works: marked "+ " in the file
    step: tuple[Piece, ...]  # one happening in a story, in the order in which they happen


@dataclass(frozen=True, slots=True)
class Service:
    """A service as parents speak of it."""

    key: str
    called: tuple[Piece, ...]
    aspects: tuple[Aspect, ...]

    def aspect(self, key: str) -> Aspect | None:
        """The aspect of that name, if this service has it."""
        return next((aspect for aspect in self.aspects if aspect.key == key), None)


@dataclass(frozen=True, slots=True)
class Tongue:
    """Another language than English, in one script: whole sentences, by service, and those that fit anywhere."""

    language: str
    name: str
    services: Mapping[str, Mapping[str, tuple[Piece, ...]]]
    anywhere: Mapping[str, tuple[Piece, ...]]


@cache
def services() -> Mapping[str, Service]:
    """Every service that the demonstration speaks of, by its code."""
    return {path.stem: _service(path.stem) for path in sorted((FOLDER / "services").glob("*.toml"))}


@cache
def tongues() -> Mapping[str, Tongue]:
    """Every other language, by the name of its file."""
    return {path.stem: _tongue(path.stem) for path in sorted((FOLDER / "languages").glob("*.toml"))}


@cache
def themes_of() -> Mapping[str, tuple[str, ...]]:
    """For each aspect the keys of the themes, in the shipped coding frame, that it belongs to."""
    return {aspect: tuple(keys) for aspect, keys in tomllib.loads(CROSSWALK.read_text(encoding="utf-8")).items()}


def _service(key: str) -> Service:
    raw = tables(f"services/{key}")
    listed = raw["aspect"]
    aspects = tuple(_aspect(entry) for entry in listed) if isinstance(listed, list) else ()
    return Service(key, pieces(raw["called"]), aspects)


def _aspect(entry: Mapping[str, object]) -> Aspect:
    spoken = {name: pieces(entry[name]) for name in ("bad", "so", "ask", "good", "step")}
    listed = entry["terse"]
    terse = [str(text) for text in listed] if isinstance(listed, list) else []
    return Aspect(
        key=str(entry["key"]),
        weight=int(str(entry["weight"])),
        terse=pieces([text for text in terse if not text.startswith("+ ")]),
        terse_good=pieces([text.removeprefix("+ ") for text in terse if text.startswith("+ ")]),
        **spoken,
    )


def _tongue(name: str) -> Tongue:
    raw = tables(f"languages/{name}")
    listed = raw["services"]
    by_service = (
        {key: {stance: pieces(texts) for stance, texts in entry.items()} for key, entry in listed.items()}
        if isinstance(listed, dict)
        else {}
    )
    anywhere = raw["any"]
    return Tongue(
        str(raw["language"]),
        str(raw["name"]),
        by_service,
        {stance: pieces(texts) for stance, texts in anywhere.items()} if isinstance(anywhere, dict) else {},
    )
