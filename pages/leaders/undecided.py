"""What families raised and nobody has decided anything about, so that a leader sees what has not been taken up."""

from typing import Final

import streamlit as st

from analysis.phrases import counted
from analysis.undecided import undecided
from pages.leaders.book import Book
from pages.ui import data, markup, show

MOST: Final = 10
"""As many themes are listed; of the others it is said how many there are."""


def draw(book: Book) -> None:
    """The themes of the chosen wave that no action of the whole ledger is about; nothing where there are none."""
    taken_up = {book.theme_keys.get(one.plan.theme_id, "") for one in book.actions if one.plan.theme_id is not None}
    sizes = data.theme_sizes(book.state, book.policy).themes
    found = undecided(sizes, book.named.themes, taken_up)
    if not found:
        return
    st.header(f"Raised, and nothing decided yet ({len(found)})", anchor=False)
    markup.draw(
        markup.paragraph(
            f"Themes that people raised in {book.named.waves[book.wave.id]} and that no action here is about, with how "
            "many of those who commented raised them. An action about a service is not counted for a theme."
        )
    )
    more = len(found) - MOST
    told = [f"{one.label}: {one.share}" for one in found[:MOST]]
    told += [f"{counted(more, 'more was', 'more were')} raised less often."] if more > 0 else []
    show.sentences(told)
