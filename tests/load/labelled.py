"""Tone on comments of patients that people have labelled: ``HEARD_LABELLED=FILE.csv make bench ONLY=labelled``.

The file has the columns text and sentiment (pos, neu or neg). Nothing of it is kept or learned from.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import f1_score

from analysis.text import sentiment
from tests.load.figure import Figure
from tests.running import ROOT

HANDED_OVER = ROOT.parent / "shared" / "data" / "feedback_sentiment_dev.csv"
WAITS = r"\b(?:wait|waiting|waited|delay|delayed|late|queue|long time|hours?|weeks|months)\b"
KINDS = np.array(["neg", "neu", "pos"])
BINS = 10


def measure(folder: Path) -> Iterator[Figure]:
    del folder  # nothing is written
    file = Path(os.environ.get("HEARD_LABELLED", HANDED_OVER))
    if not file.exists():
        print(f"not measured: there is no {file}. Set HEARD_LABELLED to a file of labelled comments.", file=sys.stderr)
        return
    labelled = pd.read_csv(file)
    meant = labelled["sentiment"].to_numpy()
    shares = sentiment.score(labelled["text"].tolist())[["p_negative", "p_neutral", "p_positive"]].to_numpy()
    told, sure = KINDS[shares.argmax(axis=1)], shares.max(axis=1)
    negative = meant == "neg"
    waiting = negative & labelled["text"].str.contains(WAITS, case=False).to_numpy()
    yield Figure("sentiment_macro_f1", round(f1_score(meant, told, average="macro"), 3), "F1, at least 0.65")
    yield Figure("negative_called_positive", round((told[negative] == "pos").mean(), 3), "share", 0.08)
    yield Figure("waiting_found", round((told[waiting] == "neg").mean(), 3), "share, at least 0.82")
    yield Figure("calibration_error", round(calibration_error(sure, told == meant), 3), "share", 0.05)


def calibration_error(sure: np.ndarray, right: np.ndarray) -> float:
    """How far, on average over ten bins, the share that is right lies from how sure the model was."""
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    return float(
        sum(abs(sure[bins == one].mean() - right[bins == one].mean()) * (bins == one).mean() for one in set(bins))
    )
