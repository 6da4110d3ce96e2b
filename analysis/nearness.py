"""Nearness: which comments lie near what somebody looks for, by meaning, from vectors that were stored when they were
read.

Vectors are stored in half precision (512 bytes each), and held in single, which is reckoned with four times as fast:
100 MB for a hundred thousand comments, 4 MB for a county's usual four thousand. What all comments of a wave share is
taken away from both sides before they are compared, or every comment about waiting would lie near every other.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.text.word_table import DIMENSIONS, Matrix, table

STEADY: Final = (
    50  # so many comments at nowhere are added to the middle, so that the middle of a few is not one of them
)


class Meanings(NamedTuple):
    """Where comments lie: their numbers in order, what their words were then, and a vector each."""

    ids: npt.NDArray[np.int64]
    words: npt.NDArray[np.int64]
    vectors: Matrix
    middle: Matrix
    lengths: Matrix  # of each vector once the middle is taken away

    def __len__(self) -> int:
        return len(self.ids)


def as_stored(vectors: Matrix) -> list[bytes]:
    """Vectors as they are kept: half precision, the least byte first."""
    return [row.tobytes() for row in np.asarray(vectors, dtype="<f2")]


def nobody() -> Meanings:
    """Where no comment lies yet."""
    return _made(np.array([], dtype=np.int64), np.array([], dtype=np.int64), np.zeros((0, DIMENSIONS), np.float32))


def lacking(held: Meanings, words: Mapping[int, int]) -> list[int]:
    """Of the comments there are (by number, what their words are), those whose place is not held."""
    known = dict(zip(held.ids.tolist(), held.words.tolist(), strict=True))
    return [number for number, said in words.items() if known.get(number) != said]


def renewed(held: Meanings, words: Mapping[int, int], stored: Mapping[int, bytes]) -> Meanings:
    """The same with what was stored of others put in, and without those that are gone or say something else now.

    What was stored by other vectors than these is left out.
    """
    there = zip(held.ids.tolist(), held.words.tolist(), strict=True)
    stays = np.array([words.get(number) == said for number, said in there], dtype=bool)
    new = [number for number, row in stored.items() if number in words and len(row) == 2 * DIMENSIONS]
    if stays.all() and not new:
        return held
    fresh = np.frombuffer(b"".join(stored[number] for number in new), dtype="<f2").astype(np.float32)
    fresh = fresh.reshape(len(new), DIMENSIONS)
    ids = np.concatenate([held.ids[stays], np.array(new, dtype=np.int64)])
    said = np.concatenate([held.words[stays], np.array([words[number] for number in new], dtype=np.int64)])
    order = np.argsort(ids, kind="stable")
    return _made(ids[order], said[order], np.concatenate([held.vectors[stays], fresh])[order])


def nearness(held: Meanings, typed: str) -> Matrix:
    """How near each comment lies to what was typed: 1 where it means the same, 0 or less where it has nothing to do
    with it. One number for each of ``held.ids``; of zeros where nothing typed is known.
    """
    (asked,) = table().of([" ".join(typed.split())])
    asked = asked - held.middle
    length = float(np.sqrt(asked @ asked))
    if not asked.any() or not length:
        return np.zeros(len(held), dtype=np.float32)
    near: Matrix = (held.vectors @ asked - held.middle @ asked) / (held.lengths * np.float32(length))
    return near


def _made(ids: npt.NDArray[np.int64], words: npt.NDArray[np.int64], vectors: Matrix) -> Meanings:
    middle = vectors.sum(axis=0) / np.float32(len(vectors) + STEADY)
    squares = 1 - 2 * (vectors @ middle) + middle @ middle
    return Meanings(ids, words, vectors, middle, np.sqrt(np.maximum(squares, 1e-6)))
