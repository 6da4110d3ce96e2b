"""Stance: what each clause of a comment does: praise, criticise, ask for something, or none of these.

"Lovely staff, but please answer the phone" does two things, and a theme that counted it once would hide one of them.
What speaks for and against (analysis.text.evidence), whether something is asked for, and how the clause is spelled are
weighed by a small regression, which is trained on the project's own lines the first time it is asked.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from analysis.columns import Stance
from analysis.text import clauses, clean, evidence, labels, lines, spelling
from analysis.text.cues import Cue
from survey.questionnaire import Direction

SPLIT_BY = (Stance.PRAISE, Stance.CRITICISM, Stance.REQUEST)
"""What is told of a theme apart: a clause that does none of these is neutral."""

_CLASSES = [Stance.PRAISE, Stance.CRITICISM, Stance.REQUEST, Stance.NEUTRAL]

_CUE_WEIGHT, _ASKED_WEIGHT, _SPELLING_WEIGHT = 0.5, 1.0, 3.0
_REGULARISATION = 0.2
_SILENT = 0.3  # good and bad together, below which a clause gives no verdict

# What the question makes of a thing that is only named, as added log-odds in the order of _CLASSES: asked what could be
# better, "the parking" is a criticism and "a direct number" is asked for; asked what was good, both are praise.
_NAMED = {
    Direction.CRITICISM: (-2.0, 2.0, 0.0, -2.0),
    Direction.PRAISE: (3.0, -2.0, -3.0, 0.0),
    Direction.OPEN: (-0.5, -0.5, 0.0, 2.0),
}
_WANTED = {
    Direction.CRITICISM: (-3.0, 0.0, 3.0, -2.0),
    Direction.PRAISE: (3.0, -2.0, -2.0, 0.0),
    Direction.OPEN: (-1.0, 0.0, 2.0, 0.0),
}
_NOTHING = {
    Direction.CRITICISM: Stance.PRAISE,
    Direction.PRAISE: Stance.CRITICISM,
    Direction.OPEN: Stance.NEUTRAL,
}


def of_clauses(comments: Sequence[Sequence[str]], directions: Sequence[Direction]) -> list[list[Stance]]:
    """The stance of every clause of each comment, given as its clauses in order, in plain English text.

    directions says for each comment what its question invited. A clause is judged by itself with that: the same clause
    to the same question always has the same stance. The question decides only where a clause gives no verdict of its
    own: a thing that is named and no more, or "nothing".

    A wish that looks forward ("if only there were a group") is a request, even where it also finds fault, because
    somebody can act on it. One that looks back ("they should have told us") is a criticism.

    Raises ValueError if there is not one direction for each comment.
    """
    if len(comments) != len(directions):
        raise ValueError(f"There are {len(comments)} comments and {len(directions)} directions; give one for each.")
    said = [clause for comment in comments for clause in comment]
    asked = [Direction(way) for comment, way in zip(comments, directions, strict=True) for _ in comment]
    told = iter(_judge(said, asked))
    return [[next(told) for _ in comment] for comment in comments]


def about(texts: Sequence[str], telling: Sequence[str], directions: Sequence[Direction]) -> pd.DataFrame:
    """What each English comment does about some of its words: whether it praises, criticises or asks for it.

    ``telling`` has these words for each comment, apart by commas. One row for each, in order, with the columns of
    SPLIT_BY, true or false: what the clauses do that say any of the words, or, where none does, all of its clauses.
    What redaction put in the place of a name is nobody's word. Raises ValueError if there is not one direction for
    each.
    """
    parts = [clauses.split(clean.plain(labels.without_marks(text))) for text in texts]
    kept = [
        [clause for clause in of_text if labels.said_of(words, clause)] or of_text
        for words, of_text in zip(telling, parts, strict=True)
    ]
    return flags([set(does) for does in of_clauses(kept, directions)], range(len(texts)))


def flags(said: Sequence[set[Stance]], index: Sequence[int]) -> pd.DataFrame:
    """Whether each of SPLIT_BY is among what is said: a row for each, true or false."""
    columns = {str(one): [one in stances for stances in said] for one in SPLIT_BY}
    return pd.DataFrame(columns, index=pd.Index(list(index), dtype="int64"), dtype=bool)


def _judge(said: Sequence[str], asked: Sequence[Direction]) -> list[Stance]:
    if not said:
        return []
    different, which = clauses.different(said)
    found = evidence.of_clauses(different)
    cues = evidence.asked_in(different)
    odds = _model().decision_function(_features(different, found, cues))[which]
    odds = odds + _leaning(_NAMED, asked) * _named(found, cues)[which, None]
    odds = odds + _leaning(_WANTED, asked) * _wanted(cues)[which, None]
    best = [_CLASSES[at] for at in odds.argmax(axis=1)]
    nothing = cues[Cue.NOTHING].to_numpy()[which]
    no_view = cues[Cue.DO_NOT_KNOW].to_numpy()[which]
    return [
        Stance.NEUTRAL if no_view[at] else _NOTHING[asked[at]] if nothing[at] else one for at, one in enumerate(best)
    ]


def _leaning(
    ways: dict[Direction, tuple[float, float, float, float]], asked: Sequence[Direction]
) -> npt.NDArray[np.float64]:
    return np.array([ways[direction] for direction in asked])


def _named(found: pd.DataFrame, cues: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Which clauses only name something: a few words with nobody doing anything, and no verdict."""
    silent = (found["good"] + found["bad"] < _SILENT) & ~cues[Cue.ASK] & ~_wanted(cues)
    return (silent & cues["few_words"] & (~cues[Cue.SOMEBODY] | cues[Cue.THE_WAY])).to_numpy(dtype=bool)


def _wanted(cues: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Which clauses name something that would be new: "more staff", "a direct number"."""
    return (cues["few_words"] & (cues[Cue.COMPARING] | cues[Cue.SOME]) & ~cues[Cue.SOMEBODY]).to_numpy(dtype=bool)


def _features(said: Sequence[str], found: pd.DataFrame, cues: pd.DataFrame) -> sparse.csr_matrix:
    good, bad = found["good"].to_numpy(), found["bad"].to_numpy()
    amounts = np.stack([np.log1p(good), np.log1p(bad), (good - bad) / (good + bad + 1), good + bad < _SILENT], axis=1)
    turns = _CUE_WEIGHT * found.drop(columns=["good", "bad", "clauses"]).to_numpy()
    asking = _ASKED_WEIGHT * cues[list(evidence.ASKING)].to_numpy(dtype=np.float64)
    return sparse.hstack([amounts, turns, asking, _SPELLING_WEIGHT * spelling.of(said)], format="csr")


@cache
def _model() -> LogisticRegression:
    written = [line for line in lines.written() if line.stance]
    parts = [clauses.split(clean.plain(line.text)) for line in written]
    single = [(part[0], line.stance) for part, line in zip(parts, written, strict=True) if len(part) == 1]
    said = [text for text, _ in single]
    model = LogisticRegression(C=_REGULARISATION, class_weight="balanced", max_iter=2000)
    features = _features(said, evidence.of_clauses(said), evidence.asked_in(said))
    return model.fit(features, [_CLASSES.index(Stance(stance)) for _, stance in single])
