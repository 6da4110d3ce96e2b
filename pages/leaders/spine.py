"""A sentence with its spine: select it, and see every number in it, what it is of, and how it was worked out."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple

import streamlit as st

from analysis.report import cells
from analysis.report.content import Content, Figure, Quote, Sentence, Table
from analysis.report.moved import Moved
from analysis.report.parts import BEHIND, STANCES, spread, wave_of
from pages.ui import markup, show
from survey.reports import Worded

DRAWING = "How quotations were chosen"


class Around(NamedTuple):
    """What a page knows of sentences beside what they say."""

    content: Content  # in which they stand
    themes: Mapping[str, str]
    districts: Mapping[str, str]
    wordings: Mapping[str, Worded]  # how somebody put them, in a report that was signed off
    moved: Mapping[str, Moved]  # whose figures are others by now


def sentences(told: Sequence[Sentence], around: Around) -> None:
    """Sentences that belong together, each with where it comes from."""
    st.html(f'<ul class="heard-sentences">{"".join(_sentence(one, around) for one in told)}</ul>')


def quotes(told: Sequence[Quote]) -> None:
    """Quotations, each with the language it is in."""
    show.quotes([(quote.words, quote.language, quote.read_as) for quote in told])


def table(shown: Table) -> None:
    """A table of a report, numbers as they are said."""
    columns, rows = cells.read(shown)
    markup.draw(markup.table(columns, rows, caption=shown.title), markup.paragraph(shown.note, style="heard-small"))


def _sentence(one: Sentence, around: Around) -> str:
    edited = around.wordings.get(one.key)
    change = around.moved.get(one.key)
    said = escape(edited.words if edited else one.text)
    marks = f"<p>{said}</p>"
    if edited:
        marks += (
            f'<p class="heard-small">Put in other words by {escape(edited.by)} on {edited.at:%-d %B %Y}. '
            f"Computed: {escape(one.text)}</p>"
        )
    if change:
        now = f"Now: {escape(change.now)}" if change.now else "It can no longer be said."
        was = f"<strong>Changed since sign-off.</strong> It was: {escape(change.was)}"
        marks += f'<p class="heard-moved">{was} {now}</p>'
    style = ' class="heard-has-moved"' if change else ""
    return f"<li{style}>{marks}{_spine(one, around) if one.figures else ''}</li>"


def _spine(one: Sentence, around: Around) -> str:
    told = "".join(_figure(figure, around) for figure in one.figures)
    return (
        f'<details class="heard-spine"><summary>Where this comes from</summary><dl>{told}</dl>{_draw(one, around)}'
        "</details>"
    )


def _draw(one: Sentence, around: Around) -> str:
    """From which number chance began, where a theme is quoted that the sentence is about."""
    about = {figure.filters.theme for figure in one.figures if figure.filters.wave}
    if not any(found.quotes for found in around.content.findings if found.theme in about):
        return ""
    told = (
        f"Quotations were drawn by the rule under “{DRAWING}”. Chance began from the number "
        f"{around.content.drawing.seed}."
    )
    return f'<p class="heard-small">{escape(told)}</p>'


def _figure(figure: Figure, around: Around) -> str:
    parts = [format(figure), _of(figure), _range(figure)]
    said = ", ".join(part for part in parts if part)
    return (
        f"<dt>{escape(said)}</dt><dd>{escape(figure.formula)}</dd>"
        f'<dd class="heard-small">Counted: {escape(", ".join(of_what(figure, around)))}.</dd>'
    )


def _of(figure: Figure) -> str:
    return f"of {figure:base}" if figure.base is not None else ""


def _range(figure: Figure) -> str:
    return "" if figure.low is None or figure.high is None else spread(figure)


def of_what(figure: Figure, around: Around) -> list[str]:
    """What a figure counts, in words: the wave first, and then whatever it is narrowed down to."""
    of = figure.filters
    told = [wave_of(of, around.content.details)]
    if of.behind:
        told.append(BEHIND[of.behind])
    if of.theme:
        told.append(f"theme “{around.themes.get(of.theme, of.theme)}”")
    if of.stance:
        told.append(STANCES[of.stance])
    if of.district:
        told.append(around.districts.get(of.district, of.district))
    return told
