"""Events as notes on an axis of time: a thin line and a number for each, so that words do not crowd a phone's screen.

What the numbers stand for is in the list beside the chart.
"""

from typing import Final

import pandas as pd
import plotly.graph_objects as go

from analysis.charts.chart import Look

NEAR: Final = 0.09
"""Events nearer to one another than this part of the axis share one number sign: side by side they would overlap."""


def within(events: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """The events between two days, with the ``number`` that each has on the chart.

    events has ``day``, ``when`` (the date in words), ``words`` and ``source``, earliest first.
    """
    inside = events[(events["day"] >= first) & (events["day"] <= last)].reset_index(drop=True)
    return inside.assign(number=range(1, len(inside) + 1))


def note(drawn: go.Figure, noted: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp, look: Look) -> None:
    """Draw the events onto a figure whose horizontal axis goes from first to last."""
    for day in noted["day"]:
        drawn.add_vline(day, line={"color": look.quiet, "width": 1, "dash": "dot"}, layer="below")
    for day, sign in signs(noted, first, last):
        drawn.add_annotation(
            x=day,
            y=1,
            yref="paper",
            yanchor="bottom",
            text=sign,
            showarrow=False,
            bgcolor=look.ground,
            bordercolor=look.quiet,
            borderpad=2,
            font={"color": look.text, "size": 12},
        )


def signs(noted: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> list[tuple[pd.Timestamp, str]]:
    """Where each sign stands and what it says: "3", or "3–5" for events that lie close together."""
    length = max((last - first).total_seconds(), 1.0)
    groups: list[list[tuple[pd.Timestamp, int]]] = []
    for day, number in zip(noted["day"], noted["number"], strict=True):
        if groups and (day - groups[-1][0][0]).total_seconds() / length < NEAR:
            groups[-1].append((day, number))
        else:
            groups.append([(day, number)])
    return [(group[0][0], _said([number for _, number in group])) for group in groups]


def _said(numbers: list[int]) -> str:
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"


def listed(noted: pd.DataFrame) -> pd.DataFrame:
    """The events that are noted on a chart, as the list beside it."""
    return pd.DataFrame(
        {
            "Note": noted["number"].astype("str"),
            "When": noted["when"],
            "What happened": noted["words"],
            "Source": noted["source"],
        }
    )


def in_words(noted: pd.DataFrame) -> str:
    """The same for the words of a chart; "" where there are none."""
    if noted.empty:
        return ""
    said = [
        f"{number}, {words} ({when})"
        for number, words, when in noted[["number", "words", "when"]].itertuples(index=False)
    ]
    return f" Events noted: {'; '.join(said)}."
