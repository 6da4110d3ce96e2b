"""The page before the page: the real title and first words at once, Streamlit's scripts in the order they are needed.

Streamlit's own page is blank until two megabytes of script have arrived and run. This one says what it is after one
journey to the server, and carries what Streamlit cannot be told: the language, our style and script, what to do
without scripts, and the colours to begin in, so that nothing flashes.

Streamlit's start script waits until all of the sixty scripts it stands on have come, and only then are any of them run.
Here the heavy ones are started by themselves, so that a slow phone has read and run them while the rest still arrive;
but none that reads what heard.js says, because nobody knows which of the two comes first.
"""

import tomllib
from functools import cache, lru_cache
from pathlib import Path

from pages.serving import html
from pages.serving.bundle import bundle, is_heavy, waits_to_be_told
from pages.serving.compression import Coding, accepted, squeeze
from pages.serving.files import OURS, files
from pages.serving.opening import Opening, opening
from pages.ui.doors import SURVEY, Door
from survey.wording import words_in

LANGUAGE = "en"
REGIONS = {"en": "en-GB"}
THEME = Path(__file__).parents[2] / ".streamlit" / "config.toml"


def page(door: Door, accept_encoding: str) -> tuple[bytes, Coding]:
    """The page behind a door, and the form it is in. Not for the event loop: it may look in the database."""
    coding = accepted(accept_encoding)
    return _squeezed(door, opening(door, LANGUAGE), coding), coding


@lru_cache(maxsize=64)
def _squeezed(door: Door, first: Opening, coding: Coding) -> bytes:
    return squeeze(_html(door, first).encode(), coding, thorough=True)


def _html(door: Door, first: Opening) -> str:
    return html.filled(
        "shell.html",
        bundle=bundle(),
        colours=colours(),
        is_heavy=is_heavy,
        first_style=(OURS / "first.css").read_text(encoding="utf-8"),
        lang=REGIONS[LANGUAGE],
        link=files().link,
        open_to_all=door is SURVEY,
        opening=first,
        say=words_in(LANGUAGE),
        waits_to_be_told=waits_to_be_told,
    )


@cache
def colours() -> dict[str, str]:
    """The background of the light and of the dark theme, as the theme itself has them."""
    theme = tomllib.loads(THEME.read_text(encoding="utf-8"))["theme"]
    return {scheme: theme[scheme]["backgroundColor"] for scheme in ("light", "dark")}
