"""The map as inline SVG: land without borders, and points that show how precisely a place is known; places that a
phone could not tell apart are one mark with their number."""

import math
from collections.abc import Sequence

from markupsafe import Markup, escape

from ..lang import LanguagePack
from .model import Point

# The map is three wide to two high; land is drawn on a grid of this size.
WIDE, HIGH = 300.0, 200.0
# Degrees of latitude shown at the least, and the free margin around the points: a lone town still shows its coast.
LEAST, MARGIN = 5.0, 0.22
# Pixels: the width of a letter, the height of a line, and the width of the narrowest map, to keep names apart.
LETTER, LINE, NARROW = 7.8, 15.0, 300.0
# Points nearer than this on the narrowest map are one mark.
NEAR = 15.0
RANK = ("town", "region", "country")
Ring = Sequence[Sequence[float]]
Box = tuple[float, float, float, float]


class View:
    """An equirectangular view on some points, true to scale at their middle latitude."""

    def __init__(self, points: Sequence[Point]) -> None:
        lats, lons = [p.lat for p in points], [p.lon for p in points]
        middle, centre = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
        self.squeeze = max(math.cos(math.radians(middle)), 0.1)
        high = max(max(lats) - min(lats), (max(lons) - min(lons)) * self.squeeze * HIGH / WIDE)
        high = max(high * (1 + 2 * MARGIN), LEAST)
        wide = high * WIDE / HIGH / self.squeeze
        self.box: Box = (centre - wide / 2, middle - high / 2, centre + wide / 2, middle + high / 2)

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """A point's place as shares of the width and height, from the upper left."""
        west, south, east, north = self.box
        return (lon - west) / (east - west), (north - lat) / (north - south)

    def holds(self, point: Point) -> bool:
        x, y = self.at(point.lon, point.lat)
        return 0 <= x <= 1 and 0 <= y <= 1


def view_of(points: Sequence[Point]) -> View | None:
    """The view that holds the points; countries, whose point is only a mark, do not widen it."""
    near = [p for p in points if p.precision != "country"] or list(points)
    return View(near) if near else None


def clusters(points: Sequence[Point]) -> list[list[int]]:
    """The points by the mark that they share, as their places in the list. A country shares its mark with none."""
    view, found = view_of(points), list[list[int]]()
    for i, point in enumerate(points):
        near = (
            group
            for group in found
            if view is not None
            and "country" not in (point.precision, points[group[0]].precision)
            and math.dist(_pixels(view, point), _pixels(view, points[group[0]])) < NEAR
        )
        group = next(near, None)
        if group is None:
            found.append([i])
        else:
            group.append(i)
    return found


def render(points: Sequence[Point], land: Sequence[Ring], pack: LanguagePack, anchors: Sequence[str] = ()) -> str:
    """The map as SVG. `land` are closed rings of (longitude, latitude); `anchors` the ids of the points' entries."""
    view = view_of(points)
    if view is None:
        return ""
    path = "".join(_path(clipped(ring, view.box), view) for ring in land)
    shown = [group for group in clusters(points) if view.holds(points[group[0]])]
    # Towns get room for their names first, the marks of countries last.
    ranked = sorted(shown, key=lambda one: (RANK.index(points[one[0]].precision), one[0]))
    busy: list[Box] = [_around(view, points[group[0]]) for group in shown]
    drawn = "".join(_group(view, [points[i] for i in one], busy, anchors[one[0] : one[0] + 1]) for one in ranked)
    label = escape(pack.phrase("brief.page.map_alt"))
    return Markup(
        f'<svg class="map" role="group" aria-label="{label}"><rect class="sea" width="100%" height="100%"/>'
        f'<svg viewBox="0 0 {WIDE:g} {HIGH:g}" preserveAspectRatio="none" width="100%" height="100%" '
        f'aria-hidden="true"><path class="land" fill-rule="evenodd" d="{path}"/></svg>{drawn}</svg>'
    )


def clipped(ring: Ring, box: Box) -> list[tuple[float, float]]:
    """The part of a ring inside a box (Sutherland and Hodgman, one side after the other)."""
    west, south, east, north = box
    lons, lats = [p[0] for p in ring], [p[1] for p in ring]
    if not ring or max(lons) < west or min(lons) > east or max(lats) < south or min(lats) > north:
        return []
    found = [(p[0], p[1]) for p in ring]
    for axis, bound, least in ((0, west, True), (0, east, False), (1, south, True), (1, north, False)):
        inside = [p[axis] >= bound if least else p[axis] <= bound for p in found]
        if all(inside):
            continue
        kept: list[tuple[float, float]] = []
        for n, (a, here, there) in enumerate(zip(found, inside, inside[1:] + inside[:1], strict=True), 1):
            if here:
                kept.append(a)
            if here != there:
                b = found[n % len(found)]
                share = (bound - a[axis]) / (b[axis] - a[axis])
                kept.append((a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])))
        found = kept
        if not found:
            return []
    return found


def _path(ring: Sequence[tuple[float, float]], view: View) -> str:
    """A ring as path data, without the points that fall on the one before."""
    steps: list[str] = []
    for lon, lat in ring:
        x, y = view.at(lon, lat)
        step = f"{x * WIDE:.1f} {y * HIGH:.1f}"
        if not steps or steps[-1] != step:
            steps.append(step)
    return f"M{'L'.join(steps)}Z" if len(steps) > 2 else ""


def _pixels(view: View, point: Point) -> tuple[float, float]:
    x, y = view.at(point.lon, point.lat)
    return x * NARROW, y * NARROW * HIGH / WIDE


def _around(view: View, point: Point) -> Box:
    x, y = _pixels(view, point)
    return x - 6, y - 6, x + 6, y + 6


def _group(view: View, group: Sequence[Point], busy: list[Box], anchors: Sequence[str]) -> str:
    """A mark with the name of its place where it finds room; the entries below the map name all in any case."""
    point = group[0]
    x, y = view.at(point.lon, point.lat)
    place = f'cx="{x:.2%}" cy="{y:.2%}"'
    marks = {
        "town": f'<circle class="town" {place} r="5"/>',
        "region": f'<circle class="region" {place} r="9"/><circle class="core" {place} r="3"/>',
        "country": f'<circle class="country" {place} r="9"/>',
    }
    mark, label = marks[point.precision], point.label
    if len(group) > 1:
        mark = (
            f'<circle class="several" {place} r="9"/>'
            f'<text class="count" x="{x:.2%}" y="{y:.2%}" dy="4" text-anchor="middle">{len(group)}</text>'
        )
        label = f"{point.label} +{len(group) - 1}"
    text = _name(view, point, label, busy)
    told = escape(" · ".join(one.line.text for one in group))
    inner = f"<title>{told}</title>{mark}{text}"
    return f'<a href="#{anchors[0]}" aria-label="{told}">{inner}</a>' if anchors else f"<g>{inner}</g>"


def _name(view: View, point: Point, label: str, busy: list[Box]) -> str:
    x, y = view.at(point.lon, point.lat)
    px, py = _pixels(view, point)
    wide = len(label) * LETTER
    high = NARROW * HIGH / WIDE
    tries = (
        ("start", 12, 4, (px + 10, py - LINE / 2, px + 14 + wide, py + LINE / 2)),
        ("end", -12, 4, (px - 14 - wide, py - LINE / 2, px - 10, py + LINE / 2)),
        ("start", 6, -9, (px + 4, py - 10 - LINE, px + 8 + wide, py - 7)),
        ("end", -6, -9, (px - 8 - wide, py - 10 - LINE, px - 4, py - 7)),
        ("start", 6, 19, (px + 4, py + 7, px + 8 + wide, py + 8 + LINE)),
        ("end", -6, 19, (px - 8 - wide, py + 7, px - 4, py + 8 + LINE)),
        ("middle", 0, -12, (px - wide / 2, py - 12 - LINE, px + wide / 2, py - 10)),
        ("middle", 0, 21, (px - wide / 2, py + 10, px + wide / 2, py + 12 + LINE)),
    )
    for anchor, dx, dy, box in tries:
        free = not any(a[0] < box[2] and box[0] < a[2] and a[1] < box[3] and box[1] < a[3] for a in busy)
        if free and box[0] >= 0 and box[2] <= NARROW and box[1] >= 0 and box[3] <= high:
            busy.append(box)
            return f'<text x="{x:.2%}" y="{y:.2%}" dx="{dx}" dy="{dy}" text-anchor="{anchor}">{escape(label)}</text>'
    return ""
