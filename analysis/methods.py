"""How comments are read, how well, and what that comes to in one consultation: in sentences and a table."""

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd

from analysis.columns import Sentiment
from analysis.phrases import between, counted, intervals_said, listed, percent, shares_said
from analysis.proportions import shares
from analysis.suppression import Policy, release
from analysis.upkeep import Frames

_MEASURED: Final = Path(__file__).parent / "text" / "measured.toml"

STEPS: Final = (
    "Hidden characters are taken out. What was written is kept as it is, and only officers can look at it.",
    "Its language is told. What is not in English is never scored: a person reads it, and may put it into English.",
    "Phone numbers, addresses, NHS numbers and the like are taken out. Names and schools are hidden until a "
    "person says otherwise. This makes nobody anonymous: a comment may tell who it is about without naming "
    "anybody.",
    "It is cut into clauses, each of which says one thing.",
    "Its tone is weighed from words, turns of phrase and spelling, with what the question asked for: "
    "“nothing” to “what could be better?” is praise. Where the program is not sure enough it says so.",
    "Each clause praises, criticises, asks for something, or only tells.",
    "It is given the themes of the coding frame that its clauses speak of: several, one or none, each with "
    "the words that decided it. The frame is what officers here have approved, from the one that comes with Heard or "
    "of their own: “Themes” says what.",
    "In comments that no theme covers, further themes are looked for. They are suggestions until an officer "
    "approves one.",
    "What people say of a comment or a theme stands over the program, is kept for good, and can be undone.",
)
"""What is done to each comment, in order."""

NOTICES: Final = {
    "wordllama": "Which words are alike is looked up in a table that comes with the wordllama package (MIT licence). "
    "It was made from the word tables of other models, Llama 2 among them. Llama 2 is licensed under the LLAMA 2 "
    "Community License, Copyright © Meta Platforms, Inc. All Rights Reserved.",
}
"""What the makers of a kind of vectors want said of them, by the name that HEARD_VECTORS has for it."""

WRONG: Final = (
    "Irony, and plain facts that complain without a bad word, are missed about as often as not.",
    "Of comments that both praise and blame, it finds the two less surely than either alone.",
    "It learned from lines written for it and from no comments of parents: there are none in public. "
    "Patients' comments are the nearest that people have labelled.",
    "A theme of the frame is found by the words and phrases given for it, and what is near them in meaning. A"
    " new way to say it may be missed until somebody adds it.",
    "No part of it understands what a family has been through. Read the comments before you quote a figure.",
)
"""What it gets wrong."""


class Measured(NamedTuple):
    """One thing that was measured before: how many were right of how many."""

    what: str
    right: int
    of: int


@cache
def measured() -> tuple[Measured, ...]:
    """All that was measured before any consultation, in the order of its file."""
    listed_ = tomllib.loads(_MEASURED.read_text(encoding="utf-8"))["measured"]
    return tuple(Measured(**entry) for entry in listed_)


def measured_table() -> pd.DataFrame:
    """The same to read: each share with what it is of and its interval (Wilson, 95 %)."""
    rows = measured()
    figures = shares(pd.DataFrame({"count": [row.right for row in rows], "base": [row.of for row in rows]}))
    return pd.DataFrame(
        {
            "What was measured": [row.what for row in rows],
            "Share": shares_said(figures),
            "Likely range": intervals_said(figures),
        }
    )


def here(frames: Frames, approved: Sequence[str], policy: Policy) -> list[str]:
    """What reading came to in one wave, in sentences: through the gate, with bases and intervals.

    approved are the keys of the themes that people have approved.
    """
    comments = frames.comments
    read = comments[comments["sentiment"] != ""]
    told = [_so_far(policy.told(len(comments)), policy.told(len(read)))]
    if read.empty:
        return told
    # By how it is written: "en-t-ur" is English that a person made of Urdu, and "ur" is waiting for somebody to.
    languages = read["language"].astype("str")
    english = languages.str.startswith("en")
    theme = frames.codings["theme"].astype("str").isin(list(approved))
    with_theme = read["comment_id"].isin(frames.codings.loc[theme, "comment_id"])
    questions = [
        ("were not in English and have not been put into English yet", ~english),
        ("were put into English by a person", languages.str.startswith("en-t-")),
        ("are of a tone that the program is not sure of", read["unsure"].astype("bool")),
        ("both praise and blame, as far as the program can tell", english & _mixed(read)),
        ("carry an approved theme", with_theme),
    ]
    counts = pd.DataFrame(
        {
            "about": [about for about, _ in questions],
            "count": [int(which.sum()) for _, which in questions],
            "base": len(read),
            "people": read["response_id"].nunique(),
        }
    )
    shown = release(counts, policy).shown
    shown = shown[shown["count"] > 0]
    rows = zip(shown["share"], shown["low"], shown["high"], shown["about"], strict=True)
    said = [f"{percent(share)} ({between(low, high)}) {about}" for share, low, high, about in rows]
    return told + ([f"Of those read, {listed(said)}."] if said else [])


def _so_far(there: int | None, read: int | None) -> str:
    if there is None or read is None:
        return "Too few comments so far, or too few that have been read, to say how many."
    return f"{counted(there, 'comment', 'comments')} so far, of which {read:,} have been read."


def _mixed(read: pd.DataFrame) -> pd.Series:
    return (read["sentiment"] == Sentiment.MIXED) & ~read["unsure"].astype("bool")
