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
from survey.printing import paper, squares
from survey.printing import poster as posters
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
    """So many forms, each with its own number; where they go from child to child, for so many children each."""
    st.write("Each form has a number of its own on every page. Print on both sides; each form begins on a new sheet.")
    most = paper.MOST_COPIES
    copies = st.number_input("How many forms", min_value=1, max_value=most, value=1, key="invitations-copies")
    children = None
    if asked.children:
        children = st.number_input(
            "Pages for how many children",
            min_value=1,
            max_value=asked.children.at_most,
            value=paper.CHILDREN,
            key="invitations-children",
            help="A family with more children can have more pages for its form: see below.",
        )
    return_to = st.text_input(
        "Where people post them to (optional)",
        key="invitations-return",
        max_chars=200,
        help="Left empty, people are asked to hand the form in where they were given it.",
    )

    def make() -> bytes:
        new = paper.references(int(copies))
        return paper.forms(asked, wave, words, copies=new, return_to=return_to.strip(), children=children)

    about = (wave.id, words.language, copies, return_to, children)
    _made_on_request("Make the forms", "forms", about, make)
    if made := _made("forms", about):
        _download("Download the forms (PDF)", made, f"{wave.slug}-paper-{words.language}.pdf", "application/pdf")


def more_pages(asked: Questionnaire, wave: WaveFacts, words: Words, *, most: int) -> None:
    """Pages for one child more, for a family whose form is out already: with the number that the form has."""
    st.write("For a family with more children than their form has pages for. The pages carry the number of the form.")
    copy = st.text_input("The number on their form", key="invitations-copy", max_chars=20)
    child = st.number_input(
        "Which child the pages are for",
        min_value=1,
        max_value=most,
        value=min(paper.CHILDREN + 1, most),
        key="invitations-child",
    )
    about = (wave.id, words.language, copy, child)
    _made_on_request(
        "Make the pages", "pages", about, lambda: paper.more_pages(asked, wave, words, copy=copy, child=int(child))
    )
    if made := _made("pages", about):
        name = f"{wave.slug}-child-{child}-{words.language}.pdf"
        _download("Download the pages (PDF)", made, name, "application/pdf")


def codes(wave: WaveFacts, who: str, address: str) -> None:
    """New one-use codes as a file. They are shown this once: only their hashes are kept."""
    counts = st.container()  # written once it is known whether there are more now
    most = invitations.MOST_AT_ONCE
    number = st.number_input("How many new codes", min_value=1, max_value=most, value=50, key="invitations-codes")
    about = (wave.id, number)

    def make() -> bytes:
        with writing(engine()) as session:
            made = invitations.make(session, wave, int(number), by=who)
        return invitations.as_csv(made, address)

    _made_on_request("Make codes", "codes", about, make)
    with reading(engine()) as session:
        count = invitations.counted(session, wave.id)
    counts.write(f"{count.made:,} codes made so far, {count.used:,} used. One code lets one family begin once.")
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
