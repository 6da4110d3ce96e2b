"""What people wrote, as policy lets be shown to everybody who may open the page."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from analysis import early_warning, nearness
from analysis.doubt import doubtful_first
from analysis.early_warning import Warned
from analysis.nearness import Meanings
from analysis.overview import Chosen
from analysis.remarks import Remark, latest, these
from analysis.repeats import Repeats, repeated
from analysis.shelf import Shelf, shelved
from analysis.suppression import OFFICER, Policy
from analysis.upkeep import Frames
from pages.ui.data.known import BY_STATE, State, when_words_go
from survey import areas, check_samples, database, details, frames, judging, reports, safeguarding, warnings
from survey.questionnaire import Questionnaire


@dataclass
class _OnShelf:
    """The comments of one wave in the memory of this process, for whoever may read them all."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    shelf: tuple[int, Shelf] | None = None  # with the change it was made of
    meanings: Meanings = field(default_factory=nearness.nobody)
    not_placed: tuple[Shelf, list[int]] | None = None  # of that shelf, the comments whose place is still to be fetched


def remarks(state: State, chosen: Chosen, policy: Policy) -> list[Remark]:
    """The latest comments under those filters that this reader may see: none that may disclose harm or is being coded
    blind, and for whoever reads out only those that may be quoted."""
    return _remarks(state, chosen, policy, not_listed(state), _unquoted(state, policy))


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_STATE)
def _remarks(
    state: State, chosen: Chosen, policy: Policy, left_out: frozenset[int], unquoted: frozenset[int]
) -> list[Remark]:
    left_out |= unquoted | _not_agreed(state, policy)
    return latest(state.kept, state.cube, state.scope, chosen, policy, left_out=left_out)


def not_seen(state: State, policy: Policy) -> frozenset[int]:
    """The responses of whose comments this reader sees none listed."""
    return not_listed(state) | _unquoted(state, policy) | _not_agreed(state, policy)


def _unquoted(state: State, policy: Policy) -> frozenset[int]:
    """The responses of which this reader sees no word, though their writers agreed: with a comment by which somebody
    may be recognised, or that somebody struck out."""
    if not policy.is_read_out:
        return frozenset()
    with database.reading(database.engine()) as session:
        telling = details.not_to_be_quoted(session, state.wave.id)
        struck = [one.comment_id for one in reports.struck(session, state.wave.id)]
    said = state.frames.comments
    return telling | frozenset(said.loc[said["comment_id"].isin(struck), "response_id"].tolist())


def _not_agreed(state: State, policy: Policy) -> frozenset[int]:
    """The responses of which this reader sees no word, because whoever wrote them did not agree to be quoted."""
    responses = state.frames.responses
    return frozenset(responses.loc[~responses["quotable"], "response_id"].tolist() if policy.is_read_out else [])


def warned(state: State, policy: Policy) -> list[Warned]:
    """What suddenly many people in one place write of, but for what may disclose harm or is being coded blind."""
    return _warned(state, policy, not_listed(state))


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=BY_STATE)
def _warned(state: State, policy: Policy, left_out: frozenset[int]) -> list[Warned]:
    return early_warning.warnings(listable(state, left_out), state.scope, policy)


def unseen_warnings(state: State, policy: Policy) -> int:
    """How many early warnings nobody has looked at, of those there were at most a quarter of an hour ago."""
    lately = _warned_lately(state.wave.id, state, policy)
    with database.reading(database.engine()) as session:
        looks = warnings.looks(session, state.wave.id)
    return sum(warnings.is_news(people, looks.get(key)) for key, people in lately.items())


@st.cache_data(ttl=900, max_entries=32, show_spinner=False)  # looking takes most of a second: not with every answer
def _warned_lately(wave_id: int, _state: State, policy: Policy) -> dict[tuple[str, str], int]:  # noqa: ARG001
    return {kept_under(one): one.people for one in warned(_state, policy)}


def kept_under(one: Warned) -> tuple[str, str]:
    """What it is kept under that somebody looked at a warning: nothing that anybody wrote."""
    return warnings.known_by(one.about, is_theme=bool(one.themes)), one.place


def those(state: State, comment_ids: Sequence[int]) -> list[Remark]:
    """These comments, the latest first, but for what may disclose harm or is being coded blind."""
    return these(state.kept, state.cube, state.scope, comment_ids, OFFICER, left_out=not_listed(state))


def not_listed(state: State) -> frozenset[int]:
    """The responses of whose comments none may be listed beside others, with what the program says of them.

    Those with a comment that may disclose harm: whoever must act on it sees it. And those with one that is being coded
    blind, until that has ended.
    """
    with database.reading(database.engine()) as session:
        held = safeguarding.not_to_be_quoted(session, state.wave.id)
        return held | check_samples.people_under_way(session, state.wave.id)


def listable(state: State, left_out: frozenset[int]) -> Frames:
    """The wave without what these responses said in their own words."""
    said = state.frames.comments
    return state.frames._replace(comments=said[~said["response_id"].isin(left_out)])


@st.cache_data(ttl=10, max_entries=1, show_spinner=False)
def overdue_cases() -> int:
    """How many comments that may disclose harm nobody has opened in a working hour: a number for all who may know."""
    with database.reading(database.engine()) as session:
        return safeguarding.overdue(session, now=datetime.now(UTC))


def telling(latest: list[Remark]) -> dict[int, str]:
    """Of these comments, those that may tell who they are about, and what in them tells."""
    with database.reading(database.engine()) as session:
        return details.reasons(session, [remark.comment_id for remark in latest])


def repeats(state: State, policy: Policy) -> Repeats:
    """The comments that say nearly the same as one another, whatever filters are chosen."""
    return _repeats(state, policy, not_listed(state), _unquoted(state, policy))


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_STATE)
def _repeats(state: State, policy: Policy, left_out: frozenset[int], unquoted: frozenset[int]) -> Repeats:
    with database.reading(database.engine()) as session:
        alike = frames.likenesses(session, state.wave.consultation_id)
    return repeated(listable(state, left_out), alike, policy, unquoted=unquoted | _not_agreed(state, policy))


@st.cache_resource(max_entries=32, show_spinner=False)
def _on_shelf(wave_id: int) -> _OnShelf:  # noqa: ARG001, one for each
    return _OnShelf()


def shelf(state: State) -> Shelf:
    """The comments of a wave, for whoever may read them all: held once, and only what is new is looked at again."""
    held = _on_shelf(state.wave.id)
    with held.lock:
        if held.shelf is None or held.shelf[0] != state.change:
            return _put_on_shelf(held, state)
        return held.shelf[1]


def is_shelved(state: State) -> bool:
    """Whether this process has looked through the comments of a wave before, so that only what is new is looked at."""
    return _on_shelf(state.wave.id).shelf is not None


def meanings(state: State) -> Meanings:
    """Where the comments of a wave lie among meanings, as far as the worker has come."""
    there, held = shelf(state), _on_shelf(state.wave.id)
    with held.lock:
        if held.not_placed is None or held.not_placed[0] is not there:
            held.not_placed = there, nearness.lacking(held.meanings, there.words)
        if lacking := held.not_placed[1]:
            with database.reading(database.engine()) as session:
                stored = frames.embeddings(session, state.wave.id, lacking)
            held.meanings = nearness.renewed(held.meanings, there.words, stored)
            held.not_placed = there, [number for number in lacking if number not in stored]
        return held.meanings


def _put_on_shelf(held: _OnShelf, state: State) -> Shelf:
    before = held.shelf[1] if held.shelf else None
    keys = state.themes.loc[~state.themes["candidate"], "theme"].tolist()
    made = shelved(state.frames, keys, _localities(state.questionnaire), OFFICER, before)
    held.shelf = state.change, made
    if len(held.meanings):
        held.meanings = nearness.renewed(held.meanings, made.words, {})
    return made


def _localities(questionnaire: Questionnaire) -> pd.DataFrame:
    county = areas.districts(questionnaire.areas) if questionnaire.areas else ()
    rows = [(one.code, one.name, one.locality) for one in county]
    return pd.DataFrame(rows, columns=["code", "name", "locality"], dtype="str").set_index("code")


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=BY_STATE)
def to_look_at(state: State, only: str, blind: frozenset[int]) -> list[int]:
    """Numbers of comments that nobody has said anything of, those that a model was least sure of first.

    Those that are being coded blind are left out: what the model says of them is not to be seen.
    """
    with database.reading(database.engine()) as session:
        seen = judging.judged(session, state.wave.id) | blind
    keys = state.themes.loc[~state.themes["candidate"], "theme"].tolist()
    return doubtful_first(state.frames, keys, seen=seen, only=only)


@when_words_go
def _forget(state: State) -> None:
    _remarks.clear()
    _repeats.clear()
    _warned.clear()
    held = _on_shelf(state.wave.id)
    with held.lock:
        if held.shelf is not None:
            _put_on_shelf(held, state)
