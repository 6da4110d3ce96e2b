"""Sorting comments into themes and nothing else: those of a frame first, then what is found in the rest.

This is what other theme tools do with a file, and what they were timed at (BERTopic takes 162 s for 10,000 comments).
``python -m analysis`` does far more with each comment: see ``themes``.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from tests.load.corpus import write_comments
from tests.load.figure import Figure
from tests.running import ROOT


def measure(folder: Path, *, comments: int, target_seconds: float) -> Iterator[Figure]:
    file = write_comments(folder / "comments.csv", comments)
    one_thread = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # as ``python -m analysis`` has it
    started = time.perf_counter()
    ran = subprocess.run(
        [sys.executable, "-m", "tests.load.sorting", str(file)],
        cwd=ROOT, env=os.environ | one_thread, capture_output=True, text=True, check=True,
    )  # fmt: skip
    seconds = time.perf_counter() - started
    with_theme, found = map(int, ran.stdout.split())
    name = f"sorting_{comments // 1000}k"
    yield Figure(f"{name}_seconds", round(seconds, 1), "s", target_seconds)
    yield Figure(f"{name}_with_theme", with_theme, "comments that carry a theme of the frame")
    yield Figure(f"{name}_found", found, "themes found in the rest")


def sort(file: Path) -> tuple[int, int]:
    """How many of a file's comments carry a theme of the frame, and how many themes are found in the rest."""
    from analysis import executors, sheet
    from analysis.text.discover import discover
    from analysis.text.portions import AT_ONCE
    from survey import coding_frame

    with executors.workplace("", executors.worth(sheet.likely_rows(file))) as place:
        texts = sheet.read(file).column("comment")
        different = list(dict.fromkeys(texts))
        portions = [different[at : at + AT_ONCE] for at in range(0, len(different), AT_ONCE)]
        assign = partial(carrying, frame=coding_frame.shipped("send"))
        carry = set[str]().union(*executors.each(place.executor, assign, portions))
        left = [text for text in texts if text not in carry]
        found = discover(left, executor=place.executor)
    return len(texts) - len(left), len(found.candidates)


def carrying(texts: Sequence[str], frame: object) -> list[str]:
    """Those of these comments that carry a theme of the frame."""
    from analysis.text import themes

    return [texts[row] for row in dict.fromkeys(themes.assign(texts, frame)["row"].tolist())]


if __name__ == "__main__":
    print(*sort(Path(sys.argv[1])))
