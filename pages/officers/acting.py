"""What happens when an officer presses a button on "Comments to look at": done if they still may, and told."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from pages.ui import acting
from pages.ui.doors import TO_READ

TOLD = "to-read-told"


def act(what: Callable[[Session, str, datetime], str]) -> bool:
    """Do something in one transaction as whoever is signed in, and keep what it says to tell them.

    Gives False where it was not done: something is to be put right, or somebody is not signed in any more.
    """
    return acting.keep(acting.attempt(what, TO_READ.roles), TOLD)


def tell() -> None:
    """Say what came of the last press, once."""
    acting.tell_plainly(TOLD)
