"""How the plain pages look: as usual, in large print, in high contrast. Kept with the draft, or in the address."""

from typing import Final, NamedTuple

USUAL: Final = "usual"
LARGE: Final = "large"
CONTRAST: Final = "contrast"
KNOWN: Final = {"", LARGE, CONTRAST, f"{LARGE} {CONTRAST}"}


class Change(NamedTuple):
    """One way to make the pages look otherwise: its sentence's key, and the look it leads to."""

    key: str
    look: str


def known(asked: str) -> str:
    """That look, or the usual one if there is none of that name."""
    return asked if asked in KNOWN else ""


def changes(now: str) -> list[Change]:
    """What may be chosen: each of the two that is not on, and the usual look if any is."""
    on = set(now.split())
    offered = [
        Change(f"look.{name}", " ".join(one for one in (LARGE, CONTRAST) if one in on | {name}))
        for name in (LARGE, CONTRAST)
        if name not in on
    ]
    return offered + ([Change("look.usual", USUAL)] if on else [])
