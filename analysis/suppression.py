"""The gate: no figure reaches a screen, a file or a page but through here.

A small number can give somebody away: the one family in a district that uses a service, the
only person who complained. The gate hides what is too small under the policy for whoever will
look, hides enough more that nothing hidden can be found by taking what is shown from its
total, and says how much it held back and why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis import protection
from analysis.proportions import Floats, shares
from analysis.protection import Flags, Totals

Whole = npt.NDArray[np.integer]
Reasons = npt.NDArray[np.object_]
BEHIND = ("effective", "people", "people_yes", "people_no")  # true numbers that decide and are never shown
SHARES = ("share", "low", "high", "pooled", "pooled_low", "pooled_high")
OF_MIX = ("mix", "alike", "alike_low", "alike_high", "same_mix", "same_mix_then")
LIMITS = ("inner_low", "inner_high", "outer_low", "outer_high")
WORKED_OUT = ("difference", "difference_low", "difference_high", "q", *LIMITS, *OF_MIX)
JUDGED = ("verdict", "outside", "alike_verdict")


@dataclass(frozen=True)
class Policy:
    """What may be shown to one kind of reader."""

    reader: str
    fewest: int
    """A group of fewer people than this is not shown."""
    smallest: int
    """A number from 1 to one less than this is not shown; 1 lets every number through."""
    step: int
    """Numbers of people are rounded to the nearest of this; 1 leaves them as they are."""
    unanimous: int
    """In a group of fewer than this, 'everyone' and 'no one' are not shown."""
    whole_percent: bool
    """Whether shares are kept to whole per cents."""

    @property
    def is_read_out(self) -> bool:
        """Whether what this reader sees may be read out in public: then everybody is shown together, by breakdowns that
        were chosen beforehand, nobody's words but of those who agreed to be quoted, and a word for a difference must be
        surer."""
        return self.smallest > 1

    def shows(self, count: int, base: int) -> bool:
        """Whether a share of so many of so many people is shown."""
        yes, no, people = (np.array([number]) for number in (count, base - count, base))
        return bool(_held(yes, no, people, self)[0] == Held.NOT)

    def told(self, count: int) -> int | None:
        """A number of people or of what they sent, by itself; None where it is too small to be told."""
        return None if 0 < count < self.smallest else self.rounded(count)

    def rounded(self, number: float) -> int:
        """A number of people as this reader may see it; a half goes up."""
        return int(self.step * np.floor(number / self.step + 0.5))

    def of_shares(self, shares: Floats) -> Floats:
        """Shares (0 to 1) as this reader may see them."""
        return np.round(shares, 2) if self.whole_percent else shares


OFFICER = Policy("officer", fewest=5, smallest=1, step=1, unanimous=10, whole_percent=False)
"""Officers read the comments themselves; this keeps small groups from being talked about as figures."""

LEADER = Policy("leader", fewest=10, smallest=8, step=5, unanimous=20, whole_percent=True)
"""As for the public: what a leader reads is quoted in meetings that anybody may attend.

Numbers from 1 to 7 hidden and the rest rounded to 5 is how NHS England publishes hospital
statistics below national level. Shares are made from the true numbers and kept to
whole per cents: made from rounded ones, 8 of 16 would read as 67 %.
"""

PUBLIC = Policy("public", fewest=10, smallest=8, step=5, unanimous=20, whole_percent=True)
"""For pages and files that anybody may have."""


class Held(StrEnum):
    """Why a figure is held back; '' marks one that is shown."""

    NOT = ""
    FEW = "too few people"
    SMALL = "too small a number"
    UNANIMOUS = "everyone, or no one, in a small group"
    PROTECTS = "it would give away another"


@dataclass(frozen=True, eq=False)
class Released:
    """Figures that have been through the gate. Charts and summaries take nothing else.

    Made only by ``release`` and ``release_counts``.
    """

    policy: Policy
    _figures: pd.DataFrame

    @property
    def figures(self) -> pd.DataFrame:
        """One row per figure, numbers missing where they are held back and ``held`` saying why."""
        return self._figures.copy(deep=False)

    @property
    def shown(self) -> pd.DataFrame:
        """The rows that may be seen."""
        return self._figures[self._figures["held"] == Held.NOT]

    @property
    def held_back(self) -> int:
        """How many figures are hidden."""
        return int((self._figures["held"] != Held.NOT).sum())

    def of(self, column: str, value: str) -> "Released":
        """The rows about one thing: one service, one theme. Nothing hidden comes back."""
        return Released(self.policy, self._figures[self._figures[column] == value])

    def among(self, column: str, values: Sequence[str], *, ordered: bool = True) -> "Released":
        """The rows about several things, in the order they are named; or in the order they stand."""
        place = {value: position for position, value in enumerate(values)}
        kept = self._figures[self._figures[column].isin(place)]
        if not ordered:
            return Released(self.policy, kept.reset_index(drop=True))
        return Released(self.policy, kept.sort_values(column, key=lambda of: of.map(place), kind="stable"))

    def beside(self, earlier: "Released") -> "Released":
        """The same figures with those of an earlier wave, row by row, as ``share_then`` and ``base_then``.

        What was worked out from both is held back where either of them is.
        """
        then = earlier.figures
        hidden = (then["held"] != Held.NOT).to_numpy()
        figures = self._figures.assign(share_then=then["share"].to_numpy(), base_then=then["base"].to_numpy())
        numbers = [name for name in WORKED_OUT if name in figures]
        figures.loc[hidden, numbers] = np.nan
        words = [name for name in JUDGED if name in figures]
        figures.loc[hidden, words] = ""
        return Released(self.policy, figures)

    def stating(self, column: str, words: Sequence[str]) -> "Released":
        """The same figures with a column of words that hold no figure, row by row."""
        return Released(self.policy, self._figures.assign(**{column: list(words)}))

    def naming(self, column: str, labels: pd.Series, to: str) -> "Released":
        """The same figures with a column of names for people beside the codes."""
        return Released(self.policy, self._figures.assign(**{to: self._figures[column].map(labels)}))


def release(counts: pd.DataFrame, policy: Policy, *, totals: Totals = (), withheld: Flags | bool = False) -> Released:
    """Shares with their intervals, and missing values where one must be held back.

    counts has one row per figure: whatever says what it is about, then ``count`` of ``base``
    (people, true numbers), and where they were tallied ``effective`` (see proportions) and
    ``people`` (how many different people the base is, which is then what must be enough), with
    ``people_yes`` and ``people_no`` (how many of them said yes and no of anything, which are then the
    numbers that must not be small: three children of one family are one family).
    Gives those rows with ``share``, ``low``, ``high`` (0 to 1) and ``held`` (see Held). What has been worked out from a
    row's numbers (see ``pooling``, ``standing`` and ``funnel``) may stand beside them, and is held back with them:
    numbers are missing then, and words are "".

    totals says which sums of these rows the reader also has: [["service"]] when the county's
    figure for each service is shown beside its districts, [[]] for one total of them all.
    So much more is held back that nothing hidden can be worked out from all those sums together
    (see ``protection``). Give *every* row of each sum: release first, then choose what to show.

    withheld says which rows may not be shown whatever they are, because other views of the same answers would give
    somebody away beside them (see ``nested``): by itself this does not guard against other filters.
    """
    held = reasons(counts, policy, totals=totals, withheld=withheld)
    figures = _rounded(shares(counts), policy).drop(columns=list(BEHIND), errors="ignore")
    there = held == Held.NOT
    columns = {str(name): figures[name] for name in figures} | {"held": pd.Series(held, figures.index, dtype=object)}
    for name in {"count", "base", *SHARES, *WORKED_OUT} & columns.keys():
        columns[name] = pd.Series(np.where(there, columns[name].to_numpy("f8"), np.nan), figures.index)
    for words in columns.keys() & set(JUDGED):
        columns[words] = columns[words].fillna("").astype("str").where(there, "")
    return Released(policy, pd.DataFrame(columns))


def reasons(counts: pd.DataFrame, policy: Policy, *, totals: Totals = (), withheld: Flags | bool = False) -> Reasons:
    """Why each of those figures would be held back by ``release``, which takes the same."""
    people = counts["people"] if "people" in counts else counts["base"]
    yes = counts["people_yes"] if "people_yes" in counts else counts["count"]
    no = counts["people_no"] if "people_no" in counts else counts["base"] - counts["count"]
    held = np.where(withheld, Held.PROTECTS, _held(yes.to_numpy(), no.to_numpy(), people.to_numpy(), policy))
    more = protection.further(held != Held.NOT, counts, totals, policy.shows, unanimous=policy.unanimous)
    return np.where(more, Held.PROTECTS, held)


def release_counts(
    counts: pd.DataFrame, policy: Policy, *, totals: Totals = (), withheld: Flags | bool = False
) -> Released:
    """Plain numbers of responses: hidden where small, rounded, as the policy says.

    counts has one row per figure with ``count``. That few answered from somewhere gives nobody's
    answer away, so only the policy's smallest number counts here, not its fewest people.
    """
    count = counts["count"].to_numpy()
    small = (count > 0) & (count < policy.smallest)
    held = np.select([np.broadcast_to(withheld, count.shape), small], [Held.PROTECTS, Held.SMALL], Held.NOT)
    held = held.astype(object)
    more = protection.further(held != Held.NOT, counts, totals, lambda total, _: not 0 < total < policy.smallest)
    held = np.where(more, Held.PROTECTS, held)
    shown = counts["count"].map(policy.rounded).astype("float64").mask(held != Held.NOT)
    return Released(policy, counts.assign(count=shown, held=held))


def _held(yes: Whole, no: Whole, people: Whole, policy: Policy) -> Reasons:
    """Why each figure is held back for its own sake."""
    small = ((yes > 0) & (yes < policy.smallest)) | ((no > 0) & (no < policy.smallest))
    unanimous = ((yes == 0) | (no == 0)) & (people < policy.unanimous)
    reasons = [Held.FEW, Held.SMALL, Held.UNANIMOUS]
    return np.select([people < policy.fewest, small, unanimous], reasons, Held.NOT).astype(object)


def _rounded(figures: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Numbers to the policy's step, shares to whole per cents where it asks for that."""
    kept = figures.assign(count=figures["count"].map(policy.rounded), base=figures["base"].map(policy.rounded))
    names = [name for name in (*SHARES, *WORKED_OUT) if name in kept]
    kept[names] = policy.of_shares(kept[names].to_numpy("f8"))
    return kept
