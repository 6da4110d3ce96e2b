"""Words: how a text is cut into them, and those that say nothing about its subject."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

_LISTS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+")

EMPTY: frozenset[str] = frozenset(ENGLISH_STOP_WORDS) | frozenset(_LISTS["empty"].split())
"""Words that carry no subject: articles, pronouns, auxiliaries and the like, with and without their apostrophes."""

EVERYDAY: frozenset[str] = EMPTY | frozenset(_LISTS["everyday"].split())
"""Words no theme should be named by: the empty ones, verdicts, verbs of all work, people, numbers."""


def split(text: str) -> list[str]:
    """The words of a text in small letters, apostrophes kept ("can't")."""
    return _WORD.findall(text.lower())


def content(text: str) -> list[str]:
    """The words of a text that may carry its subject, in order."""
    return [word for word in _WORD.findall(text.lower()) if word not in EMPTY]


def distinct(texts: Iterable[str]) -> list[str]:
    """Every word with content that occurs in any of the texts, once, in alphabetical order."""
    return sorted({word for text in texts for word in content(text)})
