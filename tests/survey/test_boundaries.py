"""A council's own boundaries: read as they are meant, or refused with what to do. Those used here are invented."""

import json
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from survey import boundaries
from survey.areas import districts
from survey.cli import app
from survey.errors import BoundaryError
from survey.settings import settings

INVENTED = Path(__file__).parents[1] / "data" / "invented_boundaries.geojson"
COUNTY = districts("lancashire")
SQUARE = [[0.0, 50.0], [1.0, 50.0], [1.0, 51.0], [0.0, 51.0], [0.0, 50.0]]


@pytest.fixture
def altered(tmp_path):
    """Writes the invented boundaries with something done to them, and gives the file."""

    def write(change):
        given = json.loads(INVENTED.read_text(encoding="utf-8"))
        file = tmp_path / "ours.geojson"
        file.write_text(json.dumps(change(given) or given), encoding="utf-8")
        return file

    return write


def refusal(file):
    with pytest.raises(BoundaryError) as refused:
        boundaries.read(file, COUNTY)
    return str(refused.value)


def area(ring):
    return sum(x * up - beside * y for (x, y), (beside, up) in pairwise(ring)) / 2


def test_every_district_has_its_outline_with_islands_and_holes():
    drawn = boundaries.read(INVENTED, COUNTY)
    by_name = {one.name: drawn[one.code] for one in COUNTY}

    assert len(drawn) == len(COUNTY) == 12
    assert len(by_name["Wyre"]) == 2
    assert [area(ring) > 0 for ring in by_name["Ribble Valley"]] == [True, False]
    assert all(ring[0] == ring[-1] for rings in drawn.values() for ring in rings)


def test_outsides_run_against_the_clock_whichever_way_round_they_were_saved(altered):
    def reverse(given):
        for feature in given["features"]:
            if feature["geometry"]["type"] == "Polygon":
                feature["geometry"]["coordinates"] = [line[::-1] for line in feature["geometry"]["coordinates"]]

    turned, as_given = boundaries.read(altered(reverse), COUNTY), boundaries.read(INVENTED, COUNTY)

    assert all(area(rings[0]) == pytest.approx(area(as_given[code][0])) for code, rings in turned.items())


def test_what_no_screen_can_show_is_left_out(altered):
    def roughen(given):
        for feature in given["features"]:
            if feature["geometry"]["type"] == "Polygon":
                ring = feature["geometry"]["coordinates"][0]
                fine = [
                    [a + (c - a) * step / 500, b + (d - b) * step / 500]
                    for (a, b), (c, d) in pairwise(ring)
                    for step in range(500)
                ]
                feature["geometry"]["coordinates"] = [[*fine, ring[0]]]

    drawn = boundaries.read(altered(roughen), COUNTY)

    assert max(len(rings[0]) for rings in drawn.values()) < 700
    # A point is left out only if it is no further than a six-hundredth of the map from one that is kept.
    assert all(area(rings[0]) == pytest.approx(0.2 * 0.12, rel=0.02) for rings in drawn.values())


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda given: given["features"].pop(0), "lacks Burnley (E07000117) under 'INVENTED'. Add what is missing."),
        (lambda given: given | {"features": []}, "No property of ours.geojson holds the codes of our districts"),
        (lambda given: given | {"type": "Topology"}, "is not a GeoJSON FeatureCollection of polygons: at type"),
        (lambda given: given["features"][0].update(geometry=None), "has no polygon for Burnley (E07000117). Add it."),
        (
            lambda given: given["features"][0]["geometry"].update(type="LineString"),
            "at features › 1 › geometry",
        ),
        (
            lambda given: given["features"][0]["geometry"].update(coordinates=[[[380000, 430000]] * 4]),
            "has a point at 380000, 430000, which is nowhere. Save the file again as WGS 84",
        ),
        (
            lambda given: given | {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}},
            "is in another coordinate system. Save the file again as WGS 84",
        ),
        (lambda given: given["features"][0]["geometry"].update(coordinates=[SQUARE[:2]]), "at least 4 items"),
        (lambda given: [given], "is not a GeoJSON FeatureCollection of polygons: at the top"),
    ],
)
def test_a_file_that_cannot_be_drawn_is_refused_with_what_to_do(altered, change, told):
    def changed(given):
        done = change(given)
        return done if isinstance(done, list) or (isinstance(done, dict) and "features" in done) else given

    assert told in refusal(altered(changed))


def test_a_file_that_is_not_there_or_not_json_or_far_too_large_is_refused(tmp_path, monkeypatch):
    broken = tmp_path / "broken.geojson"
    broken.write_text("{", encoding="utf-8")
    monkeypatch.setattr(boundaries, "LARGEST_BYTES", 1000)

    assert "none.geojson cannot be read: No such file" in refusal(tmp_path / "none.geojson")
    assert "broken.geojson is not GeoJSON" in refusal(broken)
    assert "generalised boundaries" in refusal(INVENTED)


@pytest.mark.parametrize("empty", [None, ""])
def test_without_a_setting_or_with_an_empty_one_there_is_no_map(monkeypatch, empty):
    if empty is not None:
        monkeypatch.setenv("HEARD_BOUNDARIES", empty)
    settings.cache_clear()

    assert boundaries.outlines("lancashire") is None


def test_with_a_setting_the_map_is_read_from_the_file_it_names(tmp_path, monkeypatch):
    monkeypatch.setenv("HEARD_BOUNDARIES", str(shutil.copy(INVENTED, tmp_path)))
    settings.cache_clear()

    assert boundaries.outlines("lancashire").keys() == {one.code for one in COUNTY}


def test_the_command_says_whether_a_file_will_do(tmp_path):
    good = CliRunner().invoke(app, ["boundaries", str(INVENTED)])
    bad = CliRunner().invoke(app, ["boundaries", str(tmp_path / "none.geojson")])

    assert "will do: 12 districts" in good.output
    assert bad.exit_code == 1
