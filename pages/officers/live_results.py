"""Live results: what people have answered so far, as it comes in."""

from datetime import UTC, datetime

import streamlit as st

from analysis.overview import OF_SERVICES
from pages.officers import warned, waves_followed
from pages.ui import access, data, filters, maps, markup, reader, repeats, show, waiting
from pages.ui.doors import LIVE_RESULTS
from pages.ui.watching import watch

access.require(*LIVE_RESULTS.roles)
policy = reader.policy_for(access.require(*LIVE_RESULTS.roles).roles)

st.title(LIVE_RESULTS.title, anchor=False)
known = data.waves()
if not known:
    markup.draw(
        markup.paragraph("There is no consultation yet. Results appear here when one has opened and somebody answers.")
    )
    st.stop()

banner = st.container()
with st.container(horizontal=True, key="heard-filters"):
    wave = filters.wave(known)
    with banner:
        waiting.for_answers([wave])
    state, look = data.now(wave), show.look()
    scope = state.scope
    chosen = filters.chosen(scope, policy)
with banner:
    show.demonstration(wave)
    show.preview(wave, known)
asides = st.container()

seen = data.seen(state, chosen, policy)
watch(state, LIVE_RESULTS, chosen)
if not seen.anybody:
    filters.notes()
    show.nobody(state, chosen)
    st.stop()
show.not_apart(seen)

drawn = data.seen_charts(state, chosen, policy, look)
if policy.is_read_out:
    st.header("Responses by week", anchor=False)
    waves_followed.arrivals(state, datetime.now(UTC).date(), policy, look, key="live-arrivals")
elif seen.responses is not None:
    st.header("Responses by day", anchor=False)
    show.chart(drawn.arrivals, key="live-arrivals", title="Responses by day")

if len(scope.services) and len(scope.places):
    st.header("Services and districts", anchor=False)
    measure = filters.measure(scope, OF_SERVICES)
    varied = data.varied(state, chosen, measure, policy)
    if chosen.service or not filters.whole_board():
        service = filters.one_service(scope.rows(measure), preferred=chosen.service)
        across = data.across(state, service, chosen, measure, policy, look)
        show.chart(across, key="live-across", title=f"{measure} by district: {scope.services[service]}")
    else:
        with st.container(key="heard-wide-board"):
            board = data.varied_charts(state, chosen, measure, policy, look).board
            show.chart(board, key="live-board", title=f"{measure} by service and district")
        show.held_back(varied.board)

    st.subheader(f"{measure} on the map", anchor=False)
    maps.tiles_and_boundaries(state, chosen, measure, policy, look, key="live", title=f"{measure} on the map")
    show.held_back(varied.districts)

if seen.apart and (seen.ages or seen.plans):
    st.header("Children", anchor=False)
    show.children(seen.ages, scope.age_band, what="Age")
    show.children(seen.plans, scope.plan, what="Plan")

st.header("How people answered", anchor=False)
show.manners(seen.manners)

st.header("What people talk about", anchor=False)
show.tones(seen.sentiments)
if len(scope.themes):
    show.chart(drawn.themes, key="live-themes", title="Themes")

st.header("Latest comments", anchor=False)
latest = data.remarks(state, chosen, policy)
show.remarks(latest, data.telling(latest))
repeats.show(data.repeats(state, policy))

st.header("How to read this", anchor=False)
show.reading_notes(policy, scope)

with asides:
    filters.notes()
warned.point_to(banner, state)
