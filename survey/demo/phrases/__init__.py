"""What parents say, as hand-written pieces in the files of this folder, and how to read a piece.

A piece may offer a choice, ``[still|even now]``, and leave places to fill, ``{child}`` or ``{weeks:12-30}``. Filling
them is the work of whoever tells: see ``survey.demo.scene``. One that only fits children of some ages says so at its
start: ``(16-25) post 16 transport was stopped``.
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

FOLDER = Path(__file__).parent
TOKEN = re.compile(r"[\[\]|]|\{(\w+)(?::(\d+)-(\d+))?\}")
AGES = re.compile(r"\((\d+)-(\d+)\) ")
ARTICLE = re.compile(r"\b[Aa]n? $")


class Place(NamedTuple):
    """A place to fill: with a number from low to high, where it takes one, after an article that must agree."""

    name: str
    low: int = 0
    high: int = 0
    article: str = ""


class Choice(NamedTuple):
    """Several ways to say it, one of which is said."""

    ways: "tuple[Phrase, ...]"


class Piece(NamedTuple):
    """Something to say, and the ages of the children of whom it may be said."""

    phrase: "Phrase"
    youngest: int = 0
    oldest: int = 99

    def fits(self, age: int) -> bool:
        """Whether it may be said of a child of that age."""
        return self.youngest <= age <= self.oldest


Phrase = tuple[str | Place | Choice, ...]
Fill = Callable[[Place], str]


def parse(text: str) -> Phrase:
    """A piece of text as its fixed words, places and choices. Raises ValueError if a bracket is left open."""
    text = unicodedata.normalize("NFC", text)
    phrase, rest = _sequence(text, 0, nested=False)
    if rest != len(text):
        raise ValueError(f"A bracket is closed that was never opened in {text!r}.")
    return phrase


def spoken(phrase: Phrase, random: Random, fill: Fill) -> str:
    """The piece with each choice made at random and each place filled."""
    said: list[str] = []
    for part in phrase:
        if isinstance(part, str):
            said.append(part)
        elif isinstance(part, Place):
            said.append(_agreeing(part, fill(part)))
        else:
            said.append(spoken(part.ways[int(random.random() * len(part.ways))], random, fill))
    return "".join(said)


@cache
def book(name: str) -> Mapping[str, tuple[Piece, ...]]:
    """The lists of pieces in one of the general files, such as ``family`` or ``answers``, by name."""
    return {key: pieces(entry) for key, entry in tables(name).items()}


@cache
def tables(name: str) -> Mapping[str, object]:
    """What one of the files holds, as it stands."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def pieces(texts: object) -> tuple[Piece, ...]:
    """A list of texts as pieces."""
    return tuple(_piece(text) for text in texts) if isinstance(texts, list) else ()


def _piece(text: str) -> Piece:
    ages = AGES.match(text)
    return Piece(parse(text[ages.end() :]), int(ages[1]), int(ages[2])) if ages else Piece(parse(text))


def _sequence(text: str, at: int, *, nested: bool) -> tuple[Phrase, int]:
    """The parts from there to the bar or bracket that ends them, and where that stands."""
    parts: list[str | Place | Choice] = []
    while found := TOKEN.search(text, at):
        _append(parts, text[at : found.start()])
        if found[0] in "|]":
            return tuple(parts), found.start()
        if found[0] == "[":
            choice, at = _choice(text, found.end())
            parts.append(choice)
        else:
            parts.append(_place(parts, found))
            at = found.end()
    if nested:
        raise ValueError(f"A bracket is opened and never closed in {text!r}.")
    _append(parts, text[at:])
    return tuple(parts), len(text)


def _choice(text: str, at: int) -> tuple[Choice, int]:
    ways: list[Phrase] = []
    while True:
        way, end = _sequence(text, at, nested=True)
        ways.append(way)
        if text[end] == "]":
            return Choice(tuple(ways)), end + 1
        at = end + 1


def _place(parts: list[str | Place | Choice], found: re.Match[str]) -> Place:
    """A place; an article that stands before it is taken with it, to agree with what comes."""
    name, low, high = found[1], int(found[2] or 0), int(found[3] or 0)
    if parts and isinstance(parts[-1], str) and (article := ARTICLE.search(parts[-1])):
        parts[-1] = parts[-1][: article.start()]
        return Place(name, low, high, article[0][0])
    return Place(name, low, high)


def _agreeing(place: Place, word: str) -> str:
    if not place.article:
        return word
    vowel = word[:1].lower() in "aeio" or word.startswith("LSA")
    return f"{place.article}{'n' if vowel else ''} {word}"


def _append(parts: list[str | Place | Choice], words: str) -> None:
    if words:
        parts.append(words)
