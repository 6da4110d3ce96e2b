"""Themes: what comments are sorted into, decided by people. Suggestions beside what has been approved."""

import streamlit as st

from analysis.examples import examples
from pages.officers import coding, rereading, searching, theme_acts, theme_cards
from pages.officers.theme_acts import Desk
from pages.officers.theme_cards import Told
from pages.ui import access, data, filters, markup, reader, show, waiting
from pages.ui.doors import THEMES
from survey import judging, theming
from survey.database import engine, reading
from survey.tables import RoleName

access.require(*THEMES.roles)

APPROVED, SUGGESTED, CHANGED = "themes-approved", "themes-suggested-ones", "themes-changed"
PARTS = [(APPROVED, "Approved"), (SUGGESTED, "Suggested by the program"), (CHANGED, "What was changed")]

st.title(THEMES.title, anchor=False)
known = data.waves()
if not known:
    markup.draw(markup.paragraph("There is no consultation yet. Its themes appear here when there is one."))
    st.stop()

present = access.require(*THEMES.roles)
policy = reader.policy_for(present.roles)
with st.container(horizontal=True, key="heard-filters"):
    wave = filters.wave(known)
    view = filters.view(["Themes", "Comments one by one"])
filters.notes()
show.demonstration(wave)
theme_acts.notice(view, searching.led_to() if view == "Themes" else coding.HEADING)
desk = Desk(wave) if RoleName.OFFICER in present.roles else None
waiting.for_answers([wave])
state = data.now(wave)
with reading(engine()) as session:
    board = theming.board(session, wave.consultation_id)
    happened = theming.history(session, wave.consultation_id)
with st.container():  # its place is kept when there is nothing to say, so that what is typed below it stays
    rereading.progress(wave, board)

if view != "Themes":
    coding.show(wave, state, board, desk, policy)
    st.stop()

sizes = data.theme_sizes(state, policy)
keys = [one.key for one in (*board.themes, *board.candidates)]
shown = examples(data.listable(state, data.not_seen(state, policy)), keys)
comments = [one.comment_id for few in shown.values() for one in (*few.nearest, *few.borderline)]
with reading(engine()) as session:
    told = Told(sizes, shown, judging.deciding_words(session, comments))
markup.draw(markup.paragraph(theme_cards.without(sizes)), markup.parts(PARTS))
if desk:
    st.header("Decide", anchor=False)
    theme_acts.decide(desk, board, told)

sought = st.text_input("Search the themes", key="themes-search", max_chars=80).strip()
themes, candidates = theme_cards.matching(board, sought)
left, right = st.columns(2, gap="large")
with left:
    markup.draw(markup.subheading(f"Approved ({len(themes)})", place=APPROVED))
    markup.draw(theme_cards.approved(themes, told))
with right:
    markup.draw(markup.subheading(f"Suggested by the program ({len(candidates)})", place=SUGGESTED))
    searching.show(desk, wave)
    markup.draw(theme_cards.suggested(candidates, told))

markup.draw(markup.subheading("What was changed", place=CHANGED))
theme_acts.past(desk, happened)

st.header("How to read this", anchor=False)
show.sentences(
    [
        "A theme is public only once somebody has approved it. Leaders' summaries leave suggestions out.",
        "What you change here changes no report that was made before. Everything can be undone in “What was changed”.",
        "People are counted once for each theme, however often they raise it. The range is for chance alone.",
        f"Groups of fewer than {policy.fewest} people are not shown, nor what would give them away.",
        "Comments are shown without personal details. The program that reads them is sometimes wrong.",
    ]
)
