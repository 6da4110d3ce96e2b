"""The comments behind a number in a sentence: for officers all that can be listed, for leaders what may be quoted."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis import phrases
from analysis.report.behind import comments_behind, fit_to_read_out, has_comments
from analysis.report.content import Behind, Figure, Sentence
from pages.leaders.spine import Around, of_what
from pages.ui import data, markup, show
from pages.ui.data import State

AT_ONCE: Final = 20
LONGEST: Final = 100  # characters of a sentence or a quotation in a list
LONGEST_THEME: Final = 40
KEY: Final = "summary-behind"
NOT_READ_OUT: Final = {Behind.WAITING, Behind.FOREIGN}
"""Comments that nobody is quoted from, whoever agreed: no personal details have been found in them yet, or few."""


class _Chosen(NamedTuple):
    """A number that somebody chose, the wave that it is of, and what tells it from every other."""

    figure: Figure
    state: State
    name: tuple[str, str, int]


def for_officers(state: State, around: Around, *, key: str = KEY, note: str = "") -> None:
    """The comments that a number chosen here counts, but for those that stand in no list."""
    with _fold("The comments behind a sentence", key):
        chosen = _chosen(state, around, key, has_comments)
        if chosen is None:
            return
        found = _found(chosen)
        listed = found[~found["response_id"].isin(data.not_listed(chosen.state))]
        there = f"{phrases.counted(len(listed), 'comment', 'comments')}."
        if chosen.figure.filters.behind == Behind.WAITING:
            _say(f"{there} Their words are shown once they are read: personal details are taken out then.", note)
            return
        page = _page(listed, key, chosen)
        first = page * AT_ONCE
        if len(listed):
            there += f" {first + 1:,} to {min(first + AT_ONCE, len(listed)):,} are shown."
        _say(there, note)
        _shown(listed, page, key, chosen)


def for_leaders(state: State, around: Around, *, key: str = KEY, note: str = "") -> None:
    """Of the comments that a number chosen here counts, those that may be quoted.

    How many those are is not told: it has not been through the gate, and is no finding.
    """
    st.header("The comments behind a sentence", anchor=False)
    with _fold("Choose a sentence", key):
        chosen = _chosen(state, around, key, _read_out)
        if chosen is None:
            return
        found, filters = _found(chosen), chosen.figure.filters
        agreed = found[found["comment_id"].isin(data.may_be_quoted(chosen.state))]
        quotable = fit_to_read_out(agreed, filters, chosen.state.frames.comments)
        told = "None of the people behind it agreed to be quoted, or their words could tell who they are."
        if len(quotable):
            told = (
                f"Up to {AT_ONCE} at a time of those whose writers agreed to be quoted: in English, and without "
                "anything that could tell who they are."
            )
        if filters.district:
            told += " Because you know the district of these, whatever could tell together with it is left out as well."
        _say(told, note)
        _shown(quotable, _page(quotable, key, chosen), key, chosen)


def comments(found: pd.DataFrame) -> None:
    """Comments as they may be shown, each with its number."""
    words = zip(found["comment_id"], found["words"], found["language"], strict=True)
    show.quotes([(f"{said}\n(comment {number})", str(language), "") for number, said, language in words])


def cut(words: str, longest: int = LONGEST) -> str:
    """The beginning of something, where there is room for a line of it."""
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


def _fold(says: str, key: str) -> DeltaGenerator:
    """What all this is folded away in: open once something is chosen, because a page drawn anew closes it."""
    return st.expander(says, expanded=st.session_state.get(key) is not None)


def _chosen(state: State, around: Around, key: str, offer: Callable[[Figure], bool]) -> _Chosen | None:
    """The number somebody chose, of those that are offered."""
    offered = {one.key: one for one in around.content.sentences if any(map(offer, one.figures))}
    called = dict(zip(offered, _apart(_called(one, around) for one in offered.values()), strict=True))
    which = st.selectbox("Sentence", list(offered), format_func=called.__getitem__, key=key, index=None)
    if which is None:
        return None
    figures = offered[which].figures
    places = [place for place, figure in enumerate(figures) if offer(figure)]
    labels = dict(zip(places, _apart(_label(figures[place], around) for place in places), strict=True))
    place = st.selectbox("Number in it", places, format_func=labels.__getitem__, key=f"{key}-{which}")
    of_wave = _state_of(figures[place].filters.wave, state)
    if of_wave is None:
        markup.draw(markup.paragraph("The wave that this number is of is not here any more."))
        return None
    return _Chosen(figures[place], of_wave, (of_wave.wave.code, which, place))


def _called(sentence: Sentence, around: Around) -> str:
    """A sentence in a list, with the theme that it stands under."""
    themes = [f"{cut(one.label, LONGEST_THEME)}: " for one in around.content.findings if sentence in one.sentences]
    edited = around.wordings.get(sentence.key)
    return cut("".join([*themes, edited.words if edited else sentence.text]))


def _label(figure: Figure, around: Around) -> str:
    """A number in a list, with what it counts, so that no two of a sentence read the same."""
    wave, *narrower = of_what(figure, around)
    base = f" of {figure:base}" if figure.base is not None else ""
    return f"{figure}{base} · {', '.join([*narrower, wave])}"


def _apart(labels: Iterable[str]) -> list[str]:
    """These, with a number behind what was there before: of two that read the same only one could be chosen."""
    had, told = Counter[str](), []
    for label in labels:
        had[label] += 1
        told.append(f"{label} ({had[label]})" if had[label] > 1 else label)
    return told


def _read_out(figure: Figure) -> bool:
    return has_comments(figure) and figure.filters.behind not in NOT_READ_OUT


def _state_of(code: str, state: State) -> State | None:
    """A wave of the same consultation as it stands, by its code."""
    if code == state.wave.code:
        return state
    same = [one for one in data.waves() if one.consultation_id == state.wave.consultation_id and one.code == code]
    return data.now(same[0]) if same else None


def _found(chosen: _Chosen) -> pd.DataFrame:
    frames = chosen.state.frames
    return comments_behind(chosen.figure.filters, frames.responses, frames.comments, frames.codings)


def _page(found: pd.DataFrame, key: str, chosen: _Chosen) -> int:
    """The page that somebody is on, from 0: the first of another number, and never beyond what there is by now."""
    name, page = st.session_state.get(f"{key}-page", (None, 0))
    return min(page, max(len(found) - 1, 0) // AT_ONCE) if name == chosen.name else 0


def _shown(found: pd.DataFrame, page: int, key: str, chosen: _Chosen) -> None:
    """One page of comments, with the way to the others where there are any."""
    first = page * AT_ONCE
    comments(found.iloc[first : first + AT_ONCE])
    if len(found) <= AT_ONCE:
        return
    with st.container(horizontal=True):
        for says, to, is_end in (
            (f"Previous {AT_ONCE}", page - 1, page == 0),
            (f"Next {AT_ONCE}", page + 1, first + AT_ONCE >= len(found)),
        ):
            st.button(says, key=f"{key}-{says}", disabled=is_end, on_click=_turn, args=(key, chosen.name, to))


def _turn(key: str, name: tuple[str, str, int], page: int) -> None:
    st.session_state[f"{key}-page"] = name, page


def _say(*told: str) -> None:
    markup.draw(*(markup.paragraph(one) for one in told if one))
