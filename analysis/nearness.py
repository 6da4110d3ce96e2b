"""Nearness: which comments lie near what somebody looks for, by meaning, from vectors that were stored when they were
read.

Vectors are kept as the worker stored them, in half precision (512 bytes each). What all comments of a wave share is
taken away from both sides before they are compared, or every comment about waiting would lie near every other.
"""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.text.word_table import DIMENSIONS, Matrix, table

AT_ONCE: Final = 8_192
STEADY: Final = (
    50  # so many comments at nowhere are added to the middle, so that the middle of a few is not one of them
)
Halves = npt.NDArray[np.float16]


class Meanings(NamedTuple):
    """Where comments lie: their numbers in order, what their words were then, and a vector each."""

    ids: npt.NDArray[np.int64]
    words: npt.NDArray[np.int64]
    vectors: Halves
    middle: Matrix
    lengths: Matrix  # of each vector once the middle is taken away

    def __len__(self) -> int:
        return len(self.ids)


def as_stored(vectors: Matrix) -> list[bytes]:
    """Vectors as they are kept: half precision, the least byte first."""
    return [row.tobytes() for row in np.asarray(vectors, dtype="<f2")]


def nobody() -> Meanings:
    """Where no comment lies yet."""
    return _made(np.array([], dtype=np.int64), np.array([], dtype=np.int64), np.zeros((0, DIMENSIONS), np.float16))


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
    fresh = np.frombuffer(b"".join(stored[number] for number in new), dtype="<f2").reshape(len(new), DIMENSIONS)
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
    near: Matrix = (_times(held.vectors, asked) - held.middle @ asked) / (held.lengths * np.float32(length))
    return near


def _made(ids: npt.NDArray[np.int64], words: npt.NDArray[np.int64], vectors: Halves) -> Meanings:
    middle = np.zeros(DIMENSIONS, dtype=np.float32)
    for some in _portions(vectors):
        middle += some.sum(axis=0)
    middle /= len(vectors) + STEADY
    squares = 1 - 2 * _times(vectors, middle) + middle @ middle
    return Meanings(ids, words, vectors, middle, np.sqrt(np.maximum(squares, 1e-6)))


def _times(vectors: Halves, by: Matrix) -> Matrix:
    parts = [some @ by for some in _portions(vectors)]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.float32)


def _portions(vectors: Halves) -> Iterator[Matrix]:
    """The vectors as numbers that can be reckoned with, a portion at a time: all at once would take twice the room."""
    for start in range(0, len(vectors), AT_ONCE):
        yield vectors[start : start + AT_ONCE].astype(np.float32)
