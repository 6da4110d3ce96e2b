"""One wave along its days: responses, and the tone of comments week by week, with what happened meanwhile."""

from typing import Final, NamedTuple

import pandas as pd

from analysis.charts import events
from analysis.charts.chart import Chart, Look, Trace, figure
from analysis.charts.course import Noted
from analysis.columns import Sentiment
from analysis.days import Days, Step
from analysis.phrases import counted, from_to, hovers, number, percent, shares_said
from analysis.suppression import Held

HEIGHT: Final = 300
DRAWN: Final = (Sentiment.NEGATIVE, Sentiment.POSITIVE)
NAMES: Final = {
    Sentiment.NEGATIVE: "Negative",
    Sentiment.POSITIVE: "Positive",
    Sentiment.MIXED: "Mixed or unclear",
    Sentiment.NEUTRAL: "Neutral",
}
SYMBOLS: Final = {Sentiment.NEGATIVE: "square", Sentiment.POSITIVE: "circle"}


class DayCharts(NamedTuple):
    """A wave from its opening on."""

    arrivals: Noted
    tones: Chart


def day_charts(told: Days, happened: pd.DataFrame, look: Look) -> DayCharts:
    """Both charts. happened has the events as ``events.within`` takes them."""
    return DayCharts(_arrivals(told, happened, look), _tones(told, look))


def _arrivals(told: Days, happened: pd.DataFrame, look: Look) -> Noted:
    at = told.arrivals.figures
    length = pd.Timedelta(days=1 if told.step is Step.DAY else 7)
    first = at["day"].min() - length / 2
    last = at["day"].max() + length / 2
    noted = events.within(happened, first, last)
    drawn = figure(look, HEIGHT, _bars(at, told.step, look))
    drawn.update_layout(margin={"t": 44}, showlegend=False)
    drawn.update_xaxes(range=[first, last], tickformat="%-d %b", showgrid=False, nticks=6)
    drawn.update_yaxes(title_text="Responses", rangemode="tozero", tickformat="d", nticks=6)
    events.note(drawn, noted, first, last, look)
    said = _arrivals_in_words(at, told.step) + events.in_words(noted)
    rows = {_head(told.step): [_day(day) for day in at["day"]], "Responses": at["count"].map(number)}
    base = f"Base: the {number(at['count'].sum())} responses shown, by the {told.step} in which each was sent."
    return Noted(Chart(drawn, said, pd.DataFrame(rows), base), noted)


def _head(step: Step) -> str:
    return "Day" if step is Step.DAY else "Week from"


def _bars(at: pd.DataFrame, step: Step, look: Look) -> Trace:
    head = "" if step is Step.DAY else "Week from "
    told = zip(at["day"], at["count"], at["held"], strict=True)
    return dict(
        type="bar",
        x=at["day"],
        y=at["count"],
        marker=look.channels[0].filling(look),
        hovertext=[
            f"<b>{head}{_day(day)}</b><br>{f'Not shown: {held}' if held else number(count)}"
            for day, count, held in told
        ],
        hoverinfo="text",
    )


def _arrivals_in_words(at: pd.DataFrame, step: Step) -> str:
    shown = at[at["held"] == Held.NOT]
    if not shown["count"].sum():
        return "No responses that can be shown yet."
    most = shown.sort_values("count", kind="stable").iloc[-1]
    whole = "" if len(shown) == len(at) else f" {counted(len(at) - len(shown), step, f'{step}s')} not shown: too few."
    until = _day(at["day"].iloc[-1])
    busiest = "The busiest day was" if step is Step.DAY else "The busiest week began on"
    return (
        f"Responses by {step} from {_day(at['day'].iloc[0])} to {until}: {number(shown['count'].sum())} shown. "
        f"{busiest} {_day(most['day'])}, with {number(most['count'])}.{whole}"
    )


def _tones(told: Days, look: Look) -> Chart:
    at = told.tones.figures
    drawn = figure(look, HEIGHT, *(_line(at[at["sentiment"] == tone], tone, look) for tone in DRAWN))
    drawn.update_layout(margin={"t": 36, "r": 16})
    drawn.update_xaxes(tickformat="%-d %b", showgrid=False, nticks=6)
    drawn.update_yaxes(range=[0, 1.02], tickformat=".0%", tickvals=[0, 0.25, 0.5, 0.75, 1], zeroline=False)
    return Chart(drawn, _tones_in_words(at), _tones_table(at), _tones_base(at))


def _line(at: pd.DataFrame, tone: Sentiment, look: Look) -> Trace:
    colour = look.of_sentiment(tone).colour
    told = zip(at["day"], hovers(at, f"comments {NAMES[tone].lower()}"), strict=True)
    return dict(
        type="scatter",
        x=at["day"],
        y=at["share"],
        mode="lines+markers",
        connectgaps=False,
        name=NAMES[tone],
        line={"color": colour, "width": 2, "dash": "solid" if tone is Sentiment.NEGATIVE else "dash"},
        marker={"color": colour, "symbol": SYMBOLS[tone], "size": 9, "line": {"color": look.ground, "width": 1}},
        error_y={
            "type": "data",
            "array": at["high"] - at["share"],
            "arrayminus": at["share"] - at["low"],
            "color": colour,
            "thickness": 1.5,
            "width": 4,
        },
        hovertext=[f"<b>Week from {_day(day)}</b><br>{said}" for day, said in told],
        hoverinfo="text",
    )


def _tones_in_words(at: pd.DataFrame) -> str:
    said = []
    for tone in DRAWN:
        shown = at[(at["sentiment"] == tone) & (at["held"] == Held.NOT)]
        if len(shown):
            share = f"between {percent(shown['share'].min())} and {percent(shown['share'].max())}"
            weeks = counted(len(shown), "week", "weeks")
            latest = f"{shares_said(shown.tail(1))[0]} in the week from {_day(shown['day'].iloc[-1])}"
            said.append(f"{NAMES[tone]} comments made up {share} in the {weeks} shown, last {latest}.")
    hidden = at.loc[at["held"] != Held.NOT, "day"].nunique()
    missing = f" In {counted(hidden, 'week', 'weeks')} something is not shown: too few people wrote." if hidden else ""
    return (" ".join(said) or "Too few comments have been read in any week to show in which tone.") + missing


def _tones_table(at: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for day, of in at.groupby("day", sort=True):
        shares = dict(zip(of["sentiment"], zip(of["share"], of["low"], of["high"], strict=True), strict=True))
        said = {name: _share(*shares[tone]) for tone, name in NAMES.items()}
        bases = of["base"].dropna()
        rows.append({"Week from": _day(day), **said, "Comments": number(bases.iloc[0]) if len(bases) else "–"})
    return pd.DataFrame(rows, columns=["Week from", *NAMES.values(), "Comments"])


def _tones_base(at: pd.DataFrame) -> str:
    shown = at.loc[at["held"] == Held.NOT].drop_duplicates("day")
    if shown.empty:
        return "Base: no week has enough comments to be shown."
    return f"Base: the comments read of each week, {from_to(shown['base'])} a week. Lines through dots: likely ranges."


def _share(share: float, low: float, high: float) -> str:
    return "–" if pd.isna(share) else f"{percent(share)} ({percent(low)} to {percent(high)})"


def _day(day: object) -> str:
    return f"{day:%-d %B %Y}"
