"""What people talk about: each theme's share, how sure it is, and in which tone it is said."""

import pandas as pd

from analysis.charts.chart import Chart, Look, Mark, Trace, figure, grid, wrapped
from analysis.columns import Sentiment
from analysis.phrases import counted, from_to, hovers, intervals_said, listed, number, percent, shares_said
from analysis.suppression import Held, Released

ROW = 80
LINE = 30
DRAWN = 12
WIDEST = 46
"""Letters of a theme's name on one line: as many as the narrowest screen has room for."""
ORDER = (Sentiment.NEGATIVE, Sentiment.MIXED, Sentiment.NEUTRAL, Sentiment.POSITIVE)
NAMES = {
    Sentiment.NEGATIVE: "Negative",
    Sentiment.MIXED: "Mixed or unclear",
    Sentiment.NEUTRAL: "Neutral",
    Sentiment.POSITIVE: "Positive",
}
UNSPLIT = "Tone not shown"


def themes(figures: Released, split: Released, labels: pd.Series, look: Look) -> Chart:
    """A bar for each of the themes most often raised, from figures by ``theme``.

    A bar is as long as the share of people who raised the theme and is divided by the tone they
    raised it in, from split (by ``theme`` and ``sentiment``); the thin line is the interval of the
    whole. A theme whose tones are held back keeps its bar, undivided. labels holds the
    themes' names by key; a theme that is held back, or has no name, or that nobody raised, is
    left out. The table has them all, however many are drawn.
    """
    known = figures.shown[figures.shown["theme"].isin(labels.index) & (figures.shown["count"] > 0)]
    ranked = known.sort_values(["share", "theme"], ascending=[False, True], kind="stable")
    ranked = ranked.assign(label=ranked["theme"].map(labels), place=range(len(ranked)))
    shown = ranked.head(DRAWN)
    tones = _tones(shown, split)
    bars = [_bars(tones, tone, look) for tone in (*ORDER, UNSPLIT) if (tones["tone"] == tone).any()]
    lines = max([wrapped(label, WIDEST).count("<br>") for label in shown["label"]], default=0)
    reach = min(1.0, 1.02 * float(shown["high"].max())) if len(shown) else 1.0
    drawn = figure(
        look,
        (ROW + LINE * lines) * len(shown) + 90,
        *bars,
        _whiskers(shown, look),
        barmode="stack",
        bargap=0.7,
        margin={"t": 48, "b": 36},
        annotations=[_label(head, look) for head in _headed(shown)],
        xaxis={"range": [0, reach], "tickformat": ".0%", "nticks": 6, "zeroline": False},
        yaxis={"visible": False, "range": [len(shown) - 0.45, -0.75]},
    )
    return Chart(drawn, _in_words(ranked, len(labels)), _table(ranked, split), _base(shown))


def _tones(shown: pd.DataFrame, split: Released) -> pd.DataFrame:
    """The pieces of each bar: ``place``, ``tone``, ``length`` (a share of everybody) and ``told``."""
    cells = split.figures.merge(shown[["theme", "place", "share", "label"]], on="theme", suffixes=("", "_of_all"))
    whole = cells[~cells["theme"].isin(cells.loc[cells["held"] != Held.NOT, "theme"])]
    pieces = whole.assign(length=whole["share"] * whole["share_of_all"], tone=whole["sentiment"].astype(str))
    told = [
        f"<b>{label}</b><br>{tone}: {said} who raised it"
        for label, tone, said in zip(pieces["label"], pieces["tone"], shares_said(pieces), strict=True)
    ]
    pieces = pieces.assign(told=told)
    rest = shown[~shown["theme"].isin(pieces["theme"])]
    rest = rest.assign(length=rest["share"], tone=UNSPLIT, told="Tone not shown: too few people")
    columns = ["place", "tone", "length", "told"]
    return pd.concat([pieces[columns], rest[columns]], ignore_index=True)


def _bars(tones: pd.DataFrame, tone: str, look: Look) -> Trace:
    at = tones[tones["tone"] == tone]
    mark = Mark(look.blank, "") if tone == UNSPLIT else look.of_sentiment(tone)
    return dict(
        type="bar",
        x=at["length"],
        y=at["place"],
        orientation="h",
        name=UNSPLIT if tone == UNSPLIT else NAMES[Sentiment(tone)],
        hovertext=at["told"],
        hoverinfo="text",
        marker=mark.filling(look, edge=look.quiet if tone == UNSPLIT else ""),
    )


def _whiskers(shown: pd.DataFrame, look: Look) -> Trace:
    told = zip(shown["label"], hovers(shown, "people raised it"), strict=True)
    return dict(
        type="scatter",
        x=shown["share"],
        y=shown["place"] + 0.22,  # under its bar, whose colours would hide it
        mode="markers",
        marker={"color": look.text, "size": 7, "symbol": "line-ns-open", "line": {"width": 2}},
        error_x={
            "type": "data",
            "array": shown["high"] - shown["share"],
            "arrayminus": shown["share"] - shown["low"],
            "color": look.text,
            "thickness": 1.5,
            "width": 4,
        },
        hovertext=[f"<b>{label}</b><br>{said}" for label, said in told],
        hoverinfo="text",
        showlegend=False,
    )


def _headed(shown: pd.DataFrame) -> list[tuple[int, str]]:
    """Where each theme stands and what is written over its bar, which has the whole width to itself."""
    told = zip(shown["place"], shown["label"], shares_said(shown), intervals_said(shown), strict=True)
    return [
        (place, f"<b>{wrapped(label, WIDEST)}</b><br>{share} people ({range_})") for place, label, share, range_ in told
    ]


def _label(row: tuple[int, str], look: Look) -> dict[str, object]:
    place, text = row
    return {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": place - 0.2,
        "yanchor": "bottom",
        "align": "left",
        "text": text,
        "showarrow": False,
        "font": {"color": look.text, "size": 13},
    }


def _base(shown: pd.DataFrame) -> str:
    return (
        f"Base: {from_to(shown['base'])} people who commented. Thin line under a bar: likely range (95%). "
        "The parts of a bar: in which tone they raised it."
    )


def _in_words(shown: pd.DataFrame, known: int) -> str:
    if shown.empty:
        return f"None of {counted(known, 'theme', 'themes')} has been raised by enough people to be shown yet."
    first = shown.head(3)
    said = [
        f"{label}, by {share} people ({range_})"
        for label, share, range_ in zip(first["label"], shares_said(first), intervals_said(first), strict=True)
    ]
    return f"{counted(len(shown), 'theme', 'themes')}, most often raised first. The first are: {listed(said)}."


def _table(shown: pd.DataFrame, split: Released) -> pd.DataFrame:
    by_tone = split.figures.set_index(["theme", "sentiment"])["count"]
    counts = grid(by_tone, pd.Index(shown["theme"]), pd.Index(list(ORDER))).rename(columns=dict(NAMES))
    told = pd.DataFrame(
        {
            "Theme": shown["label"],
            "People": shown["count"].map(number),
            "Of": shown["base"].map(number),
            "Share": shown["share"].map(percent),
            "Likely range": intervals_said(shown),
        }
    ).reset_index(drop=True)
    return pd.concat([told, counts.map(number).reset_index(drop=True)], axis=1)
