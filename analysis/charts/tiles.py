"""The county as tiles: every district the same size, each where it roughly lies."""

import pandas as pd

from analysis.charts.chart import Chart, Look, Trace, figure, ink_on, shade, wrapped
from analysis.phrases import counted, hovers, intervals_said, listed, number, percent, shares_said
from analysis.suppression import Held, Released

TILE = 92
ROUGH = 0.15
"""Half the width of an interval from which a tile has a dotted edge: what it says may be that far out."""

_WHOLE, _INSIDE = 0.94, 0.74  # of the room for a tile: all of it, and what is left for words within a patterned edge


def tiles(figures: Released, places: pd.DataFrame, what: str, look: Look) -> Chart:
    """A tile for each district, from figures by ``district``.

    places is indexed by district code and holds its ``name`` and the ``column`` and ``row`` of its tile.
    A tile is as dark as its share is high, and says its share and how many answers that is
    of; a big district is no louder than a small one. A tile whose share is known only roughly has
    a dotted edge, so that a few answers are not as loud as many. Tiles held back are hatched.
    """
    at = placed(figures, places)
    colours = fills(at, look)
    rows, columns = places["row"].max() - places["row"].min() + 1, (places["column"].min(), places["column"].max())
    across, down = [columns[0] - 0.5, columns[1] + 0.5], [places["row"].max() + 0.5, places["row"].min() - 0.5]
    flat = {"visible": False, "constrain": "domain"}
    drawn = figure(
        look,
        TILE * rows + 16,
        _edges(at, colours, look),
        _tiles(at, colours, what),
        barmode="overlay",
        showlegend=False,
        xaxis={"range": across, "scaleanchor": "y", "constraintoward": "left"} | flat,
        yaxis={"range": down} | flat,
    )
    return Chart(drawn, in_words(at, what), as_table(at), base(at))


def placed(figures: Released, places: pd.DataFrame) -> pd.DataFrame:
    """Every district with its figure; those that nobody answered from are held back as too few."""
    return places.join(figures.figures.set_index("district")).assign(held=lambda of: of["held"].fillna(Held.FEW))


def fills(at: pd.DataFrame, look: Look) -> list[str]:
    """What each district is filled with: as dark as its share is high."""
    hidden = at["held"] != Held.NOT
    return [look.blank if held else shade(look, share) for held, share in zip(hidden, at["share"], strict=True)]


def inks(at: pd.DataFrame, look: Look) -> list[str]:
    """What the patterns over those fills are drawn in."""
    return [look.grid if held != Held.NOT else look.ground for held in at["held"]]


def _edges(at: pd.DataFrame, colours: list[str], look: Look) -> Trace:
    """The whole of each tile, with its pattern: what stands in front leaves the edge of it to be seen."""
    pattern = {
        "shape": patterns(at),
        "fgcolor": inks(at, look),
        "bgcolor": colours,
        "size": 6,
        "solidity": 0.3,
    }
    marker = {"color": colours, "line": {"color": look.quiet, "width": 1}, "pattern": pattern}
    return _squares(at, _WHOLE) | {"marker": marker, "hoverinfo": "skip"}


def _tiles(at: pd.DataFrame, colours: list[str], what: str) -> Trace:
    """The words of each tile, on its plain colour."""
    return _squares(at, _INSIDE) | dict(
        text=_labels(at),
        hovertext=[f"<b>{name}</b><br>{said}" for name, said in zip(at["name"], hovers(at, what), strict=True)],
        hoverinfo="text",
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        insidetextfont={"color": [ink_on(colour) for colour in colours], "size": 12},
        marker={"color": colours, "line": {"width": 0}},
    )


def _squares(at: pd.DataFrame, size: float) -> Trace:
    return dict(type="bar", x=at["column"], y=[size] * len(at), base=at["row"] - size / 2, width=size)


def patterns(at: pd.DataFrame) -> list[str]:
    """Hatched where held back, dotted where rough, plain where sure."""
    wide = (at["high"] - at["low"]) / 2 > ROUGH
    return ["/" if held != Held.NOT else "." if rough else "" for held, rough in zip(at["held"], wide, strict=True)]


def _labels(at: pd.DataFrame) -> list[str]:
    said = zip(at["name"], at["share"], at["base"], strict=True)
    return [
        f"{wrapped(name, 10)}<br>" + ("–" if pd.isna(share) else f"<b>{percent(share)}</b><br>of {number(base)}")
        for name, share, base in said
    ]


def in_words(at: pd.DataFrame, what: str) -> str:
    """What a map says: every district that can be shown, by name."""
    shown = at[at["held"] == Held.NOT].sort_values("name")
    if shown.empty:
        return f"None of {len(at)} districts has enough answers to be shown yet."
    rows = zip(shown["name"], shares_said(shown), patterns(shown), strict=True)
    said = [f"{name} {share}" + (" (roughly)" if pattern else "") for name, share, pattern in rows]
    held_back = sorted(at.loc[at["held"] != Held.NOT, "name"])
    missing = f" Not shown: {listed(held_back)}." if held_back else ""
    return f"How many {what}, by district: {listed(said)}.{missing}"


def base(at: pd.DataFrame) -> str:
    """What the shares of a map are of, and what its marks mean."""
    shown = at[at["held"] == Held.NOT]
    if shown.empty:
        return "Hatched: not shown."
    answers = counted(round(shown["base"].sum()), "answer", "answers")
    return (
        f"Base: {answers} in the {len(shown)} of {len(at)} districts that can be shown. The darker, the more. "
        "Dotted: known only roughly. Hatched: not shown."
    )


def as_table(at: pd.DataFrame) -> pd.DataFrame:
    """A map's figures, by the names of its districts."""
    rows = at.sort_values("name")
    return pd.DataFrame(
        {
            "District": rows["name"],
            "Share": rows["share"].map(percent),
            "Of": rows["base"].map(number),
            "Likely range": intervals_said(rows),
            "Not shown because": rows["held"].astype(str),
        }
    ).reset_index(drop=True)
