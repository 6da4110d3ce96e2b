"""The board of verdicts: every service in every district, with what may be said of it beside the other districts."""

import pandas as pd

from analysis import verdicts
from analysis.charts.chart import (
    DARK,
    Chart,
    Look,
    Trace,
    figure,
    ink_on,
    named_axis,
    row_height,
    shade,
    spots,
    wrapped,
)
from analysis.charts.tiles import ROUGH
from analysis.phrases import counted, from_to, hovers, listed, percent, shares_said
from analysis.standing import Standing
from analysis.suppression import Held, Released

ROW = 40
TOP = 56
NAMED = 4
"""So many cells that stand out are named where the board is told in words; the table names them all."""

_INSIDE = (0.8, 0.62)  # of a cell, across and down: what is left for words within a patterned edge


def judged(
    board: Released, services: pd.Series, districts: pd.Series, what: str, look: Look, *, by_evidence: bool
) -> Chart:
    """A cell for each service and district from a board ``with_verdicts``, in the order in which those are given.

    Each is as dark as its share is high once drawn towards the county, has the mark of its verdict, and a dotted edge
    where even that share is known only roughly. Cells held back are hatched. services and districts hold names by code;
    what says what is counted: "people rated it good". The table beside it is by name, or by evidence.
    """
    figures = board.figures
    at = figures.assign(
        x=figures["district"].map(spots(districts)),
        y=figures["service"].map(spots(services)),
        told=_told(figures, services, districts, what),
    )
    shown, hidden = at[at["held"] == Held.NOT], at[at["held"] != Held.NOT]
    labels = [wrapped(name, 36) for name in services]
    drawn = figure(
        look,
        TOP + row_height(labels, ROW) * len(labels) + 8,
        _edges(shown, look),
        _inside(shown, look),
        _hidden(hidden, look),
        barmode="overlay",
        bargap=0,
        showlegend=False,
        margin={"t": TOP},
        xaxis=named_axis([wrapped(name, 10) for name in districts])
        | {"side": "top", "tickangle": 0, "tickfont": {"size": 11, "color": look.text}}
        | {"range": [-0.5, len(districts) - 0.5]},
        yaxis=named_axis(labels) | {"range": [len(labels) - 0.5, -0.5]},
    )
    table = verdicts.every_cell(board, services, districts, by_evidence=by_evidence)
    return Chart(drawn, _in_words(board, services, districts, what), table, _base(shown, services, look))


def _cells(cells: pd.DataFrame, across: float, down: float) -> Trace:
    return dict(type="bar", x=cells["x"], y=[down] * len(cells), base=cells["y"] - down / 2, width=across)


def _edges(cells: pd.DataFrame, look: Look) -> Trace:
    """The whole of each cell, dotted where it is known only roughly: what stands in front leaves the edge of it."""
    colours = [shade(look, share) for share in cells["pooled"]]
    rough = (cells["pooled_high"] - cells["pooled_low"]) / 2 > ROUGH
    pattern = {
        "shape": ["." if wide else "" for wide in rough],
        "fgcolor": look.ground,
        "bgcolor": colours,
        "size": 5,
        "solidity": 0.35,
    }
    marker = {"color": colours, "line": {"color": look.ground, "width": 2}, "pattern": pattern}
    return _cells(cells, 1.0, 1.0) | {"marker": marker, "hoverinfo": "skip"}


def _inside(cells: pd.DataFrame, look: Look) -> Trace:
    """The mark and the share of each cell, on its plain colour."""
    colours = [shade(look, share) for share in cells["pooled"]]
    said = zip(cells["verdict"], cells["pooled"], strict=True)
    return (
        _cells(cells, *_INSIDE)
        | {
            "marker": {"color": colours, "line": {"width": 0}},
            "text": [f"{verdicts.MARKS[Standing(verdict)]} {percent(share)}" for verdict, share in said],
            "insidetextfont": {"color": [ink_on(colour) for colour in colours], "size": 12},
        }
        | _saying(cells)
    )


def _hidden(cells: pd.DataFrame, look: Look) -> Trace:
    hatch = {"shape": "/", "fgcolor": look.grid, "bgcolor": look.blank, "size": 6, "solidity": 0.35}
    return (
        _cells(cells, 1.0, 1.0)
        | {
            "marker": {"color": look.blank, "line": {"color": look.ground, "width": 2}, "pattern": hatch},
            "text": ["–"] * len(cells),
            "insidetextfont": {"color": look.quiet, "size": 12},
        }
        | _saying(cells)
    )


def _saying(cells: pd.DataFrame) -> Trace:
    """What a cell says, inside it and when somebody points at it."""
    return {
        "hovertext": cells["told"],
        "hoverinfo": "text",
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
    }


def _told(cells: pd.DataFrame, services: pd.Series, districts: pd.Series, what: str) -> list[str]:
    """What is said of each cell when somebody points at it."""
    rows = zip(
        cells["service"].map(services), cells["district"].map(districts), hovers(cells, what), cells["held"],
        verdicts.pooled_said(cells), verdicts.verdicts_said(cells), strict=True,
    )  # fmt: skip
    return [
        f"<b>{wrapped(str(service), 40)}</b><br>{district}<br>{said}"
        + ("" if held else f"<br>Drawn towards the county: {pooled}<br><b>{verdict}</b>")
        for service, district, said, held, pooled, verdict in rows
    ]


def _base(shown: pd.DataFrame, services: pd.Series, look: Look) -> str:
    if shown.empty:
        return "Hatched: not shown."
    key = ", ".join(f"{mark} {verdict}" for verdict, mark in verdicts.MARKS.items())
    return (
        f"Base: those who answered about that {services.name} there ({from_to(shown['base'])} in each cell). "
        f"Each share is drawn towards the county; the {'lighter' if look is DARK else 'darker'}, the higher. "
        f"Beside the other districts: {key}. "
        f"Dotted: known only roughly, {ROUGH * 100:.0f} points either way or more. Hatched: not shown."
    )


def _in_words(board: Released, services: pd.Series, districts: pd.Series, what: str) -> str:
    """What the board finds: the cells that stand out by name, and how many others there are of each kind."""
    rows = counted(len(services), str(services.name), f"{services.name}s")
    size = f"{rows} in {counted(len(districts), 'district', 'districts')}"
    told = verdicts.tally(board)
    if told.held == len(board.figures):
        return f"{size}: how many {what}. No cell has enough answers to be shown yet."
    said = [f"{told.same:,} about the same", f"{told.unclear + told.few:,} too few to say", f"{told.held:,} not shown"]
    found = [
        f"{count:,} {verdict} ({_named(board, services, districts, verdict)})" if count else f"{count} {verdict}"
        for verdict, count in ((Standing.WORSE, told.worse), (Standing.BETTER, told.better))
    ]
    return f"{size}: how many {what}, beside the other districts. {listed(found + said)}."


def _named(board: Released, services: pd.Series, districts: pd.Series, verdict: Standing) -> str:
    rows = board.shown[board.shown["verdict"] == verdict]
    names = zip(rows["service"].map(services), rows["district"].map(districts), shares_said(rows), strict=True)
    told = [f"{service} in {district}, {share}" for service, district, share in names]
    more = [f"{len(told) - NAMED} more"] if len(told) > NAMED else []
    return "; ".join(told[:NAMED] + more)
