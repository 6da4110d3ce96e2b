"""Words: how a text is cut into them, and those that say nothing about its subject."""

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from pathlib import Path

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

_LISTS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))

_REMEMBERED = 50_000  # pieces between spaces, and the words in each
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+")

EMPTY: frozenset[str] = frozenset(ENGLISH_STOP_WORDS) | frozenset(_LISTS["empty"].split())
"""Words that carry no subject: articles, pronouns, auxiliaries and the like, with and without their apostrophes."""

EVERYDAY: frozenset[str] = EMPTY | frozenset(_LISTS["everyday"].split())
"""Words no theme should be named by: the empty ones, verdicts, verbs of all work, people, numbers."""

WITHIN: frozenset[str] = frozenset(_LISTS["within"].split())
"""Words that name a theme within a phrase only, such as "times" in "waiting times"."""

JOINING: frozenset[str] = frozenset(_LISTS["joining"].split())
"""Words that join those of a phrase, such as "of" in "change of driver"."""

BEFORE_THINGS: frozenset[str] = frozenset(_LISTS["before_things"].split())
AFTER_THINGS: frozenset[str] = frozenset(_LISTS["after_things"].split())
"""Words that stand beside the name of a thing more often than beside what is done."""

BEFORE_DEEDS: frozenset[str] = frozenset(_LISTS["before_deeds"].split())
AFTER_DEEDS: frozenset[str] = frozenset(_LISTS["after_deeds"].split())
"""Words that stand beside what is done more often than beside the name of a thing."""

NOT_FIRST: frozenset[str] = frozenset(_LISTS["not_first"].split())
NOT_LAST: frozenset[str] = NOT_FIRST | frozenset(_LISTS["not_last"].split())
"""Words with which nothing begins, or ends, that can be read by itself."""


def split(text: str) -> list[str]:
    """The words of a text in small letters, apostrophes kept ("can't")."""
    return list(chain.from_iterable(map(_words_in, text.lower().split())))


def content(text: str) -> list[str]:
    """The words of a text that may carry its subject, in order."""
    return list(chain.from_iterable(map(_content_in, text.lower().split())))


@lru_cache(maxsize=_REMEMBERED)
def _words_in(piece: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(piece))


@lru_cache(maxsize=_REMEMBERED)
def _content_in(piece: str) -> tuple[str, ...]:
    return tuple(word for word in _words_in(piece) if word not in EMPTY)


def distinct(texts: Iterable[str]) -> list[str]:
    """Every word with content that occurs in any of the texts, once, in alphabetical order."""
    return sorted({word for text in texts for word in content(text)})
