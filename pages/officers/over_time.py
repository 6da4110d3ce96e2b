"""Over time: one wave from day to day, all waves of a consultation, and what has changed between two of them."""

from datetime import UTC, datetime

import streamlit as st

from pages.officers import waves_compared, waves_followed
from pages.ui import access, data, filters, markup, reader, show, waiting
from pages.ui.doors import OVER_TIME
from pages.ui.watching import watch

access.require(*OVER_TIME.roles)
policy = reader.policy_for(access.require(*OVER_TIME.roles).roles)

st.title(OVER_TIME.title, anchor=False)
known = data.waves()
if not known:
    markup.draw(
        markup.paragraph("There is no consultation yet. Change over time appears here when people have answered.")
    )
    st.stop()

banner = st.container()
with st.container(horizontal=True, key="heard-filters"):
    wave = filters.wave(known)
    series = data.up_to(wave, known)
    since = filters.earlier(series[:-1]) if len(series) > 1 else None
with banner:
    waiting.for_answers([wave])
state, look = data.now(wave), show.look()
with banner:
    show.demonstration(wave)
asides = st.container()
watch(state, OVER_TIME)

st.header("Within this wave", anchor=False)
waves_followed.days(state, datetime.now(UTC).date(), policy, look)

st.header("From wave to wave", anchor=False)
if since is None:
    markup.draw(
        markup.paragraph(
            f"{wave.title} is the first wave of {wave.consultation_title}. When there is a second, this page shows "
            "how the two differ."
        )
    )
else:
    waves_followed.course(tuple(data.now(one) for one in series), policy, look)
    waves_compared.changes((data.now(since), state), policy)

with asides:
    filters.notes()
st.header("How to read this", anchor=False)
waves_compared.notes(policy)
