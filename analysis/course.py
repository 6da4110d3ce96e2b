"""One thing from wave to wave: its share in each, and where its series breaks because something else was asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from analysis import following
from analysis.following import Fieldwork, Kind
from analysis.suppression import Policy, Released, release_counts

NOT_ASKED: Final = "not asked, or not known"
_TOLD: Final = ["count", "base", "share", "low", "high", "held"]


class Line(NamedTuple):
    """What is followed; all of the responses where there is no kind."""

    kind: str = ""
    key: str = ""
    label: str = "Responses"


@dataclass(frozen=True, eq=False)
class Course:
    """One thing over the waves of a consultation, oldest first."""

    line: Line
    figures: pd.DataFrame
    """What the gate let through, by ``wave`` (its title) and ``opened``: ``count``, and for shares ``base``, ``share``,
    ``low`` and ``high``; ``held`` says why there is none. The waves of one ``segment`` asked the same."""
    breaks: list[str]
    """For each place at which the series breaks, a sentence on what was asked otherwise."""


def followed_lines(latest: Fieldwork) -> list[Line]:
    """All that can be followed up to a wave."""
    names = following.names(latest)
    pairs = zip(names.index.get_level_values("kind"), names.index.get_level_values("key"), names, strict=True)
    return [
        Line(kind, key, f"Good ratings in {name}" if kind == Kind.DISTRICT else str(name)) for kind, key, name in pairs
    ]


def counted(waves: Sequence[Fieldwork], policy: Policy, *, partly: frozenset[str] = frozenset()) -> list[Released]:
    """Everything that can be followed in each of the waves, oldest first, all told in the districts of the last.

    partly names the districts of whose past only a part is known: they begin with the last wave.
    """
    return [
        following.released(following.lines(wave, partly=frozenset() if wave is waves[-1] else partly), policy)
        for wave in waves
    ]


def course(waves: Sequence[Fieldwork], shown: Sequence[Released], line: Line) -> Course:
    """One line in each of the waves, from what ``counted`` gives of them."""
    rows = [_of_wave(one, line) for one in shown]
    reasons = [_why(now, then, line) for now, then in zip(waves[1:], waves[:-1], strict=True)]
    return Course(line, _along(waves, pd.DataFrame(rows, columns=_TOLD), reasons), [one for one in reasons if one])


def responses(waves: Sequence[Fieldwork], policy: Policy) -> Course:
    """How many answered in each of the waves."""
    shown = release_counts(pd.DataFrame({"count": [wave.responses for wave in waves]}), policy).figures
    return Course(Line(), _along(waves, shown, [""] * (len(waves) - 1)), [])


def _along(waves: Sequence[Fieldwork], figures: pd.DataFrame, reasons: Sequence[str]) -> pd.DataFrame:
    return figures.assign(
        wave=[wave.title for wave in waves],
        opened=[wave.opened for wave in waves],
        segment=np.cumsum([0, *(1 if reason else 0 for reason in reasons)]),
    )


def _of_wave(shown: Released, line: Line) -> dict[str, object]:
    found = shown.of("kind", line.kind).of("key", line.key).figures
    if found.empty:
        return dict.fromkeys(_TOLD, np.nan) | {"held": NOT_ASKED}
    return dict(found[_TOLD].iloc[0])


def _why(now: Fieldwork, then: Fieldwork, line: Line) -> str:
    return str(following.why_not(now, then).get((line.kind, line.key), ""))
