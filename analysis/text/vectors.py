"""Vectors: words and texts as numbers, near when alike. Made on this machine alone; nothing is fetched.

Two kinds, chosen by HEARD_VECTORS. "wordllama" (the default) looks words up in a table of 32,000 that comes inside
the wordllama package, so that "money" lies near "funding". "lsa" needs no such table: words are near when they are
spelled alike, and what goes with what is learned from the comments themselves where there are enough of them.
"""

import os
from collections.abc import Sequence
from functools import cache
from typing import Protocol

import numpy as np
from sklearn.feature_extraction.text import HashingVectorizer

from analysis.text import word_table
from analysis.text.word_table import Matrix, unit

__all__ = ["Matrix", "Vectors", "called", "chosen", "unit"]


class Vectors(Protocol):
    """A way of making vectors."""

    name: str

    def of(self, texts: Sequence[str]) -> Matrix:
        """One row of unit length for each text (of zeros where it holds nothing known), float32.

        A row depends on its own text alone: not on its neighbours, their order or their number.
        """
        ...


def chosen() -> Vectors:
    """The vectors HEARD_VECTORS asks for: "wordllama", which is the default, or "lsa".

    Raises ValueError for any other name.
    """
    return called(os.environ.get("HEARD_VECTORS", "").strip().lower() or word_table.NAME)


def called(name: str) -> Vectors:
    """The vectors of that name. Raises ValueError, naming those there are, for any other name."""
    kinds = {word_table.NAME: word_table.table, "lsa": _spelling}
    if name not in kinds:
        raise ValueError(f"There are no vectors called {name!r}. Set HEARD_VECTORS to one of: {', '.join(kinds)}.")
    return kinds[name]()


class _Spelling:
    """Runs of three to five letters, hashed into 512 numbers: alike when spelled alike."""

    name = "lsa"

    def __init__(self) -> None:
        self._hashing = HashingVectorizer(analyzer="char_wb", ngram_range=(3, 5), n_features=512, dtype=np.float32)

    def of(self, texts: Sequence[str]) -> Matrix:
        if not texts:
            return np.zeros((0, 512), dtype=np.float32)
        return np.asarray(self._hashing.transform(texts).toarray(), dtype=np.float32)


@cache
def _spelling() -> Vectors:
    return _Spelling()
