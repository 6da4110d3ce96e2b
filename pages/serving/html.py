"""The pages that are plain HTML, filled in from templates. Whatever is put in is escaped."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from survey.wording import words_in

PAGES = Path(__file__).parents[1]
TEMPLATES = tuple(PAGES / door / "templates" for door in ("serving", "plain", "keying"))


def filled(template: str, **values: object) -> str:
    """That template with those values in it. A page that brings no words of its own speaks English."""
    say = words_in("en")
    return _environment().get_template(template).render({"say": say, "spoken": say.spoken} | values)


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
