"""The charts of the live results, drawn from what ``analysis.overview`` gives."""

from typing import NamedTuple

from analysis.board import Variation
from analysis.charts.arrivals import arrivals
from analysis.charts.board import board
from analysis.charts.chart import Chart, Look
from analysis.charts.places import places
from analysis.charts.themes import themes
from analysis.charts.tiles import tiles
from analysis.overview import Chosen, Measure, Overview, Scope


class OverviewCharts(NamedTuple):
    """Who answered when, and what they talk about."""

    arrivals: Chart
    themes: Chart


class VariationCharts(NamedTuple):
    """One measure across services and districts."""

    board: Chart
    """Services by districts, or by the one district chosen."""
    tiles: Chart


def overview_charts(seen: Overview, scope: Scope, look: Look) -> OverviewCharts:
    """The charts of an overview, as one reader's theme shows them."""
    return OverviewCharts(arrivals(seen.arrivals, look), themes(seen.themes, seen.split, scope.themes, look))


def variation_charts(varied: Variation, scope: Scope, chosen: Chosen, measure: Measure, look: Look) -> VariationCharts:
    """The charts of a variation, as one reader's theme shows them."""
    districts = scope.districts[[chosen.district]] if chosen.district in scope.districts.index else scope.districts
    return VariationCharts(
        board=board(varied.board, scope.rows(measure), districts, people_who(measure, scope), look),
        tiles=tiles(varied.districts, scope.places, answers_that(measure, scope, chosen), look),
    )


def one_service(varied: Variation, scope: Scope, service: str, measure: Measure, look: Look) -> Chart:
    """One service across the districts, with the county's share beside them."""
    county = varied.county.of("service", service).shown["share"]
    across = varied.board.of("service", service)
    line = float(county.iloc[0]) if len(county) else None
    return places(across, scope.districts, people_who(measure, scope), look, county=line)


def people_who(measure: Measure, scope: Scope) -> str:
    """What a cell of the board counts: "people rated it good", or "children have it rated good"."""
    if scope.is_of_children(measure):
        return f"children have it {'answered' if measure is Measure.AGREED else 'rated'} {_good(measure, scope)}"
    return {
        Measure.RATED_GOOD: f"people rated it {scope.good}",
        Measure.POSITIVE: "people were positive about it",
        Measure.NEGATIVE: "people were negative about it",
        Measure.AGREED: f"people answered {scope.agreeing}",
    }[measure]


def answers_that(measure: Measure, scope: Scope, chosen: Chosen) -> str:
    """What a tile counts: answers about all services, or people's about the one chosen."""
    if chosen.service:
        return people_who(measure, scope)
    return {
        Measure.RATED_GOOD: f"ratings are {scope.good}",
        Measure.POSITIVE: "comments are positive",
        Measure.NEGATIVE: "comments are negative",
        Measure.AGREED: f"answers are {scope.agreeing}",
    }[measure]


def _good(measure: Measure, scope: Scope) -> str:
    return scope.agreeing if measure is Measure.AGREED else scope.good
