"""Reading: everything that is told of a comment by itself: language, tone, themes, and its words fit to be shown.

The worker and ``python -m analysis`` read by the same function, so that a file gives what the live results gave.
"""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from analysis.columns import Stance
from analysis.text import clauses, clean, language, learning, redact, sentiment, stance, themes, vectors
from analysis.text.details.combinations import combinations
from analysis.text.learning import Taught
from analysis.text.reader import Read
from survey.coding_frame import CodingFrame
from survey.questionnaire import Direction

VERSION = "heard-5"
"""Raised whenever the same comment may be read differently from before: what an earlier one read is then read again."""

DETAILS = {"row": "int64", "start": "int64", "end": "int64", "kind": "str", "suggested": "bool"}
COLUMNS = themes.COLUMNS | dict.fromkeys(map(str, stance.SPLIT_BY), "bool")
"""Of the themes that are read: those of ``themes.assign``, and whether each is praised, criticised or asked for."""


class OwnReader:
    """The reader that comes with Heard."""

    def __init__(self) -> None:
        self.model = f"{VERSION} {vectors.chosen().name}"

    def read(self, texts: Sequence[str], directions: Sequence[Direction], frame: CodingFrame | Taught | None) -> Read:
        """What is in these comments, each asked for in its direction; themes from the frame, if there is one."""
        return read(texts, directions, frame)


def read(texts: Sequence[str], directions: Sequence[Direction], frame: CodingFrame | Taught | None = None) -> Read:
    """What is in these comments, each asked for in its direction; themes from the frame, if there is one.

    Every comment has its row, whatever it is. One that is not English, or has no words, is "mixed / unclear" with even
    probabilities and has no themes: it is for a person to read. A comment reads the same whatever stands beside it.
    What is hidden in it, names and schools that are only suggested too, counts for nothing: neither for a theme nor for
    a tone. So no word that decided a theme is one that may not be shown.

    Raises ValueError if there is not one direction for each text.
    """
    spoken = [language.look(clean.plain(text)) for text in texts]
    english = [place for place, one in enumerate(spoken) if one.language == language.ENGLISH]
    looked = [_looked_for_details(clean.safe(text)) for text in texts]
    mine = [looked[place].rest for place in english]
    tones = sentiment.unread(len(texts))
    if len(texts) != len(directions):
        raise ValueError(f"There are {len(texts)} texts and {len(directions)} directions; give one for each.")
    asked = [directions[place] for place in english]
    scored = sentiment.score(mine, asked)
    for column in scored:
        tones.loc[english, column] = scored[column].to_numpy()
    said = pd.DataFrame(
        {
            "redacted": [seen.shown.text for seen in looked],
            "language": [one.language for one in spoken],
            "other_language": [one.second for one in spoken],
            "identifying": [seen.identifying for seen in looked],
        },
        dtype="str",
    )
    found = [seen.shown.found for seen in looked]
    judged = stance.of_clauses([clauses.split(clean.plain(text)) for text in mine], asked)
    does = stance.flags([set(of_comment) for of_comment in judged], english).reindex(said.index, fill_value=False)
    comments = pd.concat([said, tones, does], axis=1)
    return Read(comments, _themes(mine, judged, english, frame), _details(found))


class _Looked(NamedTuple):
    """A comment as it may be shown, what is left of it to read, and what in it might together tell who it is about."""

    shown: redact.Redacted
    rest: str
    identifying: str


def _looked_for_details(text: str) -> _Looked:
    shown = redact.redact(text)
    left = redact.rest(text, shown.found) if shown.found else text
    return _Looked(shown, left, ", ".join(combinations(text, shown.found)))


def _details(found: Sequence[Sequence[redact.Span]]) -> pd.DataFrame:
    rows = [
        (row, span.start, span.end, str(span.kind), span.kind in redact.SUGGESTED)
        for row, spans in enumerate(found)
        for span in spans
    ]
    return pd.DataFrame(rows, columns=list(DETAILS)).astype(DETAILS)


def _themes(
    mine: Sequence[str], judged: Sequence[Sequence[Stance]], places: Sequence[int], frame: CodingFrame | Taught | None
) -> pd.DataFrame:
    """The themes of the comments that could be read, by their places among all of them, and what is said of each."""
    given = _given(mine, frame)
    spots = zip(given["row"], given["clauses"].str.split(), strict=True)
    said = [{judged[row][int(place)] for place in of_theme} for row, of_theme in spots]
    return given.join(stance.flags(said, given.index.tolist())).assign(row=[places[row] for row in given["row"]])


def _given(mine: Sequence[str], frame: CodingFrame | Taught | None) -> pd.DataFrame:
    if frame is None:
        return themes.none()
    return learning.assign(mine, frame) if isinstance(frame, Taught) else themes.assign(mine, frame)
