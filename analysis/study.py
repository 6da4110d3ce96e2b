"""A study of a file of comments: each read by itself, and then all of them together for what no theme covers."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.columns import RESAMPLES, Sentiment
from analysis.executors import HERE
from analysis.quotes import representative
from analysis.text import portions, stance
from analysis.text.discover import Discovery, discover
from analysis.text.language import ENGLISH
from survey.coding_frame import CodingFrame
from survey.questionnaire import Direction

NOTHING, OTHER = "nothing_to_add", "other"

_EXAMPLES = 3
_CONSIDERED = 30  # of a theme's comments, the most typical so many may be its examples
_STANCES = {"praise": "bool", "criticism": "bool", "request": "bool"}
_CARRIED = {"row": "int64", "theme": "str", "strength": "float64", "margin": "float64", "words": "str", **_STANCES}
_SAID = [
    *("sentiment", "p_negative", "p_neutral", "p_positive", "unsure", *_STANCES),
    *("language", "other_language", "redacted"),
]
_LISTED = {"theme": "str", "label": "str", "kind": "str", "description": "str", "stability": "float64"}
_LISTED_BESIDE = pd.DataFrame(
    [
        (NOTHING, "Nothing to add", "nothing", "Comments that give no view.", np.nan),
        (OTHER, "Something else", "other", "Comments that no theme fits, too few to find themes in.", np.nan),
    ],
    columns=list(_LISTED),
).astype(_LISTED)
_TONES = {"positive": Sentiment.POSITIVE, "negative": Sentiment.NEGATIVE, "neutral": Sentiment.NEUTRAL,
          "mixed": Sentiment.MIXED}  # fmt: skip


class Study(NamedTuple):
    """What was found in some comments.

    ``comments`` has a row for each, in order: what ``reading.read`` says of it (``sentiment``, ``p_negative``,
    ``p_neutral``, ``p_positive``, ``unsure``, ``praise``, ``criticism``, ``request``, ``language``, ``other_language``
    and ``redacted``), ``theme`` (the key of its strongest theme, "" where it has none), ``theme_label``,
    ``theme_strength`` and ``words`` (those of the comment that decided it, apart by commas). ``carried`` has a row for
    each theme that a comment carries: ``row`` (its place among the comments), ``theme``, ``strength``, ``words`` and
    ``margin`` (how far it lies from the border of the theme). ``themes`` has a row for each theme that any comment has,
    the largest first: ``theme``, ``label``, ``kind`` ("frame", "found", "nothing" or "other"), ``description`` (or, of
    one that was found, its words), ``comments`` (whose strongest it is), ``mentions`` (that carry it at all), ``share``
    (of the comments that have a theme), how many of its comments are ``positive``, ``negative``, ``neutral`` and
    ``mixed``, how many of its mentions ``praise`` it, are a ``criticism`` or a ``request`` (several may be true of
    one), three of its comments that are typical, redacted: ``example_1`` to ``example_3``; then, of one that was found,
    ``stability`` (in what share of ``resamples`` parts of the comments it was found again); and of both sorts three
    comments that only just belong to it, redacted: ``borderline_1`` to ``borderline_3``.
    """

    comments: pd.DataFrame
    carried: pd.DataFrame
    themes: pd.DataFrame


def study(
    texts: Sequence[str],
    directions: Sequence[Direction],
    frame: CodingFrame | None,
    *,
    count: int | None = None,
    executor: Executor = HERE,
    done: Callable[[int], None] = lambda _: None,
) -> Study:
    """What these comments say, each asked for in its direction.

    A comment's theme is the strongest of the frame's; or, where it carries none of those, the one found for it among
    the comments left over (count of them, if given). What says nothing ("N/A", "Nothing") has the theme
    "nothing_to_add", and what is left where that is too little to find themes in has "other"; a frame that has a theme
    of such a key gets them under its own. What is blank, or not in English, has none. The executor reads the comments;
    done is told how many it has read so far.
    """
    read = portions.read(texts, directions, frame, executor=executor, done=done)
    said, given = read.comments, read.themes
    carried = given.assign(margin=given["strength"])[list(_CARRIED)].astype(_CARRIED)
    silent = said.index[said["silent"]]
    carried = pd.concat([carried[~carried["row"].isin(silent)], _silent(silent)], ignore_index=True)
    left = said.index[(said["language"] == ENGLISH) & ~said.index.isin(carried["row"])].tolist()
    taken = [theme.key for theme in frame.themes] if frame else []
    found = discover(said["redacted"].iloc[left].tolist(), count=count, taken=taken, executor=executor)
    asked = [directions[row] for row in left]
    carried = pd.concat([carried, _assigned(found, said, left, asked)], ignore_index=True)
    carried = carried.sort_values(["row", "strength"], ascending=[True, False], kind="stable", ignore_index=True)
    listed = pd.concat([_of_frame(frame), _of_discovery(found), _LISTED_BESIDE], ignore_index=True)
    listed = listed.drop_duplicates("theme", ignore_index=True)
    return _told(said, carried, listed)


def _silent(rows_of: "pd.Index[int]") -> pd.DataFrame:
    rows = pd.DataFrame({"row": rows_of, "theme": NOTHING, "strength": 1.0, "margin": 1.0, "words": ""})
    return rows.assign(**dict.fromkeys(_STANCES, False)).astype(_CARRIED)


def _assigned(
    found: Discovery, said: pd.DataFrame, rows: Sequence[int], directions: Sequence[Direction]
) -> pd.DataFrame:
    """What was found for the comments left over, by their rows among all; too few to find anything in are "other"."""
    does = stance.about(said["redacted"].iloc[list(rows)].tolist(), found.assigned["words"].tolist(), directions)
    told = found.assigned.rename(columns={"candidate": "theme"}).join(does).assign(row=rows)
    return told.assign(theme=told["theme"].replace("", OTHER))[list(_CARRIED)].astype(_CARRIED)


def _of_frame(frame: CodingFrame | None) -> pd.DataFrame:
    themes = frame.themes if frame else ()
    rows = [(theme.key, theme.label, "frame", theme.description, np.nan) for theme in themes]
    return pd.DataFrame(rows, columns=list(_LISTED)).astype(_LISTED)


def _of_discovery(found: Discovery) -> pd.DataFrame:
    rows = found.candidates[["key", "label", "words", "stability"]].assign(kind="found")
    return rows.rename(columns={"key": "theme", "words": "description"})[list(_LISTED)].astype(_LISTED)


def _told(said: pd.DataFrame, carried: pd.DataFrame, listed: pd.DataFrame) -> Study:
    labelled = dict(zip(listed["theme"], listed["label"], strict=True))
    own = carried.drop_duplicates("row").set_index("row").reindex(range(len(said)))
    comments = said[_SAID].assign(
        theme=own["theme"].fillna(""),
        theme_label=own["theme"].map(labelled).fillna(""),
        theme_strength=own["strength"],
        words=own["words"].fillna(""),
    )
    return Study(comments, carried, _summed(comments, carried, listed))


def _summed(comments: pd.DataFrame, carried: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    """Each theme that any comment has, with its figures and examples."""
    own, each = comments["theme"].tolist(), carried["theme"].tolist()
    sizes, mentions = Counter(own), Counter(each)
    tones = Counter(zip(own, comments["sentiment"].tolist(), strict=True))
    rows = listed[listed["theme"].isin(mentions)].reset_index(drop=True)
    keys = rows["theme"].tolist()
    themed = max(len(comments) - sizes[""], 1)
    figures = rows.drop(columns="stability").assign(
        comments=[sizes[key] for key in keys],
        mentions=[mentions[key] for key in keys],
        share=[round(sizes[key] / themed, 4) for key in keys],
        **{name: [tones[key, tone] for key in keys] for name, tone in _TONES.items()},
    )
    figures = figures.join(carried.groupby("theme")[list(_STANCES)].sum().astype("int64"), on="theme")
    by_theme = dict(list(carried.groupby("theme")))
    typical = _columns("example", [_examples(comments, by_theme[key], key) for key in keys])
    tried = rows[["stability"]].assign(resamples=np.where(rows["stability"].notna(), RESAMPLES, 0))
    border = _columns("borderline", [_borderline(comments, by_theme[key]) for key in keys])
    told = pd.concat([figures, typical, tried, border], axis=1)
    return told.sort_values(["comments", "theme"], ascending=[False, True], ignore_index=True)


def _columns(name: str, shown: list[list[str]]) -> pd.DataFrame:
    return pd.DataFrame(shown, columns=[f"{name}_{place}" for place in range(1, _EXAMPLES + 1)], dtype="str")


def _examples(comments: pd.DataFrame, mine: pd.DataFrame, theme: str) -> list[str]:
    """Three comments typical of a theme and unlike one another, as they may be shown; "" where there are fewer."""
    near = mine.sort_values(["strength", "row"], ascending=[False, True]).head(_CONSIDERED)
    rows = near["row"].tolist()
    told = pd.DataFrame({"comment_id": rows, "response_id": rows, "words": _on_a_line(comments, rows)})
    told = told.assign(sentiment=comments["sentiment"].iloc[rows].to_numpy(), language=ENGLISH, service="", district="")
    codings = near.rename(columns={"row": "comment_id"})
    people = pd.DataFrame({"response_id": rows, "quotable": True, "district": ""})
    quotes = [quote.words for quote in representative(told, codings, people, theme, most=_EXAMPLES)]
    return [*quotes, *[""] * (_EXAMPLES - len(quotes))]


def _borderline(comments: pd.DataFrame, mine: pd.DataFrame) -> list[str]:
    """Three different comments that lie nearest the border of a theme, as they may be shown; "" for want of more."""
    near = mine.sort_values(["margin", "row"]).head(_CONSIDERED)["row"]
    shown = [*filter(None, dict.fromkeys(_on_a_line(comments, near.tolist())))][:_EXAMPLES]
    return [*shown, *[""] * (_EXAMPLES - len(shown))]


def _on_a_line(comments: pd.DataFrame, rows: Sequence[int]) -> list[str]:
    return [" ".join(shown.split()) for shown in comments["redacted"].iloc[list(rows)].tolist()]
