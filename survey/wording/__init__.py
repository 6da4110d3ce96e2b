"""The sentences that respondents read, by language: one file each, with the same keys."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from babel.dates import format_date

from survey.languages import Language, language
from survey.questionnaire import SimpleItem, Wording

FOLDER = Path(__file__).parent


class Words:
    """The sentences in one language. ``words("start.begin")`` is one of them."""

    def __init__(self, spoken: Language, sentences: Mapping[str, str]) -> None:
        self.spoken = spoken
        self._sentences = sentences

    @property
    def language(self) -> str:
        """The code of the language."""
        return self.spoken.code

    def __call__(self, key: str, **values: object) -> str:
        """The sentence of that name with its values put in. Raises KeyError if there is none."""
        return self._sentences[key].format(**values)

    def of(self, wording: Wording) -> str:
        """A questionnaire's wording in this language, or in English where it has none yet."""
        return wording.get(self.language) or wording.get("en") or next(iter(wording.values()))

    def day(self, moment: date) -> str:
        """A day as it is written in this language: 27 March 2026."""
        return format_date(moment, "d MMMM y", locale=self.spoken.tag.replace("-", "_"))

    def missing(self, item: SimpleItem) -> str:
        """What to say when an item was left out: in the questionnaire's own words where it has some."""
        return self.of(item.missing) if item.missing else self(f"problem.missing_{item.kind}")

    def __contains__(self, key: str) -> bool:
        """Whether there is a sentence of that name."""
        return key in self._sentences

    def keys(self) -> set[str]:
        """The names of all sentences."""
        return set(self._sentences)


@cache
def words_in(code: str) -> Words:
    """The sentences in a language, or in English where it has no file."""
    spoken = language(code)
    path = FOLDER / f"{spoken.code}.toml"
    if not path.exists():
        return words_in("en")
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    tables.pop("translation", None)  # who made it
    return Words(spoken, {f"{part}.{key}": text for part, table in tables.items() for key, text in table.items()})
