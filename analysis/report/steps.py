"""The steps in which a summary is made, for whoever waits to be told how far it is."""

from collections.abc import Callable
from enum import StrEnum


class Step(StrEnum):
    """One step, in words, in the order in which they are taken."""

    COUNTING = "counting what people said"
    PLACING = "looking up which comments are alike"
    DRAWING = "drawing quotations for the themes"
    CHANCE = "working out what comments drawn by chance would tell"
    BESIDE = "drawing quotations for what the themes leave out"
    MEASURING = "measuring whom the summary speaks for"
    WRITING = "putting sentences and tables together"

    @property
    def place(self) -> int:
        """Which it is of all of them: 1 for the first."""
        return list(Step).index(self) + 1


Tell = Callable[[Step], None]
"""Called as each step begins."""


def nobody(_: Step) -> None:
    """For where nobody waits to be told."""
