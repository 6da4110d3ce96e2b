"""Learning: what people said of comments, made into a correction of what the coding frame alone would give.

For each theme a small logistic regression weighs what speaks for it and for the others (analysis.text.themes) together
with what the comment is like (its vector). A theme that people gave too seldom is left to the frame. Nothing is learnt
from any other consultation, and the same judgements always teach the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from analysis.text import clean, themes, vectors
from survey.coding_frame import CodingFrame

Amounts = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

FEWEST_OF_A_THEME: Final = 5  # comments that carry it, and that do not
PARTS: Final = 5
RESAMPLES: Final = 2_000

# Tried on patients' comments, with 35 themes: micro-F1 rose from 0.53 to 0.57 with 200 comments, to 0.58 with 400.
_OWN, _OTHERS, _LIKENESS = 5.0, 1.5, 3.0  # how much is made of each before the regression holds all back alike
_REGULARISATION = 1.0


class Judged(NamedTuple):
    """Comments that people judged. Rows are comments, columns the themes of a frame, in its order."""

    texts: tuple[str, ...]
    whose: tuple[int, ...]  # the response that each is part of
    says: Amounts  # 1 where it carries the theme, 0 where it does not, missing where nobody said
    blind: Flags  # whether it was said without seeing what the computer said


@dataclass(frozen=True, eq=False)
class Taught:
    """A coding frame, with what was learnt of those of its themes that people gave often enough."""

    frame: CodingFrame
    name: str  # beside the model's, in all that is given by it
    vectors: str  # what the comments' vectors are called
    columns: tuple[int, ...]  # the themes learnt, by their place in the frame
    weights: Amounts  # a row for each of those: of the evidence for every theme, then of the vector's numbers
    starts: Amounts


class Proof(NamedTuple):
    """How much better the computer is for having learnt, on comments that it had not learnt from."""

    comments: int
    f1_without: float
    f1_with: float
    low: float  # of the difference
    high: float


class _Seen(NamedTuple):
    """What the regression sees of some comments, and what the frame alone gives them."""

    evidence: Amounts
    vectors: Amounts
    given: Flags

    def rows(self, which: npt.NDArray[np.int64]) -> "_Seen":
        return _Seen(self.evidence[which], self.vectors[which], self.given[which])


def learn(judged: Judged, frame: CodingFrame, *, name: str = "") -> Taught:
    """What these judgements teach. With too few of every theme that is nothing, and the frame decides alone."""
    return _learnt(_seen(judged.texts, frame), judged.says, frame, name)


def assign(texts: Sequence[str], taught: Taught) -> pd.DataFrame:
    """The themes that each English comment carries, as ``themes.assign`` has them; learnt ones by what was learnt.

    A theme that was learnt may be given without ``words``: then its clauses are all there is to show.
    """
    given = themes.assign(texts, taught.frame)
    if not taught.columns or not texts:
        return given
    said = [clean.plain(text) for text in texts]
    found = themes.evidence(said, taught.frame)
    learnt = list(taught.columns)
    strengths = np.zeros_like(found.amounts)
    strengths[:, learnt] = _strengths(taught, found.amounts, _vectors(said, taught.vectors))
    carried = themes.carrying(said, taught.frame, found, strengths >= themes.ENOUGH, strengths)
    left = given[~given["theme"].isin([taught.frame.themes[column].key for column in learnt])]
    both = pd.concat([left, carried]).astype(themes.COLUMNS)
    return both.sort_values(["row", "strength"], ascending=[True, False], kind="stable", ignore_index=True)


def prove(judged: Judged, frame: CodingFrame, *, seed: int = 0) -> Proof | None:
    """Whether what people said makes the computer better, on comments kept back from what it learnt; None if nothing
    can be said, because too few responses were judged blind or no theme was given.

    The responses are put into five parts by chance; each part is judged by what the other four teach, so a family's
    comments never teach about one another. Only what was said blind counts as a test (what somebody corrected, they saw
    because the computer was unsure of it), while everything teaches. F1 is over all comments and themes together.

    The interval of the difference draws responses again and again. It does not carry that other comments would have
    taught something else. The same judgements and seed always give the same proof.
    """
    whose = np.asarray(judged.whose)
    if len(np.unique(whose[judged.blind.any(axis=1)])) < PARTS:
        return None
    seen = _seen(judged.texts, frame)
    with_it = seen.given.copy()
    folds = GroupKFold(PARTS, shuffle=True, random_state=seed)
    for train, test in folds.split(whose, groups=whose):
        taught = _learnt(seen.rows(train), judged.says[train], frame)
        part = seen.rows(test)
        learnt = _strengths(taught, part.evidence, part.vectors) >= themes.ENOUGH
        with_it[np.ix_(test, np.asarray(taught.columns, dtype=np.int64))] = learnt
    return _compared(judged, whose, seen.given, with_it, seed)


def _compared(judged: Judged, whose: npt.NDArray[np.int64], without: Flags, with_it: Flags, seed: int) -> Proof | None:
    counts = judged.blind & ~np.isnan(judged.says)
    so = judged.says == 1
    _, part_of = np.unique(whose, return_inverse=True)
    totals = []
    for given in (without, with_it):
        right = (given & so & counts).sum(axis=1)
        named = (given & counts).sum(axis=1) + (so & counts).sum(axis=1)
        totals.append([np.bincount(part_of, right), np.bincount(part_of, named)])
    sums = np.asarray(totals)  # without and with; what is right and what is named; response by response
    whole = sums.sum(axis=2)
    if not whole[:, 1].all():
        return None
    responses = sums.shape[2]
    drawn = np.random.default_rng(seed).multinomial(responses, np.full(responses, 1 / responses), size=RESAMPLES)
    f1 = 2 * (drawn @ sums[:, 0].T) / np.maximum(drawn @ sums[:, 1].T, 1)
    low, high = np.quantile(f1[:, 1] - f1[:, 0], [0.025, 0.975])
    found = 2 * whole[:, 0] / whole[:, 1]
    return Proof(int(counts.any(axis=1).sum()), float(found[0]), float(found[1]), float(low), float(high))


def _learnt(seen: _Seen, says: Amounts, frame: CodingFrame, name: str = "") -> Taught:
    columns, weights, starts = [], [], []
    for column in range(says.shape[1]):
        known = ~np.isnan(says[:, column])
        carries = says[known, column] == 1
        if min(carries.sum(), (~carries).sum()) < FEWEST_OF_A_THEME:
            continue
        scale = np.full(seen.evidence.shape[1] + seen.vectors.shape[1], _LIKENESS)
        scale[: seen.evidence.shape[1]] = _OTHERS
        scale[column] = _OWN
        told = np.hstack([seen.evidence[known], seen.vectors[known]]) * scale
        regression = LogisticRegression(C=_REGULARISATION, max_iter=2_000).fit(told, carries)
        columns.append(column)
        weights.append((regression.coef_[0] * scale).round(6))
        starts.append(round(float(regression.intercept_[0]), 6))
    width = seen.evidence.shape[1] + seen.vectors.shape[1]
    return Taught(
        frame,
        name,
        vectors.chosen().name,
        tuple(columns),
        np.asarray(weights, dtype=np.float64).reshape(len(columns), width),
        np.asarray(starts, dtype=np.float64),
    )


def _strengths(taught: Taught, evidence: Amounts, likeness: Amounts) -> Amounts:
    """How strongly each comment (rows) carries each theme learnt (columns): about how often people would say so."""
    odds = np.hstack([evidence, likeness]) @ taught.weights.T + taught.starts
    return np.asarray((1 / (1 + np.exp(-odds))).round(4))


def _seen(texts: Sequence[str], frame: CodingFrame) -> _Seen:
    said = [clean.plain(text) for text in texts]
    given = np.zeros((len(said), len(frame.themes)), dtype=np.bool_)
    place = {theme.key: column for column, theme in enumerate(frame.themes)}
    found = themes.assign(texts, frame)
    given[found["row"].to_numpy(), found["theme"].map(place).to_numpy(dtype=np.int64)] = True
    return _Seen(themes.evidence(said, frame).amounts, _vectors(said, vectors.chosen().name), given)


def _vectors(said: Sequence[str], called: str) -> Amounts:
    return vectors.called(called).of(said).astype(np.float64)
