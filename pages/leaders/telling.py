"""What a summary and a report have in common: findings with their spines, quotations, and whom they leave out."""

from collections.abc import Iterator, Sequence

import streamlit as st

from analysis.report.content import Content, Decided, Finding, Quote
from analysis.report.parts import NOTHING_DECIDED
from pages.leaders import spine
from pages.leaders.spine import Around
from pages.ui import markup
from pages.ui.doors import ACTIONS
from pages.ui.markup import Piece


def findings(content: Content, around: Around) -> None:
    """Every theme: its sentences, praise and criticism each on their own line, and its quotations."""
    for found in content.findings:
        _finding(found, around)


def _finding(found: Finding, around: Around) -> None:
    st.subheader(found.label, anchor=False)
    if found.description:
        markup.draw(markup.paragraph(found.description, style="heard-small"))
    spine.sentences(found.sentences, around)
    if found.quotes:
        spine.quotes(found.quotes)
    else:
        markup.draw(
            markup.paragraph("Nobody who raised this may be quoted, or has agreed to be quoted.", style="heard-small")
        )


def beside(quotes: Sequence[Quote]) -> None:
    """What is quoted beside the themes, where anything is."""
    if quotes:
        st.header("Also said", anchor=False)
        markup.draw(markup.paragraph("Drawn from all comments, for what the main themes leave out."))
        spine.quotes(quotes)


def decided(content: Content, around: Around, now: tuple[Decided, ...] | None = None) -> None:
    """What the ledger has, action by action, and whether it says something else now."""
    st.header("What was decided and done", anchor=False)
    markup.draw(*_of_ledger(content, now))
    for one in content.decided or ():
        st.subheader(one.about, anchor=False)
        lines = [line for line in one.lines if isinstance(line, str)]
        markup.draw(*(markup.paragraph(line) for line in (f"{one.state}: {one.told}", *lines)))
        spine.sentences(one.sentences, around)


def _of_ledger(content: Content, now: tuple[Decided, ...] | None) -> Iterator[Piece]:
    if content.decided is None:
        yield markup.paragraph("This report was signed off before the ledger was kept with reports.")
    elif not content.decided:
        yield markup.paragraph(NOTHING_DECIDED)
    elif now is not None and now != content.decided:
        yield markup.paragraph(
            "The ledger says something else by now. This is how it stood when the report was signed off."
        )
    yield markup.link("The ledger as it is now", ACTIONS.address)


def drawing(content: Content) -> None:
    """How the quotations were chosen."""
    st.header(spine.DRAWING, anchor=False)
    markup.draw(
        markup.paragraph(content.drawing.rule),
        markup.paragraph(
            f"Chance begins from the number {content.drawing.seed}. The same comments and the same number give the "
            "same quotations."
        ),
    )


def coverage(content: Content, around: Around) -> None:
    """Whom the summary speaks for, beside as many words of comments drawn by chance."""
    st.header("Who this leaves out", anchor=False)
    if content.coverage.sentences:
        spine.sentences(content.coverage.sentences, around)
    if content.coverage.table is None:
        markup.draw(markup.paragraph("This has not been measured yet: comments are still being compared in meaning."))
        return
    with st.expander("Table: whom it speaks for, by group"):
        spine.table(content.coverage.table)
