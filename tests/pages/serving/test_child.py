"""The process beside the server: there while the server is, back when it falls, gone when the server goes."""

import asyncio
import signal
import sys
import time
from pathlib import Path

import psutil
import pytest

from pages.serving import child

PATIENCE_SECONDS = 20


def note_and(script: str, file: Path) -> tuple[str, ...]:
    noting = f"import os, sys, time; open({str(file)!r}, 'a').write(str(os.getpid()) + ' '); "
    return (sys.executable, "-c", noting + script)


def started(file: Path) -> list[int]:
    return [int(pid) for pid in file.read_text().split()] if file.exists() else []


async def until(condition) -> None:
    give_up = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < give_up, "it did not happen"
        await asyncio.sleep(0.02)


def test_it_runs_while_the_server_does_and_ends_with_it(tmp_path):
    async def serve() -> None:
        async with child.minded(tmp_path / "turn", note_and("time.sleep(600)", tmp_path / "pids")):
            await until(lambda: started(tmp_path / "pids"))

    asyncio.run(serve())

    assert len(started(tmp_path / "pids")) == 1
    assert not psutil.pid_exists(started(tmp_path / "pids")[0])


def test_it_is_started_again_when_it_falls_each_time_after_a_longer_wait(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(child, "FIRST_WAIT_SECONDS", 0.01)

    async def serve() -> None:
        async with child.minded(tmp_path / "turn", note_and("sys.exit(3)", tmp_path / "pids")):
            await until(lambda: len(started(tmp_path / "pids")) >= 3)

    asyncio.run(serve())

    assert "ended with status 3" in caplog.text


def is_deaf(pids: list[int]) -> bool:
    """Whether the process has come as far as ignoring requests to finish."""
    status = Path(f"/proc/{pids[0]}/status").read_text() if pids else ""
    ignored = next((int(line.split()[1], 16) for line in status.splitlines() if line.startswith("SigIgn")), 0)
    return bool(ignored >> (signal.SIGTERM - 1) & 1)


def test_one_that_will_not_finish_is_made_to(tmp_path, monkeypatch):
    monkeypatch.setattr(child, "TIME_TO_FINISH_SECONDS", 0.2)
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"

    async def serve() -> None:
        async with child.minded(tmp_path / "turn", note_and(deaf, tmp_path / "pids")):
            await until(lambda: is_deaf(started(tmp_path / "pids")))

    asyncio.run(serve())

    assert not psutil.pid_exists(started(tmp_path / "pids")[0])


def test_of_two_servers_one_has_the_child_and_the_other_takes_over(tmp_path, monkeypatch):
    monkeypatch.setattr(child, "TURN_SECONDS", 0.02)
    command = note_and("time.sleep(600)", tmp_path / "pids")

    async def serve() -> None:
        async with child.minded(tmp_path / "turn", command), child.minded(tmp_path / "turn", command):
            await until(lambda: started(tmp_path / "pids"))
            await asyncio.sleep(0.2)
            assert len(started(tmp_path / "pids")) == 1
        async with child.minded(tmp_path / "turn", command):
            await until(lambda: len(started(tmp_path / "pids")) == 2)

    asyncio.run(serve())

    assert not [pid for pid in started(tmp_path / "pids") if psutil.pid_exists(pid)]


def test_a_fault_in_the_server_does_not_leave_it_behind(tmp_path):
    async def serve() -> None:
        async with child.minded(tmp_path / "turn", note_and("time.sleep(600)", tmp_path / "pids")):
            await until(lambda: started(tmp_path / "pids"))
            raise RuntimeError("the server fell")

    with pytest.raises(RuntimeError, match="the server fell"):
        asyncio.run(serve())

    assert not psutil.pid_exists(started(tmp_path / "pids")[0])
