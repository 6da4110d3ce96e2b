"""What the bench prints: one figure, one line of JSON."""

import json
from contextlib import suppress
from typing import NamedTuple

import psutil


class Figure(NamedTuple):
    """Something measured, with what it ought to be at most, or at least (None: shown, not judged)."""

    figure: str
    value: float
    unit: str
    target: float | None = None
    at_least: float | None = None

    def line(self) -> str:
        return json.dumps(self._asdict())


def percentile(values: list[float], share: float) -> float:
    """The value that that share of the values do not exceed."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]


def megabytes_of(pid: int) -> float:
    """What a process and all that it has begun hold in memory now, what they share counted once."""
    there = psutil.Process(pid)
    held = 0
    for one in (there, *there.children(recursive=True)):
        with suppress(psutil.NoSuchProcess, psutil.AccessDenied):  # it has ended meanwhile
            held += one.memory_full_info().pss
    return held / (1 << 20)
