"""The comments that nothing in a summary speaks for: officers see what can be listed, leaders what may be quoted."""

import pandas as pd
import streamlit as st

from analysis.report.behind import fit_to_read_out
from analysis.report.content import Filters
from pages.leaders import behind
from pages.ui import data, markup
from pages.ui.data import Report, State

TITLE = "Comments that nothing here speaks for"


def for_officers(state: State, report: Report) -> None:
    """All of them, to be read by somebody."""
    with st.expander(TITLE):
        mine = _left_out(state, report)
        mine = mine[~mine["response_id"].isin(data.not_listed(state))]
        told = "First those that most others that are left out are like. Read them: they may be a theme of their own."
        markup.draw(markup.paragraph(told if len(mine) else "There are none, or this has not been measured yet."))
        behind.comments(mine)


def for_leaders(state: State, report: Report) -> None:
    """Those whose writers agreed to be quoted and cannot be recognised by it."""
    with st.expander(TITLE):
        mine = _left_out(state, report)
        agreed = mine[mine["comment_id"].isin(data.may_be_quoted(state))]
        shown = fit_to_read_out(agreed, Filters(state.wave.code), state.frames.comments)
        told = (
            "Of those whose writers agreed to be quoted, without anything that could tell who they are. First those "
            "that most others that are left out are like."
        )
        none = "None of their writers agreed to be quoted, or this has not been measured yet."
        markup.draw(markup.paragraph(told if len(shown) else none))
        behind.comments(shown)


def _left_out(state: State, report: Report) -> pd.DataFrame:
    known = state.frames.comments.set_index("comment_id", drop=False)
    return known.reindex([number for number in report.left_out if number in known.index])
