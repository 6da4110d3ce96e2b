"""Who has been heard from: those who answered beside the population they come from, and how many more are needed.

How many answered from somewhere gives nobody's answer away, and that they are few is the message: so these numbers are
shown however small, to those who may see them.
"""

from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd
from scipy import stats

from analysis.phrases import number, percent, roughly
from analysis.proportions import shares, wilson
from analysis.suppression import Policy, Released, release, release_counts

SURE: Final = 0.05
"""Of the groups called clearly more or fewer, the share that may be so by luck."""
WITHIN: Final = 0.10
"""How near a share should be known: ten points either way."""

_MOST_LOOKED_AT: Final = 1_000


class Heard(StrEnum):
    """How those who answered compare with the population."""

    FEWER = "clearly fewer than their share"
    MORE = "clearly more than their share"
    NO_CLEAR_DIFFERENCE = "no clear difference"


def gathered(answered: pd.Series, groups: pd.Index, *, rest: str) -> pd.Series:
    """The numbers of responses by value; where ``rest`` is a group, it has all that are in none of the others."""
    if rest not in groups:
        return answered
    known = answered.index.isin(groups) & (answered.index != rest)
    others = pd.Series({rest: int(answered[~known].sum())}, dtype="int64")
    every: pd.Series = pd.concat([answered[known], others])
    return every


def heard(answered: pd.Series, population: pd.Series) -> pd.DataFrame:
    """Each group of the population beside those who answered from it.

    answered has the number of responses by value; population the number of people by the same values. Responses with
    any other value (not sure, not given) are no part of the base. Gives a row for each group in the order of the
    population: ``group``,
    ``of_population`` (its share), ``count`` of ``base`` with ``share``, ``low`` and ``high`` (Wilson), ``verdict`` (a
    ``Heard``) and ``needed`` (how many more answers would bring a share of its own to within ten points either way).

    A verdict is given by the exact binomial test of k of n answers against the population's share π: two-sided, p is
    the sum of P(R = r) over all r that are no likelier than k, with R binomial (n, π). It is corrected for all groups
    (Benjamini and Hochberg at 5 %). It takes each response as drawn by itself from a large population. That a group
    answers less than its share does not say what it would have said.

    Sources: Conover (1971) Practical Nonparametric Statistics, 97-104 (the test, as in R's binom.test); Benjamini and
    Hochberg (1995) J. R. Stat. Soc. B 57, 289-300; Wilson (1927) JASA 22, 209-212.
    """
    counts = answered.reindex(population.index).fillna(0).astype("int64")
    base = int(counts.sum())
    of_population = population / population.sum()
    table = shares(
        pd.DataFrame({"group": population.index, "of_population": of_population.to_numpy(), "count": counts.to_numpy()})
        .assign(base=base)
    )  # fmt: skip
    q = np.ones(len(table))
    if base:
        pairs = zip(counts, of_population, strict=True)
        tests = [stats.binomtest(int(count), base, share).pvalue for count, share in pairs]
        q = stats.false_discovery_control(tests)
    words = np.select(
        [(q <= SURE) & (table["share"] < table["of_population"]), q <= SURE], [Heard.FEWER, Heard.MORE],
        Heard.NO_CLEAR_DIFFERENCE,
    )  # fmt: skip
    return table.assign(verdict=words, needed=np.maximum(enough() - table["count"], 0))


def enough() -> int:
    """How many answers bring the interval of any share to within ten points either way: the widest is that of a half.

    By Wilson's interval, 93.
    """
    bases = np.arange(1, _MOST_LOOKED_AT, dtype="f8")
    low, high = wilson(np.full_like(bases, 0.5), bases)
    return int(bases[(high - low) / 2 <= WITHIN][0])


def table(found: pd.DataFrame, names: pd.Series, policy: Policy) -> pd.DataFrame:
    """The same to read, with names for people by group; a group without one keeps its code.

    Whoever reads out is told roughly how many: rounded, and of a small number that it is one. That they are few is what
    has to be said, and says nothing of what anybody answered, so no other number is held back for it.
    """
    few = (found["count"] > 0) & (found["count"] < policy.smallest)
    rows = zip(found["share"].mask(few), found["base"], found["low"], found["high"], strict=True)
    return pd.DataFrame(
        {
            "Group": found["group"].map(names).fillna(found["group"]),
            "Answered": [roughly(int(count), policy) for count in found["count"]],
            "Share of those who answered": [
                f"{percent(share)} ({percent(low)} to {percent(high)})" if base and not pd.isna(share) else "–"
                for share, base, low, high in rows
            ],
            "Share of the population": found["of_population"].map(percent),
            "Heard": found["verdict"].str.capitalize(),
            "More answers needed": [_more(int(more), policy) for more in found["needed"]],
        }
    )


def how_few(policy: Policy) -> str:
    """What is told of groups of which few answered, in a sentence."""
    if policy.is_read_out:
        return (
            "How many answered from somewhere is told however few they are: roughly, and under "
            f"{policy.smallest} only as fewer than that. What they answered is not."
        )
    return "How many answered from somewhere is shown however few they are. What they answered is not."


def _more(needed: int, policy: Policy) -> str:
    """How many more answers are needed, no more exactly than how many there are is told."""
    if not needed:
        return "enough"
    there = policy.told(enough() - needed)
    if not policy.is_read_out:
        return number(needed)
    return (
        f"more than {enough() - policy.smallest}"
        if there is None
        else f"about {number(max(enough() - there, policy.step))}"
    )


def divided(answered: pd.Series, names: pd.Series, policy: Policy) -> Released:
    """Groups that have no population to be set beside: ``group`` (its name) and ``count`` of ``base``, with shares.

    answered has the number of responses by value, names what to call the values that are groups, in their order.
    Responses with any other value are no part of the base.
    """
    counts = answered.reindex(names.index).fillna(0).astype("int64").to_numpy()
    return release(
        pd.DataFrame({"group": names.to_numpy(), "count": counts, "base": counts.sum()}), policy, totals=[[]]
    )


def dropped(stopped: pd.Series, sent: pd.Series, names: pd.Series, policy: Policy) -> Released:
    """Of those who began in each group, how many stopped: ``group`` (its name) and ``count`` of ``base``, with shares.

    stopped and sent have numbers of people by code, names what to call the codes, in their order. Somebody is one or
    the other; the base is both together, without those who may yet go on. A group in which nobody began has no row.
    """
    left, done = (numbers.reindex(names.index).fillna(0).astype("int64") for numbers in (stopped, sent))
    counts = pd.DataFrame({"group": names.to_numpy(), "count": left.to_numpy(), "base": (left + done).to_numpy()})
    return release(counts[counts["base"] > 0].reset_index(drop=True), policy, totals=[[]])


def stopped(places: pd.DataFrame, policy: Policy) -> Released:
    """Where people stopped who began and have not sent: ``place`` and ``count``, as the policy lets them be seen."""
    return release_counts(places, policy, totals=[[]])
