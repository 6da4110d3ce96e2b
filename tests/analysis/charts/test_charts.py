import tomllib
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.board import COUNTY, Around, Funnelled
from analysis.charts.arrivals import arrivals
from analysis.charts.board import board
from analysis.charts.chart import DARK, LIGHT, LOOKS, contrast, ink_on, shade, shortened, template, wrapped
from analysis.charts.funnel import funnel_chart
from analysis.charts.outlines import outlined
from analysis.charts.places import places
from analysis.charts.themes import themes
from analysis.charts.tiles import tiles
from analysis.columns import Sentiment
from analysis.funnel import funnel
from analysis.suppression import LEADER, OFFICER, release, release_counts

SERVICES = pd.Series({"ot": "Occupational therapy", "slt": "Speech and language therapy"})
DISTRICTS = pd.Series({"E1": "Burnley", "E2": "Wyre"})
PLACES = pd.DataFrame({"name": DISTRICTS, "column": [2, 1], "row": [2, 1]})
GOOD = "people rated it good"
EVERY_LOOK = pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))


def cells(*rows, policy=OFFICER, about=("service", "district")):
    return release(pd.DataFrame(rows, columns=[*about, "count", "base"]), policy)


BOARD = cells(("ot", "E1", 15, 20), ("ot", "E2", 1, 3), ("slt", "E1", 4, 40), ("slt", "E2", 0, 0))
ACROSS = cells(("E1", 15, 20), ("E2", 1, 3), about=["district"])
COUNTS = pd.DataFrame(
    {
        "day": pd.to_datetime(["2026-05-01"] * 2 + ["2026-05-02"] * 2),
        "channel": ["web", "paper"] * 2,
        "count": [12, 0, 30, 3],
    }
)
RAISED = cells(("waiting", 60, 100), ("kind", 30, 100), ("never", 0, 100), about=["theme"])
LABELS = pd.Series({"waiting": "Waiting", "kind": "Kindness", "never": "Never said"})
OUTLINES = {
    "E1": [
        [(0.0, 50.0), (1.0, 50.0), (1.0, 51.0), (0.0, 51.0), (0.0, 50.0)],
        [(2.0, 50.0), (2.1, 50.0), (2.0, 50.1), (2.0, 50.0)],
    ],
    "E2": [[(1.0, 50.0), (1.1, 50.0), (1.1, 51.0), (1.0, 51.0), (1.0, 50.0)]],
}


def funnelled(counts, share, base):
    """A funnel around the county's share of so many."""
    found = funnel(counts, around=share)
    return Funnelled(release(found.districts, OFFICER), found.limits, Around(COUNTY, share, base))


FUNNEL = funnelled(pd.DataFrame({"district": ["E1", "E2"], "count": [15, 1], "base": [20, 3]}), 16 / 23, 23)
SPLIT = cells(
    *[("waiting", tone, count, 60) for tone, count in zip(Sentiment, (10, 30, 10, 10), strict=True)],
    *[("kind", tone, count, 30) for tone, count in zip(Sentiment, (26, 2, 1, 1), strict=True)],
    about=["theme", "sentiment"],
)


def all_charts(look):
    return {
        "arrivals": arrivals(release_counts(COUNTS, OFFICER), look),
        "board": board(BOARD, SERVICES, DISTRICTS, GOOD, look),
        "tiles": tiles(ACROSS, PLACES, "ratings are good", look),
        "outlines": outlined(ACROSS, PLACES, OUTLINES, "ratings are good", look),
        "funnel": funnel_chart(FUNNEL, DISTRICTS, GOOD, look),
        "places": places(ACROSS, DISTRICTS, GOOD, look, county=0.4),
        "themes": themes(RAISED, SPLIT, LABELS, look),
    }


CHARTS = {(look.name, name): chart for look in LOOKS.values() for name, chart in all_charts(look).items()}
EVERY_CHART = pytest.mark.parametrize("chart", CHARTS.values(), ids=[" ".join(name) for name in CHARTS])


@EVERY_CHART
def test_a_chart_says_in_words_what_it_shows_and_has_a_table_of_it(chart):
    assert chart.alt.endswith(".")
    assert "nan" not in chart.alt + chart.base
    assert chart.base.endswith(".")
    assert len(chart.table) > 0
    assert not chart.table.isin(["nan", "nan%"]).any(axis=None)


@EVERY_CHART
def test_a_finger_on_a_chart_scrolls_the_page(chart):
    assert chart.figure.layout.template.layout.dragmode is False
    assert chart.figure.layout.template.layout.xaxis.fixedrange


@given(st.sampled_from(list(LOOKS.values())), st.floats(0, 1))
def test_the_number_in_a_cell_can_be_read_whatever_its_share(look, share):
    colour = shade(look, share)

    # WCAG 2.2, success criterion 1.4.3: 4.5 : 1 for text of ordinary size.
    assert contrast(ink_on(colour), colour) >= 4.5


@EVERY_LOOK
def test_a_higher_share_is_always_further_from_the_ground(look):
    apart = [contrast(shade(look, step / 50), look.ground) for step in range(51)]

    assert apart == sorted(apart)


@EVERY_LOOK
def test_words_and_marks_stand_off_the_ground(look):
    assert contrast(look.text, look.ground) >= 7
    assert contrast(look.quiet, look.ground) >= 4.5
    assert contrast(look.quiet, look.blank) >= 4.5
    for mark in (*look.sentiments, *look.channels):
        # WCAG 2.2, success criterion 1.4.11: 3 : 1 for what a chart is drawn with.
        assert contrast(mark.colour, look.ground) >= 3


@EVERY_LOOK
def test_no_two_kinds_of_thing_differ_by_colour_alone(look):
    for marks in (look.sentiments, look.channels):
        assert len({mark.pattern for mark in marks}) == len(marks)


def test_contrast_is_reckoned_as_the_guidelines_do():
    # WCAG 2.2, definition of contrast ratio: black on white is 21, a colour on itself 1.
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#0b5d66", "#0b5d66") == 1
    # #767676 is the lightest grey that passes on white: 4.54 (WebAIM contrast checker).
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@EVERY_LOOK
def test_charts_stand_on_the_page_s_own_ground_in_its_own_ink(look):
    config = tomllib.loads((Path(__file__).parents[3] / ".streamlit/config.toml").read_text(encoding="utf-8"))
    theme = config["theme"][look.name]

    assert look.ground == theme["backgroundColor"]
    assert look.text == theme["textColor"]
    assert template(look).layout.font.color == look.text


def test_the_board_shows_each_share_and_hides_what_is_held_back():
    drawn = board(BOARD, SERVICES, DISTRICTS, GOOD, LIGHT)
    shown, hidden = drawn.figure.data

    assert list(shown.text) == ["<b>75%</b><br>of 20", "<b>10%</b><br>of 40"]
    assert list(hidden.text) == ["–", "–"]
    assert hidden.marker.pattern.shape == "/"
    assert "75% of 20 people rated it good" in shown.hovertext[0]
    assert "(between 53% and 89%)" in shown.hovertext[0]  # Wilson limits of 15/20: 0.5313 and 0.8881 (statsmodels)
    assert "Not shown: too few people" in hidden.hovertext[0]


def test_the_board_s_table_reads_as_the_board_does():
    table = board(BOARD, SERVICES, DISTRICTS, GOOD, LIGHT).table

    assert list(table) == ["Service", "Burnley", "Wyre"]
    assert table.to_numpy().tolist() == [
        ["Occupational therapy", "75% of 20 (53% to 89%)", "–"],
        ["Speech and language therapy", "10% of 40 (4% to 23%)", "–"],
    ]


def test_a_board_with_nothing_to_show_says_so():
    drawn = board(cells(("ot", "E1", 1, 2)), SERVICES, DISTRICTS, GOOD, LIGHT)

    assert "No cell has enough answers to be shown yet." in drawn.alt


def test_a_tile_says_its_district_its_share_and_what_it_is_of():
    drawn = tiles(ACROSS, PLACES, "ratings are good", DARK)

    assert list(drawn.figure.data[1].text) == ["Burnley<br><b>75%</b><br>of 20", "Wyre<br>–"]
    assert drawn.alt == "How many ratings are good, by district: Burnley 75% of 20 (roughly). Not shown: Wyre."


def test_a_tile_map_shows_districts_that_nobody_answered_from():
    drawn = tiles(cells(about=["district"]), PLACES, "ratings are good", LIGHT)

    assert list(drawn.figure.data[1].text) == ["Burnley<br>–", "Wyre<br>–"]
    assert "None of 2 districts has enough answers" in drawn.alt


def test_a_tile_known_roughly_has_a_dotted_edge_and_one_held_back_is_hatched():
    drawn = tiles(cells(("E1", 150, 200), ("E2", 10, 20), about=["district"]), PLACES, "ratings are good", LIGHT)
    hidden = tiles(ACROSS, PLACES, "ratings are good", LIGHT)

    assert list(drawn.figure.data[0].marker.pattern.shape) == ["", "."]
    assert list(hidden.figure.data[0].marker.pattern.shape) == [".", "/"]


def test_a_map_with_boundaries_says_and_shows_what_the_tiles_do():
    on_map, as_tiles = CHARTS["light", "outlines"], CHARTS["light", "tiles"]
    burnley, wyre = on_map.figure.data

    assert (on_map.alt, on_map.base) == (as_tiles.alt, as_tiles.base)
    assert on_map.table.equals(as_tiles.table)
    assert (burnley.fillpattern.shape, wyre.fillpattern.shape) == (".", "/")
    assert wyre.fillcolor == LIGHT.blank
    assert "Not shown: too few people" in wyre.text


def test_a_map_names_districts_that_have_room_and_says_shares_inside_all():
    labels = CHARTS["light", "outlines"].figure.layout.annotations

    assert [label.text for label in labels] == ["Burnley<br><b>75%</b>", "<b>–</b>"]
    assert 50 < labels[0].y < 51
    assert labels[0].bgcolor == shade(LIGHT, 0.75)


def test_a_map_is_as_wide_as_it_is_on_the_ground():
    """At 60 degrees north a degree of longitude is half as long as one of latitude."""
    squares = {code: [[(x, y + 9.5) for x, y in ring] for ring in rings] for code, rings in OUTLINES.items()}
    drawn = outlined(ACROSS, PLACES, squares, "ratings are good", LIGHT)

    assert max(drawn.figure.data[1].x) == pytest.approx(1.1 * 0.5, rel=0.01)
    assert drawn.figure.layout.xaxis.scaleanchor == "y"


def test_a_map_needs_nothing_from_anywhere_else():
    figure = CHARTS["light", "outlines"].figure

    assert {trace.type for trace in figure.data} == {"scatter"}
    assert not figure.layout.to_plotly_json().keys() & {"geo", "map", "mapbox", "images"}


def test_a_funnel_says_who_lies_further_out_than_chance_and_names_those_left_out():
    counts = [(50, 100), (24, 50), (101, 200), (40, 80), (61, 120), (30, 60), (44, 90), (20, 100), (1, 3)]
    names = pd.Series({f"E{place}": f"District {place}" for place in range(len(counts))})
    cells_of_it = pd.DataFrame(counts, columns=["count", "base"]).assign(district=list(names.index))
    drawn = funnel_chart(funnelled(cells_of_it, 0.46, 826), names, GOOD, LIGHT)

    assert "against the 46% of 826 of the county." in drawn.alt
    assert drawn.figure.layout.annotations[0].text == "county 46% of 826"
    assert "District 7 with 20% of 100 (beyond 99.8% limits)" in drawn.alt
    assert drawn.alt.endswith("Not shown: District 8.")
    assert drawn.table["Lies"].tolist()[-2:] == ["beyond 99.8% limits", "not shown: too few people"]
    assert drawn.table["District"].is_monotonic_increasing


def test_where_no_district_is_shown_the_chart_tells_of_no_base():
    drawn = places(cells(("E1", 1, 2), ("E2", 1, 3), about=["district"]), DISTRICTS, GOOD, LIGHT, county=0.4)

    assert drawn.base == "No district has enough answers to be shown yet. Dashed: the county."


def test_districts_are_listed_by_name_and_not_by_merit():
    drawn = places(cells(("E2", 19, 20), ("E1", 2, 20), about=["district"]), DISTRICTS, GOOD, LIGHT)

    assert drawn.table["District"].tolist() == ["Burnley", "Wyre"]
    assert drawn.table["Share"].tolist() == ["10%", "95%"]


def test_responses_are_told_by_day_and_by_the_way_they_came():
    drawn = arrivals(release_counts(COUNTS, OFFICER), LIGHT)

    assert drawn.alt == (
        "45 responses between 1 May 2026 and 2 May 2026: 42 online and 3 on paper. "
        "The busiest day was 2 May 2026, with 33."
    )
    assert drawn.table.to_numpy().tolist() == [["1 May 2026", "12", "0", "12"], ["2 May 2026", "30", "3", "33"]]


def test_before_the_first_response_the_chart_says_there_are_none():
    assert arrivals(release_counts(COUNTS.iloc[:0], OFFICER), LIGHT).alt == "No responses yet."


def test_a_theme_s_bar_is_divided_by_tone_and_as_long_as_its_share():
    drawn = themes(RAISED, SPLIT, LABELS, LIGHT)
    bars = [trace for trace in drawn.figure.data if trace.type == "bar"]

    waiting = [bar.x[0] for bar in bars]
    assert [bar.name for bar in bars] == ["Negative", "Mixed or unclear", "Neutral", "Positive"]
    assert waiting == pytest.approx([0.3, 0.1, 0.1, 0.1])
    assert "<b>Waiting</b><br>60% of 100 people (50% to 69%)" in drawn.figure.layout.annotations[0].text


def test_a_theme_that_nobody_raised_is_not_listed():
    assert themes(RAISED, SPLIT, LABELS, LIGHT).table["Theme"].tolist() == ["Waiting", "Kindness"]


def test_a_theme_whose_tones_are_held_back_keeps_its_bar_undivided():
    counts = pd.DataFrame(
        [("kind", tone, count, 30) for tone, count in zip(Sentiment, (26, 2, 1, 1), strict=True)],
        columns=["theme", "sentiment", "count", "base"],
    )
    split = release(counts, LEADER, totals=[["theme"]])
    drawn = themes(RAISED.among("theme", ["kind"]), split, LABELS, LIGHT)
    bars = [trace for trace in drawn.figure.data if trace.type == "bar"]

    assert [bar.name for bar in bars] == ["Tone not shown"]
    assert bars[0].x[0] == pytest.approx(0.3)


def test_only_the_themes_most_often_raised_are_drawn_and_the_table_has_all():
    keys = [f"t{number}" for number in range(30)]
    raised = cells(*[(key, 10 + place, 100) for place, key in enumerate(keys)], about=["theme"])
    drawn = themes(raised, SPLIT, pd.Series(keys, index=keys), LIGHT)

    assert len(drawn.figure.layout.annotations) == 12
    assert len(drawn.table) == 30
    assert drawn.table["Theme"].iloc[0] == "t29"


def test_labels_are_broken_between_words_and_cut_where_they_are_too_long():
    assert wrapped("West Lancashire", 10) == "West<br>Lancashire"
    assert shortened("a" * 60, 48) == "a" * 47 + "…"
    assert shortened("short", 48) == "short"


def test_a_long_name_of_a_theme_is_broken_into_lines_and_never_cut():
    name = "Waiting for a plan, for a place or for an answer, and being told different things meanwhile"
    drawn = themes(RAISED, SPLIT, pd.Series({"waiting": name}), LIGHT)
    short = themes(RAISED, SPLIT, pd.Series({"waiting": "Waiting"}), LIGHT)
    said = drawn.figure.layout.annotations[0].text

    assert name in said.replace("<br>", " ")
    assert max(map(len, said.replace("<b>", "").split("<br>"))) <= 42
    assert drawn.figure.layout.height > short.figure.layout.height


def test_a_number_of_responses_that_is_held_back_is_not_shown_as_none():
    drawn = arrivals(release_counts(COUNTS, LEADER), LIGHT)

    assert drawn.table.to_numpy().tolist() == [["1 May 2026", "10", "0", "10"], ["2 May 2026", "30", "–", "–"]]


def test_the_county_s_line_runs_through_no_words():
    drawn = places(ACROSS, DISTRICTS, GOOD, LIGHT, county=0.4).figure
    shown = list(ACROSS.figures["held"] == "").count(True)

    assert len(drawn.layout.shapes) == shown
    for dash in drawn.layout.shapes:
        row = round(dash.y0)
        assert dash.x0 == dash.x1 == 0.4
        assert dash.y0 > row - 0.2  # a share's words stand a third of a line above its dot
