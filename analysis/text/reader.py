"""What it is to read comments: what a reader is given, and what it gives back."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import pandas as pd

from analysis.text.learning import Taught
from survey.coding_frame import CodingFrame
from survey.questionnaire import Direction


class Read(NamedTuple):
    """What was read in some comments.

    ``comments`` has one row for each comment given, in order: ``redacted``, ``language``, ``sentiment``,
    ``p_negative``, ``p_neutral``, ``p_positive``; and, from a reader that looks for them, ``unsure`` (it does not claim
    the sentiment it found likeliest), ``other_language`` (that it goes over into, or "") and ``identifying`` (what
    together might tell who it is about, apart by commas, or ""), and ``praise``, ``criticism`` and ``request``
    (whether any clause of it does that).
    ``themes`` has a row for each theme given to one: ``row`` (the comment's place among those given, from 0),
    ``theme`` (its key in the frame) and ``strength`` (0 to 1); and, from a reader that looks for them, ``words`` (that
    decided it) and ``praise``, ``criticism`` and ``request`` (whether the clauses that carry it do that).
    ``details`` has a row for each personal detail found: ``row``, ``start`` and ``end`` (characters of the comment
    without what hides in it), ``kind``, and whether it is only ``suggested``.
    """

    comments: pd.DataFrame
    themes: pd.DataFrame
    details: pd.DataFrame = pd.DataFrame(columns=["row", "start", "end", "kind", "suggested"])


def together(parts: Sequence[Read], starts: Sequence[int]) -> Read:
    """What was read in portions, as one; ``starts`` says which comment of all was the first of each."""

    def in_place(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
        moved = [frame.assign(row=frame["row"] + start) for frame, start in zip(frames, starts, strict=True)]
        return pd.concat(moved, ignore_index=True)

    return Read(
        pd.concat([part.comments for part in parts], ignore_index=True),
        in_place([part.themes for part in parts]),
        in_place([part.details for part in parts]),
    )


class Reader(Protocol):
    """Whatever can read comments. ``model`` names it and its version, and is stored with all that it says."""

    @property
    def model(self) -> str:
        """Its name and version."""
        ...

    def read(self, texts: Sequence[str], directions: Sequence[Direction], frame: CodingFrame | Taught | None) -> Read:
        """What is in these comments, each asked for in its direction; themes from the frame, if there is one."""
        ...
