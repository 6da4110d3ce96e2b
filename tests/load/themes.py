"""Theming and scoring a file of comments with ``python -m analysis``, as an officer with an export would."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.load.corpus import write_comments
from tests.load.figure import Figure
from tests.running import ROOT

KILOBYTES_TO_A_MEGABYTE = 1024  # ru_maxrss is in kilobytes on Linux


def measure(
    folder: Path, *, comments: int, target_seconds: float | None = None, target_megabytes: float | None = None
) -> Iterator[Figure]:
    file = write_comments(folder / "comments.csv", comments)
    command = [sys.executable, "-m", "analysis", str(file), "--text", "comment", "--out", str(folder / "out.csv")]
    started = time.perf_counter()
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"python -m analysis ended with {child.returncode}")
    name = f"themes_{comments // 1000}k"
    yield Figure(f"{name}_seconds", round(seconds, 1), "s", target_seconds)
    yield Figure(f"{name}_memory", round(used.ru_maxrss / KILOBYTES_TO_A_MEGABYTE), "MB", target_megabytes)
