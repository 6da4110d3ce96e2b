"""The words by which languages are told apart, by language. They are data, in ``languages.toml``."""

import tomllib
from pathlib import Path
from typing import Final

WORDS: Final[dict[str, frozenset[str]]] = {
    language: frozenset(listed.split())
    for language, listed in tomllib.loads(
        (Path(__file__).parent / "languages.toml").read_text(encoding="utf-8")
    ).items()
}
"""In small letters: the small words that no sentence does without, and those that parents use most."""

ALL: Final = frozenset().union(*WORDS.values())
