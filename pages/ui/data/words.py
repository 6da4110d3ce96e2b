"""What people wrote, as policy lets be shown to everybody who may open the page."""

import streamlit as st

from analysis.doubt import doubtful_first
from analysis.overview import Chosen
from analysis.remarks import Remark, latest
from analysis.repeats import Repeats, repeated
from analysis.suppression import Policy
from pages.ui.data.known import BY_STATE, State, when_words_go
from survey import database, details, frames, judging


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_STATE)
def remarks(state: State, chosen: Chosen, policy: Policy) -> list[Remark]:
    """The latest comments under those filters."""
    return latest(state.kept, state.cube, state.scope, chosen, policy)


def telling(latest: list[Remark]) -> dict[int, str]:
    """Of these comments, those that may tell who they are about, and what in them tells."""
    with database.reading(database.engine()) as session:
        return details.reasons(session, [remark.comment_id for remark in latest])


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_STATE)
def repeats(state: State, policy: Policy) -> Repeats:
    """The comments that say nearly the same as one another, whatever filters are chosen."""
    with database.reading(database.engine()) as session:
        alike = frames.likenesses(session, state.wave.consultation_id)
    return repeated(state.frames, alike, policy)


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=BY_STATE)
def to_look_at(state: State, only: str) -> list[int]:
    """Numbers of comments that nobody has said anything of, those that a model was least sure of first."""
    with database.reading(database.engine()) as session:
        seen = judging.judged(session, state.wave.id)
    keys = state.themes.loc[~state.themes["candidate"], "theme"].tolist()
    return doubtful_first(state.frames, keys, seen=seen, only=only)


@when_words_go
def _forget() -> None:
    remarks.clear()
    repeats.clear()
