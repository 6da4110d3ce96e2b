"""How often the hard cases written for this project are read right: tone by kind of difficulty, and stance."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from analysis.text import sentiment, stance
from survey.questionnaire import Direction
from tests.load.figure import Figure
from tests.running import ROOT

SENTIMENTS = ROOT / "tests" / "data" / "sentiment_hard_cases.csv"
STANCES = ROOT / "tests" / "data" / "stance_clauses.csv"


def lines(file: Path) -> pd.DataFrame:
    """The cases of a file: "N/A" is something that people write, and stays that."""
    return pd.read_csv(file, keep_default_na=False)


def sentiments() -> pd.DataFrame:
    """By kind: how many cases, and the shares ``right`` and ``opposite`` (praise for blame or blame for praise).

    A guess that is marked unsure is never right.
    """
    cases = lines(SENTIMENTS)
    told = sentiment.score(cases["text"].tolist(), cases["direction"].tolist())
    poles = {"positive", "negative"}
    judged = cases.assign(
        right=(told["sentiment"] == cases["sentiment"]) & ~told["unsure"],
        opposite=(told["sentiment"] != cases["sentiment"])
        & told["sentiment"].isin(poles)
        & cases["sentiment"].isin(poles),
    )
    return judged.groupby("kind").agg(cases=("text", "size"), right=("right", "mean"), opposite=("opposite", "mean"))


def stances() -> pd.DataFrame:
    """By kind: how many clauses, and the share ``right``."""
    cases = lines(STANCES)
    told = stance.of_clauses([[text] for text in cases["text"]], [Direction(way) for way in cases["direction"]])
    right = [one[0] == meant for one, meant in zip(told, cases["stance"], strict=True)]
    return cases.assign(right=right).groupby("kind").agg(cases=("text", "size"), right=("right", "mean"))


def measure(folder: Path) -> Iterator[Figure]:
    del folder  # nothing is written
    for kind, row in sentiments().iterrows():
        yield Figure(f"sentiment right: {kind} ({row['cases']:.0f})", round(row["right"], 2), "share")
    for kind, row in stances().iterrows():
        yield Figure(f"stance right: {kind} ({row['cases']:.0f})", round(row["right"], 2), "share")
