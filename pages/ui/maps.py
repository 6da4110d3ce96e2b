"""The map of the districts: as tiles, and beside them in the council's own boundaries where it gave them."""

import streamlit as st

from analysis.charts.chart import Look
from analysis.overview import Chosen, Measure
from analysis.suppression import Policy
from pages.ui import data, markup, show
from pages.ui.data import State
from survey.errors import BoundaryError


def tiles_and_boundaries(
    state: State, chosen: Chosen, measure: Measure, policy: Policy, look: Look, *, key: str, title: str
) -> None:
    """The tiles, then the same figures on a real map; or what is wrong with the file it would be drawn from."""
    drawn = data.varied_charts(state, chosen, measure, policy, look).tiles
    show.chart(drawn, key=f"{key}-tiles", title=title)
    try:
        own = data.own_map(state, chosen, measure, policy, look)
    except BoundaryError as problem:
        markup.draw(markup.notice(f"The map with boundaries is not shown. {problem}"))
        return
    if own is not None:
        st.subheader("With boundaries", anchor=False)
        show.chart(own, key=f"{key}-boundaries", title=f"{title}, with boundaries")
