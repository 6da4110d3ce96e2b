"""The only cached reads. What screens show is held once for everybody, and only what is new is read again."""

from pages.ui.data.known import State, before, look_again, now, up_to, waves
from pages.ui.data.over_time import by_day, by_wave, changed, outcomes, told_alike
from pages.ui.data.reports import Asked, Report, asked, rated_since, report
from pages.ui.data.results import (
    across,
    equality_answers,
    funnel,
    judged,
    seen,
    seen_charts,
    stopped,
    theme_sizes,
    varied,
    varied_charts,
    weighted,
)
from pages.ui.data.words import meanings, overdue_cases, remarks, repeats, shelf, telling, those, to_look_at, warned

__all__ = [
    "Asked",
    "Report",
    "State",
    "across",
    "asked",
    "before",
    "by_day",
    "by_wave",
    "changed",
    "equality_answers",
    "funnel",
    "judged",
    "look_again",
    "meanings",
    "now",
    "outcomes",
    "overdue_cases",
    "rated_since",
    "remarks",
    "repeats",
    "report",
    "seen",
    "seen_charts",
    "shelf",
    "stopped",
    "telling",
    "theme_sizes",
    "those",
    "to_look_at",
    "told_alike",
    "up_to",
    "varied",
    "varied_charts",
    "warned",
    "waves",
    "weighted",
]
