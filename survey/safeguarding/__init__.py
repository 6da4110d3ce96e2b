"""Comments that may disclose harm: found when they are kept, put before the people who must see them, and decided.

What is found is only ever put in a queue for a person. Nothing here says that harm was done, or that none was.
"""

from survey.safeguarding.acts import (
    add_note,
    confirm,
    escalate,
    open_case,
    propose,
    raise_by_hand,
    reopen,
    send_back,
)
from survey.safeguarding.cases import InFull, Listed, listed, not_to_be_quoted
from survey.safeguarding.clock import Times, overdue, times
from survey.safeguarding.patterns import make_ready
from survey.safeguarding.screening import screen, screen_all
from survey.safeguarding.taking_back import note_taken_back, taken_back

__all__ = [
    "InFull",
    "Listed",
    "Times",
    "add_note",
    "confirm",
    "escalate",
    "listed",
    "make_ready",
    "not_to_be_quoted",
    "note_taken_back",
    "open_case",
    "overdue",
    "propose",
    "raise_by_hand",
    "reopen",
    "screen",
    "screen_all",
    "send_back",
    "taken_back",
    "times",
]
