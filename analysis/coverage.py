"""Who a summary leaves out: how many comments it speaks for, beside as many words of comments drawn by chance.

A comment is spoken for when something in the summary (a theme as it is described, a quotation) lies nearer to it in
meaning than 99 of 100 other comments do. What is compared with it, comments drawn by chance, is measured by the same
rule and has as many words, so that a long summary gains nothing by being long. After arXiv 2604.20711.

Only comments in English, or put into English by a person, can be measured: the vectors know no other language, and
would only find that Urdu looks like Urdu. Those others are left out of any summary, and it says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

Rows = npt.NDArray[np.float32]
Which = npt.NDArray[np.bool_]

NEARER_THAN: Final = 0.99
"""Of pairs of comments drawn by chance, how many lie further apart than what counts as near."""
DRAWS: Final = 400
COMPARED_FROM: Final = 30
"""A group of fewer comments than this is not compared with chance."""
MEASURED: Final = 2_000
"""Of more comments than this, so many are measured, drawn by chance."""
UNTOLD: Final = "unknown"
"""The language of a comment that is too short to tell it."""
CLEAR_OF_CHANCE: Final = 0.03
PULL: Final = 60.0
"""How much more a group is worth for lying below chance, or less than three points above it."""
LENGTHS: Final = (0, 5, 15, 40)
"""Comments of up to 5, 15 and 40 words, and longer ones."""
NOWHERE: Final = ("outside", "not_sure", UNTOLD, "")
"""Groups that say where no comment is from, or in which language none is."""

_PAIRS = 30_000


def lot(seed: int, comment_id: int) -> float:
    """The lot of a comment, from 0 to 1: chance, but the same for the same seed whatever else there is."""
    return int.from_bytes(sha256(f"{seed}/{comment_id}".encode()).digest()[:7]) / 2**56


def in_english(comments: pd.DataFrame) -> pd.Series:
    """Which comments are in English, or have been put into English by a person."""
    return comments["language"].astype("str").str.startswith("en")


def in_other_languages(comments: pd.DataFrame) -> pd.Series:
    """Which comments are known to be in another language, and have been put into English by nobody.

    One that is too short to tell its language is none of them, nor is one that has not been read.
    """
    return ~in_english(comments) & ~comments["language"].astype("str").isin(["", UNTOLD])


def length_of(words: int) -> str:
    """The group of lengths that a comment of so many words belongs to."""
    ends = [*LENGTHS[1:], None]
    for start, end in zip(LENGTHS, ends, strict=True):
        if end is None or words <= end:
            return f"more than {start} words" if end is None else f"{start + 1} to {end} words"
    raise AssertionError("the last group has no end")


@dataclass(frozen=True, eq=False)
class Ground:
    """The comments that are measured, and where they lie."""

    comments: pd.DataFrame  # with ``length``, in words, and a column for each way to group them
    rows: Rows
    middle: Rows
    threshold: float
    by: tuple[str, ...]

    def near(self, rows: Rows) -> Which:
        """For each row, which of the comments lie near it."""
        if not len(rows) or not len(self.rows):
            return np.zeros((len(rows), len(self.rows)), dtype=bool)
        found: Which = (_unit(rows - self.middle) @ self.rows.T) >= self.threshold
        return found

    @cached_property
    def groups(self) -> list[Which]:
        """All the groups that are large enough to compare: which comments are in each."""
        found: list[Which] = []
        for column in self.by:
            values = self.comments[column].astype("str")
            large = values.value_counts()
            found += [(values == value).to_numpy() for value in sorted(large.index[large >= COMPARED_FROM])]
        return found

    def worth(self, covered: Which, chance: Sequence[float] = ()) -> npt.NDArray[np.float64]:
        """What it is worth to speak for each comment: every group is worth as much as any other, however small.

        chance holds the share of each group that chance speaks for: a group that is not clear of it is worth more.
        """
        worth = np.full(len(self.comments), 1 / max(len(self.comments), 1))
        for place, mine in enumerate(self.groups):
            behind = chance[place] + CLEAR_OF_CHANCE - covered[mine].mean() if chance else 0.0
            worth[mine] += (1 + PULL * max(behind, 0.0)) / mine.sum()
        return worth


def ground(comments: pd.DataFrame, vectors: Mapping[int, Rows], *, by: Sequence[str], seed: int) -> Ground | None:
    """The ground on which a summary of these comments is measured; None where fewer than two have their place.

    comments has ``comment_id``, ``response_id``, ``words``, ``language`` and the columns named in by; vectors holds
    the place of each comment that has one.
    """
    placed = comments["comment_id"].isin(vectors.keys()) & in_english(comments) & (comments["words"] != "")
    mine = comments[placed].sort_values("comment_id")
    if len(mine) > MEASURED:
        chance = [lot(seed, number) for number in mine["comment_id"].tolist()]
        mine = mine.assign(lot=chance).nsmallest(MEASURED, "lot").sort_values("comment_id")
    if len(mine) < 2:
        return None
    raw = np.stack([vectors[number] for number in mine["comment_id"].tolist()]).astype(np.float32)
    middle = raw.mean(axis=0, keepdims=True)
    rows = _unit(raw - middle)
    length = mine["words"].str.count(r"\S+")
    told = mine.assign(length=length, lengths=[length_of(words) for words in length.tolist()])
    return Ground(told.reset_index(drop=True), rows, middle, _threshold(rows, seed), (*by, "lengths"))


def expected(ground: Ground, words: int, *, seed: int) -> list[float]:
    """The share of each of the ground's groups for which so many words of comments drawn by chance speak."""
    drawn = _by_chance(ground, words, seed)
    return [float(drawn[:, mine].mean()) for mine in ground.groups]


class Measured(NamedTuple):
    """How a summary did: a row for all comments and for each group, and which comments it does not speak for."""

    groups: pd.DataFrame
    """``by``, ``group``, ``count`` of ``base`` comments of so many ``people``; and by chance ``chance``, ``chance_low``
    and ``chance_high`` (shares: the mean, and where 95 of 100 drawings lie)."""
    left_out: tuple[int, ...]
    """Comments it does not speak for: first those that most others it leaves out are like."""


def measured(ground: Ground, elements: Rows, words: int, *, seed: int, listed: int = 20) -> Measured:
    """How many comments the elements of a summary of so many words speak for, and chance with as many words."""
    covered: Which = np.asarray(ground.near(elements).any(axis=0), dtype=bool)
    drawn = _by_chance(ground, words, seed)
    groups = [_group(ground, "", "", np.ones(len(covered), dtype=bool), covered, drawn)]
    for column in ground.by:
        values = ground.comments[column].astype("str")
        groups += [
            _group(ground, column, value, (values == value).to_numpy(), covered, drawn)
            for value in sorted(values.unique(), key=_in_order)
        ]
    return Measured(pd.DataFrame(groups), _left_out(ground, covered, listed))


def _in_order(group: str) -> tuple[int, str]:
    """Where a group stands among others: lengths from the shortest, and those that are nowhere in particular last."""
    known = [*(length_of(start + 1) for start in LENGTHS), *NOWHERE]
    return known.index(group) + 1 if group in known else 0, group


def _by_chance(ground: Ground, words: int, seed: int) -> Which:
    """Which comments are spoken for by comments drawn by chance, up to so many words: a row for each drawing."""
    rng = np.random.default_rng(seed)
    lengths = ground.comments["length"].to_numpy()
    alike = (ground.rows @ ground.rows.T) >= ground.threshold
    drawn = np.zeros((DRAWS, len(lengths)), dtype=bool)
    for draw in drawn:
        order = rng.permutation(len(lengths))
        taken = int(np.searchsorted(np.cumsum(lengths[order]), words, side="left")) + 1  # the last may be cut short
        draw |= alike[order[:taken]].any(axis=0)
    return drawn


def _group(ground: Ground, by: str, group: str, mine: Which, covered: Which, drawn: Which) -> dict[str, object]:
    shares = drawn[:, mine].mean(axis=1)
    low, high = np.quantile(shares, [0.025, 0.975])
    return {
        "by": by,
        "group": group,
        "count": int(covered[mine].sum()),
        "base": int(mine.sum()),
        "people": int(ground.comments.loc[mine, "response_id"].nunique()),
        "chance": float(shares.mean()),
        "chance_low": float(low),
        "chance_high": float(high),
    }


def _left_out(ground: Ground, covered: Which, listed: int) -> tuple[int, ...]:
    """One after another, the comment that speaks for most of those that nothing speaks for yet."""
    left = np.flatnonzero(~covered)
    alike = (ground.rows[left] @ ground.rows[left].T) >= ground.threshold
    open_still = np.ones(len(left), dtype=bool)
    numbers = ground.comments["comment_id"].to_numpy()[left]
    found: list[int] = []
    while open_still.any() and len(found) < listed:
        best = int(np.where(open_still, (alike & open_still).sum(axis=1), -1).argmax())
        found.append(int(numbers[best]))
        open_still &= ~alike[best]
        open_still[best] = False
    return tuple(found)


def _threshold(rows: Rows, seed: int) -> float:
    rng = np.random.default_rng(seed)
    one, other = rng.integers(0, len(rows), (2, _PAIRS))
    apart = one != other
    return float(np.quantile(np.einsum("ij,ij->i", rows[one[apart]], rows[other[apart]]), NEARER_THAN))


def _unit(rows: Rows) -> Rows:
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None]
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)
