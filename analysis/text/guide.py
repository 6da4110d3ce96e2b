"""A coding frame made ready to be found in comments: how near every word comes to what each theme is about."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from threading import Lock
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from analysis.text import vectors
from analysis.text.vectors import Matrix
from survey.coding_frame import CodingFrame, FrameTheme

Amounts = npt.NDArray[np.float64]

_NEAR = 0.4  # cosine from which one word counts for another
_ITSELF = 0.4  # what a word counts that is itself a keyword, of one theme alone
_BY_WORDS = 2.0  # how much words count beside the likeness of the whole
_PHRASE = 0.6  # a phrase of the frame said word for word counts for about a word and a half
_LEAST = 1e-9  # so that nothing is divided by nothing
_DECIDING = 3
_REMEMBERED = 200_000  # words

_GOOD = "good great excellent lovely brilliant happy pleased wonderful amazing fantastic best thank"
_BAD = "bad poor awful terrible rubbish unhappy disappointed dreadful horrible worst useless disgusting"


class _Known(NamedTuple):
    """Words met so far, each with its row of what it counts for each theme. Replaced as a whole, never altered.

    ``telling`` has the same of those that count for anything: by word and theme.
    """

    places: dict[str, int]
    amounts: Amounts
    telling: dict[str, dict[int, float]]


class Guide:
    """One frame, with vectors of its keywords from which praise and blame as such are taken out."""

    def __init__(self, frame: CodingFrame, maker: vectors.Vectors) -> None:
        self._maker = maker
        good, bad = maker.of(_GOOD.split()), maker.of(_BAD.split())
        self._tone = vectors.unit((good.mean(axis=0) - bad.mean(axis=0))[None, :])
        self._keywords = [self._toneless([theme.label, *theme.keywords]) for theme in frame.themes]
        self._centres = vectors.unit(np.vstack([rows.mean(axis=0) for rows in self._keywords]))
        self._said_by = [_several_words(theme) for theme in frame.themes]
        self._phrases = [_pattern(phrases) for phrases in self._said_by]
        self._any_phrase = "|".join(f"(?:{pattern})" for pattern in self._phrases)
        self._known = _Known({}, np.zeros((0, len(self._centres))), {})
        self._learning = Lock()  # one guide serves every thread of a process

    def judge(self, texts: Sequence[str], said: Sequence[Sequence[str]]) -> Amounts:
        """What speaks for each theme (columns) in each text (rows), less what on average speaks for the others.

        ``said`` are the words of each text, as ``words.content`` gives them.
        """
        if not texts:
            return np.zeros((0, len(self._centres)))
        by_words = self._sums(said) + _PHRASE * self._said_whole(texts)
        by_words /= np.sqrt(np.maximum([len(spoken) for spoken in said], 1))[:, None]
        raw = self._toneless(texts) @ self._centres.T + _BY_WORDS * by_words
        others = (raw.sum(axis=1, keepdims=True) - raw) / max(raw.shape[1] - 1, 1)
        return np.asarray(raw - others, dtype=np.float64)

    def deciding(self, text: str, said: Sequence[str], columns: Sequence[int]) -> list[str]:
        """For the theme in each of these columns, up to three words of a text just judged that speak most for it.

        They stand apart by commas. Where there are none it is a phrase of the theme that the text says; "" where there
        is none of these either.
        """
        telling = self._learnt(said).telling
        spoken = {word: telling[word] for word in said if word in telling}
        return [_most_telling(spoken, column) or self._phrase_in(text, column) for column in columns]

    def _phrase_in(self, text: str, column: int) -> str:
        lowered = text.lower()
        return next((phrase for phrase in self._said_by[column] if _whole(phrase).search(lowered)), "")

    def _toneless(self, texts: Sequence[str]) -> Matrix:
        rows = self._maker.of(texts)
        return vectors.unit(rows - (rows @ self._tone.T) * self._tone)

    def _sums(self, said: Sequence[Sequence[str]]) -> Amounts:
        vocabulary = sorted(set(chain.from_iterable(said)))
        place = {word: at for at, word in enumerate(vocabulary)}
        ends = np.cumsum([0, *map(len, said)])
        which = np.fromiter(map(place.__getitem__, chain.from_iterable(said)), dtype=np.int32, count=ends[-1])
        counts = sparse.csr_matrix((np.ones(len(which)), which, ends), shape=(len(said), len(vocabulary)))
        return np.asarray(counts @ self._nearness(vocabulary))

    def _nearness(self, vocabulary: Sequence[str]) -> Amounts:
        """What each word counts for each theme: from 0 when it is near no keyword to _ITSELF when it is one.

        A word that is near keywords of several themes counts for each by its part: it tells less between them.
        """
        known = self._learnt(vocabulary)
        return known.amounts[[known.places[word] for word in vocabulary]]

    def _learnt(self, vocabulary: Sequence[str]) -> _Known:
        """What is known once these words are, whatever other threads learn or forget meanwhile."""
        with self._learning:
            known = self._known
            new = [word for word in dict.fromkeys(vocabulary) if word not in known.places]
            if not new:
                return known
            if len(known.places) + len(new) > _REMEMBERED:
                known, new = _Known({}, known.amounts[:0], {}), list(dict.fromkeys(vocabulary))
            self._known = self._with(known, new)
            return self._known

    def _with(self, known: _Known, new: Sequence[str]) -> _Known:
        rows = self._toneless(new)
        nearest = np.stack([(rows @ keywords.T).max(axis=1) for keywords in self._keywords], axis=1)
        above = np.clip((nearest.astype(np.float64) - _NEAR) / (1 - _NEAR), 0, 1)
        parts = above / np.maximum(above.sum(axis=1, keepdims=True), _LEAST)
        amounts = _ITSELF * above * parts
        places = {word: place for place, word in enumerate(new, start=len(known.places))}
        telling = known.telling | _counting(new, amounts)
        return _Known(known.places | places, np.vstack([known.amounts, amounts]), telling)

    def _said_whole(self, texts: Sequence[str]) -> Amounts:
        said = pa.array([text.lower() for text in texts], type=pa.string())
        found = np.zeros((len(texts), len(self._phrases)))
        some = pc.match_substring_regex(said, self._any_phrase)
        found[some.to_numpy(False)] = np.stack(
            [pc.match_substring_regex(said.filter(some), one).to_numpy(False) for one in self._phrases], axis=1
        )
        return found


@lru_cache(maxsize=16)
def ready(frame: CodingFrame, vectors_called: str) -> Guide:
    """The frame made ready with the vectors of that name; the same one when asked again."""
    return Guide(frame, vectors.called(vectors_called))


def _counting(spoken: Sequence[str], amounts: Amounts) -> dict[str, dict[int, float]]:
    """By word, what it counts for each theme that it counts for at all."""
    found: dict[str, dict[int, float]] = {}
    for place, column in np.argwhere(amounts > 0).tolist():
        found.setdefault(spoken[place], {})[column] = float(amounts[place, column])
    return found


def _most_telling(spoken: Mapping[str, Mapping[int, float]], column: int) -> str:
    """The words that count most for one theme, apart by commas; of equals those that are said first."""
    mine = [(word, counts[column]) for word, counts in spoken.items() if column in counts]
    return ", ".join(word for word, _ in sorted(mine, key=lambda one: -one[1])[:_DECIDING])


def _several_words(theme: FrameTheme) -> list[str]:
    return [phrase.lower() for phrase in theme.keywords if " " in phrase.strip()]


@lru_cache(maxsize=1_024)
def _whole(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(phrase)}\b")


def _pattern(phrases: Sequence[str]) -> str:
    """A pattern of RE2 for these phrases; one that matches nothing if there are none."""
    escaped = (re.escape(phrase).replace(r"\ ", " ") for phrase in phrases)
    return rf"\b(?:{'|'.join(escaped)})\b" if phrases else r"[^\x00-\x{10FFFF}]"
