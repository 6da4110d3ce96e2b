"""The pictures that stand beside questions and answers in Easy Read: one drawing to a file, named for what it means.

All are drawn here in one manner: thick lines in one colour, light on dark where the reader's screen is dark. A name is
for good, because a questionnaire that has been answered keeps the names it was opened with.
"""

from functools import cache
from pathlib import Path
from typing import Final

FILES: Final = {file.stem: file for file in sorted(Path(__file__).parent.glob("*.svg"))}


@cache
def drawing(name: str) -> str:
    """The picture of that name, as SVG. Raises KeyError if there is none."""
    return FILES[name].read_text(encoding="utf-8")
