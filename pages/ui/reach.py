"""How it is shown who has been heard from."""

import pandas as pd
import streamlit as st

from analysis import heard_from
from analysis.phrases import intervals_said, number, percent, shares_said
from analysis.reweighting import Reweighted
from analysis.suppression import Policy, Released
from pages.ui import data, markup, show
from pages.ui.data import State
from survey.populations import Population


def beside(state: State, population: Population, policy: Policy) -> None:
    """Those who answered beside one population, as a table."""
    names = state.names_of(population.column)
    if names.empty:
        return
    numbers = pd.Series(population.numbers)
    numbers = numbers[numbers.index.isin(names.index)]
    groups = state.cube.groups
    answered = groups[groups.index.get_level_values("column") == population.column].droplevel("column")
    found = heard_from.heard(answered, numbers)
    st.subheader(f"By {population.column}", anchor=False)
    show.table(heard_from.table(found, names, policy), caption=f"Beside {population.of}")
    markup.draw(markup.paragraph(f"{population.source}; {population.on}.", style="heard-small"))


def weighted(state: State, policy: Policy) -> None:
    """What share rates services well as it is, and as it would be if groups had answered by their share."""
    found = data.weighted(state, policy)
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
