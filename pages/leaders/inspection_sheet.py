"""The inspection page drawn: a table of evidence and one of actions for each outcome, and what is missing."""

import pandas as pd
import streamlit as st

from analysis.inspection import Acted, Evidence, Pack, Section
from analysis.ledger import Felt, Why
from analysis.phrases import swing, unclear
from pages.ui import markup, show
from survey.ledger import ActionState

STATES = {ActionState.PLANNED: "Planned", ActionState.DONE: "Done", ActionState.REFUSED: "Not doing"}


def draw(pack: Pack) -> None:
    """The whole pack, outcome by outcome."""
    markup.draw(markup.paragraph(f"Made on {pack.made:%-d %B %Y}. {pack.source}"))
    for section in pack.sections:
        st.header(section.label, anchor=False)
        _section(section)


def _section(section: Section) -> None:
    if section.evidence:
        since = section.evidence[0].since
        rows = pd.DataFrame(
            [(one.what, _figure(one), *([_change(one)] if since else [])) for one in section.evidence],
            columns=["Evidence", "Share (likely range)", *([f"Since {since}"] if since else [])],
        )
        show.table(rows, caption="Evidence from families")
    if section.actions:
        acts = pd.DataFrame(
            [
                (one.told, one.owner or "No owner yet", _due(one), STATES[one.state], _felt(one))
                for one in section.actions
            ],
            columns=["Action", "Owner", "Due", "State", "Felt by families"],
        )
        show.table(acts, caption="Actions")
    show.sentences(section.gaps)


def _figure(one: Evidence) -> str:
    return str(one.figure) if one.figure else "Too few to show"


def _change(one: Evidence) -> str:
    change = one.change
    if change is None or change.felt is Felt.EARLY:
        return "–"
    if change.felt is Felt.OTHER_WORDS:
        return "Asked in other words, so not compared"
    if change.low is None or change.high is None:
        return "Too few to say"
    if change.felt is Felt.FELT:
        return f"Clearly better, {swing(change.low, change.high)}"
    if change.why is Why.WORSE:
        return f"Clearly worse, {swing(change.low, change.high)}"
    if change.why is Why.MIX:
        return "No clear change among children of the same age"
    word = "Too few to say" if change.felt is Felt.FEW else "No clear change"
    return f"{word}, {unclear(change.low, change.high)}"


def _due(one: Acted) -> str:
    return "–" if one.due is None else f"{one.due:%-d %B %Y}{' (overdue)' if one.overdue else ''}"


def _felt(one: Acted) -> str:
    return "–" if one.state is ActionState.REFUSED else one.felt.capitalize()
