"""What is told of a file of comments: beside each of its rows, and of its themes.

It brings with it all that reading takes, which is ready a second after it is asked for.
"""

import re
from collections.abc import Mapping, Sequence
from math import isnan
from pathlib import Path

import pandas as pd

from analysis import sheet, truth
from analysis.study import Study
from analysis.text.language import ENGLISH, UNKNOWN
from analysis.text.stance import SPLIT_BY
from survey import coding_frame
from survey.coding_frame import CodingFrame
from survey.errors import FileError
from survey.questionnaire import Direction

COLUMNS = [
    "sentiment", "unsure", "p_negative", "p_neutral", "p_positive", "stance", "theme", "theme_label", "theme_strength",
    "theme_words", "themes", "language", "second_language", "note", "redacted",
]  # fmt: skip
"""What the result has beside the file's own columns."""

_ASKS_FOR_CRITICISM = re.compile(
    r"\b(?:improve\w*|better|chang\w+|worse|wrong|bad(?:ly)?|differently|concern\w*|problem\w*|difficult\w*|dissatisf\w+"
    r"|complain\w*|missing|not (?:work|good|help)\w*|barriers?|fix|suggest\w*|frustrat\w*)\b",
    re.IGNORECASE,
)
_ASKS_FOR_PRAISE = re.compile(
    r"\b(?:good|well|works?|worked|working|best|like[ds]?|enjoy\w*|positive|pleased|happy|proud|prais\w+|strengths?|thank"
    r"|excellent|satisfied|help(?:ed|ful)?)\b",
    re.IGNORECASE,
)
# "What did you not like?", "what do you like least?": a good thing denied is asked for as a bad one is.
_DENIES = re.compile(
    r"(?:\b(?:not|never|least|cannot)|n['’]t)(?:\s+\w+){0,3}?\s+"
    r"(?:work\w*|help\w*|good|well|like[ds]?|enjoy\w*|pleased|happy|satisfied)\b(?:\s+well\b)?"
    r"|\b(?:like[ds]?|enjoy(?:ed)?|help(?:s|ed|ful)?)(?:\s+\w+)?\s+least\b|(?:\bnot|n['’]t)\W*$",
    re.IGNORECASE,
)
_RUNS_AS_FORMULA = "=+-@\t\r"


def frame(asked: str) -> CodingFrame | None:
    """The coding frame that is asked for: a shipped one by its name, one in a file, or none.

    Raises CodingFrameError if it is no frame, or there is none of that name.
    """
    if asked == "none":
        return None
    return coding_frame.shipped(asked) if re.fullmatch(r"\w+", asked) else coding_frame.read(Path(asked))


def directions(questions: Sequence[str]) -> list[Direction]:
    """What each of these questions asks for: a file repeats few."""
    known = {question: direction(question) for question in set(questions)}
    return [known[question] for question in questions]


def direction(question: str) -> Direction:
    """What a question asks for, by its wording: "What could be better?" criticism, "What was good?" praise."""
    denied = _DENIES.search(question)
    criticism = denied or _ASKS_FOR_CRITICISM.search(question)
    praise = _ASKS_FOR_PRAISE.search(_DENIES.sub(" ", question))
    if bool(criticism) == bool(praise):
        return Direction.OPEN
    return Direction.CRITICISM if criticism else Direction.PRAISE


def names(taken: Sequence[str]) -> dict[str, str]:
    """What each of COLUMNS is called beside columns of these names: itself, or with "heard_" before it.

    Raises FileError if there is one of that name too.
    """
    named = {name: f"heard_{name}" if name in taken else name for name in COLUMNS}
    if still := set(named.values()) & set(taken):
        raise FileError(f"The file already has columns called {', '.join(sorted(still))}. Take them out first.")
    return named


def beside(found: Study, named: Mapping[str, str]) -> dict[str, list[str]]:
    """What is told of each comment as text, in columns of these names."""
    told = _told(found)
    return {named[name]: _cells(told[name]) for name in COLUMNS}


def alone(found: Study) -> int:
    """How many of the themes found have one comment alone: no theme, and found again whenever it is there."""
    return int(((found.themes["kind"] == "found") & (found.themes["comments"] == 1)).sum())


def listed(found: Study) -> sheet.Sheet:
    """The themes, each with its figures and examples: ``Study.themes`` as a sheet."""
    rows = [[_cell(value) for value in row] for row in found.themes.itertuples(index=False)]
    return sheet.Sheet(tuple(found.themes.columns), rows)


def agreement(labels: Sequence[str], found: Study, coding: CodingFrame | None, seed: int) -> list[str]:
    """Sentences on how far the themes, found with this frame, agree with the label that people gave each comment."""
    themes = [(theme.key, theme.label) for theme in coding.themes] if coding else []
    themes += zip(found.themes["theme"], found.themes["label"], strict=True)
    return truth.sentences(truth.compare(labels, found.carried, themes, seed=seed), seed=seed)


def _told(found: Study) -> pd.DataFrame:
    """What is said of each comment, with all its themes on one line."""
    labels = dict(zip(found.themes["theme"], found.themes["label"], strict=True))
    lines: dict[int, str] = {}
    columns = (found.carried[name].tolist() for name in ("row", "theme", "strength"))
    for row, theme, strength in zip(*columns, strict=True):
        shown = f"{labels[theme]} ({strength:.2f})"
        lines[row] = f"{lines[row]} | {shown}" if row in lines else shown
    every = [lines.get(row, "") for row in range(len(found.comments))]
    said = found.comments.rename(columns={"words": "theme_words", "other_language": "second_language"})
    does = [said[str(one)].tolist() for one in SPLIT_BY]
    return said.assign(
        themes=every,
        unsure=["yes" if unsure else "no" for unsure in said["unsure"].tolist()],
        stance=[
            _stance(flags, spoken) for flags, spoken in zip(zip(*does, strict=True), said["language"], strict=True)
        ],
        note=[_why_not_read(spoken) for spoken in said["language"].tolist()],
    )


def _stance(flags: tuple[bool, ...], spoken: str) -> str:
    """What a comment does, apart by bars; "" where it could not be read."""
    if spoken != ENGLISH:
        return ""
    return " | ".join(str(one) for one, does in zip(SPLIT_BY, flags, strict=True) if does) or "neutral"


def _why_not_read(spoken: str) -> str:
    if spoken == UNKNOWN:
        return "Not read: too few words to tell a language by."
    return "" if spoken == ENGLISH else "Not read: not in English. A person who knows the language has to."


def _cells(values: pd.Series) -> list[str]:
    if pd.api.types.is_float_dtype(values):
        return [_cell(value) for value in values.tolist()]
    return [value.lstrip(_RUNS_AS_FORMULA) for value in values.tolist()]


def _cell(value: object) -> str:
    """A value as it is written: four places, nothing for what is missing, and nothing that would run as a formula."""
    if isinstance(value, float):
        return "" if isnan(value) else f"{value:.4f}"
    return str(value).lstrip(_RUNS_AS_FORMULA)
