"""Themes as people decide on them: each act is kept, can be undone, and leaves what was given to comments as it was."""

from survey.theming.acts import (
    Seen,
    add,
    approve,
    approve_into,
    edit,
    merge,
    not_here,
    restore,
    retire,
    split,
    take_up,
    undo,
)
from survey.theming.board import Board, CandidateNow, ThemeNow, board, progress
from survey.theming.history import Happened, Kept, Step, Then, as_of, begin_history, history
from survey.theming.wording import Wording, standing, worded

__all__ = [
    "Board",
    "CandidateNow",
    "Happened",
    "Kept",
    "Seen",
    "Step",
    "ThemeNow",
    "Then",
    "Wording",
    "add",
    "approve",
    "approve_into",
    "as_of",
    "begin_history",
    "board",
    "edit",
    "history",
    "merge",
    "not_here",
    "progress",
    "restore",
    "retire",
    "split",
    "standing",
    "take_up",
    "undo",
    "worded",
]
