"""Early warning: what suddenly many people in one district, or about one service, write."""

import streamlit as st

from analysis.bursts import FEWEST, WINDOW
from analysis.early_warning import LATELY
from analysis.suppression import OFFICER
from pages.officers import warned
from pages.ui import access, data, filters, markup, show, waiting
from pages.ui.doors import EARLY_WARNING

access.require(*EARLY_WARNING.roles)

st.title(EARLY_WARNING.title, anchor=False)
known = data.waves()
if not known:
    markup.draw(markup.paragraph("There is no consultation yet. Warnings appear here when people have answered."))
    st.stop()

with st.container(horizontal=True, key="heard-filters"):
    wave = filters.wave(known)
show.demonstration(wave)
filters.notes()
warned.PRESSES.tell()

waiting.for_answers([wave])
state = data.now(wave)
found = data.warned(state, OFFICER)
warned.draw(state, found)

st.header("How to read this", anchor=False)
show.sentences(
    [
        f"Each day the last {WINDOW} days are held against the time before, for every theme and every common word, in "
        "every district and for every service. Something is shown if so many people wrote of it that chance alone "
        "would hardly ever explain it, in that place and not everywhere.",
        f"Warnings of the last {LATELY} days of answers are shown. In the first two weeks of a wave there are none: "
        "there is nothing yet to hold them against.",
        "On made-up months without any burst, fewer than one warning a month came up by chance. So a warning is worth "
        "reading, and may still be chance.",
        f"A place, a theme and a word are named only where at least {FEWEST} people wrote of it. Comments that may "
        "disclose harm are not listed here.",
        "It tells that more people write of something. It does not tell that more is wrong, nor how many it concerns.",
    ]
)
