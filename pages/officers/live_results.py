"""Live results: what people have answered so far, as it comes in."""

import streamlit as st

from analysis.suppression import OFFICER
from pages.officers import warned
from pages.ui import access, data, filters, maps, markup, repeats, show, waiting
from pages.ui.doors import LIVE_RESULTS
from pages.ui.watching import watch

access.require(*LIVE_RESULTS.roles)

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
    chosen = filters.chosen(scope)
with banner:
    show.demonstration(wave)
    show.preview(wave, known)
filters.notes()

seen = data.seen(state, chosen, OFFICER)
watch(state, LIVE_RESULTS, chosen)
if not seen.anybody:
    show.nobody(state, chosen)
    st.stop()
show.not_apart(seen)

drawn = data.seen_charts(state, chosen, OFFICER, look)
if seen.responses is not None:
    st.header("Responses by day", anchor=False)
    show.chart(drawn.arrivals, key="live-arrivals", title="Responses by day")

if len(scope.services) and len(scope.places):
    st.header("Services and districts", anchor=False)
    measure = filters.measure(scope)
    varied = data.varied(state, chosen, measure, OFFICER)
    if chosen.service or not filters.whole_board():
        service = filters.one_service(scope, preferred=chosen.service)
        across = data.across(state, service, chosen, measure, OFFICER, look)
        show.chart(across, key="live-across", title=f"{measure} by district: {scope.services[service]}")
    else:
        with st.container(key="heard-wide-board"):
            board = data.varied_charts(state, chosen, measure, OFFICER, look).board
            show.chart(board, key="live-board", title=f"{measure} by service and district")
        show.held_back(varied.board)

    st.subheader(f"{measure} on the map", anchor=False)
    maps.tiles_and_boundaries(state, chosen, measure, OFFICER, look, key="live", title=f"{measure} on the map")
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
latest = data.remarks(state, chosen, OFFICER)
show.remarks(latest, data.telling(latest))
repeats.show(data.repeats(state, OFFICER))

st.header("How to read this", anchor=False)
show.reading_notes(OFFICER, scope)

warned.point_to(banner, state)
