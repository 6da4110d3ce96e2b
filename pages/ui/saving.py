"""Saving a chart: as a picture, made in the browser, or as the table beside it, made when somebody asks for it."""

import csv
import io
import re
from html import escape

import pandas as pd
import streamlit as st

from analysis.charts.chart import Chart, Look
from pages.ui.markup import Piece
from survey.exchange.cells import guarded

FILTERS = ("service", "district", "channel")
FORMS = {"png": "Picture (PNG)", "svg": "Picture (SVG)"}
MARK = "\ufeff"  # tells a spreadsheet that the letters are UTF-8


def source(title: str, *, made_up: bool) -> Piece:
    """Where the figures of this page are from: unseen here, it stands under every picture saved from the page."""
    told = f"Source: {title}" + (", made up for a demonstration" if made_up else "")
    return Piece(f'<div class="heard-source" data-source="{escape(told)}" hidden></div>')


def offer(drawn: Chart, look: Look, *, key: str, title: str) -> None:
    """What a chart is of, and under it three ways to save it.

    heard.js hears the first two and gives the third the chart's title as part of its name.
    """
    if drawn.base:
        st.html(f'<p class="heard-small heard-base">{escape(drawn.base)}</p>')
    about = {"chart": key, "title": title, "base": drawn.base, "chosen": _chosen(), "name": file_name(title)}
    told = " ".join(f'data-{name}="{escape(value)}"' for name, value in about.items())
    buttons = "".join(
        f'<button type="button" data-save="{form}" aria-label="{label}: {escape(title)}">{label}</button>'
        for form, label in FORMS.items()
    )
    with st.container(horizontal=True, key=f"heard-save-{key}"):
        st.html(
            f'<div class="heard-save" data-look="{look.name}" {told}>{buttons}'
            '<span class="heard-small" role="status"></span></div>'
        )
        st.download_button(
            "Table (CSV)",
            data=lambda: as_csv(drawn.table),
            file_name=f"{file_name(title)}.csv",
            mime="text/csv",
            key=f"{key}-csv",
            on_click="ignore",
        )


def as_csv(table: pd.DataFrame) -> bytes:
    """A chart's table as a file that a spreadsheet opens: no cell of it runs as a formula."""
    written = io.StringIO(newline="")
    rows = csv.writer(written)
    rows.writerow([guarded(str(name)) for name in table])
    rows.writerows([guarded(str(cell)) for cell in row] for row in table.itertuples(index=False, name=None))
    return (MARK + written.getvalue()).encode()


def file_name(title: str) -> str:
    """A title as the name of a file: small letters and strokes, on every kind of computer."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:80].strip("-") or "chart"


def _chosen() -> str:
    """Which filters the page stands under, in the words that are in its address."""
    chosen = [st.query_params[name] for name in FILTERS if name in st.query_params]
    return f"Chosen on the page: {', '.join(chosen)}." if chosen else ""
