"""Rows of the database as frames, a portion at a time: a million responses are never held as a list of rows."""

from collections.abc import Mapping
from itertools import islice

import pandas as pd
import sqlalchemy as sa

AT_ONCE = 20_000


def as_frame(rows: sa.CursorResult[tuple[object, ...]], kinds: Mapping[str, str]) -> pd.DataFrame:
    """Rows as a frame, whose columns have these names and kinds, in this order; also where there is no row."""
    left = map(tuple, rows)  # plain ones, because SQLAlchemy's own are slow to answer what pandas asks of each
    portions = iter(lambda: list(islice(left, AT_ONCE)), [])
    framed = [pd.DataFrame(some, columns=list(kinds)).astype(kinds) for some in portions]
    return pd.concat(framed, ignore_index=True) if framed else pd.DataFrame(columns=list(kinds)).astype(kinds)


def text(*columns: str) -> dict[str, str]:
    """These columns as text."""
    return dict.fromkeys(columns, "str")
