"""Reading: everything that is told of a comment by itself: language, tone, themes, and its words fit to be shown.

The worker and ``python -m analysis`` read by the same function, so that a file gives what the live results gave.
"""

from collections.abc import Sequence

import pandas as pd

from analysis.text import clean, language, redact, sentiment, themes, vectors
from analysis.text.reader import Read
from survey.coding_frame import CodingFrame
from survey.questionnaire import Direction

VERSION = "heard-2"
"""Raised whenever the same comment may be read differently from before."""


class OwnReader:
    """The reader that comes with Heard."""

    def __init__(self) -> None:
        self.model = f"{VERSION} {vectors.chosen().name}"

    def read(self, texts: Sequence[str], directions: Sequence[Direction], frame: CodingFrame | None) -> Read:
        """What is in these comments, each asked for in its direction; themes from the frame, if there is one."""
        return read(texts, directions, frame)


def read(
    texts: Sequence[str], directions: Sequence[Direction], frame: CodingFrame | None = None, *, redacting: bool = True
) -> Read:
    """What is in these comments, each asked for in its direction; themes from the frame, if there is one.

    Every comment has its row, whatever it is. One that is not English, or has no words, is "mixed / unclear" with even
    probabilities and has no themes: it is for a person to read. A comment reads the same whatever stands beside it.
    Without redacting, ``redacted`` is "" throughout: nothing may be shown then.

    Raises ValueError if there is not one direction for each text.
    """
    spoken = [language.of(clean.plain(text)) for text in texts]
    english = [place for place, one in enumerate(spoken) if one == language.ENGLISH]
    mine = [texts[place] for place in english]
    tones = sentiment.unread(len(texts))
    if len(texts) != len(directions):
        raise ValueError(f"There are {len(texts)} texts and {len(directions)} directions; give one for each.")
    scored = sentiment.score(mine, [directions[place] for place in english])
    for column in scored:
        tones.loc[english, column] = scored[column].to_numpy()
    shown = [redact.redact(clean.safe(text)).text if redacting else "" for text in texts]
    said = pd.DataFrame({"redacted": shown, "language": spoken}, dtype="str")
    return Read(pd.concat([said, tones], axis=1), _themes(mine, english, frame))


def _themes(mine: Sequence[str], places: Sequence[int], frame: CodingFrame | None) -> pd.DataFrame:
    """The themes of the comments that could be read, by their places among all of them."""
    if frame is None:
        return themes.none()
    given = themes.assign(mine, frame)
    return given.assign(row=[places[row] for row in given["row"]])
