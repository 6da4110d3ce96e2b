"""The comments behind a number in a sentence: for officers all that can be listed, for leaders what may be quoted."""

import pandas as pd
import streamlit as st

from analysis.report.behind import comments_behind
from analysis.report.content import Content, Figure, Sentence
from pages.ui import data, markup, show
from pages.ui.data import State

SHOWN = 20
LONGEST = 100  # characters of a sentence or a quotation in a list


def for_officers(state: State, content: Content) -> None:
    """The comments that a number chosen here counts, but for those that stand in no list."""
    with st.expander("The comments behind a sentence"):
        figure = _chosen(state, content)
        if figure is None:
            return
        found = _found(state, figure)
        listed = found[~found["response_id"].isin(data.not_listed(state))]
        markup.draw(markup.paragraph(f"{len(listed):,} comments. The first {min(len(listed), SHOWN)} are shown."))
        comments(listed.head(SHOWN))


def for_leaders(state: State, content: Content) -> None:
    """Of the comments that a number chosen here counts, those that may be quoted.

    How many those are is not told: it has not been through the gate, and is no finding.
    """
    st.header("The comments behind a sentence", anchor=False)
    with st.expander("Choose a sentence"):
        figure = _chosen(state, content)
        if figure is None:
            return
        found = _found(state, figure)
        quotable = found[found["comment_id"].isin(data.may_be_quoted(state))].head(SHOWN)
        none = "None of the people behind it agreed to be quoted, or their words could tell who they are."
        some = (
            f"Up to {SHOWN} of those whose writers agreed to be quoted, without anything that could tell who they are."
        )
        markup.draw(markup.paragraph(none if quotable.empty else some))
        comments(quotable)


def comments(found: pd.DataFrame) -> None:
    """Comments as they may be shown, each with its number."""
    words = zip(found["comment_id"], found["words"], found["language"], strict=True)
    show.quotes([(f"{said}\n(comment {number})", str(language)) for number, said, language in words])


def cut(words: str) -> str:
    """The beginning of something, where there is room for a line of it."""
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def _chosen(state: State, content: Content) -> Figure | None:
    """The number somebody chose, if it is of this wave."""
    offered = {sentence.key: sentence for sentence in _of_comments(content)}
    key = st.selectbox(
        "Sentence", list(offered), format_func=lambda one: cut(offered[one].text), key="summary-behind", index=None
    )
    if key is None:
        return None
    figures = {format(figure) + " · " + figure.formula: figure for figure in offered[key].figures}
    figure = figures[st.selectbox("Number in it", list(figures), key=f"summary-behind-{key}")]
    if figure.filters.wave != state.wave.code:
        markup.draw(markup.paragraph("That number is of an earlier wave. Choose that wave to see its comments."))
        return None
    return figure


def _of_comments(content: Content) -> list[Sentence]:
    """The sentences behind whose figures there are comments to be shown."""
    return [one for one in content.sentences if one.figures and one not in content.of_ledger]


def _found(state: State, figure: Figure) -> pd.DataFrame:
    frames = state.frames
    return comments_behind(figure.filters, frames.responses, frames.comments, frames.codings)
