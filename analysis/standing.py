"""Where a district stands with a service: one of four verdicts, for a whole board looked at at once.

A board has some two hundred cells. Judged one at a time, five to eight of them look different on every look when
nothing differs at all. So the board is asked first whether it varies more than chance alone makes boards vary, and
only if it does are cells named, with the share of those named by luck held down.
"""

from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from analysis.compare import MARGIN, Rise, holm, newcombe
from analysis.proportions import Floats, independent
from analysis.suppression import Policy

Flags = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]

FEWEST: Final = 20
"""Under this many people in a cell, or beside it, nothing is said: only a gap of 35 points or more could be told."""

LUCK: Final = 0.10
"""Of the cells named while exploring, the share that may be so by luck."""

LUCK_OF_ANY: Final = 0.05
"""How often a board on which nothing differs may name any cell; and, of what is published, how often any is wrong."""

_SURE = 0.95
_TWO_ONE_SIDED = 0.90  # the interval that lies within the margin when two one-sided tests at 5 % both say so


class Standing(StrEnum):
    """What may be said of one service in one district, beside the same service in the other districts."""

    BETTER = "clearly better"
    WORSE = "clearly worse"
    SAME = "about the same"
    TOO_FEW = "too few to say"


class Control(StrEnum):
    """What a verdict is for, which decides how sure it has to be."""

    EXPLORING = "exploring"
    """Somebody looks for what to look into: of ten cells named, one may be luck (Benjamini and Hochberg)."""
    PUBLISHING = "publishing"
    """Somebody will be told: in nineteen of twenty boards every cell named is right (Holm)."""


def control_for(policy: Policy) -> Control:
    """How sure a word has to be: officers explore, and whatever others read may be published."""
    return Control.PUBLISHING if policy.is_read_out else Control.EXPLORING


def standings(cells: pd.DataFrame, *, rise: Rise, control: Control) -> pd.DataFrame:
    """The cells of a whole board with a ``verdict`` each, and what it rests on.

    cells has a row for each ``service`` and ``district`` with ``count`` of ``base`` (true numbers), and ``effective``
    where answers of one family stand together (see ``proportions.independent``). It must hold everything that is looked
    at together. Gives its rows with ``difference`` (the cell less the rest of its service, -1 to 1), ``difference_low``
    and ``difference_high`` (95 %), ``q`` (p-value corrected for the whole board; missing where there are too few to be
    tested) and ``verdict`` (a ``Standing``).

    The rule. Fewer than ``FEWEST`` in the cell or beside it: *too few to say*. Otherwise *clearly better* or *clearly
    worse* where the corrected p-value says so. Otherwise *about the same* where a gap of ten points either way can be
    ruled out (two one-sided tests at 5 %), and *too few to say* where it cannot.

    Correcting. p is that of Fisher's test, doubled, with half of what is just as likely (mid-p). Exploring: first the
    board as a whole, by the sum of squared normal scores on chi-squared and by the smallest corrected p, each at
    ``LUCK_OF_ANY`` / 2; then the cells by Benjamini and Hochberg at ``LUCK``. One district far out makes the rest of
    its service look different from every other: so the furthest out of those named is taken out of that rest, service
    by service, and all cells are judged again, until no more is named. Publishing: Holm's method at ``LUCK_OF_ANY``.
    How often it is wrong, and what it finds, is measured on boards of known truth: ``make bench ONLY=boards``.

    Sources: Benjamini and Hochberg (1995) J. R. Stat. Soc. B 57, 289-300; Holm (1979) Scand. J. Stat. 6, 65-70;
    Lancaster (1961) J. Am. Stat. Assoc. 56, 223-234 (mid-p); Schuirmann (1987) J. Pharmacokinet. Biopharm. 15, 657-680.
    """
    alone = independent(cells)
    of_service = pd.factorize(alone["service"])[0]
    count, base = alone["count"].to_numpy("int64"), alone["base"].to_numpy("int64")
    apart = np.zeros(len(cells), dtype=bool)
    beside = _beside(count, base, of_service, without=apart)
    enough = (base >= FEWEST) & (beside[1] >= FEWEST)
    p = _mid_p(count, base, *beside)
    q = _corrected(p, enough, control)
    luck = LUCK_OF_ANY
    if control is Control.EXPLORING:
        luck = LUCK if _varies(p, base, beside, enough, q) else -1.0
        while (further := _furthest((q <= luck) & ~apart, q, of_service)).any():
            apart |= further
            before, beside = beside, _beside(count, base, of_service, without=apart)
            moved = (beside[0] != before[0]) | (beside[1] != before[1])
            p[moved] = _mid_p(*(numbers[moved] for numbers in (count, base, *beside)))
            q = _corrected(p, enough, control)
    named = q <= luck
    both = (base > 0) & (beside[1] > 0)
    here, there = ((np.where(both, some, np.nan), np.where(both, of, np.nan)) for some, of in ((count, base), beside))
    difference, low, high = newcombe(*here, *there, confidence=_SURE)
    _, closer_low, closer_high = newcombe(*here, *there, confidence=_TWO_ONE_SIDED)
    rises = (difference > 0) == (rise is not Rise.BAD)
    same = (closer_low > -MARGIN) & (closer_high < MARGIN)
    words = np.select(
        [named & rises, named, enough & same], [Standing.BETTER, Standing.WORSE, Standing.SAME], Standing.TOO_FEW
    )
    return cells.assign(
        difference=difference,
        difference_low=low,
        difference_high=high,
        q=np.where(enough, q, np.nan),
        verdict=words,
    )


def _beside(count: Whole, base: Whole, of_service: Whole, *, without: Flags) -> tuple[Whole, Whole]:
    """For each cell, yes and answers of its service in the other districts: without some cells, if enough are left."""
    everybody = _others(count, of_service), _others(base, of_service)
    left = _others(np.where(without, 0, count), of_service), _others(np.where(without, 0, base), of_service)
    enough = left[1] >= FEWEST
    return np.where(enough, left[0], everybody[0]), np.where(enough, left[1], everybody[1])


def _others(numbers: Whole, of_service: Whole) -> Whole:
    """For each cell, the sum over the other cells of its service."""
    return np.asarray(np.bincount(of_service, numbers)[of_service] - numbers, dtype="int64")


def _furthest(named: Flags, q: Floats, of_service: Whole) -> Flags:
    """Of the cells named, the least likely by chance of each service."""
    order = np.lexsort((q, ~named))
    _, first = np.unique(of_service[order], return_index=True)
    furthest = np.zeros(len(named), dtype=bool)
    furthest[order[first]] = True
    return furthest & named


def _corrected(p: Floats, enough: Flags, control: Control) -> Floats:
    """The p-value of each cell corrected for all cells that can be judged; 1 for the others."""
    q = np.ones(len(p))
    if enough.any():
        q[enough] = stats.false_discovery_control(p[enough]) if control is Control.EXPLORING else holm(p[enough])
    return q


def _mid_p(count: Whole, base: Whole, count_beside: Whole, base_beside: Whole) -> Floats:
    """Fisher's test, two-sided by doubling, counting half of what is just as likely as what was seen."""
    everybody, yes = base + base_beside, count + count_beside
    # The logarithm is good to the eighth digit, and takes a tenth of the time of the probability itself.
    half = np.exp(stats.hypergeom.logpmf(count, everybody, yes, base)) / 2
    below = stats.hypergeom.cdf(count, everybody, yes, base) - half
    return np.asarray(np.clip(2 * np.minimum(below, 1 - below), 0, 1), dtype="f8")


def _varies(p: Floats, base: Whole, beside: tuple[Whole, Whole], enough: Flags, q: Floats) -> bool:
    """Whether the board as a whole varies more than a board on which nothing differs."""
    if not enough.any():
        return False
    scores = stats.norm.isf(np.clip(p[enough] / 2, 1e-15, 0.5))
    freedom = enough.sum() * _own_part(base, beside, enough)
    many = bool(stats.chi2.sf((scores**2).sum(), freedom) <= LUCK_OF_ANY / 2)
    return many or bool((q <= LUCK_OF_ANY / 2).any())


def _own_part(base: Whole, beside: tuple[Whole, Whole], enough: Flags) -> float:
    """The share of a service's answers that lies beside a cell: what is left free once the service's total is known."""
    return float((beside[1][enough] / (base + beside[1])[enough]).mean())
