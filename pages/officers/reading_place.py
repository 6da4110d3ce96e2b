"""Somebody's place among the comments: the one they read, where it stands, and which come before and after it."""

from collections.abc import Collection
from datetime import datetime
from itertools import chain
from typing import NamedTuple

import numpy as np
import pandas as pd
import streamlit as st

from analysis.shelf import Ids, Shelf
from pages.ui.acting import Presses
from pages.ui.doors import COMMENTS

PRESSES = Presses(COMMENTS)
AT, SPOT, ASKED, KEYS_ON = "comments-at", "comments-spot", "comments-asked", "comments-keys"
REVEALED, WRITING = "comments-revealed", "comments-writing"


class At(NamedTuple):
    """A comment on somebody's screen. By when it was sent, too: numbers of withdrawn comments are given out again."""

    comment_id: int
    sent_at: datetime

    @property
    def name(self) -> str:
        """What tells it from every other on the page."""
        return f"{self.comment_id}-{self.sent_at.timestamp():.0f}"


class Place(NamedTuple):
    """Where somebody is: the comment, whether it has been taken back meanwhile, and what lies around it."""

    at: At
    gone: bool
    spot: int  # from 0
    of: int
    before: At | None
    after: At | None
    unread: At | None


def at() -> At | None:
    """The comment being read, if reading has begun."""
    held = st.session_state.get(AT)
    return held if isinstance(held, At) else None


def spot() -> int:
    """Where it stood when it was drawn last."""
    return int(st.session_state.get(SPOT, 0))


def begin_if_new(asked: object) -> None:
    """Begin at the first comment if something else is asked for than before."""
    if st.session_state.get(ASKED) != asked:
        st.session_state[ASKED] = asked
        _leave()
        st.session_state.pop(AT, None)


def go(to: At | None, spot: int) -> None:
    """Go to a comment; the focus follows."""
    _leave()
    st.session_state[SPOT] = max(spot, 0)
    if to is None:
        st.session_state.pop(AT, None)
    else:
        st.session_state[AT] = to
    PRESSES.move()


def key(letter: str) -> str | None:
    """The key of a button, unless keys are turned off."""
    return letter if st.session_state.get(KEYS_ON, True) else None


def found(shelf: Shelf, ids: Ids, seen: Collection[int]) -> Place | None:
    """Where somebody is among these comments; None if there are none and none was being read."""
    here = at()
    if here is None and not len(ids):
        return None
    if here is None:
        here = _at(shelf, int(ids[0]))
        st.session_state[AT] = here
    gone = _at(shelf, here.comment_id) != here
    stands = np.flatnonzero(ids == here.comment_id) if not gone else np.array([], dtype=int)
    spot_now = int(stands[0]) if len(stands) else min(spot(), len(ids))
    st.session_state[SPOT] = spot_now
    following = ids[spot_now + (not gone) :]
    unread = next((int(one) for one in chain(following, ids[:spot_now]) if one not in seen), None)
    return Place(
        here,
        gone,
        spot_now,
        len(ids),
        _at(shelf, int(ids[spot_now - 1])) if spot_now else None,
        _at(shelf, int(following[0])) if len(following) else None,
        _at(shelf, unread) if unread is not None else None,
    )


def _leave() -> None:
    st.session_state.pop(REVEALED, None)
    st.session_state.pop(WRITING, None)


def _at(shelf: Shelf, comment_id: int) -> At | None:
    there = shelf.at(comment_id)
    if there is None:
        return None
    return At(comment_id, pd.Timestamp(shelf.rows["sent_at"].iloc[there]).to_pydatetime())
