"""What an officer takes away to hand out: files to print, codes to send with their own mail. Nothing is sent here."""

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from pages.ui import markup
from survey import invitations
from survey.consultations import WaveFacts
from survey.database import engine, reading, writing
from survey.errors import SurveyError
from survey.languages import Language
from survey.printing import poster as posters
from survey.printing import squares
from survey.printing.paper import CHILD_BY_CHILD, MOST_COPIES, paper, references
from survey.questionnaire import Questionnaire
from survey.wording import Words


class Made(NamedTuple):
    """A file that was made for this tab, and what for."""

    about: tuple[object, ...]
    content: bytes


def link(wave: WaveFacts, spoken: Language, address: str) -> None:
    """The address, and the square that leads to it, as a drawing and as a picture."""
    st.code(address, language=None, wrap_lines=True)
    with st.container(horizontal=True):
        name = f"{wave.slug}-{spoken.code}"
        _download("QR code for print (SVG)", squares.svg(address), f"{name}.svg", "image/svg+xml")
        _download("QR code for e-mail (PNG)", squares.png(address), f"{name}.png", "image/png")


def poster(asked: Questionnaire, wave: WaveFacts, words: Words, address: str) -> None:
    """An A4 poster."""
    try:
        made = posters.poster(asked, wave, words, address=address)
    except SurveyError as problem:
        st.error(str(problem))
        return
    _download("Poster (PDF)", made, f"{wave.slug}-poster-{words.language}.pdf", "application/pdf")


def forms(asked: Questionnaire, wave: WaveFacts, words: Words) -> None:
    """So many forms, each with its own number."""
    if asked.children:
        st.write(CHILD_BY_CHILD)
        return
    st.write("Each form has a number of its own on every page. Print on both sides; each form begins on a new sheet.")
    copies = st.number_input("How many forms", min_value=1, max_value=MOST_COPIES, value=1, key="invitations-copies")
    return_to = st.text_input(
        "Where people post them to (optional)",
        key="invitations-return",
        max_chars=200,
        help="Left empty, people are asked to hand the form in where they were given it.",
    )
    about = (wave.id, words.language, copies, return_to)
    _made_on_request(
        "Make the forms",
        "forms",
        about,
        lambda: paper(asked, wave, words, copies=references(int(copies)), return_to=return_to.strip()),
    )
    if made := _made("forms", about):
        _download("Download the forms (PDF)", made, f"{wave.slug}-paper-{words.language}.pdf", "application/pdf")


def codes(wave: WaveFacts, who: str, address: str) -> None:
    """New one-use codes as a file. They are shown this once: only their hashes are kept."""
    with reading(engine()) as session:
        count = invitations.counted(session, wave.id)
    st.write(f"{count.made:,} codes made so far, {count.used:,} used. One code lets one family begin once.")
    most = invitations.MOST_AT_ONCE
    number = st.number_input("How many new codes", min_value=1, max_value=most, value=50, key="invitations-codes")
    about = (wave.id, number)

    def make() -> bytes:
        with writing(engine()) as session:
            made = invitations.make(session, wave, int(number), by=who)
        return invitations.as_csv(made, address)

    _made_on_request("Make codes", "codes", about, make)
    if made := _made("codes", about):
        markup.draw(
            markup.notice(
                "Download them now: they cannot be shown again. Send them with your own mail, and delete the file "
                "afterwards. A code does not lead back to what anybody answered."
            )
        )
        _download("Download the codes (CSV)", made, f"{wave.slug}-codes.csv", "text/csv")


def _made_on_request(label: str, kind: str, about: tuple[object, ...], make: Callable[[], bytes]) -> None:
    if not st.button(label, key=f"invitations-make-{kind}"):
        return
    try:
        st.session_state[f"heard-made-{kind}"] = Made(about, make())
    except SurveyError as problem:
        st.error(str(problem))


def _made(kind: str, about: tuple[object, ...]) -> bytes:
    """What was made in this tab, as long as it is what is being asked for."""
    held = st.session_state.get(f"heard-made-{kind}")
    return held.content if isinstance(held, Made) and held.about == about else b""


def _download(label: str, content: bytes, name: str, kind: str) -> None:
    st.download_button(label, content, file_name=name, mime=kind, on_click="ignore", key=f"invitations-{name}")
