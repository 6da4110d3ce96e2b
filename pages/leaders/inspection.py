"""Everything for an inspection on one page to print: each outcome with its evidence, how it changed, what was done."""

import streamlit as st

from analysis.inspection import Known, Sought, pack
from analysis.suppression import LEADER
from pages.leaders import book, inspection_sheet
from pages.ui import access, data, filters, markup, show
from pages.ui.doors import INSPECTION
from survey import frameworks

access.require(*INSPECTION.roles)

known = data.waves()
framework = frameworks.inspected()
if not known or framework is None:
    st.title(INSPECTION.title, anchor=False)
    lacking = "no consultation" if not known else "no framework that inspections go by"
    markup.draw(markup.paragraph(f"There is {lacking} yet. What there is to show inspectors appears here then."))
    st.stop()

top = st.container()
with st.container(key="heard-no-print"):
    wave = filters.wave(known)
    filters.notes()
with top:
    st.title(f"{INSPECTION.title}: {show.full_title(wave)}", anchor=False)
    show.demonstration(wave)

opened = book.opened(wave, known)
before = data.before(wave, known)
sought = [Sought(framework.tag_id(one), one.label, one.item, one.themes, one.services) for one in framework.tag]
inspection_sheet.draw(
    pack(
        wave.title,
        framework.source,
        sought,
        opened.state.for_ledger,
        data.now(before).for_ledger if before else None,
        Known(opened.named.themes, opened.named.services, opened.actions, opened.outcomes),
        LEADER,
        today=opened.today,
    )
)

st.header("How to read this", anchor=False)
show.reading_notes(LEADER, opened.state.scope)
