"""The people who write: a voice is how somebody writes; a manner is how one respondent with that voice does."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from random import Random

from survey.demo.phrases import tables


@dataclass(frozen=True, slots=True)
class Voice:
    """How a kind of person writes. All but the first three are chances from 0 to 1."""

    name: str
    share: float
    length: float  # multiplies the wanted length
    typo: float = 0.0
    lower: float = 0.0
    unpunctuated: float = 0.0
    emoji: float = 0.0
    autocorrect: float = 0.0
    line_breaks: float = 0.0
    exclaims: float = 0.0
    capitals: float = 0.0
    dictated: float = 0.0
    dialect: float = 0.0
    cites: float = 0.0
    articles_dropped: float = 0.0


@dataclass(frozen=True, slots=True)
class Manner:
    """How one respondent writes, throughout."""

    voice: str
    length: float
    slips: float  # the share of words that are mistyped
    lower: bool
    unpunctuated: bool
    emoji: bool
    autocorrect: bool
    line_breaks: bool
    exclaims: bool
    capitals: float  # the share of sentences in capitals
    dictated: bool
    dialect: bool
    cites: bool
    articles_dropped: float  # the share of articles left out

    @property
    def plain(self) -> bool:
        """Whether nothing happens to the words once they are chosen."""
        return not (self.slips or self.lower or self.dictated or self.dialect or self.articles_dropped or self.capitals)


@cache
def voices() -> tuple[Voice, ...]:
    """Every voice there is."""
    listed = tables("voices")["voice"]
    return tuple(_voice(entry) for entry in listed) if isinstance(listed, list) else ()


def manner_of(random: Random, *, new_to_english: bool = False) -> Manner:
    """Somebody's manner of writing. Those who are new to English have a voice of their own."""
    if new_to_english:
        voice = next(voice for voice in voices() if voice.articles_dropped)
    else:
        voice = random.choices(voices(), [voice.share for voice in voices()])[0]

    def happens(chance: float) -> bool:
        return random.random() < chance

    return Manner(
        voice=voice.name,
        length=voice.length,
        slips=random.choice((0.02, 0.04, 0.08)) if happens(voice.typo) else 0.0,
        lower=happens(voice.lower),
        unpunctuated=happens(voice.unpunctuated),
        emoji=happens(voice.emoji),
        autocorrect=happens(voice.autocorrect),
        line_breaks=happens(voice.line_breaks),
        exclaims=happens(voice.exclaims),
        capitals=0.2 if happens(voice.capitals) else 0.0,
        dictated=happens(voice.dictated),
        dialect=happens(voice.dialect),
        cites=happens(voice.cites),
        articles_dropped=voice.articles_dropped,
    )


def _voice(entry: Mapping[str, object]) -> Voice:
    """Raises TypeError for a key that no voice has."""
    known = {field.name for field in fields(Voice)}
    if unknown := set(entry) - known:
        raise TypeError(f"No voice has {sorted(unknown)}.")
    given = {key: float(str(value)) for key, value in entry.items() if key != "name"}
    return Voice(name=str(entry["name"]), **given)
