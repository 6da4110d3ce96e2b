"""A process of ours that stands beside the web server, and is started again whenever it ends by itself."""

import asyncio
import contextlib
import logging
import os
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from filelock import FileLock, Timeout

LOG = logging.getLogger(__name__)
ROOT = Path(__file__).parents[2]
READER = (sys.executable, "-m", "analysis", "work")

FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 60.0
WELL_AFTER_SECONDS = 60.0  # having run this long it was well, and its next start need not wait long
TIME_TO_FINISH_SECONDS = 10.0
TURN_SECONDS = 5.0


@contextlib.asynccontextmanager
async def minded(turn: Path, command: Sequence[str] = READER) -> AsyncIterator[None]:
    """That command runs as a process of its own for as long as this lasts, and is asked to finish at the end.

    Of several servers on one machine, the one that holds the file ``turn`` has the child; when it goes, the next does.
    """
    minding = asyncio.create_task(_mind_in_turn(FileLock(turn), command), name="mind the child")
    try:
        yield
    finally:
        minding.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await minding


async def _mind_in_turn(turn: FileLock, command: Sequence[str]) -> None:
    while True:
        try:
            with turn.acquire(blocking=False):
                await _mind(command)
        except Timeout:
            await asyncio.sleep(TURN_SECONDS)


async def _mind(command: Sequence[str]) -> None:
    wait = FIRST_WAIT_SECONDS
    loop = asyncio.get_running_loop()
    while True:
        started = loop.time()
        code = await _run(command)
        if loop.time() - started > WELL_AFTER_SECONDS:
            wait = FIRST_WAIT_SECONDS
        LOG.error("%s ended with status %s. Starting it again in %.0f s.", " ".join(command[1:]), code, wait)
        await asyncio.sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT_SECONDS)


async def _run(command: Sequence[str]) -> int:
    """Run it to its end, or until we are cancelled; then ask it to finish, and insist if it does not."""
    # It watches for the end of its input, and so ends when we do, even if we are killed.
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, stdin=asyncio.subprocess.PIPE, env=os.environ | {"HEARD_MINDED": "1"}
    )
    try:
        return await process.wait()
    finally:
        if process.returncode is None:
            await _finish(process)


async def _finish(process: asyncio.subprocess.Process) -> None:
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), TIME_TO_FINISH_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
