"""The languages in which people may answer. Easy Read stands among them: English in shorter words.

They are data, in ``languages.toml``. What is written in each is in ``wording/`` and ``questionnaires/``.
"""

import tomllib
from pathlib import Path
from typing import Final, NamedTuple

FILE: Final = Path(__file__).with_suffix(".toml")


class Language(NamedTuple):
    """One language, or one manner of a language."""

    code: str  # what files and drafts call it
    name: str  # what its own speakers call it
    english: str
    tag: str  # for browsers and screen readers (BCP 47)
    direction: str = "ltr"
    spoken: str = ""  # the language it is a manner of; empty if it is one itself
    variant: str = "standard"

    @property
    def tongue(self) -> str:
        """The code of the language that somebody who chose this speaks: "en" for Easy Read."""
        return self.spoken or self.code

    @property
    def is_easy_read(self) -> bool:
        """Whether it has pictures, large type and short lines."""
        return self.variant == "easy_read"


def _read() -> dict[str, Language]:
    known = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {code: Language(code=code, **facts) for code, facts in known.items()}


LANGUAGES: Final = _read()
ENGLISH: Final = LANGUAGES["en"]


def language(code: str) -> Language:
    """The language with that code, or English if there is none."""
    return LANGUAGES.get(code, ENGLISH)


def code_of(tongue: str, variant: str) -> str:
    """The code of what a response was given in: "easy" for English in Easy Read."""
    return next((one.code for one in LANGUAGES.values() if (one.tongue, one.variant) == (tongue, variant)), tongue)


def offered(codes: tuple[str, ...]) -> list[Language]:
    """Those of the languages whose codes are given, in the order they are offered in."""
    return [one for code, one in LANGUAGES.items() if code in codes]
