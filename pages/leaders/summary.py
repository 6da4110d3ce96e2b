"""The themed summary: what was said, how sure we are, whether it changed, and whom it leaves out."""

import streamlit as st

from analysis.suppression import LEADER
from pages.leaders import behind, faults, left_out, officers_part, spine, taking, telling, whole
from pages.leaders.spine import Around
from pages.ui import access, data, filters, markup, show
from pages.ui.doors import SUMMARY
from survey.tables import RoleName

access.require(*SUMMARY.roles)

present = access.require(*SUMMARY.roles)
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
report = whole.watched(wave, known, show.look())
state = data.now(wave)
content = report.content
around = Around(content, state.approved.themes.to_dict(), state.approved.districts.to_dict(), {}, {})

spine.sentences(content.opening, around)
show.sentences([show.CHOSE_TO_ANSWER])

st.header("Main themes", anchor=False)
if not content.findings:
    markup.draw(markup.paragraph("Too few comments have been read to say what the main themes are."))
else:
    show.chart(report.themes, key="summary-themes", title="Themes")
telling.findings(content, around)
telling.beside(content.beside)
telling.decided(content, around)
faults.tell()

if report.services and state.answered:
    st.header("How services are rated", anchor=False)
    show.services(report.services, caption=show.rated_by(state.scope), since=before.title if before else "")

if content.findings or content.coverage.sentences:
    telling.coverage(content, around)
if content.findings:
    telling.drawing(content)
    taking.of_summary(wave)
if RoleName.OFFICER in present.roles:
    officers_part.show_all(state, report, around)
elif content.findings:
    behind.for_leaders(state, around)
    left_out.for_leaders(state, report)

st.header("How to read this", anchor=False)
show.reading_notes(LEADER, state.scope)
