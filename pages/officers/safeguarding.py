"""Safeguarding: comments that may disclose harm, how long each has waited, and what was done about it."""

import streamlit as st

from analysis.phrases import number
from pages.officers import case_acts, one_case
from pages.ui import access, data, markup, show
from pages.ui.doors import SAFEGUARDING
from survey import safeguarding
from survey.database import engine, reading
from survey.tables import CaseState

access.require(*SAFEGUARDING.roles)

OPEN, CLOSED = "Open", "Closed"

st.title(SAFEGUARDING.title, anchor=False)
for made_up in [wave for wave in data.waves() if wave.demonstration][:1]:
    show.demonstration(made_up)
markup.draw(
    markup.notice(
        "If somebody is in danger now, call 999. You do not have to judge whether harm was done: pass on what was "
        "written, in the words it was written in."
    )
)
now = case_acts.moment()
with reading(engine()) as session:
    cases = safeguarding.listed(session)
    times = safeguarding.times(session, now=now)
    gone = sum(one.cases for one in safeguarding.taken_back(session))

show.numbers(
    [
        ("Not opened yet", number(times.waiting)),
        ("Of these, over one working hour", number(times.overdue)),
        ("Waits longest", one_case.span(times.longest_waiting)),
        ("Usual time to first look", one_case.span(times.median)),
        ("Longest time to first look", one_case.span(times.longest)),
    ]
)
case_acts.PRESSES.tell()

which = st.radio("Which cases", [OPEN, CLOSED], key="cases-which", horizontal=True)
wanted = [one for one in cases if (one.state is CaseState.CLOSED) == (which == CLOSED)]
st.header(f"{which} cases", anchor=False)
if wanted:
    one_case.choose(wanted, now)
    one_case.draw(access.require(*SAFEGUARDING.roles).name, [one.case_id for one in wanted])
else:
    markup.draw(markup.paragraph("There is no open case." if which == OPEN else "No case has been closed yet."))

st.header("How to read this", anchor=False)
show.sentences(
    [
        "No machine finds everything. The program looks for words and phrases, in English and the plainest ones in "
        "seven other languages. It misses what is only hinted at, and finds much that is no disclosure. An officer who "
        "reads a comment that belongs here can put it here by hand.",
        "A comment is here from the moment it is kept. Times are working time: Monday to Friday, 9am to 5pm, "
        "but for bank holidays.",
        "The words are shown as they were written, with nothing hidden. That you open a case is kept in the audit, "
        "by its number and without a word of it.",
        "Nobody gave a name. The district is shown where five people or more answered from it.",
        "It takes two people to close a case: one proposes how it ends, and another confirms. Until two people have "
        "decided that it is not a disclosure, nothing that person wrote is quoted or listed as a latest comment.",
        "If whoever wrote a comment takes it back, its case goes with it, notes too. "
        f"So far that happened to {number(gone)}.",
    ]
)
