"""Heard as a process of its own, as people meet it: for the journeys and the bench."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).parent.parent
PATIENCE_SECONDS = 90
READ_ELSEWHERE = {"HEARD_WORKER": "external"}  # for those to whom it makes no difference that comments are read


def free_port() -> int:
    """A port on the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Server:
    """One running Heard with its own data folder and port; leaving ``with Server(folder) as …`` ends it."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def database_url(self) -> str:
        return self.settings.get("HEARD_DATABASE_URL") or f"sqlite:///{self.folder / 'heard.sqlite3'}"

    def start(self) -> "Server":
        """Serve, and come back when /health says so."""
        command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py"]
        command += ["--server.port", str(self.port), "--server.address", "127.0.0.1"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment(), stdout=log, stderr=log, start_new_session=True
            )
        self.wait_until_healthy()
        return self

    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("HEARD_")}
        return inherited | {"HEARD_DATA": str(self.folder), "HEARD_DEMONSTRATION": "no"} | self.settings

    def wait_until_healthy(self) -> None:
        """Come back when /health says so; raise with the log where it ends first, or never says so."""
        give_up = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < give_up:
            if self.process and self.process.poll() is not None:
                break
            with suppress(httpx.TransportError):
                if httpx.get(f"{self.address}/health", timeout=5).status_code == httpx.codes.OK:
                    return
            time.sleep(0.1)
        self.stop()
        told = self.log.read_text() if self.log.exists() else "nothing was logged"
        raise RuntimeError(f"Heard did not start:\n{told[-4000:]}")

    def stop(self) -> None:
        """End it as an operator would, with whatever it started."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def _end(self, with_signal: signal.Signals) -> None:
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.kill(self.process.pid, with_signal)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(20)
        with suppress(ProcessLookupError):
            # The process that reads comments is in the same group, and may have outlived its parent.
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)
        self.process = None

    def __enter__(self) -> "Server":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()
