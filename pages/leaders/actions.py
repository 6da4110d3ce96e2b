"""The ledger: what was decided about what families said, who sees to it, and whether later waves felt it."""

import streamlit as st

from pages.leaders import action_cards, action_forms, book, faults, publishing, undecided
from pages.leaders.action_forms import Desk
from pages.ui import access, data, filters, markup, show
from pages.ui.doors import ACTIONS, INSPECTION, OVER_TIME

access.require(*ACTIONS.roles)

st.title(ACTIONS.title, anchor=False)
known = data.waves()
if not known:
    markup.draw(markup.paragraph("There is no consultation yet. What is decided about it stands here when there is."))
    st.stop()

with st.container(horizontal=True, key="heard-filters"):
    wave = filters.wave(known)
    opened = book.opened(wave, known)
    tag = filters.tag(opened.tags)
filters.notes()
show.demonstration(wave)
faults.tell()
desk = Desk(opened)

chosen = [one for one in opened.actions if not tag or tag in one.plan.tags]
if not chosen:
    markup.draw(
        markup.paragraph(
            "No action is in this ledger yet. Add the first below." if not tag else "No action has this tag."
        )
    )
action_cards.draw(opened, chosen)
undecided.draw(opened)

with st.container(key="heard-no-print"):
    markup.draw(markup.link("Everything for an inspection, on one page", INSPECTION.address))
    st.header("Decide", anchor=False)
    of_the_ledger = st.container()
    action_forms.decide(desk)
    st.header("The public page", anchor=False)
    of_the_public_page = st.container()
    publishing.draw(desk)
    with of_the_public_page if publishing.was_pressed() else of_the_ledger:
        action_forms.PRESSES.tell()

st.header("How to read this", anchor=False)
show.sentences(
    [
        show.CHOSE_TO_ANSWER,
        "Evidence is the share as it was when the action was added. For a theme it is of people with a comment who "
        "criticise it, for a service of those who rate it well.",
        "Later waves are those that opened after the evidence and after the action was due. They are judged together, "
        "and all actions in this ledger at once, so that nothing is called felt by luck.",
        "Felt: the share moved the right way. Not felt: no clear change, or a change for the worse, or one that is "
        "gone once children of the same age are compared. Too few to say: the range allows both.",
        "That a share moved after an action does not prove that the action moved it.",
        "“Over time” may name nothing as clearly better where this page says “felt”: there every question is looked at "
        "both ways between two waves, all at once; here each action is asked one thing, one way, of all later "
        "waves together.",
        "An action is called done only with what later waves say. What anybody does here is kept, with who did it.",
    ]
)
markup.draw(markup.link("Over time: how two waves differ", OVER_TIME.address))
