"""Personal details found in lines written for this project and held back: numbers and addresses, names and schools."""

from collections.abc import Iterator
from pathlib import Path

from tests.analysis.text import planted
from tests.load.figure import Figure

STRUCTURED_FOUND, NAMES_FOUND, NAMES_RIGHT = 0.98, 0.9, 0.5


def measure(folder: Path) -> Iterator[Figure]:
    del folder  # nothing is written
    numbers, names = planted.structured("held"), planted.names("held")
    yield _share("details.structured_found", numbers.found_share, numbers.there, STRUCTURED_FOUND)
    yield _share("details.structured_right", numbers.right_share, numbers.given, None)
    yield _share("details.names_suggested", names.found_share, names.there, NAMES_FOUND)
    yield _share("details.names_right", names.right_share, names.given, NAMES_RIGHT)


def _share(name: str, share: float, base: int, at_least: float | None) -> Figure:
    return Figure(name, round(share, 3), f"share of {base} in lines held back", at_least=at_least)
