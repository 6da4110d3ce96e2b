"""A council's own boundaries of its districts, for a real map beside the tiles: read from one GeoJSON file, or refused.

The file is the council's. It is read on this machine and drawn as plain lines, so no map server is ever asked.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from survey.areas import District, districts
from survey.errors import BoundaryError
from survey.settings import settings

Ring = tuple[tuple[float, float], ...]
"""A closed line of longitudes and latitudes: the outside of a district first, then its islands and holes."""

LARGEST_BYTES: Final = 20_000_000
FINEST: Final = 600
"""Points nearer to one another than the map's longer side divided by this are one point: they cannot be told apart."""

LIGHTER = (
    "Take the generalised boundaries (at the Office for National Statistics they are called BGC or BUC), or simplify "
    "the file."
)
WGS84 = "Save the file again as WGS 84 (EPSG:4326): longitude first, then latitude, in degrees."
KNOWN_SYSTEMS = ("CRS84", "4326")

Position = Annotated[list[float], Field(min_length=2)]
Line = Annotated[list[Position], Field(min_length=4)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)


class _Polygon(_Part):
    type: Literal["Polygon"]
    coordinates: Annotated[list[Line], Field(min_length=1)]


class _Polygons(_Part):
    type: Literal["MultiPolygon"]
    coordinates: Annotated[list[Annotated[list[Line], Field(min_length=1)]], Field(min_length=1)]


class _Feature(_Part):
    type: Literal["Feature"]
    properties: dict[str, object] | None
    geometry: Annotated[_Polygon | _Polygons, Field(discriminator="type")] | None


class _Collection(_Part):
    type: Literal["FeatureCollection"]
    features: list[_Feature]
    crs: dict[str, object] | None = None


def outlines(county: str) -> Mapping[str, tuple[Ring, ...]] | None:
    """The outlines of a county's districts by their codes; None where the settings name no file.

    The file is read once: after changing it, start Heard again. Raises BoundaryError.
    """
    given = settings().boundaries
    return _kept(given, county) if given else None


@cache
def _kept(file: Path, county: str) -> Mapping[str, tuple[Ring, ...]]:
    return read(file, districts(county))


def read(file: Path, wanted: Sequence[District]) -> dict[str, tuple[Ring, ...]]:
    """The outlines of those districts by their codes, no finer than a screen can show.

    Raises BoundaryError, saying what to put right, if one is not there or the file is not what it should be.
    """
    collection = _checked(file)
    named = _features_named(file, collection, wanted)
    found = {one.code: _rings(file, one, named[one.code]) for one in wanted}
    reach = _reach(found)
    return {code: _thinned(rings, reach / FINEST) for code, rings in found.items()}


def _checked(file: Path) -> _Collection:
    """The file as GeoJSON. Raises BoundaryError."""
    try:
        size = file.stat().st_size
        if size > LARGEST_BYTES:
            told = f"{file.name} is {size / 1e6:.0f} MB; Heard draws at most {LARGEST_BYTES / 1e6:.0f} MB."
            raise BoundaryError(f"{told} {LIGHTER}")
        collection = _Collection.model_validate(json.loads(file.read_bytes()))
    except OSError as problem:
        raise BoundaryError(f"The boundaries in {file.name} cannot be read: {problem.strerror}.") from problem
    except ValidationError as problem:
        raise BoundaryError(_what_is_wrong(file, problem)) from problem
    except ValueError as problem:
        raise BoundaryError(f"{file.name} is not GeoJSON: {problem}.") from problem
    named = json.dumps(collection.crs) if collection.crs else ""
    if named and not any(system in named for system in KNOWN_SYSTEMS):
        raise BoundaryError(f"{file.name} is in another coordinate system. {WGS84}")
    return collection


def _what_is_wrong(file: Path, problem: ValidationError) -> str:
    first = problem.errors(include_url=False, include_input=False)[0]
    place = " › ".join(str(part + 1) if isinstance(part, int) else part for part in first["loc"])
    return (
        f"{file.name} is not a GeoJSON FeatureCollection of polygons: at {place or 'the top'}: {first['msg']}. "
        "Save it again as GeoJSON, with one polygon (or multi-polygon) for each district."
    )


def _features_named(file: Path, collection: _Collection, wanted: Sequence[District]) -> dict[str, _Feature]:
    """The features by the code of their district, under whichever property holds the codes of all of them."""
    by_property: dict[str, dict[str, _Feature]] = {}
    for feature in collection.features:
        for name, value in (feature.properties or {}).items():
            by_property.setdefault(name, {})[str(value)] = feature
    codes = {one.code for one in wanted}
    best = max(by_property, key=lambda name: len(codes & by_property[name].keys()), default="")
    held = by_property.get(best, {})
    if not codes & held.keys():
        raise BoundaryError(
            f"No property of {file.name} holds the codes of our districts, such as {wanted[0].code} for "
            f"{wanted[0].name}. Add one, for example LAD25CD."
        )
    if missing := [f"{one.name} ({one.code})" for one in wanted if one.code not in held]:
        raise BoundaryError(f"{file.name} lacks {', '.join(missing)} under {best!r}. Add what is missing.")
    return held


def _rings(file: Path, district: District, feature: _Feature) -> tuple[Ring, ...]:
    if feature.geometry is None:
        raise BoundaryError(f"{file.name} has no polygon for {district.name} ({district.code}). Add it.")
    shape = feature.geometry
    polygons = [shape.coordinates] if isinstance(shape, _Polygon) else shape.coordinates
    return tuple(
        _ring(file, district, line, hole=bool(place)) for lines in polygons for place, line in enumerate(lines)
    )


def _ring(file: Path, district: District, line: Sequence[Sequence[float]], *, hole: bool) -> Ring:
    """A line the way round that GeoJSON wants it: outsides against the clock, holes with it."""
    points = tuple((float(position[0]), float(position[1])) for position in line)
    for x, y in points:
        if not (-180 <= x <= 180 and -90 <= y <= 90):
            raise BoundaryError(f"{file.name}: {district.name} has a point at {x:g}, {y:g}, which is nowhere. {WGS84}")
    return points[::-1] if (_area(points) > 0) is hole else points


def _area(points: Ring) -> float:
    """Twice the area within a line; less than nothing if it runs with the clock."""
    return sum(x * below - beside * y for (x, y), (beside, below) in zip(points, (*points[1:], points[0]), strict=True))


def _reach(found: Mapping[str, tuple[Ring, ...]]) -> float:
    """The longer side of all of it, in degrees."""
    points = [point for rings in found.values() for ring in rings for point in ring]
    across, up = [x for x, _ in points], [y for _, y in points]
    return max(max(across) - min(across), max(up) - min(up))


def _thinned(rings: tuple[Ring, ...], apart: float) -> tuple[Ring, ...]:
    """The same lines without points that nobody could tell apart, and without islands smaller than that."""
    fewer = [tuple(_far_apart(ring, apart)) for ring in rings]
    kept = tuple(ring for ring in fewer if len(ring) > 3)
    return kept or (max(rings, key=lambda ring: abs(_area(ring))),)


def _far_apart(ring: Ring, apart: float) -> Iterator[tuple[float, float]]:
    last = ring[0]
    yield last
    for point in ring[1:-1]:
        if math.dist(last, point) >= apart:
            last = point
            yield point
    yield ring[-1]
