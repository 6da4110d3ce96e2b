"""One service across the districts in a funnel: who lies further from the county than chance would take them."""

import pandas as pd

from analysis.board import Funnelled
from analysis.charts.chart import Chart, Look, Trace, figure
from analysis.phrases import from_to, hovers, listed, number, percent, shares_said
from analysis.suppression import Held

HEIGHT = 380
_WITHIN = {"": "within what chance allows", "inner": "beyond 95% limits", "outer": "beyond 99.8% limits"}
_MARKS = {"": "circle", "inner": "diamond", "outer": "square"}


def funnel_chart(found: Funnelled, districts: pd.Series, what: str, look: Look) -> Chart:
    """Districts by how many answered (across) and their share (up), with the limits of chance around the line between.

    The line is the county's share where that is shown (see ``board.funnelled``). districts holds names by code; what
    says what is counted: "people rated it good". Districts held back are left out and named in the words.
    """
    at = found.districts.figures.assign(name=lambda of: of["district"].map(districts)).sort_values("name")
    shown = at[at["held"] == Held.NOT]
    lines = [
        _limit(found, "outer_low", "dot", "99.8% limits", look), _limit(found, "outer_high", "dot", "", look),
        _limit(found, "inner_low", "dash", "95% limits", look), _limit(found, "inner_high", "dash", "", look),
    ]  # fmt: skip
    drawn = figure(look, HEIGHT, *lines, _dots(shown, what, look))
    drawn.update_layout(margin={"t": 36, "r": 24, "b": 48})
    drawn.update_xaxes(title={"text": "People who answered"}, rangemode="tozero")
    drawn.update_yaxes(range=[-0.02, 1.02], tickformat=".0%", zeroline=False)
    drawn.add_hline(
        found.around.share,
        line={"color": look.quiet, "width": 1.5},
        annotation={"text": f"{found.around.whose} {_share(found)}", "font": {"color": look.text}},
        annotation_position="top left",
    )
    return Chart(drawn, _in_words(at, found, what), _table(at), _base(shown))


def _limit(found: Funnelled, column: str, dash: str, name: str, look: Look) -> Trace:
    return dict(
        type="scatter",
        x=found.limits["base"],
        y=found.limits[column],
        mode="lines",
        name=name,
        showlegend=bool(name),
        line={"color": look.quiet, "width": 1.5, "dash": dash, "shape": "spline"},
        hoverinfo="skip",
    )


def _dots(shown: pd.DataFrame, what: str, look: Look) -> Trace:
    outside = shown["outside"] != ""
    return dict(
        type="scatter",
        x=shown["base"],
        y=shown["share"],
        mode="markers+text",
        showlegend=False,
        # Those beyond the limits are named; the others would write over one another, and are in the table.
        text=[name if beyond else "" for name, beyond in zip(shown["name"], outside, strict=True)],
        textposition="top center",
        textfont={"color": look.text, "size": 12},
        marker={
            "color": [look.channels[1].colour if beyond else look.channels[0].colour for beyond in outside],
            "symbol": [_MARKS[beyond] for beyond in shown["outside"]],
            "size": 11,
            "line": {"color": look.ground, "width": 1},
        },
        hovertext=[f"<b>{name}</b><br>{said}" for name, said in zip(shown["name"], hovers(shown, what), strict=True)],
        hoverinfo="text",
        cliponaxis=False,
    )


def _share(found: Funnelled) -> str:
    return f"{percent(found.around.share)} of {number(found.around.base)}"


def _in_words(at: pd.DataFrame, found: Funnelled, what: str) -> str:
    shown, hidden = at[at["held"] == Held.NOT], at[at["held"] != Held.NOT]
    beyond = shown[shown["outside"] != ""]
    said = [
        f"{name} with {share} ({_WITHIN[which]})"
        for name, share, which in zip(beyond["name"], shares_said(beyond), beyond["outside"], strict=True)
    ]
    told = f"Further from that than chance would take them: {listed(said)}." if said else (
        "Every district lies where chance alone could take it."
    )  # fmt: skip
    missing = f" Not shown: {listed(sorted(hidden['name']))}." if len(hidden) else ""
    return f"How many {what}, by district, against the {_share(found)} of the {found.around.whose}. {told}{missing}"


def _base(shown: pd.DataFrame) -> str:
    return (
        f"Base: {from_to(shown['base'])} answers in each district. Circle: within the limits of chance. "
        "Diamond: beyond those that one in twenty passes. Square: beyond those that one in five hundred passes."
    )


def _table(at: pd.DataFrame) -> pd.DataFrame:
    limits = zip(at["inner_low"], at["inner_high"], strict=True)
    return pd.DataFrame(
        {
            "District": at["name"],
            "Share": at["share"].map(percent),
            "Of": at["base"].map(number),
            "95% limits": ["–" if pd.isna(low) else f"{percent(low)} to {percent(high)}" for low, high in limits],
            "Lies": [
                "not shown: " + held if held else _WITHIN[outside]
                for held, outside in zip(at["held"], at["outside"], strict=True)
            ],
        }
    ).reset_index(drop=True)
