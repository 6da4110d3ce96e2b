"""Discovery: what comments speak of that no theme was written down for, found by laying alike beside alike.

The same texts give the same themes, in whatever order they come, and what is said twice is counted twice but weighs
once: a thousand copies of a campaign's letter are one letter from a thousand people.
"""

import re
import zlib
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import Executor
from math import sqrt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from threadpoolctl import threadpool_limits

from analysis.executors import HERE
from analysis.text import clean, gathering, labels, resampling, space, words
from analysis.text.gathering import GoneOn, Groups
from analysis.text.resampling import Resample
from analysis.text.space import Space
from analysis.text.vectors import Matrix, Vectors, chosen

CANDIDATES = {"key": "str", "label": "str", "words": "str", "size": "int64", "stability": "float64"}
ASSIGNED = {"candidate": "str", "strength": "float64", "margin": "float64", "words": "str"}

FEWEST = 8  # texts in which themes are looked for when nobody says how many there are
MOST = 20  # themes found then: more than a person will read

_LOOKED_AT = 6_000  # different texts that themes are made from; all others are given the nearest
_AT_ONCE = 20_000
_NOT_FOR_KEYS = re.compile(r"[^a-z0-9]+")


class Centres(NamedTuple):
    """Where candidate themes lie among the vectors, kept so that the next fit can go on from them."""

    keys: tuple[str, ...]
    rows: Matrix  # one for each key, of unit length, float32


class Discovery(NamedTuple):
    """Candidate themes found in some texts, and the one each text was given.

    ``candidates`` has a row for each, the largest first: ``key`` (the same one in a fit that started from this one),
    ``label``, ``words`` (what sets it apart, apart by commas), ``size`` (texts) and ``stability`` (0 to 1: in what
    share of ``resampling.RESAMPLES`` parts of the texts it is found again). ``assigned`` has a row for each text, in
    order: ``candidate`` (a key, "" where there is no word to go by), ``strength`` (0 to 1: how like the middle of its
    theme), ``margin`` (how much more like that than like the middle of the next theme: small at the border, below 0
    where only its neighbours brought it here) and ``words`` (those of its candidate that it says, apart by commas).
    ``centres``, in the order of the candidates, are for the next fit to start from.
    """

    candidates: pd.DataFrame
    assigned: pd.DataFrame
    centres: Centres


class _Sorted(NamedTuple):
    """Different texts, the group of each, how like the middle of that group it is, and how much more than the next."""

    groups: Groups
    strengths: npt.NDArray[np.float64]
    margins: npt.NDArray[np.float64]


def discover(
    texts: Sequence[str],
    *,
    count: int | None = None,
    start: Centres | None = None,
    vectors: Vectors | None = None,
    taken: Collection[str] = (),
    executor: Executor = HERE,
) -> Discovery:
    """Candidate themes in these texts: count of them, or as many as their number bears; few texts have none.

    With start, what an earlier fit found is looked for where it was and keeps its key, so that themes stay themselves
    while comments come in; themes are added, or the smallest left out, where the count asks for it. Without, it is what
    most parts of the texts agree on. Centres made by other vectors are of no use and not used. No new theme is given a
    key in taken.

    There may be fewer themes than count where there are not as many different texts. Every text with a word in it is
    given the theme it is most like, however little that is: see the strengths. The executor does a part of the work
    where it can. Raises ValueError if count is below 1.
    """
    if count is not None and count < 1:
        raise ValueError(f"count must be at least 1, or None for as many as the texts bear; it is {count}.")
    known = vectors or chosen()
    different, which = _different(texts)
    most = min(_bearable(int((which >= 0).sum())) if count is None else count, len(different))
    if most == 0:
        return _nothing(len(texts), known)
    with threadpool_limits(1, "blas"):  # or sums would depend on how many cores there are
        return _found(different, which, most, start, known, taken, executor)


def _found(
    different: list[str],
    which: Groups,
    most: int,
    start: Centres | None,
    known: Vectors,
    taken: Collection[str],
    executor: Executor,
) -> Discovery:
    looked_at = different[:_LOOKED_AT]
    laid_out, places = space.lay_out(looked_at, known)
    coming = executor.submit(_drawn_together, places)
    tried = resampling.resamples(places, most)
    drawn = coming.result()
    gone_on = _gone_on(laid_out, drawn, most, start, tried)
    numbers, groups = np.unique(gone_on.groups, return_inverse=True)
    sorted_ = _sorted(laid_out, places, groups, different[_LOOKED_AT:])
    candidates = labels.name(looked_at, groups.tolist())
    candidates["size"] = np.bincount(sorted_.groups[which[which >= 0]], minlength=len(numbers))
    candidates["stability"] = resampling.stability(groups, len(numbers), tried).round(4)
    earlier = [start.keys[number] if start and number >= 0 else "" for number in gone_on.earlier[numbers]]
    candidates["key"] = _keys(earlier, candidates["label"], {*taken, *(start.keys if start else ())})
    rows = gathering.means(laid_out.static_part(drawn), groups, len(numbers))
    return _discovery(candidates, rows, sorted_, which, different)


def _drawn_together(places: Matrix) -> Matrix:
    with threadpool_limits(1, "blas"):
        return space.drawn_together(places)


def _different(texts: Sequence[str]) -> tuple[list[str], Groups]:
    """The different texts, in no order that means anything, and for each text its place among them, or -1 for none.

    Texts are the same if their words are. The order is that of a checksum, which makes the first of them a fair sample.
    """
    plain = pd.Series([labels.without_marks(clean.plain(text)) for text in texts], dtype="str")
    folded = pd.Series([" ".join(words.split(text)) for text in plain], dtype="str")
    written = plain.groupby(folded).min().drop("", errors="ignore")
    order = sorted(written.index, key=lambda text: (zlib.crc32(text.encode()), text))
    which = pd.Index(order, dtype="str").get_indexer(pd.Index(folded))
    return written.loc[order].tolist(), which.astype(np.int64)


def _bearable(texts: int) -> int:
    """How many themes so many texts bear: a rule of thumb, on which no statistic was found to improve."""
    return 0 if texts < FEWEST else min(MOST, round(sqrt(texts / 2)))


def _gone_on(laid_out: Space, drawn: Matrix, count: int, start: Centres | None, tried: Sequence[Resample]) -> GoneOn:
    def fresh() -> Groups:
        places = resampling.agreed(drawn, tried)
        agreed = gathering.gathered(places, gathering.beginning(places, count))
        # By the places themselves, as a fit that goes on from this one will tell them apart.
        return gathering.gathered(drawn, gathering.means(drawn, agreed, count))

    if start is None or not start.keys or start.rows.shape[1] != laid_out.middle.shape[1]:
        return GoneOn(fresh(), np.full(count, -1))
    return gathering.going_on(drawn, start.rows, count, fresh)


def _sorted(laid_out: Space, places: Matrix, groups: Groups, others: Sequence[str]) -> _Sorted:
    """The texts looked at as they were grouped, and the others with the middle they are nearest to."""
    middles = gathering.means(places, groups, int(groups.max()) + 1)
    parts = [(groups, places @ middles.T)]
    for start in range(0, len(others), _AT_ONCE):
        alike = laid_out.places(others[start : start + _AT_ONCE]) @ middles.T
        parts.append((alike.argmax(axis=1), alike))
    all_groups, alike = np.concatenate([given for given, _ in parts]), np.vstack([alike for _, alike in parts])
    own = np.arange(len(alike)), all_groups
    strengths = alike[own].astype(np.float64)
    alike[own] = -np.inf
    next_best = alike.max(axis=1) if len(middles) > 1 else np.zeros(len(alike))
    return _Sorted(all_groups, strengths.clip(0, 1).round(4), (strengths - next_best).round(4))


def _keys(earlier: Sequence[str], given: Iterable[str], taken: set[str]) -> list[str]:
    """A key for each candidate: its earlier one, or else one made from its label."""
    keys: list[str] = []
    for key, label in zip(earlier, given, strict=True):
        keys.append(key or _new_key(label, taken | {*keys}))
    return keys


def _new_key(label: str, taken: set[str]) -> str:
    made = "found_" + _NOT_FOR_KEYS.sub("_", label.casefold()).strip("_")[:30]
    made = made.rstrip("_")
    return next(
        key for number in range(1, len(taken) + 2) if (key := made if number == 1 else f"{made}_{number}") not in taken
    )


def _discovery(
    candidates: pd.DataFrame, rows: Matrix, sorted_: _Sorted, which: Groups, different: Sequence[str]
) -> Discovery:
    keys = np.append(candidates["key"].to_numpy(dtype=object), "")
    telling = candidates["words"].tolist()
    said = [labels.said_of(telling[group], text) for group, text in zip(sorted_.groups, different, strict=True)]
    there = which >= 0
    assigned = pd.DataFrame(
        {
            "candidate": keys[np.where(there, sorted_.groups[which], len(candidates))],
            "strength": np.where(there, sorted_.strengths[which], 0),
            "margin": np.where(there, sorted_.margins[which], 0),
            "words": np.where(there, np.array(said, dtype=object)[which], ""),
        }
    ).astype(ASSIGNED)
    ranked = candidates.assign(row=range(len(candidates))).sort_values(["size", "key"], ascending=[False, True])
    return Discovery(
        ranked[list(CANDIDATES)].astype(CANDIDATES).reset_index(drop=True),
        assigned,
        Centres(tuple(ranked["key"]), rows[ranked["row"]]),
    )


def _nothing(texts: int, vectors: Vectors) -> Discovery:
    width = vectors.of([""]).shape[1]
    return Discovery(
        pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in CANDIDATES.items()}),
        pd.DataFrame({"candidate": [""] * texts, "strength": 0.0, "margin": 0.0, "words": ""}).astype(ASSIGNED),
        Centres((), np.zeros((0, width), dtype=np.float32)),
    )
