"""What it costs to release a board and to ask all totals of the wave together, after each change, by how many answer.

The county is that of ``filters``: 23 services in 12 districts. Whether anybody is given away is a test
(``tests/analysis/test_attack.py``).
"""

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from analysis import upkeep
from analysis.board import Board
from analysis.cube import Cube, counted
from analysis.overview import OF_SERVICES, Measure, Scope, axes_of, tellable
from analysis.suppression import OFFICER
from pages.serving import start
from tests.load.figure import Figure
from tests.load.filters import county, scope_of_county

RESPONSES = (60, 250, 550, 2_200, 10_000, 100_000)
ROUNDS = 5


def measure(_: Path) -> Iterator[Figure]:
    start.load_ahead()
    scope = scope_of_county()
    for responses in RESPONSES:
        cube = counted(upkeep.kept(county(scope, responses)), axes_of(scope))
        tellable(cube, OFFICER)  # which filters are told is decided for all measures at once
        cost = {one: median(released(cube, scope, one) for _ in range(ROUNDS)) for one in OF_SERVICES}
        yield Figure(f"together_{responses}_board", round(median(cost.values()), 1), "processor ms")
        yield Figure(f"together_{responses}_board_dearest", round(max(cost.values()), 1), "processor ms")


def released(cube: Cube, scope: Scope, measure: Measure) -> float:
    """Milliseconds of the processor for one board of everybody with its lines, made afresh."""
    began = time.process_time()
    board = Board(cube, scope, measure, "", OFFICER)
    assert len(board.figures.figures)
    assert len(board.county.figures)
    assert len(board.districts.figures)
    return 1000 * (time.process_time() - began)
