"""What a change of filter costs with a million responses in memory, cold and after one more, and how much they take.

Answers are made up, to the questionnaire that comes with Heard, with thirty themes. Measured is what the pages call for
a view of live results and of the variation between districts, charts included; what Streamlit and the browser do with
it does not depend on how many have answered.
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
from analysis.board import funnelled, variation, with_verdicts
from analysis.charts.chart import LIGHT
from analysis.charts.funnel import funnel_chart
from analysis.charts.judged import judged
from analysis.charts.live import overview_charts, people_who, variation_charts
from analysis.columns import Channel, Sentiment
from analysis.cube import Cube, counted
from analysis.overview import Chosen, Measure, Scope, axes_of, overview
from analysis.remarks import latest
from analysis.suppression import OFFICER
from analysis.upkeep import Frames, Kept
from pages.serving import start
from pages.ui.scope import scope_of
from survey import questionnaire_file
from tests.load.figure import Figure, percentile

RESPONSES = 1_000_000
TARGET_MS = 150
MEGABYTE = 1 << 20
THEMES, RATED, COMMENTED = 30, 3, 2
DAY = 24 * 60 * 60 * 1_000_000  # microseconds
WORDS = [f"We waited {weeks} weeks for an answer, and nobody told us why it took so long." for weeks in range(2, 200)]
Made = TypeVar("Made")


class Held(NamedTuple):
    """A wave as the pages hold it."""

    kept: Kept
    cube: Cube
    scope: Scope


def measure(_: Path, *, responses: int = RESPONSES) -> Iterator[Figure]:
    start.load_ahead()  # as the server does before its first visitor
    start.settle_memory()
    scope = scope_of_county()
    many = upkeep.kept(county(scope, responses))
    before = psutil.Process().memory_info().rss
    held, cold, cold_cpu = timed(lambda: settled(many, scope))
    yield Figure("filters_1m_responses", len(many.responses), "responses")
    yield Figure("filters_1m_count_all", round(cold, 2), f"s (processor {cold_cpu:.2f} s)")
    yield Figure("filters_1m_frames", round(sum(size_of(frame) for frame in many) / MEGABYTE), "MB")
    yield Figure("filters_1m_memory_added", round((psutil.Process().memory_info().rss - before) / MEGABYTE), "MB")
    yield from views("filters_1m_cold", held)
    one = held.kept.rows_of([responses // 2])
    came = moved(one, 10 * responses)
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
    """The board with its verdicts, and one service in a funnel."""
    scope, measure = held.scope, Measure.RATED_GOOD
    what, services = people_who(measure, scope), scope.rows(measure)
    board = with_verdicts(held.cube, scope, chosen, measure, OFFICER)
    judged(board, services, scope.districts, what, LIGHT, by_evidence=False)
    found = funnelled(held.cube, scope, services.index[0], chosen, measure, OFFICER)
    if found is not None:
        funnel_chart(found, scope.districts, what, LIGHT)


def settled(many: Frames, scope: Scope) -> Held:
    kept = upkeep.settle(many)
    return Held(kept, counted(kept.settled, axes_of(scope)), scope)


def renewed(held: Held, fresh: Frames) -> Held:
    touched = fresh.responses["response_id"].tolist()
    axes = held.cube.axes
    cube = held.cube + counted(fresh, axes) - counted(held.kept.rows_of(touched), axes)
    return Held(held.kept.with_news(fresh, touched), cube, held.scope)


def scope_of_county() -> Scope:
    """What the questionnaire that comes with Heard asks, with thirty themes."""
    keys = [f"theme_{number}" for number in range(THEMES)]
    themes = pd.DataFrame({"theme": keys, "label": keys, "description": "", "candidate": False})
    return scope_of(questionnaire_file.shipped("send_services"), themes)


def county(scope: Scope, responses: int) -> Frames:
    """As many responses as are asked for, each rating some services and commenting on some, spread unevenly."""
    chance = np.random.default_rng(1)
    who = np.arange(responses)
    sent = np.datetime64("2026-09-01T08:00", "us") + np.sort(chance.integers(0, 60 * DAY, responses))
    people = pd.DataFrame({"response_id": who, "sent_at": pd.Series(sent).dt.tz_localize("UTC")}).assign(
        wave="1",
        channel=some(chance, [str(channel) for channel in Channel], responses),
        district=some(chance, [*scope.places.index, "not_sure"], responses),
        language="en", variant="standard", age_band="", plan="", quotable=True,
    )  # fmt: skip
    rater, service = pairs(chance, who, scope, RATED)
    answers = pd.DataFrame({"response_id": rater, "service": service}).assign(
        item=scope.rating, child=0, number=float("nan"), code=some(chance, list(scope.tones), len(rater))
    )
    writer, about = pairs(chance, who, scope, COMMENTED)
    comments = pd.DataFrame({"comment_id": np.arange(len(writer)), "response_id": writer, "service": about}).assign(
        item="why", child=0, language="en", p_negative=0.3, p_neutral=0.4, p_positive=0.3, unsure=False,
        sentiment=some(chance, [str(tone) for tone in Sentiment], len(writer)),
        words=pd.Series(chance.choice(WORDS, len(writer)), dtype="str"),
    )  # fmt: skip
    codings = comments[["comment_id"]].assign(
        theme=some(chance, list(scope.themes.index), len(comments)), strength=0.5, given_by="model",
        praise=False, criticism=True, request=False,
    )  # fmt: skip
    return Frames(people, answers, comments, codings)


def some(chance: np.random.Generator, codes: list[str], size: int) -> pd.Categorical:
    """Codes at random, the first most often."""
    weight = 1 / np.arange(1, len(codes) + 1)
    places = chance.choice(len(codes), size, p=weight / weight.sum())
    return pd.Categorical.from_codes(places, pd.Index(codes, dtype="str"))


def pairs(chance: np.random.Generator, who: np.ndarray, scope: Scope, times: int) -> tuple[np.ndarray, pd.Categorical]:
    """Everybody with so many services, no service twice."""
    services = list(scope.services.index)
    first = some(chance, services, len(who)).codes.astype("int64")
    place = (first[:, None] + np.arange(times)) % len(services)
    return np.repeat(who, times), pd.Categorical.from_codes(place.ravel(), pd.Index(services, dtype="str"))


def moved(some: Frames, by: int) -> Frames:
    """What they said, said by others."""
    numbers = ("response_id", "comment_id")
    return Frames(*(frame.assign(**{name: frame[name] + by for name in numbers if name in frame}) for frame in some))


def timed(make: Callable[[], Made]) -> tuple[Made, float, float]:
    """What was made, and how long it took by the clock and by the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    made = make()
    return made, time.perf_counter() - clock, time.process_time() - processor


def size_of(frame: pd.DataFrame) -> float:
    """Bytes of a frame; words that are the same are counted each time."""
    return float(np.sum(frame.memory_usage(deep=True)))
