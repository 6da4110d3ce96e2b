"""How two waves are shown beside each other: what is better or worse, and how much of it is that others answered."""

import streamlit as st

from analysis import change_words
from analysis.changes import Changes, mixes
from analysis.compare import FEWEST
from analysis.following import Kind
from analysis.suppression import Policy
from pages.ui import data, filters, markup, show
from pages.ui.data import State
from pages.ui.doors import ACTIONS


def changes(states: tuple[State, State], policy: Policy) -> None:
    """The change from the first to the second of two waves."""
    then, now = data.told_alike(states).waves
    st.header(f"Change since {then.title}", anchor=False)
    empty = [wave.title for wave in (then, now) if not wave.responses]
    if empty:
        markup.draw(markup.paragraph(f"Nobody has answered {' or '.join(empty)} yet, so there is nothing to compare."))
        return
    head = st.container()
    known = mixes(now, then)
    mix = None
    if known:
        st.header("Other families, or another experience?", anchor=False)
        mix = known[filters.mix([one.name for one in known])]
    told = data.changed(states, policy, mix)
    with head:
        _what_changed(told, policy)
    _mix(told)


def _what_changed(told: Changes, policy: Policy) -> None:
    show.sentences([*change_words.too_small(told, policy), *change_words.summed_up(told)])
    clear = change_words.clear(told)
    if len(clear):
        show.table(clear, caption="What has clearly changed")
    for kind in Kind:
        rows = change_words.table(told, kind)
        if len(rows):
            with st.expander(f"Table: {kind}"):
                show.table(rows, caption=f"{kind}, then and now")
    if told.not_compared:
        st.subheader("Not compared", anchor=False)
        show.sentences(told.not_compared)


def _mix(told: Changes) -> None:
    if told.mix is None:
        return
    rows = change_words.by_mix(told)
    if rows.empty:
        markup.draw(markup.paragraph("Too few people rated any service in both waves to tell who they were apart."))
        return
    show.sentences(change_words.mix_sentences(told))
    with st.expander("Table: change divided"):
        show.table(rows, caption=f"Each service’s change, divided by {told.mix.name.lower()}")


def notes(policy: Policy) -> None:
    """What a reader of changes has to know."""
    show.sentences(
        [
            show.CHOSE_TO_ANSWER,
            "Better, worse, no clear change, too few to tell: one of these for each change, after allowing for every "
            "comparison on this page. Themes have no good way to go, so they are said more often or less often.",
            "A range that lies all on one side, and still “no clear change”: looked at alone, chance gives one such "
            "range in twenty. With so many comparisons some are to be expected, so it is not called a change. Nor does "
            "it say that nothing changed.",
            "“No clear change” means that a rise of more than ten points can be ruled out, or a fall, or both. Where "
            "neither can, it is “too few to tell”, and the range shows how little is known.",
            f"Under {FEWEST} people in either wave, no change is put into words.",
            "Other families: if more of those answer who always found a service better, its share rises though "
            "nothing has changed for anybody. Each change is divided into that and what is left among families that "
            "are alike.",
            "It allows only for what was asked about families. They may differ in what was not asked.",
            "Where a question or its answers were changed, the series breaks and the two sides are not compared.",
            "Tone is shown by whole weeks, not by day: on some days one family wrote.",
            "“Actions” may say “felt” where this page names no clear change: there each action is asked one thing, one "
            "way, of all later waves together; here every question is looked at both ways between two waves, all at "
            "once.",
            "An event on the chart is there so that it is not forgotten. That it came before a change does not mean "
            "that it caused it.",
            f"Groups of fewer than {policy.fewest} people are not shown, nor what would give them away.",
        ]
    )
    markup.draw(markup.link("Actions: what was decided, and whether it was felt", ACTIONS.address))
