"""How comments that say nearly the same are shown: how many, in how large groups, and one of each in its own words."""

from html import escape

import streamlit as st

from analysis.phrases import counted
from analysis.repeats import Group, Repeats
from pages.ui import markup

COUNTED_IN_FULL = (
    "They are counted like all others in every figure. People may have passed a text round, "
    "or somebody may have sent it again and again: read them before you decide what that means."
)


def show(found: Repeats) -> None:
    """A section of its own, if there is anything to tell."""
    if not found.comments:
        return
    st.header("Comments that repeat one another", anchor=False)
    markup.draw(markup.paragraph(_told(found)), markup.paragraph(COUNTED_IN_FULL, style="heard-small"))
    if found.groups:
        st.html(f'<ul class="heard-remarks">{"".join(_item(group) for group in found.groups)}</ul>')


def _told(found: Repeats) -> str:
    how_many = counted(
        found.comments, "comment says nearly the same as another", "comments say nearly the same as another"
    )
    if not found.groups:
        return f"{how_many}, in groups too small to be shown."
    return f"{how_many}. The largest group is {found.groups[0].people}."


def _item(group: Group) -> str:
    told = escape(counted(group.people, "person", "people"))
    if not group.words:
        return f"<li><p>{told} wrote nearly the same. None of them can be quoted.</p></li>"
    words = "<br>".join(escape(line) for line in group.words.splitlines() if line.strip())
    return (
        f'<li><blockquote lang="{escape(group.language or "en")}" dir="auto">{words}</blockquote>'
        f"<p>{told} wrote this or nearly this</p></li>"
    )
