"""Waves beside one another, told in the districts of the latest of them, and what happened in their county."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from analysis.following import Fieldwork, told_in
from survey import areas
from survey.events import events


class Told(NamedTuple):
    """Waves of one consultation, oldest first, all in the districts of the last of them."""

    waves: list[Fieldwork]
    partly: frozenset[str]
    """The districts of whose past only a part is known."""
    broken: list[str]
    """For each earlier district that none of the latest follows, a sentence that says why."""


def told(latest_last: Sequence[Fieldwork]) -> Told:
    """These waves, oldest first, all in the districts of the last."""
    latest = latest_last[-1]
    county = areas.districts(latest.asked.areas) if latest.asked.areas else ()
    found: list[Fieldwork] = []
    broken: dict[str, str] = {}
    partly: frozenset[str] = frozenset()
    for wave in latest_last[:-1]:
        became = areas.followed(county, list(wave.scope.places.index), list(latest.scope.places.index))
        found.append(told_in(wave, became.into, latest.scope.places))
        broken |= became.broken
        partly |= became.partly
    return Told([*found, latest], partly, list(broken.values()))


def happened(wave: Fieldwork) -> pd.DataFrame:
    """The events of a wave's county, earliest first: ``day``, ``when``, ``words`` and ``source``."""
    listed = events(wave.asked.areas) if wave.asked.areas else ()
    rows = [(pd.Timestamp(event.date), event.when, event.words, event.source) for event in listed]
    return pd.DataFrame(rows, columns=["day", "when", "words", "source"]).astype({"day": "datetime64[s]"})
