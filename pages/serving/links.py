"""What the terminal shows at the start: where the pages are, and new sign-ins the one time they are known."""

import os
import sys
from collections.abc import Sequence
from itertools import pairwise

from streamlit import config

from pages.ui import doors
from survey.demo import SignIn
from survey.statements import Unconfirmed

NAMES = {doors.SUMMARY: "Summary for leaders"}  # what some are called where their title says too little
PORT_FLAGS = ("--port", "--server.port")
UVICORNS_PORT = 8000


def show(sign_ins: Sequence[SignIn] = (), open_points: Sequence[Unconfirmed] = (), faults: Sequence[str] = ()) -> None:
    """Print the links, each new sign-in this once, what the council has still to confirm, and what is wrong."""
    here = f"http://localhost:{port()}"
    lines = [f"  {NAMES.get(door, door.title):<20}  {here}{door.address}" for door in doors.ALL]
    if sign_ins:
        lines += ["", "  Demonstration sign-ins, shown this once (python -m survey grant makes new ones):"]
        lines += [f"  name {new.name:<15}  password {new.password}" for new in sign_ins]
    if open_points:
        lines += ["", "  Still to be confirmed before this is used in earnest (docs/running.md says where):"]
        lines += [f"  /{point.kind:<15}  {point.fact} (by {point.confirmed_by})" for point in open_points]
    if faults:
        lines += ["", "  Left out until it is put right. Everything else works:", *(f"  {fault}" for fault in faults)]
    sys.stdout.write("\n".join(["", "  Heard is running.", "", *lines, "", ""]))
    sys.stdout.flush()


def say(words: str) -> None:
    """Print a line for whoever is waiting at the terminal."""
    sys.stdout.write(f"\n  {words}\n")
    sys.stdout.flush()


def port() -> int:
    """The port that people use, as far as it can be known from how we were started."""
    words = [word for argument in sys.argv for word in argument.split("=", 1)]
    for flag, value in pairwise(words):
        if flag in PORT_FLAGS and value.isdecimal():
            return int(value)
    if started_by_streamlit():
        return int(config.get_option("server.port"))
    return int(os.environ.get("UVICORN_PORT", UVICORNS_PORT))


def started_by_streamlit() -> bool:
    """Whether ``streamlit run`` started us, and not another server."""
    return config._server_mode != "asgi-server"  # it has no public name
