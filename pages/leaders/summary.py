"""The themed summary: what was said, how sure we are, and whether it changed."""

import streamlit as st

from analysis.suppression import LEADER
from pages.ui import access, data, filters, markup, show
from pages.ui.doors import SUMMARY

access.require(*SUMMARY.roles)

known = data.waves()
if not known:
    st.title(SUMMARY.title, anchor=False)
    markup.draw(
        markup.paragraph(
            "There is no consultation yet. A summary appears here when one has opened and somebody answers."
        )
    )
    st.stop()

top = st.container()
with st.container(key="heard-no-print"):
    wave = filters.wave(known)
    filters.notes()
with top:
    st.title(show.full_title(wave), anchor=False)
    show.demonstration(wave)
before = data.before(wave, known)
state = data.now(wave)
report = data.report(state, data.now(before) if before else None, LEADER, show.look())

show.sentences([*report.summary.opening, show.CHOSE_TO_ANSWER])

st.header("Main themes", anchor=False)
if not report.summary.findings:
    markup.draw(markup.paragraph("Too few comments have been read to say what the main themes are."))
else:
    show.chart(report.themes, key="summary-themes", title="Themes")
for finding in report.summary.findings:
    show.finding(finding)

if report.services:
    st.header("How services are rated", anchor=False)
    show.services(report.services, caption=show.rated_by(state.scope), since=report.since)

st.header("How to read this", anchor=False)
show.reading_notes(LEADER, state.scope)
