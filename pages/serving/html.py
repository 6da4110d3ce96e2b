"""The pages that are plain HTML, filled in from templates. Whatever is put in is escaped."""

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from survey.wording import words_in

PAGES = Path(__file__).parents[1]
# Letters that no page may hold, which a program can send and a browser would show as a box.
NEVER_SHOWN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
TEMPLATES = tuple(PAGES / door / "templates" for door in ("serving", "plain", "keying"))


def filled(template: str, **values: object) -> str:
    """That template with those values in it. A page that brings no words of its own speaks English."""
    say = words_in("en")
    page = _environment().get_template(template).render({"say": say, "spoken": say.spoken, "look": ""} | values)
    return NEVER_SHOWN.sub("", page)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
