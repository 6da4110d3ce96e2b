"""Setting pages in any script: right-to-left and joined letters too, tagged so that a screen reader can read them.

The fonts come inside a Python package, so nothing has to be on the machine and nothing is downloaded.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final, TypedDict

import typst
import weblate_fonts

from survey.errors import PrintingError
from survey.languages import Language

FOLDER: Final = Path(__file__).parent
FONTS: Final = Path(weblate_fonts.__file__).parent / "static" / "weblate_fonts"
# Every letter must be writable, every picture described, every heading in its place: or there is no file at all.
ACCESSIBLE: Final = "ua-1"
UNWRITABLE: Final = re.compile(r"the text `\"(?P<letters>.+?)\"` could not be displayed")
REMEMBERED: Final = 10
NOTHING: Final = b" "
BODY_POINTS: Final = 14
EASY_READ_POINTS: Final = 16


class Manner(TypedDict):
    """How a language is set."""

    lang: str
    direction: str
    points: int


def manner(spoken: Language) -> Manner:
    """How that language is set: its direction, and larger letters for Easy Read."""
    points = EASY_READ_POINTS if spoken.is_easy_read else BODY_POINTS
    return Manner(lang=spoken.tag.partition("-")[0], direction=spoken.direction, points=points)


def typeset(look: str, given: Mapping[str, object], *, dated: datetime) -> bytes:
    """The PDF that a template makes of what it is given: the same bytes for the same content and date.

    Raises PrintingError, showing the letters, if no font here has them: boxes are never printed in their place.
    """
    try:
        made = typst.compile(
            FOLDER / f"{look}.typ",
            font_paths=_fonts(),
            sys_inputs={"given": json.dumps(given, ensure_ascii=False)},
            pdf_standards=ACCESSIBLE,
            timestamp=int(dated.timestamp()),
        )
    except typst.TypstError as problem:
        if letters := UNWRITABLE.search(str(problem)):
            raise PrintingError(_advice(letters["letters"])) from problem
        raise
    if not isinstance(made, bytes):
        raise TypeError(f"{look} gave pages apart; a PDF is one file.")
    return made


def how_many_pages(look: str, given: Mapping[str, object]) -> int:
    """On how many pages a template that says so, as the report's does, sets what it is given."""
    said = typst.query(
        FOLDER / f"{look}.typ",
        "<pages>",
        field="value",
        one=True,
        font_paths=_fonts(),
        sys_inputs={"given": json.dumps(given, ensure_ascii=False)},
    )
    return int(said)


def forget() -> None:
    """Give back what Typst remembers of the pages it set last: it would keep them for ten settings more.

    Fifty copies are some 200 MB to it, which a process that also answers families should not hold on to.
    """
    for _ in range(REMEMBERED + 1):
        typst.compile(NOTHING, font_paths=_fonts())


@cache
def _fonts() -> typst.Fonts:
    folders = [FONTS / "source-sans" / "ttf", FONTS / "kurinto" / "ttf"]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def _advice(letters: str) -> str:
    return (
        f"This cannot be printed: no font here can write “{letters}”. Take it out of the wording, or write it in other "
        "letters. For a whole language, see that the package weblate-fonts is installed as requirements.txt names it."
    )
