"""Makes ``world.json`` from the ``world-atlas`` package of npm: one SVG path a state, in an equal-area projection.

    python -m communique.web.map.build node_modules/world-atlas/countries-110m.json

Outlines are Natural Earth's (public domain), by way of world-atlas (ISC licence).  They state no position on any border.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from communique.vocabulary.actors import load

WIDTH = 960.0
_CALLED = {  # Natural Earth's short names that ours do not have
    "W. Sahara": "ESH", "Dem. Rep. Congo": "COD", "Dominican Rep.": "DOM", "Falkland Is.": "FLK", "Eq. Guinea": "GNQ", "eSwatini": "SWZ",
    "Solomon Is.": "SLB",
    "Bosnia and Herz.": "BIH", "Central African Rep.": "CAF", "S. Sudan": "SSD", "Macedonia": "MKD", "Congo": "COG",
    "Fr. S. Antarctic Lands": "ATF", "United States of America": "USA", "Turkey": "TUR", "Czechia": "CZE", "Laos": "LAO",
    "Palestine": "PSE",
}  # fmt: skip
Point = tuple[float, float]


def project(longitude: float, latitude: float) -> Point:
    """Equal Earth (Šavrič, Patterson and Jenny 2018), scaled to the width of the drawing."""
    m = math.sqrt(3) / 2
    angle = math.asin(m * math.sin(math.radians(latitude)))
    a2 = angle * angle
    a6 = a2 * a2 * a2
    x = math.radians(longitude) * math.cos(angle) / (m * (1.340264 + 3 * -0.081106 * a2 + a6 * (7 * 0.000893 + 9 * 0.003796 * a2)))
    y = angle * (1.340264 - 0.081106 * a2 + a6 * (0.000893 + 0.003796 * a2))
    scale = WIDTH / 5.41327
    return round(WIDTH / 2 + x * scale, 1), round(WIDTH * 1.31737 / 5.41327 - y * scale, 1)


def arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs with their deltas added up and the transform applied, projected."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append(project(x * kx + dx, y * ky + dy))
        found.append(points)
    return found


def rings(geometry: dict[str, Any]) -> Iterator[list[int]]:
    """The rings of a polygon or of several, each a list of arc numbers."""
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry.get("arcs", [])
    for polygon in polygons:
        yield from polygon


def path(ring: list[int], lines: list[list[Point]]) -> str:
    """A ring as SVG path data; a negative number runs an arc backwards."""
    points: list[Point] = []
    for number in ring:
        line = lines[number] if number >= 0 else lines[~number][::-1]
        points += line[1:] if points else line
    kept = [point for at, point in enumerate(points) if at == 0 or point != points[at - 1]]
    return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in part) + "Z" for part in _parts(kept) if len(part) > 2)


def _parts(points: list[Point]) -> Iterator[list[Point]]:
    """A ring cut where it jumps across the date line."""
    part: list[Point] = []
    for point in points:
        if part and abs(point[0] - part[-1][0]) > WIDTH / 2:
            yield part
            part = []
        part.append(point)
    yield part


def build(topology: dict[str, Any]) -> dict[str, str]:
    """State code -> path data; land of no code under its name."""
    codes = {name: code for code, name in load().names.items()} | _CALLED
    lines = arcs(topology)
    drawn: dict[str, str] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        drawn[codes.get(name, name)] = "".join(path(ring, lines) for ring in rings(geometry))
    return dict(sorted(drawn.items()))


if __name__ == "__main__":
    made = build(json.loads(Path(sys.argv[1]).read_text("utf-8")))
    (Path(__file__).parent / "world.json").write_text(json.dumps(made, ensure_ascii=False, indent=0) + "\n", "utf-8")
    print(len(made), "outlines; without a code:", ", ".join(name for name in made if len(name) != 3))
