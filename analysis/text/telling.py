"""Which comments tell most: those with something in them that somebody can look into.

A comment's score is the sum over five kinds of word (when, numbers, what came after what, who, what happened) of 1 for
a word of that kind and another half for a second, different one; and up to 1 for length, which sixty words reach. So it
runs from 0 to 8.5. It says how much is told, never how bad it is or whether it is true, and knows English words alone:
a comment in another language is scored by its figures, its length, and the names it shares with English.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from analysis.text.finding import fold

ENOUGH_WORDS: Final = 60
HALF: Final = 0.5
NUMBERS: Final = "numbers"
WHEN: Final = "when"
_FIGURES: Final = re.compile(r" (\d+)(?= )")
_YEAR: Final = re.compile(r"(19|20)\d\d")


class Kind(NamedTuple):
    """A kind of word that tells something: its name for people, and the words."""

    name: str
    words: frozenset[str]


@cache
def kinds() -> Mapping[str, Kind]:
    """The kinds of words that tell something, as ``telling.toml`` has them."""
    listed = tomllib.loads(Path(__file__).with_name("telling.toml").read_text(encoding="utf-8"))
    return {code: Kind(one["name"], frozenset(fold(one["words"]).split())) for code, one in listed.items()}


@cache
def _kind_of() -> Mapping[str, str]:
    """Each word that tells something, and its kind."""
    return {word: code for code, kind in kinds().items() for word in kind.words}


@cache
def _telling() -> frozenset[str]:
    return frozenset(_kind_of())


def score(folded: str) -> float:
    """How much a comment tells, from 0 to 8.5, by its folded words."""
    words = folded.split()
    kind_of, found = _kind_of(), dict.fromkeys(kinds(), 0)
    for word in _telling().intersection(words):
        found[kind_of[word]] += 1
    for figure in set(_FIGURES.findall(folded)):
        found[_figure(figure)] += 1
    kinds_told = sum((count > 0) + HALF * (count > 1) for count in found.values())
    return min(len(words), ENOUGH_WORDS) / ENOUGH_WORDS + kinds_told


def why(folded: str) -> list[str]:
    """What a comment tells, in words: "says when (august, weeks)" for each kind there is, and its length."""
    words = folded.split()
    told = [f"{kind.name} ({', '.join(found[:3])})" for code, kind in kinds().items() if (found := _found(words, code))]
    return [*told, f"has {len(words)} word{'' if len(words) == 1 else 's'}"]


def _found(words: list[str], code: str) -> list[str]:
    """The words of that kind, each once; a word of two kinds counts for the later one in the file."""
    kind_of = _kind_of()
    return [word for word in dict.fromkeys(words) if (kind_of.get(word) or _figure(word)) == code]


def _figure(word: str) -> str:
    """A year alone says when; any other figure is a number."""
    if not word.isdecimal():
        return ""
    return WHEN if _YEAR.fullmatch(word) else NUMBERS
