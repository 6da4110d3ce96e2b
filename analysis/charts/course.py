"""One thing from wave to wave, with a visible break where something else was asked, and what happened in between."""

from typing import Final, NamedTuple

import pandas as pd

from analysis.charts import events
from analysis.charts.chart import Chart, Look, Trace, figure, shortened, wrapped
from analysis.course import Course
from analysis.phrases import from_to, hovers, intervals_said, listed, number, percent, shares_said
from analysis.suppression import Held

HEIGHT: Final = 340
ROOM: Final = 0.12  # of the time between the first wave and the last, left free on either side


class Noted(NamedTuple):
    """A chart with the events that are noted on it."""

    chart: Chart
    events: pd.DataFrame


def course_chart(told: Course, happened: pd.DataFrame, look: Look) -> Noted:
    """A dot for each wave with the line of chance through it, joined where the waves asked the same.

    Responses are bars. happened has the events as ``events.within`` takes them.
    """
    at = told.figures
    room = (at["opened"].max() - at["opened"].min()) * ROOM or pd.Timedelta(days=30)
    first, last = at["opened"].min() - room, at["opened"].max() + room
    noted = events.within(happened, first, last)
    of_shares = "share" in at
    drawn = figure(look, HEIGHT, *(_segments(at, look) if of_shares else [_bars(at, room, look)]))
    drawn.update_layout(showlegend=False, margin={"t": 44, "r": 16, "b": 72})
    drawn.update_xaxes(
        range=[first, last], tickvals=list(at["opened"]), ticktext=_under(at), showgrid=False, tickangle=0
    )
    if of_shares:
        drawn.update_yaxes(range=[0, 1.04], tickformat=".0%", tickvals=[0, 0.25, 0.5, 0.75, 1], zeroline=False)
    else:
        drawn.update_yaxes(title_text="Responses", rangemode="tozero", tickformat="d", nticks=6)
    events.note(drawn, noted, first, last, look)
    for middle in _middles(at):
        drawn.add_vrect(middle - room / 8, middle + room / 8, fillcolor=look.blank, line_width=0, layer="below")
        drawn.add_annotation(
            x=middle, y=0.03, yref="paper", text="question<br>changed", showarrow=False, bgcolor=look.ground,
            font={"color": look.text, "size": 12},
        )  # fmt: skip
    chart = Chart(drawn, _in_words(told) + events.in_words(noted), _table(at), _base(at))
    return Noted(chart, noted)


def _segments(at: pd.DataFrame, look: Look) -> list[Trace]:
    return [_segment(part, look) for _, part in at.groupby("segment", sort=True)]


def _segment(at: pd.DataFrame, look: Look) -> Trace:
    colour = look.channels[0].colour
    return dict(
        type="scatter",
        x=at["opened"],
        y=at["share"],
        mode="lines+markers",
        connectgaps=False,
        line={"color": colour, "width": 2},
        marker={"color": colour, "size": 11, "line": {"color": look.ground, "width": 1}},
        error_y={
            "type": "data",
            "array": at["high"] - at["share"],
            "arrayminus": at["share"] - at["low"],
            "color": look.quiet,
            "thickness": 2,
            "width": 5,
        },
        hovertext=[f"<b>{wave}</b><br>{said}" for wave, said in zip(at["wave"], hovers(at, ""), strict=True)],
        hoverinfo="text",
        cliponaxis=False,
    )


def _under(at: pd.DataFrame) -> list[str]:
    """What stands under each wave: its title and, of shares, how high and of how many. Nothing crosses it there."""
    titles = [wrapped(shortened(title, 28), 11) for title in _apart(list(at["wave"]))]
    if "share" not in at:
        return titles
    rows = zip(titles, at["share"], at["base"], strict=True)
    return [
        f"{title}<br>–" if pd.isna(share) else f"{title}<br><b>{percent(share)}</b><br>of {number(base)}"
        for title, share, base in rows
    ]


def _bars(at: pd.DataFrame, room: pd.Timedelta, look: Look) -> Trace:
    return dict(
        type="bar",
        x=at["opened"],
        y=at["count"],
        width=room.total_seconds() * 1000,
        text=[number(count) for count in at["count"]],
        textposition="inside",
        insidetextanchor="end",
        textangle=0,
        marker=look.channels[0].filling(look),
        hovertext=[
            f"<b>{wave}</b><br>{number(count)} responses" for wave, count in zip(at["wave"], at["count"], strict=True)
        ],
        hoverinfo="text",
    )


def _base(at: pd.DataFrame) -> str:
    if "share" not in at:
        return f"Base: the {number(at['count'].sum())} responses shown, by wave."
    shown = at[at["held"] == Held.NOT]
    if shown.empty:
        return "Base: no wave has enough answers to be shown."
    return f"Base: {from_to(shown['base'])} a wave; each wave's stands under it. Lines through dots: likely ranges."


def _middles(at: pd.DataFrame) -> list[pd.Timestamp]:
    """Half way between two waves where the series breaks."""
    pairs = zip(at["opened"], at["opened"].shift(-1), at["segment"], at["segment"].shift(-1), strict=True)
    return [one + (other - one) / 2 for one, other, here, there in pairs if pd.notna(there) and here != there]


def _in_words(told: Course) -> str:
    at = told.figures
    if "share" not in at:
        said = [f"{wave} {number(count)}" for wave, count in zip(at["wave"], at["count"], strict=True)]
        return f"Responses by wave: {listed(said)}."
    shown = at[at["held"] == Held.NOT]
    if shown.empty:
        return f"{told.line.label}: no wave has enough answers to be shown."
    rows = zip(shown["wave"], shares_said(shown), intervals_said(shown), strict=True)
    said = [f"{wave} {share} ({interval})" for wave, share, interval in rows]
    hidden = list(at.loc[at["held"] != Held.NOT, "wave"])
    missing = f" Not shown: {listed(hidden)}." if hidden else ""
    return " ".join([f"{told.line.label}, by wave: {listed(said)}.{missing}", *told.breaks])


def _table(at: pd.DataFrame) -> pd.DataFrame:
    if "share" not in at:
        return pd.DataFrame({"Wave": at["wave"], "Responses": at["count"].map(number)})
    return pd.DataFrame(
        {
            "Wave": at["wave"],
            "Share": shares_said(at),
            "Likely range": intervals_said(at),
            "Asked as in the wave before": _same(at),
            "Not shown because": at["held"].astype("str"),
        }
    )


def _same(at: pd.DataFrame) -> list[str]:
    """For each wave, whether it asked the same as the one before it."""
    same = at["segment"] == at["segment"].shift()
    return ["first wave", *("yes" if one else "no" for one in same.iloc[1:])]


def _apart(titles: list[str]) -> list[str]:
    """Titles without the words that all of them begin with: what is left tells them apart on a narrow axis."""
    split = [title.split() for title in titles]
    alike = 0
    while len(titles) > 1 and all(len(words) > alike + 1 and words[alike] == split[0][alike] for words in split):
        alike += 1
    return [" ".join(words[alike:]) for words in split]
