"""What an officer does about summaries and reports: done if they still may, and told once at the top of the page."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from pages.ui import acting
from survey.tables import RoleName

TOLD = "reports-told"


def act(what: Callable[[Session, str, datetime], str]) -> None:
    """Do something in one transaction as whoever is signed in, if an officer, and keep what it says to tell them."""
    acting.keep(acting.attempt(what, {RoleName.OFFICER}), TOLD)


def tell() -> None:
    """Say what came of the last press, once."""
    acting.tell(TOLD, announced=True)
