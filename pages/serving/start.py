"""Starting and stopping: the database up to date, everything warm before the first visitor, the child minded."""

import asyncio
import gc
import importlib
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime

import streamlit as st
import uvicorn
from filelock import FileLock
from streamlit import config
from streamlit.runtime import get_instance

from pages.serving import child, coming_back, links, logs, theme
from pages.serving.bundle import bundle
from pages.serving.files import files
from survey import database, demo, frameworks, questionnaire_file, statements, translations
from survey.demo import SignIn
from survey.settings import WorkerPlace, settings

# Half a second to a second each when first imported, which is too long in the middle of somebody's click.
WARM = ("pandas", "pyarrow", "plotly.graph_objects", "sqlmodel", "streamlit.proto.BackMsg_pb2", "pages.ui.data")
# How long a thread that computes keeps the interpreter once another wants it; Python's own is five milliseconds.
# Whoever sends gives it up for each of some thirty small questions to the database, and would wait as long for each
# while somebody's charts are drawn.
TURN_SECONDS = 0.0005
HELD_TO = {"runner.postScriptGC": False, "client.showErrorDetails": "none", "browser.gatherUsageStats": False}


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """All that happens before the first request and after the last."""
    logs.keep_people_out()
    _hold_to_settings()
    _hide_server_name()
    theme.remember()
    coming_back.draw_again(get_instance())
    sys.setswitchinterval(TURN_SECONDS)
    sign_ins = await asyncio.to_thread(_make_ready)
    open_points = statements.unconfirmed(datetime.now(UTC).date())
    async with AsyncExitStack() as stack:
        stack.callback(files().press.close)
        if settings().worker is WorkerPlace.CHILD:
            await stack.enter_async_context(child.minded(settings().data / "reader.turn"))
        settle_memory()
        links.show(sign_ins, open_points, frameworks.faults())
        yield


def _hold_to_settings() -> None:
    """Without these, fifty people at once bring the server to its knees, or strangers are told too much."""
    for name, value in HELD_TO.items():
        if config.get_option(name) != value:
            raise RuntimeError(
                f"Streamlit's {name} must be {value!r} and is {config.get_option(name)!r}. "
                "Start Heard from its own folder, where .streamlit/config.toml is, and unset what overrides it."
            )


def _make_ready() -> tuple[SignIn, ...]:
    """Prepare everything. Gives the demonstration's sign-ins, if it was loaded now.

    A translation that lacks something stops the start here, with the list, and meets no parent.
    """
    translations.check_doors()
    questionnaire_file.check_shipped()
    database.prepare(database.engine())
    sign_ins = _demonstration() if settings().wants_demonstration else ()
    load_ahead()
    files().make_ready(bundle().addresses)
    return sign_ins


def _demonstration() -> tuple[SignIn, ...]:
    """Load it into an empty database; one process does, however many start together."""
    settings().data.mkdir(parents=True, exist_ok=True)
    links.say("Looking for a consultation. If there is none, a demonstration is made: some seconds, once.")
    with FileLock(settings().data / "demonstration.lock"):
        loaded = demo.load_if_empty(database.engine())
    return loaded.sign_ins if loaded else ()


def load_ahead() -> None:
    """Load what somebody's first click would otherwise wait for."""
    for name in WARM:
        importlib.import_module(name)


def settle_memory() -> None:
    """What has been loaded stays, so the collector need not look through it again on each of its rounds."""
    gc.collect()
    gc.freeze()


def _hide_server_name() -> None:
    """uvicorn names itself in every answer unless told otherwise when started, and ``streamlit run`` cannot tell it.

    The task that is starting us belongs to it, and holds its configuration.
    """
    starting = asyncio.current_task()
    frame = starting.get_coro().cr_frame if starting else None
    served_with = getattr(frame.f_locals.get("self"), "config", None) if frame else None
    if isinstance(served_with, uvicorn.Config):
        served_with.encoded_headers = [pair for pair in served_with.encoded_headers if pair[0] != b"server"]
