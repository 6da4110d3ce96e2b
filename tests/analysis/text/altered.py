"""A comment passed on and changed a little, as people change what they were asked to send in."""

import re
from collections.abc import Callable


def sentences_of(words: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", words)


def reordered(words: str) -> str:
    """Its first sentence last."""
    first, *others = sentences_of(words)
    return " ".join([*others, first])


def mistyped(words: str) -> str:
    """Two letters of a long word in the middle changed over."""
    parts = words.split()
    places = [place for place, part in enumerate(parts) if len(part) > 4 and part[1:3] != part[2:0:-1]]
    place = places[len(places) // 2] if places else 0
    part = parts[place]
    parts[place] = part[0] + part[2:3] + part[1:2] + part[3:]
    return " ".join(parts)


def greeted(words: str) -> str:
    return f"Dear Sir or Madam, {words} Kind regards"


def shouted(words: str) -> str:
    """In capitals and without its punctuation."""
    return re.sub(r"[^\w\s'’]", "", words).upper()


def shortened(words: str) -> str:
    """Without its last words."""
    parts = words.split()
    return " ".join(parts[: -max(len(parts) // 10, 1)])


ALTERED: dict[str, Callable[[str], str]] = {
    "reordered": reordered, "mistyped": mistyped, "greeted": greeted, "shouted": shouted, "shortened": shortened,
}  # fmt: skip
