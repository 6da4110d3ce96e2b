"""Small pieces of our own markup. Every value is escaped here, so that what people write is shown and never run."""

from html import escape

import streamlit as st


def heading(text: str) -> None:
    """The one main heading of a page. It has no link of its own, so the keyboard does not stop at it."""
    st.title(text, anchor=False)


def subheading(text: str) -> None:
    """A heading below the main one."""
    st.header(text, anchor=False)


def paragraph(text: str, *, style: str = "") -> None:
    """A paragraph, in one of the styles of the stylesheet."""
    st.html(f'<p class="{escape(style)}">{escape(text)}</p>' if style else f"<p>{escape(text)}</p>")


def sections(told: list[tuple[str, str]]) -> None:
    """Headings, each with its paragraph. Together: each element that Streamlit draws costs a slow phone time."""
    body = "".join(f"<h2>{escape(title)}</h2><p>{escape(text)}</p>" for title, text in told)
    st.html(f'<div class="heard-sections">{body}</div>')


def notice(text: str, *, style: str = "heard-notice") -> None:
    """Words set apart from the rest, such as what to do if a child is in danger."""
    st.html(f'<div class="{escape(style)}"><p>{escape(text)}</p></div>')


def panel(title: str, text: str, *, strong: str = "") -> None:
    """A titled panel, such as the one with a reference in it."""
    shown = f'<p class="heard-strong">{escape(strong)}</p>' if strong else ""
    st.html(f'<div class="heard-panel"><h2>{escape(title)}</h2>{shown}<p>{escape(text)}</p></div>')


def step(name: str, *, language: str, errors: bool = False) -> None:
    """Tell the page's own script which step this is, so that it can move the focus and set the language."""
    wrong = ' data-errors="true"' if errors else ""
    st.html(f'<div id="heard-step" data-step="{escape(name)}" data-lang="{escape(language)}"{wrong} hidden></div>')


def error_summary(title: str, problems: list[tuple[str, str]]) -> None:
    """What to put right, at the top of the page: (the key of an input, the sentence) for each."""
    links = "".join(
        f'<li><a href="#{escape(key)}" data-for="{escape(key)}">{escape(message)}</a></li>' for key, message in problems
    )
    st.html(
        '<div class="heard-error-summary" role="alert" tabindex="-1" aria-labelledby="heard-error-title">'
        f'<h2 id="heard-error-title">{escape(title)}</h2><ul>{links}</ul></div>'
    )


def question(key: str, text: str, *, hint: str = "", problem: str = "") -> None:
    """The question above an input, with its hint and what to put right. The page's script ties them to the input."""
    hinted = f'<span class="heard-hint" id="{escape(key)}-hint">{escape(hint)}</span>' if hint else ""
    wrong = f'<span class="heard-error" id="{escape(key)}-error">{escape(problem)}</span>' if problem else ""
    st.html(
        f'<div class="heard-question" id="{escape(key)}" data-for="{escape(key)}">'
        f'<span class="heard-label" id="{escape(key)}-label">{escape(text)}</span>{hinted}{wrong}</div>'
    )


def answers(rows: list[tuple[str, list[str]]]) -> None:
    """Questions with the answers given to them, a paragraph for each line of an answer."""
    told = "".join(
        f"<div><dt>{escape(question)}</dt><dd>{''.join(f'<p>{escape(line)}</p>' for line in lines)}</dd></div>"
        for question, lines in rows
    )
    st.html(f'<dl class="heard-answers">{told}</dl>')
