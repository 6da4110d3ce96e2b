"""Vectors: words and texts as numbers, near when alike. Made on this machine alone; nothing is fetched.

Two kinds, chosen by HEARD_VECTORS. "wordllama" (the default) looks words up in a table of 32,000 that comes inside
the wordllama package, so that "money" lies near "funding". "lsa" needs no such table: words are near when they are
spelled alike, and what goes with what is learned from the comments themselves where there are enough of them.
"""

import importlib.util
import os
from collections.abc import Collection, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Protocol

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer
from tokenizers import Tokenizer

Matrix = npt.NDArray[np.float32]

_REMEMBERED = 60_000  # pieces of text, of a kilobyte each
_ROOM = 4_096  # for so many of them, to begin with


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
    return called(os.environ.get("HEARD_VECTORS", "").strip().lower() or "wordllama")


def called(name: str) -> Vectors:
    """The vectors of that name. Raises ValueError, naming those there are, for any other name."""
    kinds = {"wordllama": _table, "lsa": _spelling}
    if name not in kinds:
        raise ValueError(f"There are no vectors called {name!r}. Set HEARD_VECTORS to one of: {', '.join(kinds)}.")
    return kinds[name]()


def unit(rows: Matrix) -> Matrix:
    """The rows brought to length one; a row of zeros stays so."""
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None]
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)


class _Table:
    """The mean of the vectors of a text's tokens, as stored in the wordllama package (256 numbers each).

    No token reaches across a space, so each piece between spaces is cut into tokens once and then known.
    """

    name = "wordllama"

    def __init__(self, table: Matrix, tokenizer: Tokenizer) -> None:
        self._table = table
        self._tokenizer = tokenizer
        self._known: dict[str, int] = {}  # a piece, and its row among
        self._rows = np.zeros((_ROOM, table.shape[1]), dtype=np.float32)
        self._learning = Lock()

    def of(self, texts: Sequence[str]) -> Matrix:
        pieces = [text.lower().split(" ") for text in texts]
        ends = np.cumsum([0, *map(len, pieces)])
        said = list(chain.from_iterable(pieces))
        with self._learning:
            self._learn(dict.fromkeys(said))
            which = np.fromiter(map(self._known.__getitem__, said), dtype=np.int32, count=len(said))
            rows = self._rows
        return unit(_counted(which, ends, len(rows)) @ rows)

    def _learn(self, pieces: Collection[str]) -> None:
        new = [piece for piece in pieces if piece not in self._known]
        if len(self._known) + len(new) > _REMEMBERED:
            self._known, new = {}, list(pieces)
            self._rows = self._rows[:_ROOM].copy()  # somebody may still be reading from those there were
        if not new:
            return
        tokens = [coded.ids for coded in self._tokenizer.encode_batch_fast(new, add_special_tokens=False)]
        ends = np.cumsum([0, *map(len, tokens)])
        which = np.fromiter(chain.from_iterable(tokens), dtype=np.int32, count=ends[-1])
        first, last = len(self._known), len(self._known) + len(new)
        if last > len(self._rows):
            more = np.zeros((max(last, 2 * len(self._rows)), self._rows.shape[1]), dtype=np.float32)
            more[:first] = self._rows[:first]
            self._rows = more
        self._rows[first:last] = _counted(which, ends, len(self._table)) @ self._table
        self._known |= {piece: first + place for place, piece in enumerate(new)}


def _counted(which: npt.NDArray[np.int32], ends: npt.NDArray[np.int64], kinds: int) -> sparse.csr_matrix:
    """A row for each run of numbers that ends there, and a column for each number there may be: how often it occurs."""
    return sparse.csr_matrix((np.ones(len(which), dtype=np.float32), which, ends), shape=(len(ends) - 1, kinds))


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
def _table() -> Vectors:
    found = importlib.util.find_spec("wordllama")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("wordllama is not installed: install it, or set HEARD_VECTORS=lsa.")
    # Its own loader asks a server for what it does not find; the two files are all there is to it.
    home = Path(found.submodule_search_locations[0])
    tokenizer = Tokenizer.from_file(str(home / "tokenizers" / "l2_supercat_tokenizer_config.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    (table,) = load_file(home / "weights" / "l2_supercat_256.safetensors").values()
    return _Table(table.astype(np.float32), tokenizer)


@cache
def _spelling() -> Vectors:
    return _Spelling()
