"""One thing across the districts: a dot for each share, a line for what chance could make of it."""

import pandas as pd

from analysis.charts.chart import Chart, Look, Trace, figure
from analysis.phrases import from_to, hovers, intervals_said, listed, number, percent, shares_said
from analysis.suppression import Held, Released

ROW = 34


def places(figures: Released, districts: pd.Series, what: str, look: Look, county: float | None = None) -> Chart:
    """Figures by ``district`` on one line each, by name, readable on the narrowest screen.

    districts holds names by code. county, the share for everybody, is drawn as a dashed line.
    Districts held back keep their line, with the reason on it.
    """
    at = figures.figures.set_index("district").reindex(districts.index).assign(name=districts)
    at = at.assign(held=at["held"].fillna(Held.FEW)).sort_values("name")
    drawn = figure(look, ROW * len(at) + 64, _dots(at, what, look), _reasons(at, look))
    drawn.update_layout(showlegend=False, margin={"t": 28, "r": 28, "b": 40})
    drawn.update_xaxes(range=[0, 1], tickformat=".0%", tickvals=[0, 0.25, 0.5, 0.75, 1], zeroline=False)
    drawn.update_yaxes(autorange="reversed", showgrid=False)
    if county is not None:
        drawn.update_layout(shapes=_county(at, county, look))
        drawn.add_annotation(
            x=county, y=1, yref="paper", text=f"county {percent(county)}", font={"color": look.text},
            yanchor="bottom", showarrow=False,
        )  # fmt: skip
    return Chart(drawn, _in_words(at, what), _table(at), _base(at, county))


def _county(at: pd.DataFrame, county: float, look: Look) -> list[dict[str, object]]:
    """The county's share as a dash on each district's line that has a share: none runs through words."""
    line = {"color": look.quiet, "width": 1.5}
    rows = [row for row, held in enumerate(at["held"]) if held == Held.NOT]
    return [
        {"type": "line", "x0": county, "x1": county, "y0": row - 0.12, "y1": row + 0.3, "line": line, "layer": "below"}
        for row in rows
    ]


def _dots(at: pd.DataFrame, what: str, look: Look) -> Trace:
    told = [f"<b>{name}</b><br>{said}" for name, said in zip(at["name"], hovers(at, what), strict=True)]
    return dict(
        type="scatter",
        x=at["share"],
        y=at["name"],
        mode="markers+text",
        text=[f" {said}" if said != "–" else "" for said in shares_said(at)],
        # Above the dot, where the line that crosses it does not strike the words out.
        textposition=["top center" if 0.12 < share < 0.88 else _towards_the_middle(share) for share in at["share"]],
        textfont={"color": look.text, "size": 12},
        marker={"color": look.channels[0].colour, "size": 11, "line": {"color": look.ground, "width": 1}},
        error_x={
            "type": "data",
            "array": at["high"] - at["share"],
            "arrayminus": at["share"] - at["low"],
            "color": look.quiet,
            "thickness": 2,
            "width": 5,
        },
        hovertext=told,
        hoverinfo="text",
        cliponaxis=False,
    )


def _towards_the_middle(share: float) -> str:
    return "top right" if share < 0.5 else "top left"


def _reasons(at: pd.DataFrame, look: Look) -> Trace:
    hidden = at[at["held"] != Held.NOT]
    return dict(
        type="scatter",
        x=[0.01] * len(hidden),
        y=hidden["name"],
        mode="text",
        text=[f"not shown: {reason}" for reason in hidden["held"]],
        textposition="middle right",
        textfont={"color": look.quiet, "size": 12},
        hoverinfo="skip",
    )


def _in_words(at: pd.DataFrame, what: str) -> str:
    shown = at[at["held"] == Held.NOT]
    if shown.empty:
        return f"None of {len(at)} districts has enough answers to be shown yet."
    said = [f"{name} {share}" for name, share in zip(shown["name"], shares_said(shown), strict=True)]
    held_back = list(at.loc[at["held"] != Held.NOT, "name"])
    missing = f" Not shown: {listed(held_back)}." if held_back else ""
    return f"How many {what}, by district: {listed(said)}.{missing}"


def _base(at: pd.DataFrame, county: float | None) -> str:
    shown = at["base"].dropna()
    dashed = " Dashed: the county." if county is not None else ""
    if shown.empty:
        return f"No district has enough answers to be shown yet.{dashed}"
    return f"Base: {from_to(shown)} answers in each district. Line beside a dot: likely range (95%).{dashed}"


def _table(at: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "District": at["name"],
            "Share": at["share"].map(percent),
            "Of": at["base"].map(number),
            "Likely range": intervals_said(at),
            "Not shown because": at["held"].astype(str),
        }
    ).reset_index(drop=True)
