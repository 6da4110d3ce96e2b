"""Comments compared with one another: the demonstration's, as many as are asked for, and copies planted among them."""

import gc
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import sqlalchemy as sa

from analysis import copies
from analysis.copies import Comparing
from survey import database, demo
from survey.tables import Comment, Likeness
from tests.analysis.text.altered import ALTERED
from tests.load.corpus import A_RESPONSE_WRITES
from tests.load.figure import Figure

PLANTED = 1_000
FEWEST_WORDS = 40
MEGABYTE = 1 << 20


def measure(folder: Path, *, comments: int) -> Iterator[Figure]:
    engine = database.connect(f"sqlite:///{folder / 'county.sqlite3'}")
    database.prepare(engine)
    demo.load(engine, waves=demo.waves_of(comments // A_RESPONSE_WRITES), truth=folder / "truth")
    planted = plant(engine)
    gc.collect()
    held = psutil.Process().memory_info().rss
    began, worked, longest = time.perf_counter(), time.process_time(), 0.0
    comparing, last = Comparing(engine, clock=lambda: 0.0), -1
    while comparing._latest != last:
        last, at = comparing._latest, time.perf_counter()
        comparing._again_at = 0.0
        comparing()
        longest = max(longest, time.perf_counter() - at)
    seconds, worked = time.perf_counter() - began, time.process_time() - worked
    with engine.connect() as connection:
        there = connection.execute(sa.select(sa.func.count()).select_from(Comment)).scalar_one()
        flagged = set(connection.execute(sa.select(Likeness.comment_id)).scalars())
    name = f"copies_{comments // 1000}k"
    yield Figure(f"{name}_comments", there, "comments")
    yield Figure(f"{name}_seconds", round(seconds, 1), "s")
    yield Figure(f"{name}_cpu", round(worked, 1), "s")
    yield Figure(f"{name}_longest_portion", round(1000 * longest), "ms", 1000)
    yield Figure(f"{name}_memory", round((psutil.Process().memory_info().rss - held) / MEGABYTE), "MB")
    yield Figure(f"{name}_found", round(100 * len(planted & flagged) / len(planted), 1), "% of planted copies")
    yield Figure(f"{name}_flagged", len(flagged), f"comments, portions of {copies.PORTION}")
    engine.dispose()


def plant(engine: sa.Engine) -> set[int]:
    """Altered copies of long comments, as if somebody else had sent them last; gives their numbers."""
    ways = list(ALTERED.values())
    with engine.begin() as connection:
        long = connection.execute(
            sa.select(Comment.words)
            .where(sa.func.length(Comment.words) > FEWEST_WORDS * 6)
            .order_by(Comment.id)
            .limit(PLANTED)
        ).scalars()
        texts = [ways[number % len(ways)](words) for number, words in enumerate(long)]
        last = connection.execute(sa.select(sa.func.max(Comment.id))).scalar_one()
        first_response = connection.execute(sa.select(sa.func.max(Comment.response_id))).scalar_one()
        rows = [
            {"id": last + 1 + n, "response_id": first_response - n, "item": "copied", "words": text}
            for n, text in enumerate(texts)
        ]
        connection.execute(sa.insert(Comment), rows)
    return {row["id"] for row in rows}
