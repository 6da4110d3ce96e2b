"""Reading many comments: each different one once, in portions, by whatever an executor has to read them with.

A comment reads the same whatever stands beside it, so that who reads it, and together with what, changes nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis import executors
from analysis.text import reading
from analysis.text.evidence import says_nothing
from analysis.text.gathering import Groups
from analysis.text.language import UNKNOWN
from analysis.text.learning import Taught
from analysis.text.reader import Read, together
from survey.coding_frame import CodingFrame
from survey.questionnaire import Direction

AT_ONCE = 4_000
"""Comments to a portion."""

LEAST = 500
"""Comments to one of the last portions, where several read: each portion costs about as much as a hundred comments."""


class Portion(NamedTuple):
    """Some comments to read, what each was asked for, and with which frame."""

    texts: Sequence[str]
    directions: Sequence[Direction]
    frame: CodingFrame | Taught | None


def read(
    texts: Sequence[str],
    directions: Sequence[Direction],
    frame: CodingFrame | None,
    *,
    executor: Executor,
    done: Callable[[int], None],
) -> Read:
    """What is in these comments, each asked for in its direction, as ``reading.read`` gives it.

    ``comments`` has one column more: ``silent``, whether the comment gives no view at all ("N/A", "Nothing").
    The executor reads them; done is told now and then how many have been read.
    """
    places: dict[tuple[str, Direction], int] = {}
    asked = zip(texts, directions, strict=True)
    which = np.fromiter((places.setdefault(one, len(places)) for one in asked), dtype=np.int64, count=len(texts))
    _, firsts = np.unique(which, return_index=True)
    sizes = _sizes(len(firsts), alone=executor is executors.HERE)
    starts = np.cumsum([0, *sizes[:-1]]).tolist()
    portions = [
        _portion(texts, directions, firsts[at : at + size], frame) for at, size in zip(starts, sizes, strict=True)
    ]
    read_so_far = 0

    def one_more(portion: Read) -> None:
        nonlocal read_so_far
        read_so_far += len(portion.comments)
        done(read_so_far * len(texts) // max(len(firsts), 1))

    whole = together(executors.each(executor, _read, portions, one_more), starts)
    comments = whole.comments.iloc[which].reset_index(drop=True)
    return Read(comments, _spread(whole.themes, which))


def _sizes(comments: int, *, alone: bool) -> list[int]:
    """How many comments go to each portion, one at least. The last are small where several read: so none waits long."""
    sizes, left = list[int](), comments
    while left or not sizes:
        sizes.append(min(left, AT_ONCE if alone else min(AT_ONCE, max(left // 3, LEAST))))
        left -= sizes[-1]
    return sizes


def _portion(
    texts: Sequence[str], directions: Sequence[Direction], rows: Iterable[int], frame: CodingFrame | None
) -> Portion:
    wanted = list(rows)
    return Portion(tuple(texts[row] for row in wanted), tuple(directions[row] for row in wanted), frame)


def _spread(given: pd.DataFrame, which: Groups) -> pd.DataFrame:
    """The themes of the different comments, given to all that say the same, in the order of all."""
    everyone = pd.DataFrame({"row": which, "of": range(len(which))})
    spread = everyone.merge(given, on="row").drop(columns="row").rename(columns={"of": "row"})
    ranked = spread.sort_values(["row", "strength"], ascending=[True, False], kind="stable", ignore_index=True)
    return ranked[list(reading.COLUMNS)].astype(reading.COLUMNS)


def _read(portion: Portion) -> Read:
    said = reading.read(portion.texts, portion.directions, portion.frame)
    silent = says_nothing(portion.texts) & (said.comments["language"] != UNKNOWN)
    return said._replace(comments=said.comments.assign(silent=silent))
