"""Methods: what is done to a comment, how well, what goes wrong, and what it came to in one consultation."""

import streamlit as st

from analysis import methods
from analysis.suppression import LEADER
from pages.ui import access, data, filters, markup, show, waiting
from pages.ui.doors import CHECKING, METHODS
from survey import check_samples, frames
from survey.database import engine, reading

access.require(*METHODS.roles)

st.title(METHODS.title, anchor=False)
st.header("What is done to each comment", anchor=False)
show.steps(methods.STEPS)
markup.draw(
    markup.paragraph(
        "All of it happens on the council's own machines, by a program that reads the same comment in the same way "
        "every time. No comment is sent anywhere, and none teaches a program that anybody else uses."
    )
)

known = data.waves()
if known:
    st.header("In this consultation", anchor=False)
    wave = filters.wave(known)
    filters.notes()
    show.demonstration(wave)
    waiting.for_answers([wave])
    state = data.now(wave)
    approved = state.themes.loc[~state.themes["candidate"], "theme"].tolist()
    show.sentences(methods.here(state.frames, approved, LEADER))
    with reading(engine()) as session:
        ended = [one for one in check_samples.samples(session, wave.consultation_id) if one.ended_at is not None]
        models = frames.read_by(session, wave.id)
    if ended:
        last = ended[0]
        markup.draw(
            markup.paragraph(
                f"People have coded {last.coded:,} comments, drawn by chance, without seeing what the program said. "
                f"What came of that stands under “{CHECKING.title}”."
            )
        )
    else:
        markup.draw(
            markup.paragraph(
                f"Nobody has checked the program in this consultation yet. Officers can, under “{CHECKING.title}”; "
                "until then only what was measured elsewhere is known."
            )
        )
    if models:
        markup.draw(markup.paragraph(f"Read by: {'; '.join(models)}.", style="heard-small"))

st.header("How good it was when it was measured", anchor=False)
show.table(
    methods.measured_table(), caption="Before any consultation, on patients' comments and on lines written for it"
)

st.header("What it gets wrong", anchor=False)
show.sentences(methods.WRONG)
st.header("How to read this", anchor=False)
show.sentences(
    [
        "A share is of what stands beside it, and the range is what chance alone makes of so many.",
        "Patients' comments are about hospitals. On what parents write about SEND services it may do better or worse: "
        "that is why it can be checked here.",
    ]
)
