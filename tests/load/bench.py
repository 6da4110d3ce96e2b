"""Measure Heard as people meet it: ``make bench`` for all, ``make bench ONLY=respondents_50`` for one.

Prints one line of JSON for each figure. Serves on loopback alone, in a folder of its own, and ends what it started.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.load import (
    boards,
    cold_load,
    copies,
    coverage,
    details,
    doors,
    during_fit,
    early_warning,
    filters,
    hard_cases,
    plain_respondent,
    quality,
    reading_comments,
    report_files,
    respondents,
    safeguarding,
    sorting,
    themes,
    together,
    visible,
    watching,
)
from tests.load.figure import Figure

Measure = Callable[[Path], Iterator[Figure]]
MEASURES: dict[str, Measure] = {
    "cold_load": cold_load.measure,
    "respondents_50": partial(respondents.measure, people=50, think_seconds=1, target_p95_ms=60, target_cpu_ms=10),
    "respondents_500": partial(respondents.measure, people=500, think_seconds=5, target_p95_ms=250),
    "plain_load": partial(cold_load.measure, page=cold_load.PLAIN_DOOR),
    "plain_50": partial(
        respondents.measure, people=50, think_seconds=1, name="plain", respondent=plain_respondent.answer
    ),
    "plain_500": partial(
        respondents.measure, people=500, think_seconds=5, name="plain", respondent=plain_respondent.answer
    ),
    "doors": doors.measure,
    "submit_to_visible": visible.measure,
    "filters_1m": filters.measure,
    "watching_50": watching.measure,
    "reading_during_fit": partial(during_fit.measure, comments=100_000),
    "themes_1k": partial(themes.measure, comments=1_000),
    "themes_10k": partial(themes.measure, comments=10_000, target_seconds=8, target_megabytes=700),
    "themes_100k": partial(themes.measure, comments=100_000, target_seconds=25, target_megabytes=1_200),
    "sorting_10k": partial(sorting.measure, comments=10_000, target_seconds=8),
    "sorting_100k": partial(sorting.measure, comments=100_000, target_seconds=25),
    "quality": quality.measure,
    "boards": boards.measure,
    "together": together.measure,
    "coverage": coverage.measure,
    "report_files": report_files.measure,
    "hard_cases": hard_cases.measure,
    "details": details.measure,
    "safeguarding": safeguarding.measure,
    "early_warning": early_warning.measure,
    "copies_100k": partial(copies.measure, comments=100_000),
    "reading_comments": partial(reading_comments.measure, comments=100_000),
}


def main(names: list[str]) -> int:
    if names == ["list"]:
        print(*MEASURES, sep="\n")
        return 0
    if unknown := set(names) - set(MEASURES):
        print(f"There is no figure {', '.join(sorted(unknown))}. There are: {', '.join(MEASURES)}.", file=sys.stderr)
        return 2
    for name in names or MEASURES:
        print(f"measuring {name} …", file=sys.stderr)
        with tempfile.TemporaryDirectory(prefix=f"heard-bench-{name}-") as folder:
            for figure in MEASURES[name](Path(folder)):
                print(figure.line(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
