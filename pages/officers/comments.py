"""Comments: what people wrote, read one after another without losing one's place."""

import streamlit as st

from pages.officers import reading_one, reading_place, reading_which
from pages.ui import access, data, filters, markup, show, waiting
from pages.ui.doors import COMMENTS
from pages.ui.watching import watch
from survey import check_samples, reading_through
from survey.database import engine, reading

access.require(*COMMENTS.roles)
present = access.require(*COMMENTS.roles)

st.title(COMMENTS.title, anchor=False)
known = data.waves()
if not known:
    markup.draw(markup.paragraph("There is no consultation yet. Comments appear here when somebody has answered."))
    st.stop()

banner = st.container()
with st.container(horizontal=True, key="heard-filters"):
    wave = filters.wave(known)
    order = filters.comment_order()
with banner:
    show.demonstration(wave)
    waiting.for_answers([wave])
    state = data.now(wave)
    shelf = waiting.for_comments(state)
with reading(engine()) as session:
    marks = reading_through.marks(session, wave.id, by=present.name)
    blind = check_samples.under_way(session, wave.consultation_id)

listing = reading_which.chosen(state, shelf, marks, blind, order)
filters.notes()
reading_place.PRESSES.announce()
reading_which.tell(listing)
place = reading_place.found(shelf, listing.ids, marks.seen)
if place is None:
    reading_which.nothing(state, shelf, listing)
else:
    reading_one.show(state, shelf, place, reading_one.Reader(present.name, marks, blind))

watch(state, COMMENTS)
st.header("How to read this", anchor=False)
show.sentences(
    [
        "Those that tell most come first: those that say when, how many, what came after what, who, and what happened, "
        "and that are not just a few words. It does not say which are true, or which matter most.",
        "A comment counts as read by you once you go on from it. Notes and flags are for everybody who reads comments.",
        "A district stands beside a comment only where at least five people there could have written it, a locality "
        "where its small districts have five together; otherwise neither. The hour is never shown.",
        "Words in [brackets] are personal details, hidden from everybody. Whoever looks at them is kept in the audit.",
        "What you search for is kept nowhere: not in the address, not in a log. "
        "Searching by meaning finds what is said alike, and misses some of it.",
        "Comments that are being coded blind for a check show no theme and no sentiment until that has ended.",
    ]
)
