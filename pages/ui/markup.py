"""Small pieces of our own markup. Every value is escaped here, so that what people write is shown and never run.

Each function makes one piece; ``draw`` shows some of them together. What stands between two inputs is drawn at once,
because every element that Streamlit draws costs the server a message and a slow phone time.
"""

from collections.abc import Sequence
from html import escape
from typing import NewType

import streamlit as st

from pages.ui import doors
from survey.languages import ENGLISH, Language
from survey.wording import Words, words_in

Piece = NewType("Piece", str)
"""HTML in which everything that came from somebody is escaped."""


def draw(*pieces: Piece) -> None:
    """Show these pieces below one another, as one element."""
    st.html(f'<div class="heard-pieces">{"".join(pieces)}</div>')


def draw_watched(piece: Piece, *, asked: str, change: int) -> None:
    """Show a piece that the page's script keeps up to date: what it is to ask for, and as of which change it is."""
    told = f'data-news="{escape(asked)}" data-change="{change}"'
    st.html(f'<div class="heard-pieces" {told}>{piece}</div>')


def heading(text: str, *, picture: str = "") -> Piece:
    """The one main heading of a page, with the picture at that address before it, if there is one."""
    return Piece(f"<h1>{_pictured(picture, text)}</h1>")


def subheading(text: str, *, level: int = 2, place: str = "") -> Piece:
    """A heading below the main one, or below another subheading; at a place of that name, if links lead to it."""
    named = f' id="{escape(place)}" tabindex="-1"' if place else ""
    return Piece(f"<h{level}{named}>{escape(text)}</h{level}>")


def parts(places: Sequence[tuple[str, str]]) -> Piece:
    """Links to the parts of a long page: the place of each and what it is called."""
    links = "".join(f'<li><a href="#{escape(place)}">{escape(text)}</a></li>' for place, text in places)
    return Piece(f'<nav aria-label="Parts of this page"><ul class="heard-parts">{links}</ul></nav>')


def paragraph(text: str, *, style: str = "") -> Piece:
    """A paragraph, in one of the styles of the stylesheet."""
    return Piece(f'<p class="{escape(style)}">{escape(text)}</p>' if style else f"<p>{escape(text)}</p>")


def numbers(pairs: Sequence[tuple[str, str]]) -> Piece:
    """A few numbers with what they count, side by side."""
    told = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in pairs)
    return Piece(f'<dl class="heard-numbers">{told}</dl>')


_LINE = 40  # characters: a cell with more holds a sentence, which goes on to a second line as sentences do


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, caption: str) -> Piece:
    """A table that can be read aloud, row by row. The first column says what each row is about.

    On a narrow screen a table of more than three columns, or with sentences in it, becomes a list with a card for each
    row, and no column is out of sight. That is the stylesheet's doing: browsers then take it for no table, so each part
    says what it is.
    """
    named = [escape(head) for head in heads]
    top = "".join(f'<th scope="col" role="columnheader">{head}</th>' for head in named)
    lines = "".join(_table_row(named, [escape(cell) for cell in row]) for row in rows)
    styles = [
        "heard-table",
        *(["heard-as-cards"] if len(heads) > 3 or "heard-said" in lines else []),
        *(["heard-many"] if len(heads) > 6 else []),
    ]
    return Piece(
        f'<div class="heard-wide"><table class="{" ".join(styles)}" role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{top}</tr></thead><tbody role="rowgroup">{lines}</tbody></table></div>'
    )


def _table_row(heads: Sequence[str], cells: Sequence[str]) -> str:
    others = zip(heads[1:], cells[1:], strict=True)
    told = "".join(f'<td role="cell" data-head="{head}"{_said(cell)}>{cell}</td>' for head, cell in others)
    return f'<tr role="row"><th scope="row" role="rowheader">{cells[0]}</th>{told}</tr>'


def _said(cell: str) -> str:
    return ' class="heard-said"' if len(cell) > _LINE else ""


def link(text: str, address: str, *, new_tab: bool = False) -> Piece:
    """A link to another page of ours. One that opens a new tab should say so in its words."""
    where = "_blank" if new_tab else "_self"
    return Piece(f'<p><a href="{escape(address)}" target="{where}">{escape(text)}</a></p>')


def notice(text: str, *, style: str = "heard-notice", announced: bool = False) -> Piece:
    """Words set apart from the rest, such as what to do if a child is in danger; read aloud at once, if announced."""
    aloud = ' role="status"' if announced else ""
    return Piece(f'<div class="{escape(style)}"{aloud}><p>{escape(text)}</p></div>')


def panel(title: str, text: str, *, strong: str = "") -> Piece:
    """A titled panel, such as the one with a reference in it."""
    shown = f'<p class="heard-strong">{escape(strong)}</p>' if strong else ""
    return Piece(f'<div class="heard-panel"><h2>{escape(title)}</h2>{shown}<p>{escape(text)}</p></div>')


def step(name: str, *, spoken: Language, errors: bool = False, focus: str = "", scroll: str = "") -> Piece:
    """Tell the page's own script which step this is, so that it can move the focus, and which language it is in.

    The focus goes to what has the id or key ``focus``, or else to the heading; ``scroll`` says where in the window that
    then stands, as scrollIntoView has it.

    The stylesheet learns from it that everything is to be larger, in Easy Read.
    """
    wrong = ' data-errors="true"' if errors else ""
    large = ' class="heard-easy-read"' if spoken.is_easy_read else ""
    said = f'data-lang="{escape(spoken.tag)}" data-dir="{escape(spoken.direction)}"'
    if focus:
        said += f' data-focus="{escape(focus)}"'
    if scroll:
        said += f' data-scroll="{escape(scroll)}"'
    if spoken.code != ENGLISH.code:  # what the script itself may have to say is on the page in English
        words = words_in(spoken.code)
        said += f' data-lost="{escape(words("shell.lost"))}" data-pasted="{escape(words("shell.pasted_too_long"))}"'
    return Piece(f'<div id="heard-step" data-step="{escape(name)}" {said}{wrong}{large} hidden></div>')


def error_summary(title: str, problems: list[tuple[str, str]]) -> Piece:
    """What to put right, at the top of the page: (the key of an input, the sentence) for each."""
    links = "".join(
        f'<li><a href="#{escape(key)}" data-for="{escape(key)}">{escape(message)}</a></li>' for key, message in problems
    )
    return Piece(
        '<div class="heard-error-summary" role="alert" tabindex="-1" aria-labelledby="heard-error-title">'
        f'<h2 id="heard-error-title">{escape(title)}</h2><ul>{links}</ul></div>'
    )


def question(key: str, text: str, *, hint: str = "", problem: str = "", picture: str = "") -> Piece:
    """The question above an input, with its hint and what to put right. The page's script ties them to the input.

    ``picture`` is the address of what stands before its words, if anything does.
    """
    hinted = f'<span class="heard-hint" id="{escape(key)}-hint">{escape(hint)}</span>' if hint else ""
    wrong = f'<span class="heard-error" id="{escape(key)}-error">{escape(problem)}</span>' if problem else ""
    return Piece(
        f'<div class="heard-question" id="{escape(key)}" data-for="{escape(key)}">'
        f'<span class="heard-label" id="{escape(key)}-label">{_pictured(picture, text)}</span>{hinted}{wrong}</div>'
    )


def _pictured(picture: str, text: str) -> str:
    """Words with a picture before them. The words say what it shows, so nobody has to hear it twice."""
    if not picture:
        return escape(text)
    drawn = f'<img src="{escape(picture)}" alt="" width="64" height="64">'
    return f'<span class="heard-pictured">{drawn}<span>{escape(text)}</span></span>'


def foot(words: Words) -> Piece:
    """The end of every page: what is kept about people, and how far the pages work for everybody."""
    links = "".join(
        f'<a href="{address}" target="_blank" rel="noopener">{escape(words(key))}</a>'
        for address, key in ((doors.PRIVACY, "statement.privacy"), (doors.ACCESSIBILITY, "statement.accessibility"))
    )
    name = escape(words("statement.foot"))
    return Piece(f'<footer class="heard-foot"><nav aria-label="{name}">{links}</nav></footer>')


def answers(rows: list[tuple[str, list[str]]]) -> Piece:
    """Questions with the answers given to them, a paragraph for each line of an answer, in whatever language it is."""
    return Piece(f'<dl class="heard-answers">{"".join(_answer(question, lines) for question, lines in rows)}</dl>')


def _answer(question: str, lines: list[str]) -> str:
    told = "".join(f'<p dir="auto">{escape(line)}</p>' for line in lines)
    return f"<div><dt>{escape(question)}</dt><dd>{told}</dd></div>"
