"""The county in a council's own boundaries: what the tiles say, where it lies.

Plain lines, filled: no map server is asked for anything.
"""

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.charts.chart import Chart, Look, Trace, figure, ink_on, wrapped
from analysis.charts.tiles import as_table, base, fills, in_words, inks, patterns, placed
from analysis.phrases import hovers, percent
from analysis.suppression import Released

Ring = Sequence[tuple[float, float]]

HEIGHT = 560
ROOM_FOR_NAME = 0.16
"""The share of the map's width at which a district has room for its name; a narrower one says its share alone."""


def outlined(
    figures: Released, places: pd.DataFrame, outlines: Mapping[str, Sequence[Ring]], what: str, look: Look
) -> Chart:
    """The districts in their boundaries, from figures by ``district``.

    places holds the ``name`` of each by code; outlines the lines around each by code, in longitude and latitude, the
    outside against the clock and holes with it. Fill, dots and hatching mean what they mean on the tiles, and words and
    table are the same. A large district looks larger than a small one, whatever its answers: the tiles do not.
    """
    at = placed(figures, places)
    flat = _flat({code: outlines[code] for code in at.index})
    drawn = figure(look, HEIGHT, *_districts(at, flat, what, look))
    drawn.update_layout(annotations=_labels(at, flat, look), showlegend=False, hovermode="closest")
    across, up = (_ends(flat, which) for which in (0, 1))
    drawn.update_xaxes(visible=False, range=across, scaleanchor="y", constrain="domain", constraintoward="left")
    drawn.update_yaxes(visible=False, range=up, constrain="domain")
    return Chart(drawn, in_words(at, what), as_table(at), base(at))


def _flat(outlines: Mapping[str, Sequence[Ring]]) -> dict[str, list[Ring]]:
    """The lines on the page: a degree east is as much shorter than one north as it is halfway up the map."""
    heights = [y for rings in outlines.values() for ring in rings for _, y in ring]
    shorter = math.cos(math.radians((min(heights) + max(heights)) / 2))
    return {code: [[(x * shorter, y) for x, y in ring] for ring in rings] for code, rings in outlines.items()}


def _districts(at: pd.DataFrame, flat: Mapping[str, list[Ring]], what: str, look: Look) -> list[Trace]:
    told = zip(at.index, at["name"], hovers(at, what), fills(at, look), inks(at, look), patterns(at), strict=True)
    return [
        dict(
            type="scatter",
            mode="lines",
            x=_one_line(flat[code], 0),
            y=_one_line(flat[code], 1),
            fill="toself",
            fillcolor=colour,
            fillpattern={"shape": shape, "bgcolor": colour, "fgcolor": ink, "size": 7, "solidity": 0.3},
            line={"color": look.quiet, "width": 1},
            hoveron="fills",
            text=f"<b>{name}</b><br>{said}",
            hoverinfo="text",
            name=name,
        )
        for code, name, said, colour, ink, shape in told
    ]


def _ends(flat: Mapping[str, list[Ring]], which: int) -> list[float]:
    """Where the map begins and ends one way, with room for its edge."""
    places = [point[which] for rings in flat.values() for ring in rings for point in ring]
    room = (max(places) - min(places)) / 100
    return [min(places) - room, max(places) + room]


def _one_line(rings: list[Ring], which: int) -> list[float | None]:
    """One coordinate of all the lines of a district, with a gap between one line and the next."""
    line: list[float | None] = []
    for ring in rings:
        line += [*(point[which] for point in ring), None]
    return line[:-1]


def _labels(at: pd.DataFrame, flat: Mapping[str, list[Ring]], look: Look) -> list[dict[str, object]]:
    """What stands in each district, on its plain colour so that a pattern does not run through it."""
    left, right = _ends(flat, 0)
    labels = []
    for code, name, share, colour in zip(at.index, at["name"], at["share"], fills(at, look), strict=True):
        (x, y), room = _middle(flat[code])
        named = f"{wrapped(name, 10)}<br>" if room >= ROOM_FOR_NAME * (right - left) else ""
        labels.append(
            {
                "x": x,
                "y": y,
                "text": f"{named}<b>{percent(share)}</b>",
                "showarrow": False,
                "font": {"color": ink_on(colour), "size": 12},
                "bgcolor": colour,
                "borderpad": 1,
            }
        )
    return labels


def _middle(rings: list[Ring]) -> tuple[tuple[float, float], float]:
    """A point well inside a district, and how wide it is there: the widest place halfway up its largest part."""
    largest = max(rings, key=lambda ring: _height(ring) * _width(ring))
    heights = [y for _, y in largest]
    y = (min(heights) + max(heights)) / 2 + 1e-9  # never just on a corner
    crossed = sorted(
        x + (y - low) * (beside - x) / (high - low)
        for (x, low), (beside, high) in zip(largest, [*largest[1:], largest[0]], strict=True)
        if (low > y) != (high > y)
    )
    left, right = max(zip(crossed[::2], crossed[1::2], strict=True), key=lambda ends: ends[1] - ends[0])
    return ((left + right) / 2, y), right - left


def _width(ring: Ring) -> float:
    return max(x for x, _ in ring) - min(x for x, _ in ring)


def _height(ring: Ring) -> float:
    return max(y for _, y in ring) - min(y for _, y in ring)
