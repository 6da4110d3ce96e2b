"""Variation: which services stand out in which districts, and what is only chance."""

import streamlit as st

from analysis import verdicts
from analysis.overview import Measure
from pages.ui import access, data, filters, maps, markup, reader, show, waiting
from pages.ui.doors import VARIATION
from pages.ui.watching import watch

access.require(*VARIATION.roles)
policy = reader.policy_for(access.require(*VARIATION.roles).roles)

st.title(VARIATION.title, anchor=False)
known = data.waves()
if not known:
    markup.draw(markup.paragraph("There is no consultation yet. What varies appears here when people have answered."))
    st.stop()

banner = st.container()
with st.container(horizontal=True, key="heard-filters"):
    wave = filters.wave(known)
    with banner:
        waiting.for_answers([wave])
    state, look = data.now(wave), show.look()
    scope = state.scope
    chosen = filters.way(policy)
with banner:
    show.demonstration(wave)
asides = st.container()
watch(state, VARIATION)
if not (len(scope.services) and len(scope.places)):
    filters.notes()
    markup.draw(markup.paragraph("This wave does not ask about services and districts, so nothing can be compared."))
    st.stop()
if not state.answered:
    filters.notes()
    show.nobody(state, chosen)
    st.stop()

measure = filters.measure(scope, Measure)
services = scope.rows(measure)
board = data.judged(state, chosen, measure, policy)

st.header("What stands out", anchor=False)
show.sentences(verdicts.summed_up(board, services))
by_evidence = verdicts.any_tested(board) and filters.by_evidence()
if verdicts.any_stands_out(board):
    rows = verdicts.standing_out(board, services, scope.districts, by_evidence=by_evidence)
    show.table(rows, caption=f"{measure} that stand out")

st.header(f"Every {services.name} in every district", anchor=False)
if filters.every_district():
    with st.container(key="heard-wide-board"):
        drawn = data.judged_board(state, chosen, measure, policy, look, by_evidence=by_evidence)
        show.chart(drawn, key="variation-board", title=f"{measure} by {services.name} and district, with verdicts")
else:
    district = filters.one_district(scope)
    rows = verdicts.one_district(board, district, services, scope.districts, by_evidence=by_evidence)
    show.table(rows, caption=f"{measure}: {scope.districts[district]}")

st.header(f"One {services.name} in every district", anchor=False)
service = filters.one_service(services, preferred="")
rows = verdicts.one_by_one(board, service, scope.districts)
show.table(rows, caption=f"{measure}: {services[service]}")
funnel = data.funnel(state, service, chosen, measure, policy, look)
st.subheader("Beyond chance, or within it", anchor=False)
if funnel is None:
    show.no_funnel(str(services.name))
else:
    show.chart(funnel, key="variation-funnel", title=f"{measure} by number of answers: {services[service]}")
st.subheader("On the map", anchor=False)
on_the_map = f"{measure} on the map: {services[service]}"
alone = chosen._replace(service=service)
maps.tiles_and_boundaries(state, alone, measure, policy, look, key="variation", title=on_the_map)

with asides:
    filters.notes()
st.header("How to read this", anchor=False)
show.variation_notes(policy, str(services.name))
