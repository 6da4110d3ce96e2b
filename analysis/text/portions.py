"""Reading many comments: each different one once, in portions, by several processes where there are many.

A comment reads the same whatever stands beside it, so that who reads it, and together with what, changes nothing.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from typing import NamedTuple

import pandas as pd

from analysis.text import reading, themes
from analysis.text.evidence import says_nothing
from analysis.text.gathering import Groups
from analysis.text.language import UNKNOWN
from analysis.text.reader import Read
from survey.coding_frame import CodingFrame
from survey.questionnaire import Direction

AT_ONCE = 2_000
"""Comments to a portion."""

WORTH_SHARING = 12_000
"""Different comments from which more processes are started: what each costs to start is what it reads in as long."""

_HELD_BACK = 2  # portions for each process that wait ready for it


class _Portion(NamedTuple):
    """Some comments to read, what each was asked for, and with which frame."""

    texts: tuple[str, ...]
    directions: tuple[Direction, ...]
    frame: CodingFrame | None


def read(
    texts: Sequence[str],
    directions: Sequence[Direction],
    frame: CodingFrame | None,
    *,
    processes: int,
    done: Callable[[int], None],
) -> Read:
    """What is in these comments, each asked for in its direction, as ``reading.read`` gives it without redacting.

    ``comments`` has one column more: ``silent``, whether the comment gives no view at all ("N/A", "Nothing").
    At most so many processes read them, and only this one where that is too few to be worth starting others. done is
    told now and then how many have been read.
    """
    asked = pd.MultiIndex.from_arrays([list(texts), [str(direction) for direction in directions]])
    which, different = pd.factorize(asked)
    firsts = pd.Series(range(len(texts))).groupby(which).first().to_numpy()
    starts = range(0, max(len(firsts), 1), AT_ONCE)
    portions = [_portion(texts, directions, firsts[at : at + AT_ONCE], frame) for at in starts]
    tones, given = [], []
    shared = processes if len(different) >= WORTH_SHARING else 1
    for number, read_ in enumerate(_each(portions, min(shared, len(portions)))):
        tones.append(read_.comments)
        given.append(read_.themes.assign(row=read_.themes["row"] + number * AT_ONCE))
        done(min((number + 1) * AT_ONCE, len(firsts)) * len(texts) // max(len(firsts), 1))
    return Read(
        pd.concat(tones, ignore_index=True).iloc[which].reset_index(drop=True),
        _spread(pd.concat(given, ignore_index=True), which),
    )


def _portion(
    texts: Sequence[str], directions: Sequence[Direction], rows: Iterable[int], frame: CodingFrame | None
) -> _Portion:
    wanted = list(rows)
    return _Portion(tuple(texts[row] for row in wanted), tuple(directions[row] for row in wanted), frame)


def _spread(given: pd.DataFrame, which: Groups) -> pd.DataFrame:
    """The themes of the different comments, given to all that say the same, in the order of all."""
    everyone = pd.DataFrame({"row": which, "of": range(len(which))})
    spread = everyone.merge(given, on="row").drop(columns="row").rename(columns={"of": "row"})
    ranked = spread.sort_values(["row", "strength"], ascending=[True, False], kind="stable", ignore_index=True)
    return ranked[list(themes.COLUMNS)].astype(themes.COLUMNS)


def _each(portions: Sequence[_Portion], processes: int) -> Iterator[Read]:
    """What is in each portion, in order."""
    if processes < 2:
        yield from map(_read, portions)
        return
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn"), initializer=_alone) as pool:
        waiting: list[Future[Read]] = []
        for portion in portions:
            waiting.append(pool.submit(_read, portion))
            if len(waiting) > _HELD_BACK * processes:
                yield waiting.pop(0).result()
        yield from (one.result() for one in waiting)


def _read(portion: _Portion) -> Read:
    said = reading.read(portion.texts, portion.directions, portion.frame, redacting=False)
    silent = says_nothing(portion.texts) & (said.comments["language"] != UNKNOWN)
    return said._replace(comments=said.comments.assign(silent=silent))


def _alone() -> None:
    """One thread to a process: there are as many of those as processors."""
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
