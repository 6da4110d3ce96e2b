"""Waves made up of groups of people who say the same, for summaries to be made of."""

from itertools import count

import pandas as pd

from analysis.columns import CODINGS, COMMENTS, RESPONSES, check
from analysis.summary import Said, summary
from analysis.suppression import LEADER

THEMES = pd.DataFrame(
    {"label": ["Waiting", "Kindness", "Rarely said"], "description": ["How long it takes", "", ""]},
    index=["waiting", "kind", "rare"],
)
DISTRICTS = pd.Series({"north": "Northtown", "south": "Southtown"})
WORDS = "we have waited a very long time for any appointment at all"
FLAGS = ("praise", "criticism", "request")


def said(title, *groups, distinct=False):
    """A wave in which each group (people, district, theme, sentiment, and what it does) commented once each."""
    rows, numbers = [], count()
    for people, district, theme, sentiment, *does in groups:
        for _ in range(people):
            number = next(numbers)
            words = f"{WORDS}, number {number}" if distinct else WORDS
            rows.append((number, district, theme, sentiment, words, *(flag in does for flag in FLAGS)))
    people = pd.DataFrame(rows, columns=["response_id", "district", "theme", "sentiment", "words", *FLAGS])
    people["comment_id"] = people["response_id"] + 1000
    responses = people[["response_id", "district"]].assign(
        wave=title,
        channel="web",
        language="en",
        variant="standard",
        age_band="",
        plan="",
        quotable=True,
        sent_at=pd.Timestamp(0, tz="UTC"),
    )
    comments = people[["comment_id", "response_id", "sentiment", "words"]].assign(
        item="one_change",
        service="",
        child=0,
        language="en",
        p_negative=0.0,
        p_neutral=0.0,
        p_positive=0.0,
        unsure=False,
    )
    codings = people.loc[people["theme"] != "", ["comment_id", "theme", *FLAGS]].assign(strength=0.8, given_by="model")
    frames = check(responses, RESPONSES), check(comments, COMMENTS), check(codings, CODINGS)
    return Said(title, *frames, code=title)


NOW = said(
    "Autumn 2026",
    (60, "north", "waiting", "negative", "criticism"),
    (20, "north", "kind", "positive", "praise"),
    (40, "south", "waiting", "negative", "criticism", "request"),
    (20, "south", "waiting", "positive", "praise"),
    (57, "south", "kind", "positive", "praise"),
    (3, "south", "rare", "negative"),
)


def findings(now=NOW, before=None, policy=LEADER, themes=THEMES, districts=DISTRICTS):
    """The findings of a wave, by theme."""
    return {found.theme: found for found in summary(now, before, themes, districts, policy).findings}


def texts(sentences):
    """What some sentences say."""
    return [sentence.text for sentence in sentences]
