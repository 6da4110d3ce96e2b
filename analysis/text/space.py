"""The space comments lie in when themes are to be found among them: alike beside alike.

A comment lies where its vector puts it, away from what all of them share, and where its words put it by the company
they keep in these very comments: the more words, the more by these. Each is then drawn towards its neighbours, which
brings out the crowds.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.preprocessing import normalize
from sklearn.utils.extmath import randomized_svd

from analysis.text import words
from analysis.text.vectors import Matrix, Vectors, unit

NEIGHBOURS, PASSES, PULL = 15, 3, 0.8

_FEW = 4  # of so many comments one is a neighbour: if all were, they would become one crowd
_AXES = 50
# What words do in these comments counts so much beside what the vectors know of them: something always, and up to so
# much more, of which half is reached with so many words that others use too. Three words keep company by chance.
_COMPANY, _MORE_COMPANY, _HALF = 0.25, 0.8, 30
_STEM = 5  # letters of a word that count: "wait", "waits" and "waiting" keep much the same company
_STEADY = 10  # so many comments at nowhere are added to the middle, so that the middle of two is not between them
_AT_ONCE = 500

Weights = npt.NDArray[np.float32]


class Space(NamedTuple):
    """A space made from some texts, in which any text has its place."""

    vectors: Vectors
    middle: Matrix  # one row: what all the texts share
    weights: Weights  # one for each stem's number
    axes: Matrix  # one row for each stem's number

    def places(self, texts: Sequence[str]) -> Matrix:
        """The place of each text: a row of unit length."""
        return self._placed(self.vectors.of(texts), _counted(texts))

    def static_part(self, places: Matrix) -> Matrix:
        """The part of places that the vectors alone decide, at unit length: it means the same in another space."""
        return unit(places[:, : self.middle.shape[1]])

    def _placed(self, vectors: Matrix, counts: sparse.csr_matrix) -> Matrix:
        weighed = counts.multiply(self.weights).tocsr()
        said = np.asarray((weighed > 0).sum(axis=1))
        weight = (_COMPANY + _MORE_COMPANY * said / (said + _HALF)).astype(np.float32)
        return unit(np.hstack([unit(vectors - self.middle), weight * unit(weighed @ self.axes)]))


def lay_out(texts: Sequence[str], vectors: Vectors) -> tuple[Space, Matrix]:
    """The space of these texts (at least one), and their places in it."""
    rows, counts = vectors.of(texts), _counted(texts)
    middle = rows.sum(axis=0, keepdims=True) / (len(texts) + _STEADY)
    commonness = counts.getnnz(axis=0)
    rarity = np.log((1 + len(texts)) / (1 + commonness)) + 1
    weights = np.where(commonness > 1, rarity, 0).astype(np.float32)
    made = Space(vectors, middle.astype(np.float32), weights, _axes(counts.multiply(weights).tocsr()))
    return made, made._placed(rows, counts)


def drawn_together(places: Matrix) -> Matrix:
    """The same places, each drawn towards its nearest neighbours, by how near they are, a few times over."""
    count = min(NEIGHBOURS, len(places) // _FEW)
    if count == 0:
        return places
    towards = _neighbours(places, count)
    for _ in range(PASSES):
        places = unit((1 - PULL) * places + PULL * (towards @ places))
    return places


def _counted(texts: Sequence[str]) -> sparse.csr_matrix:
    """How often each stem occurs in each text, damped: the second time adds little."""
    hashing = HashingVectorizer(analyzer=_stems, alternate_sign=False, norm=None, n_features=2**15, dtype=np.float32)
    counts = hashing.transform(texts)
    counts.data = 1 + np.log(counts.data)
    return counts


def _stems(text: str) -> list[str]:
    return [word[:_STEM] for word in words.content(text)]


def _axes(weighed: sparse.csr_matrix) -> Matrix:
    """The few directions in which the texts' words differ most, one row for each stem's number."""
    used = np.flatnonzero(np.bincount(weighed.indices, weights=weighed.data, minlength=weighed.shape[1]))
    axes = np.zeros((weighed.shape[1], max(1, min(_AXES, len(used) - 1))), dtype=np.float32)
    if len(used) > 1:
        _, _, found = randomized_svd(normalize(weighed[:, used]), axes.shape[1], random_state=0, flip_sign=False)
        axes[used, : len(found)] = found.T
    return axes


def _neighbours(places: Matrix, count: int) -> sparse.csr_matrix:
    """For each place its nearest, that many, weighed by nearness: rows that sum to one where any is near."""
    nearest, nearness = [], []
    for start in range(0, len(places), _AT_ONCE):
        alike = places[start : start + _AT_ONCE] @ places.T
        own = np.arange(len(alike))
        alike[own, start + own] = -2
        which = np.argpartition(alike, -count, axis=1)[:, -count:].copy()  # or the whole of it would be kept
        nearest.append(which)
        nearness.append(np.take_along_axis(alike, which, axis=1).clip(min=0))
    weights = np.concatenate(nearness)
    totals = weights.sum(axis=1, keepdims=True)
    weights = weights / np.where(totals > 0, totals, 1)
    ends = np.arange(0, weights.size + 1, count)
    return sparse.csr_matrix((weights.ravel(), np.concatenate(nearest).ravel(), ends), shape=(len(places), len(places)))
