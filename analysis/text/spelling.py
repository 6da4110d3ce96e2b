"""Spelling: texts as counts of the runs of letters in them, so that "helpfull" lies near "helpful".

The runs are of three to five letters within a word, hashed into 512 numbers. A text's row is the sum of those of its
words, so each word is cut up only once however many comments say it.
"""

from collections.abc import Sequence
from itertools import chain

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.preprocessing import normalize

RUNS = 512

_HASHING = HashingVectorizer(analyzer="char_wb", ngram_range=(3, 5), n_features=RUNS, norm=None)


def of(texts: Sequence[str]) -> sparse.csr_matrix:
    """One row of RUNS numbers and unit length for each text (of zeros where it holds no word).

    A row depends on its own text alone: not on its neighbours, their order or their number.
    """
    said = [text.lower().split() for text in texts]
    vocabulary = sorted(set(chain.from_iterable(said)))
    if not vocabulary:
        return sparse.csr_matrix((len(texts), RUNS))
    place = {word: at for at, word in enumerate(vocabulary)}
    ends = np.cumsum([0, *map(len, said)])
    which = np.fromiter(map(place.__getitem__, chain.from_iterable(said)), dtype=np.int32, count=ends[-1])
    counts = sparse.csr_matrix((np.ones(len(which)), which, ends), shape=(len(said), len(vocabulary)))
    return normalize(counts @ _HASHING.transform(vocabulary), copy=False)
