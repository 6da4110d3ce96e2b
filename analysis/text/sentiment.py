"""Sentiment: whether a comment praises a service, criticises it, does neither, or does both.

What speaks for and against (analysis.text.evidence) is weighed together with how the comment is spelled (runs of its
letters) by a small logistic regression. It is trained in a second or less, the first time it is asked, on the project's
own lines.
"""

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from analysis.columns import Sentiment
from analysis.text import clean, evidence, lines, spelling
from survey.questionnaire import Direction

COLUMNS = ["sentiment", "p_negative", "p_neutral", "p_positive", "unsure"]

# Amounts of evidence run to about 2 and a vector's numbers to about 0.2. Cues count for half, so that the regression
# leans on how much speaks each way, which is the same in every service, before it leans on any one turn of phrase.
_CUE_WEIGHT, _SPELLING_WEIGHT = 0.5, 3.0
_REGULARISATION = 0.1
_SHARPNESS = 1.15  # scales the log-odds so that of the comments scored 0.8, about 8 in 10 are right
_SURE_ENOUGH = 0.5  # below this the best guess is not offered as more than a guess

_CLASSES = [Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE]
_TELLS = re.compile(r"[^\W_]")  # a letter or a figure: marks alone say nothing
_UNREAD = (1 / 3, 1 / 3, 1 / 3)

# What a bare "Nothing." says, by the question. Asked what could be better it is praise; asked what was good it is the
# opposite; where the question is not known it is more often praise, but nobody should rely on it.
_NOTHING = {
    Direction.CRITICISM: (0.02, 0.08, 0.90),
    Direction.PRAISE: (0.80, 0.17, 0.03),
    Direction.OPEN: (0.18, 0.36, 0.46),
}
_NO_OPINION = (0.05, 0.90, 0.05)
# A few words without a verdict ("The parking") lean the way the question does: added log-odds.
_LEANING = {
    Direction.CRITICISM: (1.0, 0.0, -0.5),
    Direction.PRAISE: (-0.5, 0.0, 1.0),
    Direction.OPEN: (0.0, 0.0, 0.0),
}


def score(texts: Sequence[str], directions: Sequence[str] | None = None) -> pd.DataFrame:
    """How each English comment is meant: one row per text, in order, with COLUMNS.

    directions says for each text what its question invited ("praise", "criticism" or "open"; open where not given).
    ``p_negative``, ``p_neutral`` and ``p_positive`` sum to 1; "neutral" there takes in comments that say both good and
    bad. ``sentiment`` is the likeliest, or "mixed / unclear" where both poles are there or none is likely enough.
    ``unsure`` tells those two apart: true where none is likely enough, so that no sentiment is claimed and a person
    should read it; "mixed / unclear" that is not unsure says both good and bad.

    The same text and direction always get the same row. Probabilities were checked on patients' comments, not on
    parents': of those scored 0.8 about 8 in 10 were right there, and wherever people are ironic fewer are.

    Raises ValueError if there is not one direction for each text, or for a direction that is none of the three.
    """
    asked = [Direction(direction) for direction in (directions or ["open"] * len(texts))]
    if len(asked) != len(texts):
        raise ValueError(f"There are {len(texts)} texts and {len(asked)} directions; give one for each.")
    if not texts:
        return _frame(np.zeros((0, 3)), np.zeros(0, dtype=bool))
    said = [clean.plain(text) for text in texts]
    weighed = evidence.weigh(said)
    odds = _model().decision(said, weighed)
    leaning = np.array([_LEANING[direction] for direction in asked])
    odds += leaning * weighed["silent"].to_numpy()[:, None]
    shares = _softmax(odds)
    nothing = weighed["nothing"].to_numpy() > 0
    shares[[_TELLS.search(text) is None for text in said]] = _UNREAD
    shares[nothing] = np.array([_NOTHING[direction] for direction in asked])[nothing]
    shares[weighed["do_not_know"].to_numpy() > 0] = _NO_OPINION
    shares[[not text for text in said]] = _UNREAD
    both = (weighed["both"] + weighed["good_and_bad"]).to_numpy() > 0
    return _frame(shares, both)


def unread(count: int) -> pd.DataFrame:
    """The rows of comments that no model here can read: even probabilities, and no claim."""
    return _frame(np.tile(_UNREAD, (count, 1)), np.zeros(count, dtype=bool))


class _Model:
    """Log-odds of the three classes, from the evidence in a text and its spelling."""

    def __init__(self) -> None:
        written = lines.written()
        texts = [clean.plain(line.text) for line in written]
        meant = [Sentiment.NEUTRAL if line.sentiment == Sentiment.MIXED else line.sentiment for line in written]
        self._regression = LogisticRegression(C=_REGULARISATION, class_weight="balanced", max_iter=2000)
        self._regression.fit(
            self._features(texts, evidence.weigh(texts)), [_CLASSES.index(Sentiment(m)) for m in meant]
        )

    def decision(self, texts: Sequence[str], weighed: pd.DataFrame) -> npt.NDArray[np.float64]:
        found = self._regression.decision_function(self._features(texts, weighed))
        return np.asarray(_SHARPNESS * found, dtype=np.float64)

    def _features(self, texts: Sequence[str], weighed: pd.DataFrame) -> sparse.csr_matrix:
        cues = _CUE_WEIGHT * weighed.drop(columns=evidence.AMOUNTS).to_numpy()
        spelled = _SPELLING_WEIGHT * spelling.of(texts)
        return sparse.hstack([weighed[evidence.AMOUNTS].to_numpy(), cues, spelled], format="csr")


@cache
def _model() -> _Model:
    return _Model()


def _softmax(odds: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    raised = np.exp(odds - odds.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def _frame(shares: npt.NDArray[np.float64], both: npt.NDArray[np.bool_]) -> pd.DataFrame:
    negative, positive = shares[:, 0].round(4), shares[:, 2].round(4)
    frame = pd.DataFrame(
        {"p_negative": negative, "p_neutral": (1 - negative - positive).round(4), "p_positive": positive}
    )
    best = frame.to_numpy().argmax(axis=1) if len(frame) else np.zeros(0, dtype=int)
    sure = frame.max(axis=1).to_numpy(dtype=np.float64) >= _SURE_ENOUGH
    names = np.array([str(name) for name in _CLASSES], dtype=object)[best]
    unclear = ~sure | (both & (best == _CLASSES.index(Sentiment.NEUTRAL)))
    frame.insert(0, "sentiment", pd.Series(np.where(unclear, str(Sentiment.MIXED), names), dtype="str"))
    return frame.assign(unsure=~sure)
