"""Words for shares: "most", "about half", "some", "a few", by one scale that is kept as data."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

_FILE: Final = Path(__file__).with_name("scale.toml")


class Word(NamedTuple):
    """One word, and the shares for which it is said."""

    said: str
    at_least: float
    at_most: float = 1.0
    low_above: float = -1.0


@cache
def scale() -> tuple[Word, ...]:
    """The words in the order in which they are tried."""
    listed = tomllib.loads(_FILE.read_text(encoding="utf-8"))["word"]
    return tuple(Word(**entry) for entry in listed)


def word(share: float, low: float) -> str:
    """The word for a share whose range begins at ``low``, both as they are shown.

    Raises ValueError for what is no share.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"A share lies between 0 and 1: {share} does not.")
    return next(one.said for one in scale() if one.at_least <= share <= one.at_most and low > one.low_above)


def told() -> str:
    """The scale in one sentence, for the page on methods."""
    return (
        "“Nearly all” is 90% or more, “most” 55% or more where the whole range lies above half, “about half” 45% to "
        "55%, “many” 25% or more, “some” 10% or more, “a few” less."
    )
