"""How far themes given by a program agree with labels that people gave to the same comments.

Sources: Hubert and Arabie (1985), *Journal of Classification* 2, 193-218, for the adjusted Rand index; Vinh, Epps and
Bailey (2010), *Journal of Machine Learning Research* 11, 2837-2854, for adjusted mutual information; both, and F1, as
scikit-learn computes them.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score, f1_score
from sklearn.preprocessing import MultiLabelBinarizer

RESAMPLES = 200
"""How many times the comments are drawn anew for an interval."""

_DRAWN = 5_000  # comments at a time: the width that more would have is known from it
_APART = "|"
_REACH = 1.96  # standard deviations, for 95 cases of 100

Measure = Callable[[npt.NDArray[np.int64]], float]


class Agreement(NamedTuple):
    """One measure of agreement: what it is called and means, its value, its 95 % interval, and on how many comments."""

    name: str
    meaning: str
    value: float
    low: float
    high: float
    base: int


class Compared(NamedTuple):
    """Labels people gave beside themes a program gave.

    ``base`` is how many comments have a label, ``labels`` how many different labels there are, ``known`` how many of
    them are themes it could give, and ``several`` whether a comment may have more than one.
    """

    base: int
    labels: int
    known: int
    several: bool
    agreements: list[Agreement]


def compare(given: Sequence[str], carried: pd.DataFrame, themes: Iterable[tuple[str, str]], *, seed: int) -> Compared:
    """How far themes agree with the labels in a column, one cell for each comment, several apart by "|".

    carried has a row for each theme a comment carries, the strongest first: ``row`` (its place) and ``theme`` (a key).
    themes are the keys and labels of all that could have been given; a label of people's is one of them if it is
    written like its label or key, but for capitals. Comments without a label are left out. Where no label is known,
    only the groups are compared. The same seed gives the same intervals, which show chance alone.
    """
    labels = [_cut(cell) for cell in given]
    named = {name.casefold(): key for key, label in themes for name in (key, label)}
    every = sorted({label for cell in labels for label in cell})
    known = {label: named[label.casefold()] for label in every if label.casefold() in named}
    several = any(len(cell) > 1 for cell in labels)
    rows = [row for row, cell in enumerate(labels) if cell]
    by_row = carried.groupby("row")["theme"].agg(list).reindex(rows)
    found = [keys if isinstance(keys, list) else [] for keys in by_row]
    meant = [labels[row] for row in rows]
    ours = [[known[label] for label in cell if label in known] for cell in meant]
    chance = np.random.default_rng(seed)
    agreements = []
    if several:
        agreements += _of_several(ours, found, sorted(set(known.values())), chance)
    else:
        agreements += _of_one(ours, found, chance) + _of_groups([cell[0] for cell in meant], found, chance)
    return Compared(len(rows), len(every), len(known), several, agreements)


def sentences(compared: Compared, *, seed: int) -> list[str]:
    """The agreement in words: what was compared, each measure with its base and interval, and what that leaves out."""
    if not compared.base:
        return ["That column has no labels: there is nothing to compare with."]
    said = [
        f"{compared.base:,} comments have a label, of {compared.labels} different ones. "
        f"{compared.known} of these are themes of the coding frame, by their label or key."
    ]
    if compared.several and not compared.known:
        said.append("A comment may have several labels, and none of them is a theme: there is nothing to compare with.")
    elif not compared.several and not compared.known:
        said.append("So only the groups can be compared, not what they are called.")
    said += [
        f"{one.name}: {one.value:.3f} ({one.low:.3f} to {one.high:.3f}), of {one.base:,} comments. It is {one.meaning}."
        for one in compared.agreements
    ]
    if compared.agreements:
        said.append(
            f"In 95 of 100 cases chance alone keeps within these ranges: {RESAMPLES} drawings of these comments, seed "
            f"{seed}. People who label comments do not agree with each other entirely, either."
        )
    return said


def _cut(cell: str) -> list[str]:
    return list(dict.fromkeys(label.strip() for label in cell.split(_APART) if label.strip()))


def _of_one(
    ours: Sequence[Sequence[str]], found: Sequence[Sequence[str]], chance: np.random.Generator
) -> list[Agreement]:
    """The share of comments whose strongest theme is the one people gave."""
    same = np.array([keys[:1] == cell for cell, keys in zip(ours, found, strict=True) if cell], dtype=np.float64)
    if not len(same):
        return []
    meaning = "the share of comments whose strongest theme is the label's"
    return [_agreement("Same theme", meaning, lambda rows: float(same[rows].mean()), len(same), chance)]


def _of_groups(meant: Sequence[str], found: Sequence[Sequence[str]], chance: np.random.Generator) -> list[Agreement]:
    """How alike the two sortings are as groups, whatever the groups are called."""
    one = np.unique(list(meant), return_inverse=True)[1]
    other = np.unique([keys[0] if keys else "" for keys in found], return_inverse=True)[1]
    if not len(one):
        return []
    like = "0 is what chance gives, 1 is the same"
    return [
        _agreement(
            "Same groups (adjusted Rand index)",
            f"how far pairs of comments are kept together, or apart, alike; {like}",
            lambda rows: float(adjusted_rand_score(one[rows], other[rows])),
            len(one),
            chance,
        ),
        _agreement(
            "Shared information (adjusted mutual information)",
            f"how much one sorting tells of the other; {like}",
            lambda rows: float(adjusted_mutual_info_score(one[rows], other[rows])),
            len(one),
            chance,
        ),
    ]


def _of_several(
    ours: Sequence[Sequence[str]], found: Sequence[Sequence[str]], keys: Sequence[str], chance: np.random.Generator
) -> list[Agreement]:
    """F1 over the themes that are known, of the comments that have at least one of them."""
    kept = [row for row, cell in enumerate(ours) if cell]
    if not kept:
        return []
    marked = MultiLabelBinarizer(classes=list(keys))
    truth = marked.fit_transform([ours[row] for row in kept])
    wanted = set(keys)
    mine = marked.transform([[key for key in found[row] if key in wanted] for row in kept])

    def f1(average: str) -> Measure:
        return lambda rows: float(f1_score(truth[rows], mine[rows], average=average, zero_division=0))

    balance = "the balance of themes rightly given and rightly found, 0 to 1"
    return [
        _agreement("Micro F1", f"{balance}; every label counts alike", f1("micro"), len(kept), chance),
        _agreement("Macro F1", f"{balance}; every theme counts alike, large or small", f1("macro"), len(kept), chance),
    ]


def _agreement(name: str, meaning: str, measure: Measure, base: int, chance: np.random.Generator) -> Agreement:
    """The measure of all the comments, give or take what it varies over comments drawn anew (bootstrap, normal).

    How it varies is used, not where it lies: in a drawing some comments are there twice, and agree with themselves.
    """
    value = measure(np.arange(base))
    size = min(base, _DRAWN)
    drawn = [measure(chance.integers(base, size=size)) for _ in range(RESAMPLES)]
    reach = _REACH * float(np.std(drawn)) * np.sqrt(size / base)
    return Agreement(name, meaning, value, max(value - reach, -1.0), min(value + reach, 1.0), base)
