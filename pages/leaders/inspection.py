"""Everything for an inspection on one page to print: each outcome with its evidence, how it changed, what was done."""

import streamlit as st

from analysis.suppression import LEADER
from pages.leaders import book, faults, inspection_sheet
from pages.ui import access, data, filters, markup, show
from pages.ui.doors import INSPECTION
from survey import frameworks

access.require(*INSPECTION.roles)

known = data.waves()
framework = frameworks.inspected()
if not known or framework is None:
    st.title(INSPECTION.title, anchor=False)
    lacking = "no consultation" if not known else "no framework that inspections go by"
    faults.tell()
    markup.draw(markup.paragraph(f"There is {lacking} yet. What there is to show inspectors appears here then."))
    st.stop()

top = st.container()
with st.container(key="heard-no-print"):
    wave = filters.wave(known)
    filters.notes()
    inspection_sheet.offer(lambda kind: inspection_sheet.made(kind, wave, framework))
with top:
    st.title(f"{INSPECTION.title}: {show.full_title(wave)}", anchor=False)
    show.demonstration(wave)
    faults.tell()

opened = book.opened(wave, known)
inspection_sheet.draw(inspection_sheet.assembled(opened, known, framework))

st.header("How to read this", anchor=False)
show.reading_notes(LEADER, opened.state.scope)
markup.draw(markup.paragraph(opened.made_from.told, style="heard-small"))
