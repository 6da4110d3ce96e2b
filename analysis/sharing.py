"""Sharing out: comments read in portions, by whatever an executor has to read them with, and put together in order."""

from collections.abc import Sequence
from concurrent.futures import Executor

from analysis import executors
from analysis.text import reading
from analysis.text.learning import Taught
from analysis.text.portions import Portion
from analysis.text.reader import Read, together
from survey.coding_frame import CodingFrame
from survey.questionnaire import Direction

FEWEST_AT_ONCE = 50  # comments: to hand over fewer takes about as long as to read them


class SharedReader:
    """Heard's own reader, in so many places at once."""

    def __init__(self, executor: Executor, places: int) -> None:
        self.model = reading.OwnReader().model
        self._executor = executor
        self._places = places

    def read(self, texts: Sequence[str], directions: Sequence[Direction], frame: CodingFrame | Taught | None) -> Read:
        """What is in these comments, each asked for in its direction; themes from the frame, if there is one."""
        at_once = max(FEWEST_AT_ONCE, -(-len(texts) // self._places))
        return read(self._executor, texts, directions, frame, at_once=at_once)


def read(
    executor: Executor,
    texts: Sequence[str],
    directions: Sequence[Direction],
    frame: CodingFrame | Taught | None,
    *,
    at_once: int,
) -> Read:
    """The same as ``analysis.text.reading.read``, of so many comments at once."""
    starts = range(0, max(len(texts), 1), at_once)
    portions = [Portion(texts[start : start + at_once], directions[start : start + at_once], frame) for start in starts]
    return together(executors.each(executor, _read, portions), starts)


def _read(portion: Portion) -> Read:
    return reading.read(*portion)
