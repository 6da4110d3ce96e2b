"""A study of a file of comments: each read by itself, and then all of them together for what no theme covers."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import NamedTuple

import pandas as pd

from analysis import sharing
from analysis.columns import Sentiment
from analysis.executors import HERE
from analysis.quotes import representative
from analysis.text import clean, redact
from analysis.text.discover import Discovery, discover
from analysis.text.evidence import says_nothing
from analysis.text.language import ENGLISH, UNKNOWN
from survey.coding_frame import CodingFrame
from survey.questionnaire import Direction

NOTHING, OTHER = "nothing_to_add", "other"

_AT_ONCE = 2_000
_EXAMPLES = 3
_CONSIDERED = 30  # of a theme's comments, the most typical so many may be its examples
_CARRIED = {"row": "int64", "theme": "str", "strength": "float64"}
_LISTED = ["theme", "label", "kind", "description"]
_LISTED_BESIDE = pd.DataFrame(
    [
        (NOTHING, "Nothing to add", "nothing", "Comments that give no view."),
        (OTHER, "Something else", "other", "Comments that no theme fits, too few to find themes in."),
    ],
    columns=_LISTED,
)
_TONES = {"positive": Sentiment.POSITIVE, "negative": Sentiment.NEGATIVE, "neutral": Sentiment.NEUTRAL,
          "mixed": Sentiment.MIXED}  # fmt: skip


class Study(NamedTuple):
    """What was found in some comments.

    ``comments`` has a row for each, in order: ``sentiment``, ``p_negative``, ``p_neutral``, ``p_positive``, ``theme``
    (the key of its strongest theme, "" where it has none), ``theme_label``, ``theme_strength``. ``themes`` has a row
    for each theme that any comment has, the largest first: ``theme``, ``label``, ``kind`` ("frame", "found",
    "nothing" or "other"), ``description`` (or, of one that was found, its words), ``comments`` (whose strongest it is),
    ``mentions`` (that carry it at all), ``share`` (of the comments that have a theme), how many of its comments are
    ``positive``, ``negative``, ``neutral`` and ``mixed``, and three of them, redacted: ``example_1`` to ``example_3``.
    """

    comments: pd.DataFrame
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
    "nothing_to_add", and what is left where that is too little to find themes in has "other". What is blank, or not in
    English, has none. The executor reads the comments; done is told how many it has read so far.
    """
    said, given = sharing.read(executor, texts, directions, frame, at_once=_AT_ONCE, redacting=False, done=done)
    carried = given[list(_CARRIED)].astype(_CARRIED)
    nothing = pd.Series(sharing.listed(executor, says_nothing, texts, _AT_ONCE), dtype=bool)
    silent = nothing & (said["language"] != UNKNOWN)
    carried = pd.concat([carried[~carried["row"].isin(silent.index[silent])], _silent(silent)], ignore_index=True)
    left = said.index[(said["language"] == ENGLISH) & ~said.index.isin(carried["row"])].tolist()
    found = discover(sharing.listed(executor, _all_shown, [texts[row] for row in left], _AT_ONCE), count=count)
    carried = pd.concat([carried, _assigned(found, left)], ignore_index=True)
    listed = pd.concat([_of_frame(frame), _of_discovery(found), _LISTED_BESIDE], ignore_index=True)
    return _told(texts, said, carried, listed)


def _all_shown(texts: Sequence[str]) -> list[str]:
    return [_shown(text) for text in texts]


def _shown(text: str) -> str:
    return redact.redact(clean.safe(text)).text


def _silent(silent: "pd.Series[bool]") -> pd.DataFrame:
    return pd.DataFrame({"row": silent.index[silent], "theme": NOTHING, "strength": 1.0}).astype(_CARRIED)


def _assigned(found: Discovery, rows: Sequence[int]) -> pd.DataFrame:
    """What was found for the comments left over, by their rows among all; too few to find anything in are "other"."""
    told = found.assigned.rename(columns={"candidate": "theme"}).assign(row=rows)
    return told.assign(theme=told["theme"].replace("", OTHER))[list(_CARRIED)].astype(_CARRIED)


def _of_frame(frame: CodingFrame | None) -> pd.DataFrame:
    themes = frame.themes if frame else ()
    rows = [(theme.key, theme.label, "frame", theme.description) for theme in themes]
    return pd.DataFrame(rows, columns=_LISTED, dtype="str")


def _of_discovery(found: Discovery) -> pd.DataFrame:
    rows = found.candidates[["key", "label", "words"]].assign(kind="found")
    return rows.rename(columns={"key": "theme", "words": "description"})[_LISTED]


def _told(texts: Sequence[str], said: pd.DataFrame, carried: pd.DataFrame, listed: pd.DataFrame) -> Study:
    labels = dict(zip(listed["theme"], listed["label"], strict=True))
    strongest = carried.sort_values(["row", "strength"], ascending=[True, False], kind="stable").drop_duplicates("row")
    own = strongest.set_index("row").reindex(range(len(texts)))
    comments = said[["sentiment", "p_negative", "p_neutral", "p_positive"]].assign(
        theme=own["theme"].fillna(""),
        theme_label=own["theme"].map(labels).fillna(""),
        theme_strength=own["strength"],
    )
    return Study(comments, _summed(texts, comments, carried, listed))


def _summed(texts: Sequence[str], comments: pd.DataFrame, carried: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    """Each theme that any comment has, with its figures and examples."""
    rows = listed[listed["theme"].isin(carried["theme"])].reset_index(drop=True)
    sizes, mentions = Counter(comments["theme"]), Counter(carried["theme"])
    tones = Counter(zip(comments["theme"], comments["sentiment"], strict=True))
    keys = rows["theme"].tolist()
    themed = max(len(comments) - sizes[""], 1)
    figures = rows.assign(
        comments=[sizes[key] for key in keys],
        mentions=[mentions[key] for key in keys],
        share=[round(sizes[key] / themed, 4) for key in keys],
        **{name: [tones[key, tone] for key in keys] for name, tone in _TONES.items()},
    )
    examples = [_examples(texts, comments, carried, theme) for theme in rows["theme"]]
    shown = pd.DataFrame(examples, columns=[f"example_{place}" for place in range(1, _EXAMPLES + 1)], dtype="str")
    told = pd.concat([figures, shown], axis=1)
    return told.sort_values(["comments", "theme"], ascending=[False, True], ignore_index=True)


def _examples(texts: Sequence[str], comments: pd.DataFrame, carried: pd.DataFrame, theme: str) -> list[str]:
    """Three comments typical of a theme and unlike one another, as they may be shown; "" where there are fewer."""
    mine = carried[carried["theme"] == theme].sort_values(["strength", "row"], ascending=[False, True])
    near = mine.head(_CONSIDERED)
    rows = near["row"].tolist()
    told = pd.DataFrame(
        {"comment_id": rows, "response_id": rows, "words": [_shown(" ".join(texts[row].split())) for row in rows]}
    ).assign(sentiment=comments["sentiment"].iloc[rows].to_numpy(), language=ENGLISH, service="", district="")
    codings = near.rename(columns={"row": "comment_id"})
    people = pd.DataFrame({"response_id": rows, "quotable": True, "district": ""})
    quotes = [quote.words for quote in representative(told, codings, people, theme, most=_EXAMPLES)]
    return [*quotes, *[""] * (_EXAMPLES - len(quotes))]
