"""Bursts: what suddenly many people in one place speak of, against what that place and the county usually say.

Counted are people, each on the day they answered. How many answer goes up and down with the day of the week, with
reminders and with the end of fieldwork; so a count is always held against how many people spoke there in those days.
"""

from collections.abc import Iterable
from math import exp, lgamma
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

WINDOW = 7
"""Days that are looked at together."""
GUARD = 2
"""Days before those that are no baseline either: a burst must not hide itself by having begun (EARS C2)."""
WARM_UP = 14
"""Days of fieldwork before anything can be told: until then there is no baseline."""
FEWEST = 5
"""People who must have said it, in those days and that place."""
TIMES = 2.0
"""As many times what was expected, at least: a rise that is sure but small is no burst."""
PRIOR = 12.0
"""People that the county's rate counts for beside the place's own baseline."""
STEADY = 1.0
"""People that the county's rise is steadied by: two where one was expected are no doubling."""
WORTH = 150.0
"""People that a baseline counts for, at most: rates wander, so no baseline is known better than that."""
Counts = npt.NDArray[np.float64]


class Burst(NamedTuple):
    """Something that many people in one place spoke of in the days up to ``day``."""

    about: str
    place: str
    day: int
    people: int
    expected: float
    chance: float


class Daily(NamedTuple):
    """People counted by day: who spoke at all by place, and who spoke of each thing by thing and place.

    ``spoke`` has a row for each place and a column for each day; ``said`` one for each series, which ``series`` names.
    ``first`` is the day of the first column.
    """

    first: int
    places: tuple[str, ...]
    spoke: Counts
    series: pd.MultiIndex
    said: Counts


def daily(people: pd.DataFrame, said: pd.DataFrame) -> Daily:
    """People counted by day.

    people has a row for each person and place: ``person``, ``day`` (a whole number) and ``place``. said has one for
    each person, place and thing they spoke of: ``person``, ``place`` and ``about``, of people who are in ``people``.
    Whoever says a thing twice is one person.
    """
    first, last = int(people["day"].min()), int(people["day"].max())
    places = tuple(sorted(people["place"].astype("str").unique()))
    at = {place: number for number, place in enumerate(places)}
    spoke = np.zeros((len(places), last - first + 1))
    once = people.drop_duplicates(["person", "place"])
    np.add.at(spoke, (once["place"].astype("str").map(at).to_numpy("int64"), once["day"].to_numpy() - first), 1)
    told = said[["person", "place", "about"]].drop_duplicates()
    told = told.merge(once[["person", "place", "day"]], on=["person", "place"])
    about, things = pd.factorize(told["about"].astype("str"), sort=True)
    place = told["place"].astype("str").map(at).to_numpy("int64")
    series, number = np.unique(about * len(places) + place, return_inverse=True)
    counted = np.zeros((len(series), spoke.shape[1]))
    np.add.at(counted, (number, told["day"].to_numpy() - first), 1)
    named = [things.take(series // len(places)), pd.Index(places).take(series % len(places))]
    return Daily(first, places, spoke, pd.MultiIndex.from_arrays(named, names=["about", "place"]), counted)


def bursts_on(counted: Daily, day: int, *, daily_chance: float) -> list[Burst]:
    """What bursts in the ``WINDOW`` days that end with that day; the least likely first.

    For each thing and place, with x of the n people who spoke there in those days having said it: the chance of x or
    more is that of a beta-binomial whose rate has been learnt from the place's own baseline, which ends ``GUARD`` days
    before: Beta(a, b), a = those who said it then, b = those who did not, both with the county's rate added (worth
    ``PRIOR`` people) and worth ``WORTH`` people at most. If other places say it more than they did before, the rate is
    raised as much: so neither what is always said there is a burst, nor what the whole county starts to say. It is a
    burst if that chance is at most ``daily_chance`` divided by the number of things and places looked at (Bonferroni),
    if x is at least ``FEWEST``, and at least ``TIMES`` what is expected.

    Source: the window and the guard are those of EARS C2 (Hutwagner et al. (2003) J. Urban Health 80, i89-i96); the
    negative binomial of such counts, given how many spoke, is the beta-binomial used here.
    """
    end = day - counted.first + 1
    if end < WARM_UP or end > counted.spoke.shape[1] or len(counted.series) == 0:
        return []
    rows = _beside_baseline(counted, end)
    looked_at = rows["n"] >= FEWEST
    limit = daily_chance / max(int(looked_at.sum()), 1)
    likely = rows[looked_at & (rows["x"] >= FEWEST) & (rows["x"] >= TIMES * rows["expected"])]
    found = [
        Burst(
            row.about,
            row.place,
            day,
            int(row.x),
            float(row.expected),
            at_least(int(row.x), int(row.n), row.yes, row.no),
        )
        for row in _each(likely)
    ]
    return sorted((one for one in found if one.chance <= limit), key=lambda one: (one.chance, one.about, one.place))


class _Row(NamedTuple):
    """One thing and place on one day."""

    about: str
    place: str
    x: float
    n: float
    expected: float
    yes: float  # of the baseline: people who said it, in effect
    no: float


def _each(rows: pd.DataFrame) -> Iterable[_Row]:
    return (_Row(*row) for row in rows[list(_Row._fields)].itertuples(index=False, name=None))


def _beside_baseline(counted: Daily, end: int) -> pd.DataFrame:
    """Each thing and place with what was said in the window and the baseline it is held against."""
    start = end - WINDOW
    before = max(start - GUARD, 0)
    place = pd.Index(counted.places).get_indexer(counted.series.get_level_values("place"))
    about, things = pd.factorize(counted.series.get_level_values("about"))

    def of(first: int, last: int) -> tuple[Counts, Counts, Counts, Counts]:
        """In those days: said here, spoke here, said elsewhere, spoke elsewhere."""
        said, spoke = counted.said[:, first:last].sum(axis=1), counted.spoke[:, first:last].sum(axis=1)
        everywhere = np.bincount(about, weights=said, minlength=len(things))[about]
        return said, spoke[place], everywhere - said, spoke.sum() - spoke[place]

    x, n, x_elsewhere, n_elsewhere = of(start, end)
    x_before, n_before, x_elsewhere_before, n_elsewhere_before = of(0, before)
    _, _, x_ever, n_ever = of(0, end)
    rate = (x_ever + 0.5) / (n_ever + 1.0)
    yes, no = _worth(PRIOR * rate + x_before, PRIOR * (1 - rate) + n_before - x_before)
    usual = n_elsewhere * (x_elsewhere_before + 0.5) / (n_elsewhere_before + 1.0)
    raised = np.maximum(1.0, (x_elsewhere + STEADY) / (usual + STEADY))
    more = np.minimum(yes * raised, 0.95 * (yes + no))
    return pd.DataFrame(
        {
            "about": counted.series.get_level_values("about"),
            "place": counted.series.get_level_values("place"),
            "x": x,
            "n": n,
            "expected": n * more / (yes + no),
            "yes": more,
            "no": yes + no - more,
        }
    )


def _worth(yes: Counts, no: Counts) -> tuple[Counts, Counts]:
    """A baseline, worth no more people than it may be."""
    part = np.minimum(1.0, WORTH / (yes + no))
    return yes * part, no * part


def at_least(count: int, people: int, yes: float, no: float) -> float:
    """The chance that ``count`` or more of so many people say a thing whose rate is Beta(yes, no).

    The upper tail of the beta-binomial, summed from ``count`` on: C(n,k) B(k+a, n-k+b) / B(a,b).
    """
    if count <= 0:
        return 1.0
    log = lgamma(people + 1) - lgamma(count + 1) - lgamma(people - count + 1)
    log += lgamma(count + yes) + lgamma(people - count + no) - lgamma(people + yes + no)
    log += lgamma(yes + no) - lgamma(yes) - lgamma(no)
    term = total = exp(log)
    for k in range(count, people):
        term *= (people - k) / (k + 1) * (yes + k) / (no + people - k - 1)
        total += term
        if term < total * 1e-12:
            break
    return min(total, 1.0)
