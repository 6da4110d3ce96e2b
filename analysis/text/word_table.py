"""The word table: vectors of words that come inside the wordllama package, and of texts made from them.

It stands apart from the other kind of vectors because it needs none of the libraries for machine learning: the web
process makes a vector of what somebody searches for with it, the same as the worker makes of comments.
"""

import importlib.util
from collections.abc import Collection, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Final

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file
from scipy import sparse
from tokenizers import Tokenizer

Matrix = npt.NDArray[np.float32]

NAME: Final = "wordllama"
DIMENSIONS: Final = 256
_REMEMBERED = 60_000  # pieces of text, of a kilobyte each
_ROOM = 4_096  # for so many of them, to begin with


def unit(rows: Matrix) -> Matrix:
    """The rows brought to length one; a row of zeros stays so."""
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None]
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)


class WordTable:
    """The mean of the vectors of a text's tokens, as stored in the wordllama package (256 numbers each).

    No token reaches across a space, so each piece between spaces is cut into tokens once and then known.
    """

    name = NAME

    def __init__(self, table: Matrix, tokenizer: Tokenizer) -> None:
        self._table = table
        self._tokenizer = tokenizer
        self._known: dict[str, int] = {}  # a piece, and its row among
        self._rows = np.zeros((_ROOM, table.shape[1]), dtype=np.float32)
        self._learning = Lock()

    def of(self, texts: Sequence[str]) -> Matrix:
        """One row of unit length for each text, whatever stands beside it; of zeros where it holds nothing known."""
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


@cache
def table() -> WordTable:
    """The table, read once for each process: some 50 MB and a quarter of a second."""
    found = importlib.util.find_spec("wordllama")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("wordllama is not installed: install it, or set HEARD_VECTORS=lsa.")
    # Its own loader asks a server for what it does not find; the two files are all there is to it.
    home = Path(found.submodule_search_locations[0])
    tokenizer = Tokenizer.from_file(str(home / "tokenizers" / "l2_supercat_tokenizer_config.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    (rows,) = load_file(home / "weights" / "l2_supercat_256.safetensors").values()
    return WordTable(rows.astype(np.float32), tokenizer)
