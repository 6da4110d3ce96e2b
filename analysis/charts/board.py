"""The board: every service in every district, each cell a share of those who answered."""

import pandas as pd

from analysis.charts.chart import (
    Chart,
    Look,
    Trace,
    figure,
    grid,
    ink_on,
    named_axis,
    row_height,
    shade,
    spots,
    wrapped,
)
from analysis.phrases import from_to, hovers, intervals_said, number, percent, shares_said
from analysis.suppression import Held, Released

ROW = 42
TOP = 56


def board(cells: Released, services: pd.Series, districts: pd.Series, what: str, look: Look) -> Chart:
    """A heat map from figures by ``service`` and ``district``, in the order in which those are given.

    services and districts hold names for people, by code. what says what is counted, so that
    "43% of 35 people rated it good" makes sense: "people rated it good". Cells that are held back
    are hatched and marked with a dash, and look nothing like a low share. Sorted by name or
    by kind, never by the share: with so few answers, an order of merit would be an order of luck.
    """
    at = cells.figures.assign(
        x=lambda of: of["district"].map(spots(districts)),
        y=lambda of: of["service"].map(spots(services)),
        told=lambda of: _told(of, services, districts, what),
    ).dropna(subset=["x", "y"])
    shown, hidden = at[at["held"] == Held.NOT], at[at["held"] != Held.NOT]
    names, labels = [wrapped(name, 10) for name in districts], [wrapped(name, 36) for name in services]
    small = {"size": 11, "color": look.text}  # the longest name of a district is as wide as its column
    across = {"side": "top", "tickangle": 0, "tickfont": small, "range": [-0.5, len(names) - 0.5]}
    drawn = figure(
        look,
        TOP + row_height(labels, ROW) * len(services) + 8,
        _shown(shown, look),
        _hidden(hidden, look),
        barmode="overlay",
        bargap=0,
        showlegend=False,
        margin={"t": TOP},
        xaxis=named_axis(names) | across,
        yaxis=named_axis(labels) | {"range": [len(labels) - 0.5, -0.5]},
    )
    told = _in_words(shown, hidden, services, districts, what)
    return Chart(drawn, told, _table(at, services, districts), _base(shown))


def _cells(cells: pd.DataFrame, look: Look, **marker: object) -> Trace:
    return dict(
        type="bar",
        x=cells["x"],
        y=[1.0] * len(cells),
        base=cells["y"] - 0.5,
        width=1.0,
        hovertext=cells["told"],
        hoverinfo="text",
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        marker={"line": {"color": look.ground, "width": 2}, **marker},
    )


def _shown(cells: pd.DataFrame, look: Look) -> Trace:
    colours = [shade(look, share) for share in cells["share"]]
    return _cells(cells, look, color=colours) | {
        "text": _labels(cells),
        "insidetextfont": {"color": [ink_on(colour) for colour in colours], "size": 12},
    }


def _labels(cells: pd.DataFrame) -> list[str]:
    """What stands in a cell: its share and how many that is of, so that a few answers are not as loud as many."""
    said = zip(cells["share"], cells["base"], strict=True)
    return [f"<b>{percent(share)}</b><br>of {number(base)}" for share, base in said]


def _hidden(cells: pd.DataFrame, look: Look) -> Trace:
    hatch = {"shape": "/", "fgcolor": look.grid, "bgcolor": look.blank, "size": 6, "solidity": 0.35}
    return _cells(cells, look, color=look.blank, pattern=hatch) | {
        "text": ["–"] * len(cells),
        "insidetextfont": {"color": look.quiet, "size": 13},
    }


def _base(shown: pd.DataFrame) -> str:
    reach = f" ({from_to(shown['base'])} in each cell)" if len(shown) else ""
    return f"Base: those who answered about that service there{reach}. Hatched: not shown."


def _told(cells: pd.DataFrame, services: pd.Series, districts: pd.Series, what: str) -> list[str]:
    """What is said of each cell when somebody points at it."""
    names = zip(cells["service"].map(services), cells["district"].map(districts), hovers(cells, what), strict=True)
    return [f"<b>{wrapped(str(service), 40)}</b><br>{district}<br>{said}" for service, district, said in names]


def _in_words(shown: pd.DataFrame, hidden: pd.DataFrame, services: pd.Series, districts: pd.Series, what: str) -> str:
    size = f"{len(services)} services in {len(districts)} districts: in each cell, how many {what}."
    if shown.empty:
        return f"{size} No cell has enough answers to be shown yet."
    spread = f"{percent(shown['share'].min())} to {percent(shown['share'].max())}"
    return (
        f"{size} {len(shown)} cells can be shown and run from {spread}; {len(hidden)} are held back. "
        "The table holds the same figures."
    )


def _table(cells: pd.DataFrame, services: pd.Series, districts: pd.Series) -> pd.DataFrame:
    said = [
        share if share == "–" else f"{share} ({interval})"
        for share, interval in zip(shares_said(cells), intervals_said(cells), strict=True)
    ]
    told = cells.assign(told=said).set_index(["service", "district"])["told"]
    named = grid(told, services.index, districts.index).set_axis(list(services))
    return named.set_axis(list(districts), axis=1).rename_axis("Service").reset_index()
