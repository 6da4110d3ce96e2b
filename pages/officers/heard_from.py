"""Who has been heard from: beside the population, where people stopped, and what weighting would change."""

import streamlit as st

from analysis import heard_from
from pages.ui import access, data, filters, markup, reach, reader, show, waiting
from pages.ui.doors import HEARD_FROM
from pages.ui.watching import watch
from survey.populations import populations

access.require(*HEARD_FROM.roles)
policy = reader.policy_for(access.require(*HEARD_FROM.roles).roles)

st.title(HEARD_FROM.title, anchor=False)
known = data.waves()
if not known:
    markup.draw(markup.paragraph("There is no consultation yet. Who answered appears here when one has opened."))
    st.stop()

banner = st.container()
wave = filters.wave(known)
filters.notes()
with banner:
    waiting.for_answers([wave])
state = data.now(wave)
with banner:
    show.demonstration(wave)
watch(state, HEARD_FROM)
if not state.answered:
    markup.draw(markup.paragraph(f"Nobody has answered {wave.title} yet."))
    st.stop()

show.numbers([("Responses", show.told(policy.told(state.answered)))])
st.header("Beside the population", anchor=False)
for population in populations():
    reach.beside(state, population, policy)
reach.alone(state, policy)

st.header("If everybody had been heard alike", anchor=False)
reach.weighted(state, policy)

st.header("Where people stopped", anchor=False)
reach.stopped(state, policy)

st.header("Equality questions", anchor=False)
reach.equality(data.equality_answers(wave, policy))

st.header("How to read this", anchor=False)
show.sentences(
    [
        show.CHOSE_TO_ANSWER,
        "A group is called clearly fewer or more only after allowing for every group in its table.",
        f"{heard_from.enough()} answers bring the share of any group to within ten points either way, and no fewer do.",
        "Populations count different people from different years: each says whom. They are set beside those who said "
        "which group they belong to.",
        heard_from.how_few(policy),
        f"Groups of fewer than {policy.fewest} people are not shown with what they answered, nor what would give them "
        "away.",
        *show.rounding(policy),
        *reach.HOW_STOPPING_IS_COUNTED,
    ]
)
