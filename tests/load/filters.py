"""What a change of filter costs with a million responses in memory, cold and after one more, and how much they take.

The demonstration's answers are copied in memory until there are enough. Measured is what the pages call for a view of
live results and of the variation between districts, charts included; what Streamlit and the browser do with it does not
depend on how many have answered.
"""

import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
import pandas as pd
import psutil

from analysis import upkeep
from analysis.board import variation, with_verdicts
from analysis.charts.chart import LIGHT
from analysis.charts.live import overview_charts, variation_charts
from analysis.columns import Channel
from analysis.cube import Cube, counted
from analysis.overview import Chosen, Measure, Scope, axes_of, overview
from analysis.remarks import latest
from analysis.suppression import OFFICER
from analysis.upkeep import Frames, Kept
from pages.ui.scope import scope_of
from survey import consultations, database, frames
from tests.load.figure import Figure, percentile
from tests.scene import load_and_read_county

RESPONSES = 1_000_000
TARGET_MS = 150
MEGABYTE = 1 << 20
Made = TypeVar("Made")


class Held(NamedTuple):
    """A wave as the pages hold it."""

    kept: Kept
    cube: Cube
    scope: Scope


def measure(folder: Path, *, responses: int = RESPONSES) -> Iterator[Figure]:
    small, scope = wave_of(folder)
    many = upkeep.kept(multiplied(small, until=responses))
    before = psutil.Process().memory_info().rss
    held, cold, cold_cpu = timed(lambda: settled(many, scope))
    yield Figure("filters_1m_responses", len(many.responses), "responses")
    yield Figure("filters_1m_count_all", round(cold, 2), f"s (processor {cold_cpu:.2f} s)")
    yield Figure("filters_1m_frames", round(sum(size_of(frame) for frame in many) / MEGABYTE), "MB")
    yield Figure("filters_1m_memory_added", round((psutil.Process().memory_info().rss - before) / MEGABYTE), "MB")
    yield from views("filters_1m_cold", held)
    one = only(small, small.responses["response_id"].iloc[:1])
    came = moved(one, 10 * responses * max(len(small.responses), 1))
    held, added, added_cpu = timed(lambda: renewed(held, came))
    yield Figure("filters_1m_one_more", round(1000 * added, 1), f"ms (processor {1000 * added_cpu:.1f} ms)", TARGET_MS)
    held, changed, changed_cpu = timed(lambda: renewed(held, one))
    yield Figure("filters_1m_one_changed", round(1000 * changed, 1), f"ms (processor {1000 * changed_cpu:.1f} ms)")
    yield from views("filters_1m_after_one", held)


def views(name: str, held: Held) -> Iterator[Figure]:
    """Every kind of choice, once each: milliseconds by the clock and by the processor."""
    scope = held.scope
    services, districts = list(scope.services.index)[:2], list(scope.places.index)[:2]
    choices = [Chosen(*one) for one in product(("", *services), ("", *districts), ("", *list(Channel)[:2]))]
    for page, view in (("live", live), ("variation", varies)):
        walls, cpus = [], []
        for chosen in choices:
            _, wall, cpu = timed(lambda view=view, chosen=chosen: view(held, chosen))
            walls.append(1000 * wall)
            cpus.append(1000 * cpu)
        yield Figure(f"{name}_{page}_p50", round(percentile(cpus, 0.5), 1), "processor ms")
        yield Figure(f"{name}_{page}_p95", round(percentile(cpus, 0.95), 1), "processor ms", TARGET_MS)
        yield Figure(f"{name}_{page}_first", round(cpus[0], 1), "processor ms, the first of all")
        yield Figure(f"{name}_{page}_wall_p95", round(percentile(walls, 0.95), 1), "ms", TARGET_MS)


def live(held: Held, chosen: Chosen) -> None:
    """All that live results show under a choice."""
    seen = overview(held.cube, held.scope, chosen, OFFICER)
    overview_charts(seen, held.scope, LIGHT)
    varied = variation(held.cube, held.scope, chosen, Measure.RATED_GOOD, OFFICER)
    variation_charts(varied, held.scope, chosen, Measure.RATED_GOOD, LIGHT)
    latest(held.kept, held.cube, held.scope, chosen, OFFICER)


def varies(held: Held, chosen: Chosen) -> None:
    """The board with its verdicts."""
    with_verdicts(held.cube, held.scope, chosen, Measure.RATED_GOOD, OFFICER)


def settled(many: Frames, scope: Scope) -> Held:
    kept = upkeep.settle(many)
    return Held(kept, counted(kept.settled, axes_of(scope)), scope)


def renewed(held: Held, fresh: Frames) -> Held:
    touched = fresh.responses["response_id"].tolist()
    axes = held.cube.axes
    cube = held.cube + counted(fresh, axes) - counted(held.kept.rows_of(touched), axes)
    return Held(held.kept.with_news(fresh, touched), cube, held.scope)


def wave_of(folder: Path) -> tuple[Frames, Scope]:
    """The demonstration's wave with the most answers."""
    engine = database.connect(load_and_read_county(folder))
    with database.reading(engine) as session:
        found = []
        for wave in consultations.waves(session):
            asked = consultations.questionnaire_of(session, wave)
            read = frames.changes(session, wave, asked.roles)
            themes = frames.themes(session, wave.consultation_id)
            seen = upkeep.kept(Frames(read.responses, read.answers, read.comments, read.codings))
            found.append((len(read.responses), seen, scope_of(asked, themes)))
    engine.dispose()
    _, seen, scope = max(found, key=lambda one: one[0])
    return seen, scope


def multiplied(small: Frames, *, until: int) -> Frames:
    """The same answers of ever other people."""
    rounds = -(-until // len(small.responses))
    step = 1 + max(int(small.responses["response_id"].max()), int(small.comments["comment_id"].max()))
    copies = [moved(small, step * one) for one in range(rounds)]
    return Frames(*(pd.concat(parts, ignore_index=True) for parts in zip(*copies, strict=True)))


def moved(some: Frames, by: int) -> Frames:
    """What they said, said by others."""
    numbers = ("response_id", "comment_id")
    return Frames(*(frame.assign(**{name: frame[name] + by for name in numbers if name in frame}) for frame in some))


def only(some: Frames, ids: pd.Series) -> Frames:
    by_response = [frame[frame["response_id"].isin(ids)] for frame in some[:3]]
    return Frames(*by_response, some.codings[some.codings["comment_id"].isin(by_response[2]["comment_id"])])


def timed(make: Callable[[], Made]) -> tuple[Made, float, float]:
    """What was made, and how long it took by the clock and by the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    made = make()
    return made, time.perf_counter() - clock, time.process_time() - processor


def size_of(frame: pd.DataFrame) -> float:
    """Bytes of a frame; words that are the same are counted each time."""
    return float(np.sum(frame.memory_usage(deep=True)))
