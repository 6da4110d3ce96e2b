"""Comments that people labelled: a folder of files, or the demonstration's truth where there is none.

The files, any of them, each with one comment to a row: ``feedback_themes*.csv`` (set, text, theme),
``feedback_multilabel*.csv`` (text, themes apart by "|") and ``feedback_sentiment*.csv`` (text, sentiment: pos, neu,
neg).
"""

import csv
import os
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from survey import coding_frame, database, demo
from survey.coding_frame import CodingFrame

FRAMES = Path(__file__).parent / "frames"
COMMON = 40 / 4_231  # of comments: a theme that fewer have cannot be judged by them
DEMONSTRATION_RESPONSES = 1_500


class Labelled(NamedTuple):
    """Comments and for each the labels people gave it."""

    name: str
    texts: list[str]
    labels: list[list[str]]

    def first(self) -> list[str]:
        return [labels[0] for labels in self.labels]

    def kinds(self) -> list[str]:
        return sorted({label for labels in self.labels for label in labels})


def folder() -> Path | None:
    """The folder named by LABELLED, if one is."""
    named = os.environ.get("LABELLED", "").strip()
    return Path(named) if named else None


def whole_frame() -> CodingFrame:
    """The frame named by FRAME, or else the one beside this."""
    named = os.environ.get("FRAME", "").strip()
    return coding_frame.read(Path(named) if named else FRAMES / "patients.toml")


def frame(labels: list[str]) -> CodingFrame:
    """The themes of the frame named by FRAME, or else of the one beside this, that bear one of these labels."""
    every = whole_frame()
    return every.model_copy(update={"themes": tuple(theme for theme in every.themes if theme.label in set(labels))})


def one_theme_each(where: Path) -> list[Labelled]:
    rows = _rows(where, "feedback_themes*.csv")
    if rows.empty:
        return []
    return [
        Labelled(name, of["text"].tolist(), [[theme] for theme in of["theme"]])
        for name, of in rows.groupby("set", sort=False)
    ]


def several_themes(where: Path) -> list[Labelled]:
    """The comments that have any of the common themes, and of their labels those."""
    rows = _rows(where, "feedback_multilabel*.csv")
    if rows.empty:
        return []
    given = [[label.strip() for label in cell.split("|")] for cell in rows["themes"]]
    counted = pd.Series([label for labels in given for label in labels]).value_counts()
    common = set(counted.index[counted >= COMMON * len(rows)])
    kept = [
        (text, [label for label in labels if label in common]) for text, labels in zip(rows["text"], given, strict=True)
    ]
    kept = [(text, labels) for text, labels in kept if labels]
    return [Labelled("several", [text for text, _ in kept], [labels for _, labels in kept])]


def tones(where: Path) -> list[Labelled]:
    rows = _rows(where, "feedback_sentiment*.csv")
    return [] if rows.empty else [Labelled("tone", rows["text"].tolist(), [[tone] for tone in rows["sentiment"]])]


def demonstration(where: Path) -> tuple[Labelled, Labelled]:
    """The demonstration's different English comments: with the frame's themes, and those with one aspect alone."""
    engine = database.connect(f"sqlite:///{where / 'county.sqlite3'}")
    database.prepare(engine)
    demo.load(engine, waves=demo.waves_of(DEMONSTRATION_RESPONSES), truth=where / "truth")
    engine.dispose()
    with (where / "truth" / "comments.csv").open(encoding="utf-8", newline="") as file:
        english = [row for row in csv.DictReader(file) if row["language"] == "en"]
    rows = list({row["words"]: row for row in english}.values())
    themed = [row for row in rows if row["themes"]]
    single = [row for row in rows if len(row["stances"].split()) == 1]
    return (
        Labelled("demonstration", [row["words"] for row in themed], [row["themes"].split() for row in themed]),
        Labelled("demonstration", [row["words"] for row in single], [[row["stances"].split(":")[0]] for row in single]),
    )


def _rows(where: Path, pattern: str) -> pd.DataFrame:
    found = [pd.read_csv(file, dtype=str, keep_default_na=False) for file in sorted(where.glob(pattern))]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame()
