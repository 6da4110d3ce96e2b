"""What a theme is called and what belongs under it; and the themes that stand, as the frame comments are coded by."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlmodel import Session

from survey import standing_themes
from survey.coding_frame import CodingFrame
from survey.errors import ThemeError
from survey.standing_themes import frame_of

LONGEST_LABEL, LONGEST_DESCRIPTION, MOST_PHRASES = 80, 600, 300
PHRASE_FROM, PHRASE_TO = 2, 80


class Wording(NamedTuple):
    """A theme in words. Made by ``worded``, which refuses what a coding frame could not hold."""

    label: str
    description: str
    phrases: tuple[str, ...]

    @property
    def lines(self) -> str:
        """The phrases as they are stored, one to a line."""
        return "\n".join(self.phrases)


def worded(label: str, description: str = "", phrases: Iterable[str] = ()) -> Wording:
    """A theme's words, tidied, each phrase once. Raises ThemeError for a name or phrase too long, or no name."""
    label, description = " ".join(label.split()), " ".join(description.split())
    if not label:
        raise ThemeError("A theme needs a name. Write one.")
    if len(label) > LONGEST_LABEL:
        raise ThemeError(f"The name “{label[:40]}…” is too long. Use at most {LONGEST_LABEL} letters.")
    if len(description) > LONGEST_DESCRIPTION:
        raise ThemeError(f"The description of “{label}” is too long. Use at most {LONGEST_DESCRIPTION} letters.")
    once = _once(phrases)
    if len(once) > MOST_PHRASES:
        raise ThemeError(f"“{label}” would have {len(once)} phrases. Take some out: {MOST_PHRASES} is the most.")
    return Wording(label, description, once)


def _once(phrases: Iterable[str]) -> tuple[str, ...]:
    """Each phrase once, as it was written first."""
    once: dict[str, str] = {}
    for phrase in filter(None, (" ".join(written.split()) for written in phrases)):
        once.setdefault(phrase.casefold(), phrase)
    for phrase in once.values():
        if not PHRASE_FROM <= len(phrase) <= PHRASE_TO:
            raise ThemeError(f"The phrase “{phrase[:40]}” must have {PHRASE_FROM} to {PHRASE_TO} letters.")
    return tuple(once.values())


def standing(session: Session, consultation_id: int) -> CodingFrame | None:
    """The themes that stand now as a coding frame, in the order they were made; None while there are none."""
    return frame_of(sorted(standing_themes.standing(session, consultation_id), key=lambda one: one.id))
