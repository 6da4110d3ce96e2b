"""What the bench prints: one figure, one line of JSON."""

import json
from typing import NamedTuple


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
