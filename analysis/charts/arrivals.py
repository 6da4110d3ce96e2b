"""Responses as they arrive: by day, and by the way they came."""

import pandas as pd

from analysis.charts.chart import Chart, Look, Trace, figure, grid
from analysis.columns import Channel
from analysis.phrases import counted, listed, number
from analysis.suppression import Released

NAMES = {
    Channel.WEB: "Online",
    Channel.PHONE: "By phone",
    Channel.IN_PERSON: "In person",
    Channel.PAPER: "On paper",
}


def arrivals(counts: Released, look: Look) -> Chart:
    """Stacked bars, one a day, from counts by ``day`` and ``channel``."""
    days = _by_day(counts.figures)
    used = [channel for channel in Channel if channel in days and not (days[channel] == 0).all()]
    bars = [_bars(days[channel], channel, look) for channel in used]
    drawn = figure(
        look,
        300,
        *bars,
        barmode="stack",
        hovermode="x unified",
        margin={"t": 32},
        showlegend=len(used) > 1,
        xaxis={"tickformat": "%-d %b", "showgrid": False, "nticks": 8, "hoverformat": "%A %-d %B %Y"},
        yaxis={"title": {"text": "Responses"}, "rangemode": "tozero", "tickformat": "d", "nticks": 6},
    )
    every = counted(round(days[used].sum().sum()), "response", "responses")
    return Chart(drawn, _in_words(days[used]), _table(days[used]), f"Base: {every}, by the day on which each was sent.")


def _by_day(figures: pd.DataFrame) -> pd.DataFrame:
    by_day = figures.set_index(["day", "channel"])["count"]
    return grid(by_day, pd.Index(figures["day"].unique()), pd.Index(figures["channel"].unique()))


def _bars(day_counts: pd.Series, channel: Channel, look: Look) -> Trace:
    return dict(
        type="bar",
        x=day_counts.index,
        y=day_counts,
        name=NAMES[channel],
        marker=look.of_channel(channel).filling(look),
    )


def _in_words(days: pd.DataFrame) -> str:
    totals = days.sum(axis=1)
    if totals.sum() == 0:
        return "No responses yet."
    ways = [f"{number(days[channel].sum())} {NAMES[channel].lower()}" for channel in Channel if channel in days]
    first, last, busiest = (_day(day) for day in (totals.index[0], totals.index[-1], totals.idxmax()))
    return (
        f"{counted(round(totals.sum()), 'response', 'responses')} between {first} and {last}: {listed(ways)}. "
        f"The busiest day was {busiest}, with {number(totals.max())}."
    )


def _table(days: pd.DataFrame) -> pd.DataFrame:
    told = days.assign(Total=days.sum(axis=1, skipna=False)).rename(columns=dict(NAMES)).map(number)
    return told.set_axis([_day(day) for day in days.index]).rename_axis("Day").reset_index()


def _day(day: object) -> str:
    return f"{day:%-d %B %Y}"
