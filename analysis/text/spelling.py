"""Spelling: texts as counts of the runs of letters in them, so that "helpfull" lies near "helpful".

The runs are of three to five letters within a word, hashed into 512 numbers. A text's row is the sum of those of its
words, so each word is cut up only once however many comments say it.
"""

from collections.abc import Collection, Sequence
from itertools import chain
from threading import Lock

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.preprocessing import normalize

RUNS = 512

_HASHING = HashingVectorizer(analyzer="char_wb", ngram_range=(3, 5), n_features=RUNS, norm=None)
_REMEMBERED = 100_000  # words


def of(texts: Sequence[str]) -> sparse.csr_matrix:
    """One row of RUNS numbers and unit length for each text (of zeros where it holds no word).

    A row depends on its own text alone: not on its neighbours, their order or their number.
    """
    said = [text.lower().split() for text in texts]
    ends = np.cumsum([0, *map(len, said)])
    spoken = list(chain.from_iterable(said))
    if not spoken:
        return sparse.csr_matrix((len(texts), RUNS))
    which, rows = _WORDS.looked_up(spoken)
    counts = sparse.csr_matrix((np.ones(len(which)), which, ends), shape=(len(said), rows.shape[0]))
    return normalize(counts @ rows, copy=False)


class _Words:
    """The runs of every word met so far: a row of whole numbers for each, so that sums are the same in any order."""

    def __init__(self) -> None:
        self._place: dict[str, int] = {}
        self._rows = sparse.csr_matrix((0, RUNS))
        self._learning = Lock()

    def looked_up(self, spoken: Sequence[str]) -> tuple[npt.NDArray[np.int32], sparse.csr_matrix]:
        """The number of the row of each of these words, and the rows."""
        with self._learning:
            self._learn(dict.fromkeys(spoken))
            which = np.fromiter(map(self._place.__getitem__, spoken), dtype=np.int32, count=len(spoken))
            return which, self._rows

    def _learn(self, words: Collection[str]) -> None:
        new = [word for word in words if word not in self._place]
        if len(self._place) + len(new) > _REMEMBERED:
            self._place, self._rows, new = {}, sparse.csr_matrix((0, RUNS)), list(words)
        if new:
            first = len(self._place)
            self._rows = sparse.vstack([self._rows, _HASHING.transform(new)], format="csr")
            self._place |= {word: first + place for place, word in enumerate(new)}


_WORDS = _Words()
