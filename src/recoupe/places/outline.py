"""The land's outline for maps, without borders: an outline map carries no claim."""

import functools
import itertools
import json
import math
from collections.abc import Sequence
from pathlib import Path

Point = list[float]
Ring = list[Point]
FILE = Path(__file__).with_name("land.json")
# Degrees: with these the 60,000 points of the 1:50m outline become some 18,000, and a country still looks itself.
TOLERANCE, LEAST_AREA = 0.05, 0.04


@functools.cache
def land() -> list[Ring]:
    """Closed rings of [longitude, latitude] in degrees (Natural Earth, public domain)."""
    rings: list[Ring] = json.loads(FILE.read_text(encoding="utf-8"))
    return rings


def near(west: float, south: float, east: float, north: float) -> list[Ring]:
    """The rings of land that may reach into a box: a map shows a few of the 639."""
    return [
        ring
        for ring, (left, low, right, high) in zip(land(), _boxes(), strict=True)
        if right >= west and left <= east and high >= south and low <= north
    ]


@functools.cache
def _boxes() -> list[tuple[float, float, float, float]]:
    """The westernmost, southernmost, easternmost and northernmost of each ring."""
    sides = [([x for x, _ in ring], [y for _, y in ring]) for ring in land()]
    return [(min(xs), min(ys), max(xs), max(ys)) for xs, ys in sides]


def outline(source: Path) -> list[Ring]:
    """The rings of a GeoJSON of land, simplified."""
    rings: list[Ring] = []
    for feature in json.loads(source.read_text(encoding="utf-8"))["features"]:
        geometry = feature["geometry"]
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        rings += [ring for polygon in polygons for ring in polygon if _area(ring) >= LEAST_AREA]
    simple = [_simplified(ring) for ring in rings]
    return [[[round(x, 2), round(y, 2)] for x, y in ring] for ring in simple if len(ring) > 3]


def _area(ring: Sequence[Sequence[float]]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))) / 2


def _simplified(ring: Ring) -> Ring:
    """Douglas and Peucker's way, without recursion; a closed ring is cut at its farthest point."""
    far = max(range(len(ring)), key=lambda i: math.dist(ring[0], ring[i]))
    keep, stack = {0, far, len(ring) - 1}, [(0, far), (far, len(ring) - 1)]
    while stack:
        first, last = stack.pop()
        if last - first < 2:
            continue
        worst = max(range(first + 1, last), key=lambda i: _distance(ring[i], ring[first], ring[last]))
        if _distance(ring[worst], ring[first], ring[last]) > TOLERANCE:
            keep.add(worst)
            stack += [(first, worst), (worst, last)]
    return [ring[i] for i in sorted(keep)]


def _distance(point: Point, a: Point, b: Point) -> float:
    """From a point to the segment between two others."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    share = 0.0 if not length else max(0.0, min(1.0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length))
    return math.hypot(point[0] - a[0] - share * dx, point[1] - a[1] - share * dy)
