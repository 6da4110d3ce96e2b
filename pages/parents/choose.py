"""Which consultation somebody has come to answer: the one in the address, the only one open, or a choice."""

from datetime import datetime

import streamlit as st

from pages.ui import access, markup, state
from pages.ui.state import Visit
from survey import consultations, telling
from survey.consultations import WaveFacts
from survey.database import engine, reading
from survey.wording import Words

ASKED_FOR = "consultation"


def wave(words: Words, now: datetime) -> WaveFacts | None:
    """The wave to answer; or None, having drawn the choice there is.

    Somebody who is in the middle of one stays there when it closes, so that what they wrote does not vanish.
    """
    if (seen := state.visit()) and seen.preview and not _is_previewed(seen.wave, now):
        state.end_visit()  # it has opened meanwhile, or whoever looked has been signed out
    under_way, asked = state.visit(), st.query_params.get(ASKED_FOR)
    if under_way and (under_way.draft or (_goes_on(under_way, now) and asked in {None, under_way.wave.slug})):
        return under_way.wave
    with reading(engine()) as session:
        known = consultations.waves(session)
    asked_for = [wave for wave in known if wave.slug == asked]
    open_now = [wave for wave in known if wave.is_open(now)]
    named = [wave for wave in open_now if wave in asked_for]
    if named or (len(open_now) == 1 and not asked_for):
        return (named or open_now)[0]
    there = consultations.behind(asked_for, now)
    if there is None:
        _show(open_now, words)
    elif _is_previewed(there, now):
        return there
    else:
        _show_closed(there, words, now)
    return None


def _goes_on(visit: Visit, now: datetime) -> bool:
    """Whoever has sent is thanked, and may finish, though it has closed meanwhile."""
    return visit.receipt is not None or visit.wave.is_open(now)


def _is_previewed(wave: WaveFacts, now: datetime) -> bool:
    """Whether whoever looks may look at it before it opens."""
    return wave.is_to_come(now) and access.may_preview(access.viewer())


def _show_closed(wave: WaveFacts, words: Words, now: datetime) -> None:
    title, told = telling.not_open(wave, words, now)
    st.set_page_config(page_title=f"{title} – {wave.consultation_title}")
    markup.draw(
        markup.step("closed", spoken=words.spoken),
        markup.heading(title),
        markup.paragraph(wave.consultation_title, style="heard-lead"),
        markup.paragraph(told),
    )


def _show(open_now: list[WaveFacts], words: Words) -> None:
    title = words("door.choose") if open_now else words("door.none_open")
    st.set_page_config(page_title=title)
    said = [markup.step("choose", spoken=words.spoken)]
    if any(wave.demonstration for wave in open_now):
        said.append(markup.notice(words("door.demonstration"), style="heard-demonstration"))
    more = words("door.choose_intro") if open_now else words("door.none_open_more")
    markup.draw(*said, markup.heading(title), markup.paragraph(more))
    for wave in open_now:
        with st.container(key=f"choose-{wave.slug}", border=True):
            until = words("door.open_until", day=words.day(wave.last_day))
            markup.draw(markup.subheading(wave.consultation_title), markup.paragraph(until))
            st.button(wave.consultation_title, key=f"choose-{wave.slug}-go", on_click=_choose, args=(wave.slug,))


def _choose(slug: str) -> None:
    st.query_params[ASKED_FOR] = slug
