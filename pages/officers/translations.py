"""Translations: what each language says beside the English, and whether a person has found it good."""

from datetime import datetime
from html import escape

import streamlit as st
from sqlmodel import Session

from pages.ui import access, markup
from pages.ui.acting import Presses
from pages.ui.doors import TRANSLATIONS
from pages.ui.markup import Piece
from survey import audit, translations
from survey.database import engine, reading
from survey.translations import Sentence, Translation

PRESSES = Presses(TRANSLATIONS)


def what(name: str) -> str:
    """What a translation is of, in words: the buttons and pages, or a questionnaire."""
    part = name.partition("/")[2]
    return "Buttons and pages" if part == "doors" else part.replace("_", " ").capitalize()


def state(one: Translation) -> str:
    """Whether it has been approved, and by whom."""
    if one.approved_at is None:
        return f"Draft, made by {'a machine' if one.made_by == 'machine' else one.made_by}"
    return f"Approved by {one.approved_by} on {one.approved_at:%-d %B %Y}"


def side_by_side(one: Translation, said: list[Sentence]) -> Piece:
    """Each sentence in English and in the language, so that somebody who reads both can compare them."""
    head = f"<tr><th scope='col'>English</th><th scope='col'>{escape(one.language.english)}</th></tr>"
    spoken = f'lang="{escape(one.language.tag)}" dir="{escape(one.language.direction)}"'
    rows = "".join(
        f'<tr><td lang="en-GB">{escape(line.english)}</td><td {spoken}>{escape(line.said)}</td></tr>' for line in said
    )
    return Piece(f'<table class="heard-sentences"><thead>{head}</thead><tbody>{rows}</tbody></table>')


def approve(one: Translation) -> None:
    """Keep that whoever is signed in found it good."""

    def approve_it(session: Session, who: str, now: datetime) -> str:
        translations.approve(session, one.name, content_hash=one.content_hash, by=who, now=now)
        audit.record(session, who=who, what="approve translation", subject=one.name)
        return (
            f"You approved {one.language.english}: {what(one.name).lower()}. Parents are no longer told it is a draft."
        )

    PRESSES.do(approve_it)


access.require(*TRANSLATIONS.roles)

st.title(TRANSLATIONS.title, anchor=False)
with reading(engine()) as session:
    known = translations.every(session)

PRESSES.tell()
waiting = [one for one in known if one.is_draft]
markup.draw(
    markup.paragraph(
        f"{len(waiting)} of {len(known)} translations are drafts that nobody has checked. Parents can use them, and "
        "are told that a computer made them. Somebody who speaks the language reads one here and approves it."
    )
)
chosen = st.selectbox(
    "Translation to read",
    known,
    format_func=lambda one: (
        f"{one.language.english}: {what(one.name).lower()} ({state(one).partition(',')[0].lower()})"
    ),
    key="translations-chosen",
)
markup.draw(
    markup.subheading(f"{chosen.language.english}: {what(chosen.name).lower()}"),
    markup.paragraph(f"{state(chosen)}. {chosen.sentences} sentences."),
)
if chosen.is_draft:
    read = st.checkbox(
        f"I read {chosen.language.english} and English, and each sentence here says what the English says",
        key=f"translations-read-{chosen.name}-{chosen.content_hash[:8]}",
    )
    st.button(
        "Approve this translation",
        type="primary",
        disabled=not read,
        key="translations-approve",
        on_click=approve,
        args=(chosen,),
    )
    markup.draw(
        markup.paragraph(
            "Something is wrong? Whoever looks after Heard changes the file survey/"
            f"{translations.place_of(chosen.name)}; after the next start the new text stands here, as a draft."
        )
    )
markup.draw(side_by_side(chosen, translations.beside_english(chosen.name)))
