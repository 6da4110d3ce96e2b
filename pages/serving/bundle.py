"""What Streamlit's own page loads, read from the version installed.

Our page is sent in place of Streamlit's, and asks for the same scripts in a better order. If a new Streamlit's page has
another shape, the start fails here and says so, rather than a parent meeting a blank screen.
"""

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import streamlit
from streamlit import file_util

STATIC = Path(file_util.get_static_dir())

SCRIPT = re.compile(r'<script type="module" crossorigin src="\./(static/js/[\w.-]+\.js)"></script>')
PRELOAD = re.compile(r'<link rel="modulepreload" crossorigin href="\./(static/js/[\w.-]+\.js)">')
STYLE = re.compile(r'<link rel="stylesheet" crossorigin href="\./(static/css/[\w.-]+\.css)">')
FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)

HEAVY_BYTES = 9_000
IMPORTED = re.compile(r"""(?:from|import)[`"']\./([\w.-]+\.js)[`"']""")
TOLD = "window.__streamlit"  # where heard.js puts what Streamlit would ask the server otherwise

# What the parents' pages are drawn with. Streamlit asks for each of these only when it meets one; its manifest says
# which files they are in this version. The first are fetched while the connection is being made, for before that they
# would only stand in the way; the others when the first page is there, so that the next step need not wait for them.
DRAWN_WITH = (
    "../lib/src/components/elements/Html/Html.tsx",
    "../lib/src/components/widgets/Button/Button.tsx",
)
DRAWN_NEXT = (
    "../lib/src/components/widgets/TextInput/TextInput.tsx",
    "../lib/src/components/widgets/Checkbox/Checkbox.tsx",
    "../lib/src/components/widgets/Radio/Radio.tsx",
    "../lib/src/components/widgets/TextArea/TextArea.tsx",
)


class Bundle(NamedTuple):
    """The addresses of Streamlit's start script, of what it needs at once, soon and next, and of its style sheet."""

    script: str
    needed: tuple[str, ...]
    soon: tuple[str, ...]
    next: tuple[str, ...]
    style: str

    @property
    def addresses(self) -> tuple[str, ...]:
        """All the scripts."""
        return (self.script, *self.needed, *self.soon, *self.next)


def is_heavy(address: str) -> bool:
    """Whether a script takes a slow phone so long to read and run that it had better begin while others still come."""
    return (STATIC / address.lstrip("/")).stat().st_size > HEAVY_BYTES


@cache
def waits_to_be_told(address: str) -> bool:
    """Whether a script, or one it imports, reads what heard.js says. Run before that, it would leave the page blank."""
    seen, to_see = set(), [STATIC / address.lstrip("/")]
    while to_see:
        file = to_see.pop()
        if file in seen:
            continue
        seen.add(file)
        text = file.read_text(encoding="utf-8")
        if TOLD in text:
            return True
        to_see.extend(file.with_name(name) for name in IMPORTED.findall(text))
    return False


class UnknownStreamlit(RuntimeError):
    """The page of the Streamlit installed is not of the shape this was written for."""

    def __init__(self, missing: str) -> None:
        super().__init__(
            f"Streamlit {streamlit.__version__} has no {missing} in its page where Heard looks for it. "
            "Install the version named in requirements.txt, or teach pages/serving/bundle.py the new shape."
        )


@cache
def bundle() -> Bundle:
    """What the installed Streamlit loads. Raises UnknownStreamlit if its page has another shape."""
    index = (STATIC / "index.html").read_text(encoding="utf-8")
    manifest = json.loads((STATIC / "manifest.json").read_text(encoding="utf-8"))
    return read(index, manifest)


def read(index: str, manifest: dict[str, dict[str, list[str] | str]]) -> Bundle:
    """What that page loads, with what its manifest says of the parts drawn with. Raises UnknownStreamlit."""
    script, style = _only(SCRIPT, index, "start script"), _only(STYLE, index, "style sheet")
    needed = PRELOAD.findall(index)
    if not needed:
        raise UnknownStreamlit("scripts to load beforehand")
    if '<div id="root"></div>' not in index:
        raise UnknownStreamlit("place to draw in")
    if [text.strip() for text in INLINE.findall(index)] != ["window.prerenderReady = false"]:
        raise UnknownStreamlit("inline script that can be left out")
    if unknown := [part for part in (*DRAWN_WITH, *DRAWN_NEXT) if part not in manifest]:
        raise UnknownStreamlit(f"part called {unknown[0]}")
    soon = _without(_with_imports(manifest, DRAWN_WITH), {script, *needed})
    later = _without(_with_imports(manifest, DRAWN_NEXT), {script, *needed, *soon})
    return Bundle(f"/{script}", _rooted(needed), _rooted(soon), _rooted(later), f"/{style}")


def style_without_fonts() -> str:
    """Streamlit's style sheet without the fonts in it: half a megabyte for letters that every device has its own of.

    The icon font would be fetched by each visitor before the first word; heard.css draws the few icons that are met.
    """
    return FONT_FACE.sub("", (STATIC / bundle().style.lstrip("/")).read_text(encoding="utf-8"))


def _only(pattern: re.Pattern[str], index: str, what: str) -> str:
    found = pattern.findall(index)
    if len(found) != 1:
        raise UnknownStreamlit(what)
    return str(found[0])


def _without(names: Iterable[str], known: set[str]) -> list[str]:
    return [name for name in names if name not in known]


def _rooted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"/{name}" for name in names)


def _with_imports(manifest: dict[str, dict[str, list[str] | str]], parts: Iterable[str]) -> list[str]:
    found: dict[str, None] = {}
    to_see = list(parts)
    while to_see:
        entry = manifest[to_see.pop(0)]
        if (name := str(entry["file"])) not in found:
            found[name] = None
            to_see.extend(entry.get("imports", []))
    return list(found)
