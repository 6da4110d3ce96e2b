"""Themes of a coding frame, found in comments clause by clause.

A clause carries a theme when its words are those the frame gives for it, or near them in meaning, and when as a whole
it is like the theme's keywords. What is only weakly like a theme is left without one, so that what the frame does not
know can be discovered. Each comment is judged by itself: others beside it change nothing.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.text import clauses, clean, guide, vectors, words
from analysis.text.guide import Amounts
from survey.coding_frame import CodingFrame

COLUMNS = {"row": "int64", "theme": "str", "strength": "float64", "words": "str", "clauses": "str"}

ENOUGH = 0.36
"""The strength from which a comment is said to carry the theme that most speaks for it."""

_ENOUGH_BESIDE = 0.42  # from which it is said to carry others beside that one
_NEAR_STRONGEST = 0.4  # of what speaks for a comment's strongest theme: a theme with less is an echo of that one
_EVEN_ODDS, _STEEPNESS = 0.5, 2.2  # evidence with which half of patients' comments had that theme from people too


class Evidence(NamedTuple):
    """What speaks for each theme (columns) in each plain text, and in each clause of each.

    ``amounts`` has a row for each text: half from its strongest clause, half from all of it. About 0 where nothing
    speaks for a theme, 0.5 where something plainly does, 1 and more where everything does. ``by_clause`` has a row for
    each clause, one text's after another's; those of text n are from ``ends[n]`` up to ``ends[n + 1]``. ``words`` are
    those of each text that may tell a theme.
    """

    amounts: Amounts
    by_clause: Amounts
    ends: npt.NDArray[np.int64]
    words: Sequence[Sequence[str]]


def assign(texts: Sequence[str], frame: CodingFrame) -> pd.DataFrame:
    """The themes that each English comment carries: a row for each comment and theme, with COLUMNS.

    ``row`` is the comment's place among the texts, from 0; ``theme`` the theme's key; ``strength`` runs from ENOUGH to
    1; ``words`` are up to three words of the comment, or one phrase, that decided it, apart by commas. ``clauses`` are
    the places, from 0 and apart by spaces, of the clauses that carry it, as ``clauses.split`` cuts ``clean.plain`` of
    the comment: the one that speaks most for it at least. A comment may have several rows, the strongest first, or
    none. No theme is given without words that decided it.

    Strength is about how often people gave the same theme to comments of patients, with a frame for those. With another
    frame it still ranks one comment above another, but need not be that share.
    """
    said = [clean.plain(text) for text in texts]
    found = evidence(said, frame)
    strengths = strength(found.amounts)
    most = found.amounts.max(axis=1, keepdims=True, initial=-np.inf)
    strongest = (found.amounts == most) & (strengths >= ENOUGH)
    beside = (found.amounts >= _NEAR_STRONGEST * most) & (strengths >= _ENOUGH_BESIDE)
    carried = carrying(said, frame, found, strongest | beside, strengths)
    decided = carried[carried["words"] != ""]  # nothing is said of a comment that no word of it can be shown for
    return decided.sort_values(["row", "strength"], ascending=[True, False], kind="stable", ignore_index=True)


def carrying(
    said: Sequence[str], frame: CodingFrame, found: Evidence, given: npt.NDArray[np.bool_], strengths: Amounts
) -> pd.DataFrame:
    """What ``assign`` gives for the themes given (columns) to each plain text (rows), with their strengths: by row."""
    rows, columns = np.nonzero(given)
    made_ready = guide.ready(frame, vectors.chosen().name)
    of_row: dict[int, list[int]] = {}
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        of_row.setdefault(row, []).append(column)
    return pd.DataFrame(
        {
            "row": rows,
            "theme": [frame.themes[column].key for column in columns],
            "strength": strengths[rows, columns],
            "words": [
                told for row, mine in of_row.items() for told in made_ready.deciding(said[row], found.words[row], mine)
            ],
            "clauses": _carrying(found, of_row),
        }
    ).astype(COLUMNS)


def _carrying(found: Evidence, of_row: Mapping[int, Sequence[int]]) -> list[str]:
    """For each text and theme, by row and column, the places of the clauses that carry it: the strongest at least."""
    strong = strength(found.by_clause) >= ENOUGH
    places: list[str] = []
    for row, columns in of_row.items():
        here = slice(found.ends[row], found.ends[row + 1])
        for column in columns:
            mine = found.by_clause[here, column]
            telling = strong[here, column] | (mine == mine.max(initial=-np.inf))
            places.append(" ".join(map(str, np.flatnonzero(telling).tolist())))
    return places


def none() -> pd.DataFrame:
    """What ``assign`` gives when no comment carries a theme."""
    return pd.DataFrame({name: [] for name in COLUMNS}).astype(COLUMNS)


def evidence(said: Sequence[str], frame: CodingFrame) -> Evidence:
    """What speaks for each theme of the frame in each plain text and in each of its clauses."""
    made_ready = guide.ready(frame, vectors.chosen().name)
    spoken = [words.content(text) for text in said]
    whole = made_ready.judge(said, spoken)
    pieces = [clauses.split(text) for text in said]
    lengths = np.array([len(parts) for parts in pieces], dtype=np.int64)
    several = lengths > 1
    ends = np.concatenate([[0], np.cumsum(lengths)])
    by_clause = np.empty((int(ends[-1]), whole.shape[1]))
    by_clause[ends[:-1][lengths == 1]] = whole[lengths == 1]
    strongest = whole.copy()
    if several.any():
        different, which = clauses.different([clause for parts in pieces if len(parts) > 1 for clause in parts])
        judged = made_ready.judge(different, [words.content(clause) for clause in different])[which]
        by_clause[np.repeat(several, lengths)] = judged
        starts = np.concatenate([[0], np.cumsum(lengths[several])])[:-1]
        strongest[several] = np.maximum.reduceat(judged, starts, axis=0)
    return Evidence(((strongest + whole) / 2).round(6), by_clause.round(6), ends, spoken)


def strength(amounts: Amounts) -> Amounts:
    """Amounts of evidence as strengths from 0 to 1, to four places."""
    return np.asarray((1 / (1 + np.exp(-_STEEPNESS * (amounts - _EVEN_ODDS)))).round(4))
