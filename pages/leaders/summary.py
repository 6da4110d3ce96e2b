"""The themed summary: what was said, how sure we are, and whether it changed."""

import streamlit as st

from analysis.suppression import LEADER
from pages.ui import access, data, filters, markup, show
from pages.ui.doors import SUMMARY

access.require(*SUMMARY.roles)

known = data.waves()
if not known:
    markup.heading(SUMMARY.title)
    markup.paragraph("There is no consultation yet. A summary appears here when one has opened and somebody answers.")
    st.stop()

with st.container(key="heard-no-print"):
    wave = filters.wave(known)
    filters.notes()
before = data.before(wave, known)
state = data.now(wave)
report = data.report(state, data.now(before) if before else None, LEADER, show.look())

markup.heading(f"{wave.consultation_title}: {wave.title}")
show.demonstration(wave)
show.sentences(report.summary.opening)
show.sentences(
    ["People chose to answer. Those who did may differ from those who did not, and no range here measures that."]
)

markup.subheading("Main themes")
if not report.summary.findings:
    markup.paragraph("Too few comments have been read to say what the main themes are.")
else:
    show.chart(report.themes, key="summary-themes", title="Themes")
for finding in report.summary.findings:
    show.finding(finding)

if report.services:
    markup.subheading("How services are rated")
    caption = f"Share of people who rated each service {state.scope.good}"
    show.services(report.services, caption=caption, since=before.title if before else "")

markup.subheading("How to read this")
show.reading_notes(LEADER)
