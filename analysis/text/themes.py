"""Themes of a coding frame, found in comments clause by clause.

A clause carries a theme when its words are those the frame gives for it, or near them in meaning, and when as a whole
it is like the theme's keywords. What is only weakly like a theme is left without one, so that what the frame does not
know can be discovered. Each comment is judged by itself: others beside it change nothing.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.text import clauses, clean, guide, vectors
from survey.coding_frame import CodingFrame

COLUMNS = {"row": "int64", "theme": "str", "strength": "float64", "words": "str"}

ENOUGH = 0.4
"""The strength from which a comment is said to carry a theme."""

_NEAR_STRONGEST = 0.5  # of what speaks for a comment's strongest theme: a theme with less is an echo of that one
_EVEN_ODDS, _STEEPNESS = 0.53, 3.0  # evidence with which half of patients' comments had that theme from people too


def assign(texts: Sequence[str], frame: CodingFrame) -> pd.DataFrame:
    """The themes that each English comment carries: a row for each comment and theme, with COLUMNS.

    ``row`` is the comment's place among the texts, from 0; ``theme`` the theme's key; ``strength`` runs from ENOUGH to
    1; ``words`` are up to three words of the comment that decided it, apart by commas. A comment may have several rows,
    the strongest first, or none.

    Strength is about how often people gave the same theme to comments of patients, with a frame for those. With another
    frame it still ranks one comment above another, but need not be that share.
    """
    said = [clean.plain(text) for text in texts]
    amounts = evidence(said, frame)
    strengths = strength(amounts)
    near = amounts >= _NEAR_STRONGEST * amounts.max(axis=1, keepdims=True, initial=-np.inf)
    rows, columns = np.nonzero((strengths >= ENOUGH) & near)
    made_ready = guide.ready(frame, vectors.chosen().name)
    carried = pd.DataFrame(
        {
            "row": rows,
            "theme": [frame.themes[column].key for column in columns],
            "strength": strengths[rows, columns],
            "words": [made_ready.deciding(said[row], int(column)) for row, column in zip(rows, columns, strict=True)],
        }
    ).astype(COLUMNS)
    return carried.sort_values(["row", "strength"], ascending=[True, False], kind="stable", ignore_index=True)


def none() -> pd.DataFrame:
    """What ``assign`` gives when no comment carries a theme."""
    return pd.DataFrame({name: [] for name in COLUMNS}).astype(COLUMNS)


def evidence(said: Sequence[str], frame: CodingFrame) -> npt.NDArray[np.float64]:
    """What speaks for each theme (columns) in each plain text (rows): half from its strongest clause, half from all.

    About 0 where nothing does, 0.5 where something plainly does, 1 and more where everything does.
    """
    made_ready = guide.ready(frame, vectors.chosen().name)
    whole = made_ready.judge(said)
    pieces = [clauses.split(text) for text in said]
    several = [row for row, parts in enumerate(pieces) if len(parts) > 1]
    strongest = whole.copy()
    if several:
        by_clause = made_ready.judge([clause for row in several for clause in pieces[row]])
        starts = np.cumsum([0, *(len(pieces[row]) for row in several)])[:-1]
        strongest[several] = np.maximum.reduceat(by_clause, starts, axis=0)
    return np.asarray(((strongest + whole) / 2).round(6))


def strength(amounts: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Amounts of evidence as strengths from 0 to 1, to four places."""
    return np.asarray((1 / (1 + np.exp(-_STEEPNESS * (amounts - _EVEN_ODDS)))).round(4))
