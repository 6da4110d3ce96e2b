"""What was decided about a theme or a service, as the ledger keeps it. Figures are worked out elsewhere."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

ENGLISH = "en"


class ActionState(StrEnum):
    """How far an action has come. To decide against something is a decision too."""

    PLANNED = "planned"
    DONE = "done"
    REFUSED = "not doing"


class ActionActKind(StrEnum):
    """What a person can do to an action."""

    ADDED = "added"
    CHANGED = "changed"
    DONE = "done"
    REFUSED = "refused"
    REOPENED = "reopened"


class Evidence(NamedTuple):
    """The figure that led to an action, as it was released at the time; nothing where it was held back."""

    share: float | None = None
    low: float | None = None
    high: float | None = None
    base: int | None = None


class Compared(NamedTuple):
    """What later waves said when an action was called done: the last of them, a word, and by how much the share moved.

    The range, -1 to 1, is lacking only where an action was called done before one was asked for.
    """

    wave_id: int
    word: str
    low: float | None = None
    high: float | None = None

    @property
    def has_figures(self) -> bool:
        """Whether both shares could be shown, so that there was something to compare."""
        return self.low is not None and self.high is not None


class Uncompared(StrEnum):
    """Why later waves say nothing yet that an action could be called done with, and what to do about it."""

    NOT_ASKED = (
        "no later wave has asked families about it, in the same words, since it was due. Call it done when one has "
        "answers to compare with."
    )
    FEW = (
        "later waves have asked, but too few families answered, then or since, to show how the share moved. Wait until "
        "more have answered. If too few answered before it, choose another wave or more districts as its evidence."
    )
    RETIRED = (
        "its theme was retired, so there is no share to compare. Choose the theme that families' comments are counted "
        "under now."
    )


class Plan(NamedTuple):
    """An action as somebody fills it in. It is about a theme, or about a service."""

    told: str
    wave_id: int
    """The wave that the evidence is from."""
    theme_id: int | None = None
    service: str = ""
    owner: str = ""
    """A job, not somebody's name; '' while there is none yet."""
    due: date | None = None
    districts: tuple[str, ...] = ()
    """Codes; none for the whole county."""
    predicted: int | None = None
    """By how many points the share is expected to move: up is more, down is less."""
    tags: tuple[str, ...] = ()


class Wording(NamedTuple):
    """What is done, and why it is or is not, in one language."""

    told: str
    because: str


class Did(NamedTuple):
    """One line of an action's history: who made it what it was from then on."""

    version: int
    what: ActionActKind
    by: str
    at: datetime
    plan: Plan
    because: str


class Action(NamedTuple):
    """An action as it is now, with everything that was done to it, the last first."""

    id: int
    version: int
    state: ActionState
    plan: Plan
    because: str
    evidence: Evidence
    compared: Compared | None
    wordings: Mapping[str, Wording]
    """By language. One that was written for an earlier English is left out."""
    history: tuple[Did, ...]

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been done by now."""
        return self.state is ActionState.PLANNED and self.plan.due is not None and self.plan.due < today

    def in_language(self, language: str) -> tuple[str, Wording]:
        """The words in a language, or in English where nobody has written them; and the language they are in."""
        if language in self.wordings:
            return language, self.wordings[language]
        return ENGLISH, Wording(self.plan.told, self.because)


def in_order(actions: list[Action], today: date) -> list[Action]:
    """The order in which a ledger is read: without an owner, overdue, planned, done, refused; the soonest due first."""

    def place(one: Action) -> tuple[int, date, int]:
        if one.state is ActionState.PLANNED:
            rank = 0 if not one.plan.owner else 1 if one.is_overdue(today) else 2
        else:
            rank = 3 if one.state is ActionState.DONE else 4
        return rank, one.plan.due or date.max, one.id

    return sorted(actions, key=place)
