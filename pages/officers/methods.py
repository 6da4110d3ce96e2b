"""Methods: what is done to a comment, how well, what goes wrong, and what it came to in one consultation."""

import streamlit as st

from analysis import check_words, methods
from pages.officers import check_results
from pages.ui import access, data, filters, markup, reader, show, waiting
from pages.ui.doors import CHECKING, METHODS
from survey import check_samples, frames
from survey.database import engine, reading
from survey.settings import settings

access.require(*METHODS.roles)
roles = access.require(*METHODS.roles).roles
policy, may_check = reader.policy_for(roles), bool(roles & CHECKING.roles)

st.title(METHODS.title, anchor=False)
st.header("What is done to each comment", anchor=False)
show.steps(methods.STEPS)
markup.draw(
    markup.paragraph(
        "All of it happens on the council's own machines, by a program that reads the same comment in the same way "
        "every time. No comment is sent anywhere, and none teaches a program that anybody else uses."
    )
)
if notice := methods.NOTICES.get(settings().vectors):
    markup.draw(markup.paragraph(notice, style="heard-small"))

known, is_checked = data.waves(), False
if known:
    st.header("In this consultation", anchor=False)
    wave = filters.wave(known)
    filters.notes()
    show.demonstration(wave)
    waiting.for_answers([wave])
    state = data.now(wave)
    approved = state.themes.loc[~state.themes["candidate"], "theme"].tolist()
    show.sentences(methods.here(state.frames, approved, policy))
    with reading(engine()) as session:
        samples = check_samples.samples(session, wave.consultation_id)
        models = frames.read_by(session, wave.id)
    if models:
        markup.draw(markup.paragraph(f"Read by: {'; '.join(models)}.", style="heard-small"))
    st.header("How good it is here", anchor=False)
    if not samples:
        markup.draw(markup.paragraph(check_words.NOBODY))
    elif samples[0].ended_at is None:  # whoever codes is not to know what the program was found to be good at
        markup.draw(
            markup.paragraph(
                "People are coding comments to check the program. What comes of it stands here afterwards."
            )
        )
    else:
        check_results.came_of(wave, samples[0], policy)
        is_checked = True
    if may_check:
        markup.draw(markup.paragraph(f"Samples are drawn and coded under “{CHECKING.title}”."))

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
        *(check_results.READING_NOTES if is_checked else []),
        f"Groups of fewer than {policy.fewest} people are not shown, nor what would give them away.",
        *show.rounding(policy),
    ]
)
