"""How it is shown who has been heard from."""

from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from analysis import heard_from
from analysis.phrases import intervals_said, number, percent, shares_said
from analysis.reweighting import Reweighted
from analysis.suppression import Policy, Released
from pages.ui import data, markup, show
from pages.ui.data import State
from survey import stopping
from survey.populations import REST, Population

NOT_SEND = "Those counted here are not children with SEND."
GONE = (
    "When a wave has closed, what somebody began and has not saved for sixty days is deleted. So it can no longer be "
    "told how many stopped in this wave."
)
HOW_STOPPING_IS_COUNTED = (
    "Who stopped is counted by page, by the language they chose last, and by whether a member of staff was filling it "
    "in with them. Whoever answers on the public pages counts as online until they send, also with somebody's help. "
    "Paper is keyed in at one go and leaves nothing unfinished.",
    "Nobody's device, browser or address is kept, nor on which of the public pages they answered or with which "
    "invitation. So it cannot be told by those who stopped.",
)


def beside(state: State, population: Population, policy: Policy) -> None:
    """Those who answered beside one population, as a table, with a warning where those it counts are other people."""
    names = state.names_of(population.column)
    if names.empty:
        return
    names = pd.concat([names, pd.Series({REST: f"Any other {population.column}"})])
    numbers = pd.Series(population.numbers)
    numbers = numbers[numbers.index.isin(names.index)]
    if len(numbers) < 2:
        return
    answered = heard_from.gathered(_answered(state, population.column), numbers.index, rest=REST)
    found = heard_from.heard(answered, numbers)
    st.subheader(f"By {population.by}", anchor=False)
    if not population.with_send:
        markup.draw(markup.notice(f"{NOT_SEND} {population.note}"))
    every = "of every thousand" if population.per_thousand else f"{number(numbers.sum())} in all"
    _compared(int(found["base"].iloc[0]), state.answered, policy)
    show.table(heard_from.table(found, names, policy), caption=f"Beside {population.of}: {every}")
    note = f" {population.note}" if population.with_send else ""
    markup.draw(markup.paragraph(f"{population.source}; {population.on}.{note}", style="heard-small"))


def alone(state: State, policy: Policy) -> None:
    """Those who answered by the age of their child, beside which nothing is known."""
    names = state.names_of("age_band")
    if names.empty:
        return
    st.subheader("By age", anchor=False)
    markup.draw(
        markup.notice("No number is known of how many children with SEND are of each age, so nothing is compared.")
    )
    answered = _answered(state, "age_band")
    released = heard_from.divided(answered, names, policy)
    if released.shown.empty:
        markup.draw(markup.paragraph("Too few have told their child's age for anything to be shown."))
        return
    rows = released.figures
    told = {"Age": rows["group"], "Answered": rows["count"].map(number)}
    told |= {"Share of those who answered": shares_said(rows), "Likely range": intervals_said(rows)}
    _compared(int(answered.reindex(names.index).sum()), state.answered, policy)
    show.table(pd.DataFrame(told), caption="Responses by the age of the child")
    show.held_back(released)


def weighted(state: State, policy: Policy) -> None:
    """What share rates services well as it is, and as it would be if groups had answered by their share."""
    found = data.weighted(state, policy)
    if found is None:
        markup.draw(markup.paragraph("Too few have answered to say what weighting would change."))
        return
    show.sentences(found.sentences)
    show.table(_both(found), caption="Good ratings of each service, as answered and weighted")


def stopped(state: State, policy: Policy) -> None:
    """How many stopped: on which page, and of those who began in each language and each way of answering."""
    if stopping.may_be_gone(state.wave, datetime.now(UTC)):
        markup.draw(markup.paragraph(GONE))
        return
    released = data.stopped(state.wave, policy)
    rows = released.figures
    if not rows["count"].fillna(1).any():
        markup.draw(markup.paragraph("Nobody who began has left it for more than an hour."))
        return
    st.subheader("By page", anchor=False)
    show.table(
        pd.DataFrame({"Page": rows["place"], "People": rows["count"].map(number)}),
        caption="People who began, have not sent, and have saved nothing for an hour",
    )
    show.held_back(released)
    by_language, by_way = data.dropped(state, policy)
    _dropped(by_language, "Language")
    _dropped(by_way, "Way of answering")


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


def _answered(state: State, column: str) -> pd.Series:
    """How many responses there are by what they have in that column."""
    groups = state.cube.groups
    return groups[groups.index.get_level_values("column") == column].droplevel("column")


def _compared(base: int, answered: int, policy: Policy) -> None:
    """How many of all responses the shares of a table are of."""
    kept, every = show.told(policy.told(base)), show.told(policy.told(answered))
    others = "" if base == answered else " The others are of no group here, or did not say."
    markup.draw(markup.paragraph(f"Shares are of {kept} of the {every} who answered.{others}"))


def _dropped(released: Released, by: str) -> None:
    rows = released.figures
    st.subheader(f"By {by.lower()}", anchor=False)
    told = {by: rows["group"], "Stopped": rows["count"].map(number)}
    told |= {"Share of those who began": shares_said(rows), "Likely range": intervals_said(rows)}
    show.table(pd.DataFrame(told), caption=f"People who stopped, of those who stopped or sent, by {by.lower()}")
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
