"""How it is shown who has been heard from."""

import pandas as pd
import streamlit as st

from analysis import heard_from
from analysis.phrases import intervals_said, number, percent, shares_said
from analysis.reweighting import Reweighted, reweighted
from analysis.suppression import Policy, Released
from pages.ui import markup, show
from pages.ui.data import State
from survey.populations import Population, populations


def beside(state: State, population: Population) -> None:
    """Those who answered beside one population, as a table."""
    names = _names(state, population.column)
    if names.empty:
        return
    numbers = pd.Series(population.numbers)
    numbers = numbers[numbers.index.isin(names.index)]
    found = heard_from.heard(state.frames.responses[population.column].astype("str"), numbers)
    st.subheader(f"By {population.column}", anchor=False)
    show.table(heard_from.table(found, names), caption=f"Beside {population.of}")
    markup.draw(markup.paragraph(f"{population.source}; {population.on}.", style="heard-small"))


def weighted(state: State, policy: Policy) -> None:
    """What share rates services well as it is, and as it would be if groups had answered by their share."""
    found = reweighted(state.frames, state.scope, _margins(state), policy)
    if found is None:
        markup.draw(markup.paragraph("Too few have answered to say what weighting would change."))
        return
    show.sentences(found.sentences)
    show.table(_both(found), caption="Good ratings of each service, as answered and weighted")


def stopped(released: Released) -> None:
    """How many stopped on which page."""
    rows = released.figures
    if not rows["count"].fillna(1).any():
        markup.draw(markup.paragraph("Nobody who began has left it for more than an hour."))
        return
    show.table(
        pd.DataFrame({"Page": rows["place"], "People": rows["count"].map(number)}),
        caption="People who began, have not sent, and have saved nothing for an hour",
    )


def equality(released: Released) -> None:
    """How those who answered the equality questions divide."""
    figures = released.figures
    if figures["base"].fillna(0).sum() == 0 and released.held_back == len(figures):
        markup.draw(markup.paragraph("Too few have answered these questions for anything to be shown."))
        return
    for question, rows in figures.groupby("question", sort=False):
        told = {"Answer": rows["answer"], "Share": shares_said(rows), "Likely range": intervals_said(rows)}
        show.table(pd.DataFrame(told), caption=str(question))
    show.held_back(released)


def _names(state: State, column: str) -> pd.Series:
    """What the groups of a column are called, by code: those that this wave asks about."""
    if column == "district":
        return state.scope.districts
    return state.answers_called(column)


def _margins(state: State) -> dict[str, pd.Series]:
    """The populations that a wave's responses can be weighted to."""
    asked = {one.column: pd.Series(one.numbers) for one in populations()}
    return {column: numbers for column, numbers in asked.items() if not _names(state, column).empty}


def _both(found: Reweighted) -> pd.DataFrame:
    rows = found.services
    return pd.DataFrame(
        {
            "Service": rows["name"],
            "As answered": shares_said(rows),
            "Likely range": intervals_said(rows),
            "Weighted": [
                "–" if pd.isna(share) else f"{percent(share)} ({percent(low)} to {percent(high)})"
                for share, low, high in zip(rows["weighted"], rows["weighted_low"], rows["weighted_high"], strict=True)
            ],
        }
    )
