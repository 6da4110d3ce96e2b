"""Verdicts on boards of known truth: how often they are luck, and what planted gaps they find."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.compare import Rise
from analysis.standing import Control, Standing, standings
from tests.analysis.boards import Truth, board
from tests.load.figure import Figure

NULL_BOARDS, PLANTED_BOARDS = 500, 400
FAMILIES = (550, 2_234)
PLANTED = (1, 6, 12)


def measure(folder: Path) -> Iterator[Figure]:
    """Of boards without a difference, the share that names any; of planted gaps, the share found; of those named,
    the share that are luck."""
    rng = np.random.default_rng(2026)
    for families in FAMILIES:
        any_named = [_named(board(rng, families)[0]).any() for _ in range(NULL_BOARDS)]
        yield Figure(f"boards.nothing_differs_{families}_families", round(float(np.mean(any_named)), 4), "share", 0.05)
    for gaps in PLANTED:
        found, luck = _planted(rng, gaps)
        yield Figure(f"boards.gaps_found_of_{gaps}", round(found, 3), "share", at_least=0.8)
        yield Figure(f"boards.named_by_luck_beside_{gaps}", round(luck, 3), "share", 0.10)


def _planted(rng: np.random.Generator, gaps: int) -> tuple[float, float]:
    found, luck = [], []
    for _ in range(PLANTED_BOARDS):
        cells, apart = board(rng, max(FAMILIES), planted=gaps)
        hit = _named(cells)
        found.append(hit[apart != 0])
        luck.append(float((hit & (apart == 0)).sum() / max(hit.sum(), 1)))
    return float(np.concatenate(found).mean()), float(np.mean(luck))


def _named(cells: pd.DataFrame) -> Truth:
    verdicts = standings(cells, rise=Rise.GOOD, control=Control.EXPLORING)["verdict"]
    return verdicts.isin([Standing.BETTER, Standing.WORSE]).to_numpy()
