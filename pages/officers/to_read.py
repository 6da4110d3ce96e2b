"""Comments to look at: those in other languages, words that may be names, and families that may be recognised."""

import streamlit as st

from pages.officers import deciding, translating
from pages.ui import access, data, filters, markup, show
from pages.ui.doors import TO_READ

access.require(*TO_READ.roles)

PARTS = {
    "Not in English": translating.draw,
    "Names and schools": deciding.suggested,
    "May be recognised": deciding.flagged,
    "Decided lately": deciding.decided,
}

st.title(TO_READ.title, anchor=False)
known = data.waves()
if not known:
    markup.draw(markup.paragraph("There is no consultation yet. Comments appear here when somebody has answered."))
    st.stop()

with st.container(horizontal=True, key="heard-filters"):
    wave = filters.wave(known)
    part = st.radio("What to look at", list(PARTS), key="to-read-part", horizontal=True)
show.demonstration(wave)
filters.notes()

st.header(part, anchor=False)
deciding.PRESSES.tell()
PARTS[part](wave)

st.header("How to read this", anchor=False)
show.sentences(
    [
        "What is hidden here is hidden on every page and in every quotation. What is shown again appears there at once."
        " Files exported from the command line hold comments as written.",
        "Names are found by the words around them and by lists. About one in ten is missed, and some words that are "
        "hidden are no names. Read a comment before you quote it.",
        "Hiding words does not make a family unknown: whoever knows them may know the story.",
        "Who looked at hidden words, translated or decided is kept in the audit: the number of the comment, and none "
        "of its words.",
    ]
)
