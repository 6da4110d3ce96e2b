"""Theming and scoring a file of comments with ``python -m analysis``, as an officer with an export would."""

import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tests.load.corpus import write_comments
from tests.load.figure import Figure, megabytes_of
from tests.running import ROOT

SAMPLED_EVERY_SECONDS = 0.5


def measure(
    folder: Path, *, comments: int, target_seconds: float | None = None, target_megabytes: float | None = None
) -> Iterator[Figure]:
    file = write_comments(folder / "comments.csv", comments)
    command = [sys.executable, "-m", "analysis", str(file), "--text", "comment", "--out", str(folder / "out.csv")]
    started = time.perf_counter()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    memory = 0.0
    while child.returncode is None:
        memory = max(memory, megabytes_of(child.pid))
        with suppress(subprocess.TimeoutExpired):
            child.wait(SAMPLED_EVERY_SECONDS)
    seconds = time.perf_counter() - started
    all_used = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = all_used.ru_utime + all_used.ru_stime - used.ru_utime - used.ru_stime
    if child.returncode:
        raise SystemExit(f"python -m analysis ended with {child.returncode}")
    name = f"themes_{comments // 1000}k"
    yield Figure(f"{name}_seconds", round(seconds, 1), "s", target_seconds)
    yield Figure(f"{name}_cpu", round(worked, 1), "s of processor time")
    yield Figure(f"{name}_memory", round(memory), "MB of all its processes together", target_megabytes)
