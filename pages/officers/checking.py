"""Checking: comments drawn by chance, coded blind by people, and how good the computer is by what they said."""

import streamlit as st

from pages.officers import check_coding, check_drawing, check_results, check_teaching
from pages.ui import access, data, filters, markup, reader, show
from pages.ui.doors import CHECKING
from survey import check_samples, teaching
from survey.blind_coding import next_for
from survey.database import engine, reading

access.require(*CHECKING.roles)

present = access.require(*CHECKING.roles)
known = data.waves()
if not known:
    st.title(CHECKING.title, anchor=False)
    markup.draw(markup.paragraph("There is no consultation yet. Comments can be checked here when some have come in."))
    st.stop()

if (sample_id := check_coding.under_way()) is not None:
    with reading(engine()) as session:
        to_code = next_for(session, sample_id, present.name)
    check_coding.show(to_code, present.name)
    st.stop()

st.title(CHECKING.title, anchor=False)
check_coding.PRESSES.tell("overview")
wave = filters.wave(known)
show.demonstration(wave)
with reading(engine()) as session:
    samples = check_samples.samples(session, wave.consultation_id)
    to_code = next_for(session, samples[0].id, present.name) if samples else None

check_drawing.show(wave, samples, to_code)
if samples and samples[0].ended_at is not None:  # while one is being coded, nobody sees what came of an earlier one
    check_results.show_found(wave, samples, reader.policy_for(present.roles))
with reading(engine()) as session:
    lesson, coded = teaching.latest(session, wave.consultation_id), teaching.coded_blind(session, wave.consultation_id)
check_teaching.show(wave, lesson, coded)

st.header("How to read this", anchor=False)
show.sentences(check_results.READING_NOTES)
