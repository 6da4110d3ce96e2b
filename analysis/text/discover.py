"""Discovery: what comments speak of that no theme was written down for, found by laying alike beside alike."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from analysis.text.vectors import Matrix, Vectors


class Centres(NamedTuple):
    """Where candidate themes lie among the vectors, kept so that the next fit can go on from them."""

    keys: tuple[str, ...]
    rows: Matrix  # one for each key, of unit length, float32


class Discovery(NamedTuple):
    """Candidate themes found in some texts, and the one each text was given.

    ``candidates`` has a row for each: ``key`` (the same one in a fit that started from this one), ``label``,
    ``words`` (what sets it apart, apart by commas) and ``size`` (texts). ``assigned`` has a row for each text, in
    order: ``candidate`` (a key, "" where there is no word to go by) and ``strength`` (0 to 1). ``centres`` are for
    the next fit to start from.
    """

    candidates: pd.DataFrame
    assigned: pd.DataFrame
    centres: Centres


def discover(
    texts: Sequence[str], *, count: int | None = None, start: Centres | None = None, vectors: Vectors | None = None
) -> Discovery:
    """Candidate themes in these texts: count of them, or as many as their number bears; few texts have none."""
    raise NotImplementedError
