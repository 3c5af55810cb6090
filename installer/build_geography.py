"""Rebuild resources/geography from published outlines.

The files were made by this script from two files of the repository `gregoiredavid/france-geojson`
(IGN Admin Express COG 2018 and INSEE, simplified, Licence Ouverte): the départements of Occitanie
as GeoJSON and the communes of Occitanie of 2018 as TopoJSON:

    python installer/build_geography.py departements-simplifie.geojson communes-2018.topo.json

Each place is projected to Lambert-93 and rounded to whole units of 100 metres; points that change
an outline by less than 120 metres are dropped. Communes are kept as arcs, each written once even
where two communes share it, with the differences from one point to the next. The result is the same
to the byte at every run.
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import hypot
from pathlib import Path
from typing import Any

from numecole_desktop.domain.lambert import lambert93

UNIT = 100  # metres
TOLERANCE = 1.2  # units
CREDIT = "Contours : IGN Admin Express et INSEE 2018, Licence Ouverte"
OUTPUT = Path(__file__).resolve().parents[1] / "resources" / "geography"
Points = list[tuple[int, int]]


def rounded(degrees: Iterable[Sequence[float]]) -> Points:
    """Longitudes and latitudes as whole units of Lambert-93, without repeated points."""
    points: Points = []
    for longitude, latitude in degrees:
        east, north = lambert93(latitude, longitude)
        point = (round(east / UNIT), round(north / UNIT))
        if not points or points[-1] != point:
            points.append(point)
    return simplified(points)


def simplified(points: Points) -> Points:
    """The points that matter (Douglas and Peucker): ends first, then the farthest in between."""
    if len(points) < 3:
        return points
    (x, y), (last_x, last_y) = points[0], points[-1]
    across, up = last_x - x, last_y - y
    length = hypot(across, up)

    def distance(point: tuple[int, int]) -> float:
        if not length:
            return hypot(point[0] - x, point[1] - y)
        return abs(across * (point[1] - y) - up * (point[0] - x)) / length

    farthest = max(range(1, len(points) - 1), key=lambda place: distance(points[place]))
    if distance(points[farthest]) <= TOLERANCE:
        return [points[0], points[-1]]
    return [*simplified(points[: farthest + 1])[:-1], *simplified(points[farthest:])]


def steps(points: Points) -> list[int]:
    """First point, then the differences from each point to the next, flattened."""
    flat = list(points[0])
    for before, after in pairwise(points):
        flat += (after[0] - before[0], after[1] - before[1])
    return flat


def rings(geometry: dict[str, Any], key: str) -> list[Any]:
    """Every ring of a polygon or of several."""
    found = geometry[key]
    several = geometry["type"] == "MultiPolygon"
    return [ring for polygon in (found if several else [found]) for ring in polygon]


def departments(path: Path) -> dict[str, object]:
    """Each département as rings."""
    shapes = {}
    for feature in json.loads(path.read_text("utf-8"))["features"]:
        outline = [rounded(ring) for ring in rings(feature["geometry"], "coordinates")]
        shapes[feature["properties"]["code"].zfill(3)] = [steps(ring) for ring in outline]
    return {"credit": CREDIT, "unit": UNIT, "shapes": shapes}


def communes(path: Path) -> dict[str, object]:
    """Arcs, and for each commune the numbers of those around it (~n: arc n the other way)."""
    topology = json.loads(path.read_text("utf-8"))
    (east_step, north_step), (west, south) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    arcs = []
    for arc in topology["arcs"]:
        column, row, degrees = 0, 0, []
        for right, up in arc:
            column, row = column + right, row + up
            degrees.append((west + column * east_step, south + row * north_step))
        arcs.append(steps(rounded(degrees)))
    (collection,) = topology["objects"].values()
    shapes = {
        found["properties"]["code"]: rings(found, "arcs")
        for found in sorted(collection["geometries"], key=lambda g: str(g["properties"]["code"]))
        if found.get("arcs")
    }
    return {"credit": CREDIT, "unit": UNIT, "arcs": arcs, "shapes": shapes}


def main() -> None:
    """Write both files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("departments", type=Path)
    parser.add_argument("communes", type=Path)
    given = parser.parse_args()
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for name, content in (
        ("departements", departments(given.departments)),
        ("communes", communes(given.communes)),
    ):
        path = OUTPUT / f"{name}.json"
        path.write_text(json.dumps(content, separators=(",", ":"), ensure_ascii=False), "utf-8")
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
