"""How long an officer waits at a hundred thousand comments: for a search by words, a filter and a search by meaning."""

import csv
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd

from analysis import nearness
from analysis.shelf import Order, Shelf, Wanted, shelved
from analysis.suppression import OFFICER
from analysis.text import finding, word_table
from analysis.upkeep import Frames, kept
from tests.load.corpus import write_comments
from tests.load.figure import Figure, percentile

T = TypeVar("T")

SEARCHES = [
    "waiting",
    "no reply",
    '"speech and language" wait',
    "transport school bus",
    "e",
    "zzzzz",
    "annual review plan",
]
ASKED = ["nobody rings back", "the bus does not come", "kind staff who listened", "the plan is not followed"]
FILTERS = [
    Wanted(service="s3"),
    Wanted(district="d2"),
    Wanted(theme="t4"),
    Wanted(sentiment="negative", stance="request"),
    Wanted(item="i1", service="s1", language="en"),
]
TIMES = 5
A_RESPONSE_WRITES = 3


def measure(folder: Path, *, comments: int) -> Iterator[Figure]:
    """The waits, of which each is of one run of all that a press makes the page work out; and what is held for it."""
    frames = _county(folder, comments)
    places = pd.DataFrame(
        {"name": [f"D{n}" for n in range(12)], "locality": "East"}, index=[f"d{n}" for n in range(12)]
    )
    seconds, shelf = _timed(lambda: shelved(frames, ["t1"], places, OFFICER))
    yield Figure("reading_comments.first", round(seconds, 2), "s")
    seconds, shelf = _timed(lambda: shelved(frames, ["t1"], places, OFFICER, shelf))
    yield Figure("reading_comments.one_comes_in", round(seconds * 1_000), "ms")
    for order in Order:
        shelf.listed(shelf.passing(Wanted()), order)
    yield _worst("words", [lambda typed=typed: _by_words(shelf, typed) for typed in SEARCHES], 150)
    yield _worst("filters", [lambda wanted=wanted: _by_filter(shelf, wanted) for wanted in FILTERS], 150)
    stored = nearness.as_stored(word_table.table().of(frames.comments["words"].tolist()))
    placed = dict(zip(frames.comments["comment_id"].tolist(), stored, strict=True))
    seconds, held = _timed(lambda: nearness.renewed(nearness.nobody(), shelf.words, placed))
    yield Figure("reading_comments.meaning_first", round(seconds, 2), "s")
    yield _worst("meaning", [lambda typed=typed: _by_meaning(shelf, held, typed) for typed in ASKED], 300)
    yield Figure("reading_comments.vectors", round(held.vectors.nbytes / (1 << 20)), "MB")
    yield Figure("reading_comments.folded", round(sum(map(len, shelf.folded)) / (1 << 20)), "MB")


def _by_words(shelf: Shelf, typed: str) -> int:
    passes = shelf.having(shelf.passing(Wanted()), finding.sought(typed))
    return len(shelf.listed(passes, Order.TELLING))


def _by_filter(shelf: Shelf, wanted: Wanted) -> int:
    return len(shelf.listed(shelf.passing(wanted, blind=range(400)), Order.TELLING))


def _by_meaning(shelf: Shelf, held: nearness.Meanings, typed: str) -> int:
    near = nearness.nearness(held, typed)
    may = np.isin(held.ids, shelf.ids[shelf.passing(Wanted(service="s3"))])
    return len(np.argsort(-near[may], kind="stable"))


def _worst(name: str, presses: list[Callable[[], int]], target: float) -> Figure:
    waits = [_timed(press)[0] * 1_000 for _ in range(TIMES) for press in presses]
    return Figure(f"reading_comments.{name}_p95", round(percentile(waits, 0.95)), "ms", target)


def _timed(what: Callable[[], T]) -> tuple[float, T]:
    began = time.perf_counter()
    made = what()
    return time.perf_counter() - began, made


def _county(folder: Path, comments: int) -> Frames:
    """As many comments as asked for, of what the demonstration's families write, about everything by chance."""
    with write_comments(folder / "comments.csv", comments).open(encoding="utf-8", newline="") as file:
        words = [row["comment"] for row in csv.DictReader(file)]
    rng = np.random.default_rng(2026)
    ids, people = np.arange(1, len(words) + 1), len(words) // A_RESPONSE_WRITES + 1
    said = pd.DataFrame({"comment_id": ids, "response_id": ids // A_RESPONSE_WRITES, "words": words, "language": "en"})
    said = said.assign(item=_any_of(rng, "i", 5, len(ids)), service=_any_of(rng, "s", 18, len(ids)), child=0)
    said = said.assign(sentiment=rng.choice(["negative", "positive"], len(ids)), unsure=rng.random(len(ids)) < 0.2)
    said = said.assign(**{stance: rng.random(len(ids)) < 0.3 for stance in ("praise", "criticism", "request")})
    sent = pd.Timestamp("2026-03-01", tz="UTC") + pd.to_timedelta(rng.integers(0, 5_000_000, people), unit="s")
    who = pd.DataFrame({"response_id": np.arange(people), "sent_at": sent, "district": _any_of(rng, "d", 12, people)})
    answers = pd.DataFrame(
        {"response_id": np.tile(who["response_id"], 5), "service": _any_of(rng, "s", 18, people * 5)}
    )
    given = pd.DataFrame({"comment_id": rng.choice(ids, 2 * len(ids)), "theme": _any_of(rng, "t", 40, 2 * len(ids))})
    given = given.drop_duplicates().assign(strength=0.7, margin=np.nan)
    return kept(Frames(who.astype({"district": "str"}), answers.astype({"service": "str"}), said, given))


def _any_of(rng: np.random.Generator, letter: str, kinds: int, how_many: int) -> pd.Series:
    return pd.Series(rng.choice([f"{letter}{number}" for number in range(kinds)], how_many), dtype="str")
