"""What every chart here is, and how it looks in light and in dark."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from analysis.columns import Channel, Sentiment

LINE = 17
"""Pixels from one line of a label to the next, with room to breathe."""
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

Rgb = tuple[float, float, float]
Trace = dict[str, object]


class Chart(NamedTuple):
    """A figure that nobody is shut out of."""

    figure: go.Figure
    alt: str
    """What it shows, for people who do not see it."""
    table: pd.DataFrame
    """The numbers drawn, as words, for everybody. The first column says what each row is about."""
    base: str = ""
    """What the shares or numbers are of, and what its marks mean: the caption, also of a picture saved from it."""


class Mark(NamedTuple):
    """How one kind of thing is drawn: never by colour alone."""

    colour: str
    pattern: str

    def filling(self, look: "Look", edge: str = "") -> dict[str, object]:
        """The marker of a bar drawn so."""
        return {
            "color": self.colour,
            "line": {"color": edge or look.ground, "width": 1},
            "pattern": {
                "shape": self.pattern,
                "fgcolor": look.ground,
                "bgcolor": self.colour,
                "size": 6,
                "solidity": 0.2,
            },
        }


@dataclass(frozen=True)
class Look:
    """The colours of one theme. The ground and the text are those of the page around it."""

    name: str
    ground: str
    text: str
    quiet: str
    """For lines and small words beside the data; still 4.5 : 1 on the ground."""
    grid: str
    blank: str
    """What a cell without a figure is filled with."""
    scale: tuple[str, ...]
    """From none to all: one hue, evenly lighter to darker, so that it reads in grey as well."""
    sentiments: tuple[Mark, ...]
    channels: tuple[Mark, ...]

    def of_sentiment(self, sentiment: str) -> Mark:
        """How comments of one tone are drawn."""
        return self.sentiments[list(Sentiment).index(Sentiment(sentiment))]

    def of_channel(self, channel: str) -> Mark:
        """How responses that came one way are drawn."""
        return self.channels[list(Channel).index(Channel(channel))]


# Every colour that a chart is drawn with stands here. Of those that stand side by side, any two are at least 15 apart
# (CIEDE2000) for people of ordinary sight and for the three kinds of colour blindness, and each stands 3 : 1 off its
# ground: tests/analysis/charts/test_palette.py reckons it. Red-green colour blindness leaves light and dark, and blue
# and yellow: two hues that look alike without red and green differ in lightness instead.
LIGHT = Look(
    name="light",
    ground="#fffefb",
    text="#1c2a2e",
    quiet="#56666a",
    grid="#dcd8cc",
    blank="#f0ede4",
    scale=("#eef6f4", "#add6d3", "#6fb3b3", "#2f858a", "#0b5d66", "#053c43"),
    sentiments=(Mark("#2f76b5", ""), Mark("#b8480f", "/"), Mark("#8a9396", "."), Mark("#4b1a55", "x")),
    channels=(Mark("#147580", ""), Mark("#a63a0a", "/"), Mark("#43276a", "x"), Mark("#b5850f", ".")),
)

DARK = Look(
    name="dark",
    ground="#12191b",
    text="#eceff0",
    quiet="#a9b4b7",
    grid="#38464a",
    blank="#1e282b",
    scale=("#17363a", "#1e5459", "#2a7a80", "#4ba3a8", "#86cbce", "#cbeeee"),
    sentiments=(Mark("#6fb2ea", ""), Mark("#ee7d3a", "/"), Mark("#d3d9da", "."), Mark("#8c5aa0", "x")),
    channels=(Mark("#62d5d8", ""), Mark("#e06a38", "/"), Mark("#8a74a8", "x"), Mark("#f4de88", ".")),
)

LOOKS = {look.name: look for look in (LIGHT, DARK)}


@cache
def template(look: Look) -> go.layout.Template:
    """Everything about a figure that its data do not decide."""
    axis = {
        "gridcolor": look.grid,
        "linecolor": look.quiet,
        "zerolinecolor": look.quiet,
        "tickfont": {"color": look.text, "size": 13},
        "title": {"font": {"color": look.text, "size": 13}},
        "automargin": True,
        # Nobody zooms into these, and a finger on one must still scroll the page.
        "fixedrange": True,
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": 13, "color": look.text},
            "paper_bgcolor": look.ground,
            "plot_bgcolor": look.ground,
            "xaxis": axis,
            "yaxis": axis,
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "dragmode": False,
            "hoverlabel": {"bgcolor": look.ground, "bordercolor": look.quiet, "font": {"color": look.text}},
            "legend": {
                "orientation": "h",
                "x": 0,
                "xanchor": "left",
                "y": 1,
                "yanchor": "bottom",
                "traceorder": "normal",
            },
            "bargap": 0.15,
        }
    )


def figure(look: Look, height: int, *traces: Trace, **layout: object) -> go.Figure:
    """A figure of that height in that look, with these traces on it, laid out so.

    Traces come as plain descriptions with their ``type``, and all of the layout comes at once, so that Plotly checks
    each of them once, not three times.
    """
    return go.Figure(data=list(traces), layout={"template": template(look), "height": height, **layout})


def grid(values: pd.Series, down: pd.Index, across: pd.Index) -> pd.DataFrame:
    """Values by two keys as a table of one by the other, in the order given; missing where there is none."""
    every = values.reindex(pd.MultiIndex.from_product([down, across]))
    return pd.DataFrame(every.to_numpy().reshape(len(down), len(across)), index=down, columns=across)


def shade(look: Look, share: float) -> str:
    """The colour of a share from 0 to 1, between the steps of the look's scale."""
    place = min(max(share, 0.0), 1.0) * (len(look.scale) - 1)
    step = min(int(place), len(look.scale) - 2)
    below, above = _rgb(look.scale[step]), _rgb(look.scale[step + 1])
    mixed = (low + (high - low) * (place - step) for low, high in zip(below, above, strict=True))
    return "#" + "".join(f"{round(part * 255):02x}" for part in mixed)


def ink_on(colour: str) -> str:
    """Black or white, whichever can be read on that colour: always at least 4.5 : 1."""
    return max(("#000000", "#ffffff"), key=lambda ink: contrast(ink, colour))


def contrast(one: str, other: str) -> float:
    """How far two colours are apart, from 1 to 21, as WCAG 2.2 reckons it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rgb(colour: str) -> Rgb:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def spots(names: pd.Series) -> pd.Series:
    """Where each of these stands along an axis, by code: 0, 1, 2, in the order given."""
    return pd.Series(range(len(names)), index=names.index)


def named_axis(labels: list[str]) -> dict[str, object]:
    """An axis of a board: a name at each spot, and no lines."""
    flat = {"showgrid": False, "zeroline": False, "showline": False}
    return {"tickvals": list(range(len(labels))), "ticktext": labels} | flat


def row_height(labels: Iterable[str], least: int) -> int:
    """How high the rows of a board have to be for its longest wrapped label to have room, in pixels."""
    return max([least, *(LINE * (label.count("<br>") + 1) for label in labels)])


def shortened(text: str, width: int) -> str:
    """A label cut to that many letters, with an ellipsis where it was cut."""
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def wrapped(text: str, width: int) -> str:
    """A label broken into lines of about that many letters."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return "<br>".join(lines)
