"""Invitations: the link, the square, the poster, the forms, and for a wave by invitation the codes."""

import streamlit as st

from pages.officers import handing_out
from pages.ui import access, data, filters, show
from pages.ui.doors import INVITATIONS
from survey import consultations, languages
from survey.database import engine
from survey.errors import PrintingError
from survey.printing.address import address_of
from survey.wording import words_in

access.require(*INVITATIONS.roles)

st.title(INVITATIONS.title, anchor=False)
known = data.waves()
if not known:
    st.write("There is no consultation yet. What to print and send appears here when there is one.")
    st.stop()

wave = filters.wave(known)
asked = consultations.asked_in(engine(), wave)
offered = languages.offered(asked.languages)
spoken = st.selectbox("Language", offered, format_func=lambda one: one.english, key="invitations-language")
words = words_in(spoken.code)
show.demonstration(wave)

try:
    address = address_of(wave, spoken)
except PrintingError as problem:
    address = ""
    st.warning(str(problem))

if address:
    st.header("Link and poster", anchor=False)
    handing_out.link(wave, spoken, address)
    handing_out.poster(asked, wave, words, address)

st.header("Paper questionnaires", anchor=False)
handing_out.forms(asked, wave, words)

if asked.children:
    st.header("Pages for one child more", anchor=False)
    handing_out.more_pages(asked, wave, words, most=asked.children.at_most)

if wave.by_invitation:
    st.header("Codes", anchor=False)
    handing_out.codes(wave, access.require(*INVITATIONS.roles).name, address)
