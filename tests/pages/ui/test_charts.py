"""Every chart on every page: what it says, the table beside it, and how it is saved."""

import csv
import io
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from pages.ui import doors, saving
from survey.settings import settings
from survey.tables import RoleName
from tests.pages.collecting import WYRE, Group, add_themes, collect

ROOT = Path(__file__).parents[3]
INVENTED = ROOT / "tests" / "data" / "invented_boundaries.geojson"
NUMERAL = re.compile(r"\d")
PEOPLE = (
    Group(30), Group(20, district=WYRE), Group(15, code="bad", service="ot"),
    Group(20, code="bad", words="Kindness was what we met wherever we asked"),
)  # fmt: skip


@pytest.fixture
def county(app, sign_in):
    """The page of somebody who may see everything, with answers from two districts about two services."""
    sign_in(*RoleName)
    add_themes("Waiting", "Kindness")
    collect(*PEOPLE)
    return app.run()


@pytest.fixture
def with_boundaries(tmp_path, monkeypatch):
    monkeypatch.setenv("HEARD_BOUNDARIES", str(shutil.copy(INVENTED, tmp_path)))
    settings.cache_clear()
    return tmp_path / INVENTED.name


def bodies(page):
    return [element.proto.body for element in page.get("html")]


def charts(page):
    return [chart.proto for chart in page.get("plotly_chart")]


def titles(page):
    return [re.search('data-title="([^"]*)"', body)[1] for body in bodies(page) if "data-title=" in body]


@pytest.mark.parametrize("door", doors.STAFF, ids=lambda door: door.path)
def test_no_chart_on_any_page_lacks_words_with_a_number_a_base_or_a_table(county, door):
    page = county.switch_page(door.script).run()
    assert not page.exception
    captions = re.findall(r"<caption>(.*?)</caption>", " ".join(bodies(page)))

    assert len(titles(page)) == len(charts(page))
    assert set(titles(page)) <= set(captions)
    assert sum("heard-base" in body for body in bodies(page)) == len(charts(page))
    for chart in charts(page):
        assert NUMERAL.search(chart.alt)
        assert not re.match(r"(a|the)? ?(bar |line )?(chart|graph|picture|image) of", chart.alt, re.IGNORECASE)


def test_the_pages_above_have_charts_at_all(county):
    drawn = {door.path: len(charts(county.switch_page(door.script).run())) for door in doors.STAFF}

    assert {"live-results", "variation", "summary"} <= {path for path, count in drawn.items() if count}


def test_no_page_draws_a_chart_but_by_the_one_way_that_gives_it_words_and_a_table():
    drawing = [
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "pages").rglob("*.py")
        if re.search(r"st\.(\w*_chart|pyplot|map|graphviz\w*|pydeck\w*)\(", file.read_text(encoding="utf-8"))
    ]

    assert drawing == ["pages/ui/show.py"]


def test_a_chart_can_be_saved_three_ways_each_named_after_it(county):
    page = county.switch_page(doors.LIVE_RESULTS.script).run()
    row = next(body for body in bodies(page) if 'data-title="Responses by day"' in body)
    tables = [button.proto for button in page.get("download_button")]

    assert 'data-save="png" aria-label="Picture (PNG): Responses by day"' in row
    assert 'data-save="svg" aria-label="Picture (SVG): Responses by day"' in row
    assert [button.label for button in tables] == ["Table (CSV)"] * len(charts(page))


def test_what_was_chosen_on_the_page_is_written_into_its_pictures(county):
    page = county.switch_page(doors.LIVE_RESULTS.script).run()
    page.selectbox(key="channel").set_value("Online")
    page.query_params["channel"] = "Online"
    page.run()

    assert any('data-chosen="Chosen on the page: Online."' in body for body in bodies(page))
    assert any('data-source="Source: ' in body for body in bodies(page))


def test_a_title_that_looks_like_markup_stays_words():
    assert saving.file_name('=<b onload="x">Ratings: "good"</b>') == "b-onload-x-ratings-good-b"
    assert saving.file_name("…") == "chart"


def test_the_file_holds_the_table_and_nothing_that_runs_as_a_formula():
    table = pd.DataFrame({"Service": ["=HYPERLINK(1)", "Speech, language"], "+Share": ["40% of 20", "–"]})
    rows = list(csv.reader(io.StringIO(saving.as_csv(table).decode("utf-8-sig"))))

    assert rows == [["Service", "'+Share"], ["'=HYPERLINK(1)", "40% of 20"], ["Speech, language", "–"]]


def test_without_boundaries_there_are_tiles_alone(county):
    page = county.switch_page(doors.LIVE_RESULTS.script).run()

    assert not [title for title in titles(page) if "boundaries" in title]


def test_with_boundaries_the_same_figures_stand_on_a_map_and_what_is_hidden_stays_hidden(county, with_boundaries):
    page = county.switch_page(doors.LIVE_RESULTS.script).run()
    by_key = {key: chart for chart in charts(page) for key in ("live-tiles", "live-boundaries") if key in chart.id}

    assert "Good ratings on the map, with boundaries" in titles(page)
    assert by_key["live-boundaries"].alt == by_key["live-tiles"].alt


def test_boundaries_that_cannot_be_drawn_are_told_and_the_tiles_stay(county, with_boundaries):
    with_boundaries.write_text("{}", encoding="utf-8")
    page = county.switch_page(doors.LIVE_RESULTS.script).run()

    assert not page.exception
    assert any(
        "The map with boundaries is not shown. invented_boundaries.geojson is not" in one for one in bodies(page)
    )
    assert [chart for chart in charts(page) if "live-tiles" in chart.id]
