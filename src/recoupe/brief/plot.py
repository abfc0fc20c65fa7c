"""A chart as inline SVG: figures over time by source, each mark a link to its words.

A source keeps its answer until it gives another, which is a step. A closed interval is a band whose letter stands below
the plot, since nobody has said a number inside it; an open one is a band that fades out from the number said. Across,
positions are percentages of the width, so that the writing keeps its size on a phone.
"""

import itertools
import math
import string
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from markupsafe import Markup, escape

from ..lang import LanguagePack
from .dates import day, instant
from .model import Chart, Link, Reading, Series
from .timeline import Stretch, stretches
from .wording import number

# Percent of the width: where the marks begin, between two that would touch, and around a mark's band.
LEFT, APART, BAND = 15.0, 6.4, 2.6
# Pixels: the plot, the room above and below it, a mark's radius, and the row of letters below the plot.
HIGH, TOP, FOOT, RADIUS, ROW = 130, 16, 24, 9, 18
# More sources than these crowd a plot on a phone: it grows by so much for each.
FEW, EACH = 6, 12
# From here on the smallest number would lie on the axis, so that steps of ten are equally high.
WIDE = 100
# Room above the highest bound, for the bands that are open there.
HEAD = 1.12
# So many sources differ in colour; after these the colours come again, with other letters.
COLOURS = 6
LETTERS = string.ascii_uppercase
To = Callable[[Link], str]


class Mark(NamedTuple):
    """A reading in its place: percent across, pixels down."""

    x: float
    y: float
    reading: Reading
    series: int

    @property
    def below(self) -> bool:
        """Whether it stands below the plot."""
        return _between(self.reading)


class Scale:
    """From values to pixels: from nought up, or by powers of ten where the numbers lie far apart."""

    def __init__(self, values: Sequence[float], high: int = HIGH) -> None:
        self.foot = TOP + high
        self.top = max(values, default=1.0) * HEAD or 1.0
        least = min((one for one in values if one > 0), default=1.0)
        self.log = self.top / HEAD / least > WIDE
        self.least = least / HEAD

    def at(self, value: float) -> float:
        """How far down a value lies."""
        share = value / self.top
        if self.log:
            share = math.log(max(value, self.least) / self.least) / math.log(self.top / self.least)
        return TOP + (self.foot - TOP) * (1 - min(max(share, 0.0), 1.0))

    def ticks(self) -> list[float]:
        """The round values that the axis names."""
        if self.log:
            powers = range(math.ceil(math.log10(self.least)), math.floor(math.log10(self.top)) + 1)
            return [10.0**power for power in powers][:: max(1, len(powers) // 4)]
        rough = self.top / 3
        unit = 10.0 ** math.floor(math.log10(rough))
        step = next(step * unit for step in (1, 2, 5, 10) if step * unit >= rough)
        return [step * n for n in range(int(self.top / step) + 1)]


def letter(series: int) -> str:
    """What a source is called in a chart and its key."""
    return LETTERS[series % len(LETTERS)] * (series // len(LETTERS) + 1)


def render(chart: Chart, pack: LanguagePack, to: To, name: str) -> str:
    """The chart as SVG; `to` gives the address of a passage, `name` is an id of the page that nothing else has."""
    readings = [one for series in chart.series for one in series.readings]
    bounds = [float(bound) for one in readings for bound in (one.low, one.high) if bound is not None]
    many = max(0, len(chart.series) - FEW)
    scale = Scale(bounds, HIGH + EACH * many)
    days = [moment for one in readings if (moment := instant(one.at)) is not None]
    parts = [_moved(part) for part in stretches(days)] if days else []
    marks = _placed(chart.series, scale, parts)
    row = ROW if any(mark.below for mark in marks) else 0
    drawn = [
        _axes(scale, parts, pack, chart.share, row),
        *(_series(marks, scale, i, name) for i in range(len(chart.series))),
    ]
    drawn += [_dot(mark, chart.series[mark.series].label, to) for mark in marks]
    label = escape(pack.phrase("brief.chart.alt", title="".join(part.text for part in chart.title)))
    if scale.log:
        told = escape(pack.phrase("brief.chart.powers"))
        drawn.append(f'<text class="day" x="100%" y="{TOP - 5}" text-anchor="end">{told}</text>')
    place = f'width="100%" height="{scale.foot + row + FOOT}"'
    return Markup(
        f'<svg class="plot{" many" if many else ""}" role="group" aria-label="{label}" {place}>{"".join(drawn)}</svg>'
    )


def _moved(part: Stretch) -> Stretch:
    """A stretch of the timeline beside the values of the axis."""
    left, right = (LEFT + one * (100 - LEFT) / 100 for one in (part.left, part.right))
    return Stretch(part.start, part.end, left, right)


def _between(reading: Reading) -> bool:
    """Whether an answer leaves all numbers between two bounds open."""
    return reading.low is not None and reading.high is not None and reading.low != reading.high


def _down(reading: Reading, scale: Scale) -> float:
    """How far down a mark stands: at the number or at the bound that is told, or below the plot."""
    if _between(reading):
        return scale.foot + ROW / 2
    return scale.at(float(reading.low if reading.low is not None else reading.high or 0))


def _placed(series: Sequence[Series], scale: Scale, parts: Sequence[Stretch]) -> list[Mark]:
    """The marks by day and source, pushed aside where they would hide one another."""
    told = [(instant(one.at), i, one) for i, each in enumerate(series) for one in each.readings]
    told.sort(key=lambda one: (one[0] is None, one[0] or datetime.min, one[1]))
    found: list[Mark] = []
    for moment, i, reading in told:
        part = next((part for part in parts if moment and part.start <= moment <= part.end), None)
        x = part.at(moment) if part and moment else 100 - APART / 2
        y = _down(reading, scale)
        mine = max((one.x for one in found if one.series == i), default=0.0)
        tries = itertools.chain([x], *([x + n * APART / 2, x - n * APART / 2] for n in range(1, 24)))
        free = (
            one
            for one in tries
            if LEFT + APART / 2 <= one <= 100 - APART / 2
            and one >= mine
            and all(abs(one - other.x) >= APART or abs(y - other.y) > 2 * RADIUS for other in found)
        )
        found.append(Mark(next(free, x), y, reading, i))
    return found


def _axes(scale: Scale, parts: Sequence[Stretch], pack: LanguagePack, share: bool, row: int) -> str:
    """The lines of the round values, and the days below, under a row of letters of this height."""
    found = []
    for value in scale.ticks():
        y, told = scale.at(value), escape(number(value, pack, "share" if share else ""))
        found.append(f'<line class="grid" x1="{LEFT:g}%" x2="100%" y1="{y:.1f}" y2="{y:.1f}"/>')
        found.append(f'<text class="day" x="{LEFT:g}%" dx="-6" y="{y + 4:.1f}" text-anchor="end">{told}</text>')
    foot = scale.foot + row + 16
    for part in parts:
        alone = part.start == part.end or part.right - part.left < 45
        x, anchor = ((part.left + part.right) / 2, "middle") if alone else (part.left, "start")
        found.append(_day(part.start, x, anchor, foot, pack))
        if not alone:
            found.append(_day(part.end, part.right, "end", foot, pack))
    for before, after in itertools.pairwise(parts):
        middle = (before.right + after.left) / 2
        found.append(f'<text class="cut" x="{middle:.2f}%" y="{scale.foot + 4}" text-anchor="middle">//</text>')
    return "".join(found)


def _day(moment: datetime, x: float, anchor: str, y: int, pack: LanguagePack) -> str:
    return f'<text class="day" x="{x:.2f}%" y="{y}" text-anchor="{anchor}">{escape(day(moment, pack))}</text>'


def _series(marks: Sequence[Mark], scale: Scale, i: int, name: str) -> str:
    """The bands and the steps of one source."""
    mine = [mark for mark in marks if mark.series == i]
    colour, found = f"c{i % COLOURS}", []
    for mark, after in itertools.zip_longest(mine, mine[1:]):
        # Two answers for one day are two answers and no change.
        holds = after is not None and after.reading.at != mark.reading.at
        right = max(after.x, mark.x + BAND) if after and holds else min(mark.x + BAND, 100)
        found.append(_band(mark, right, scale, f"{name}-{i}", colour))
        if after and holds and not mark.below:
            for x1, y2 in ((mark.x, mark.y), *([] if after.below else [(after.x, after.y)])):
                place = f'x1="{x1:.2f}%" x2="{after.x:.2f}%" y1="{mark.y:.1f}" y2="{y2:.1f}"'
                found.append(f'<line class="step {colour}" {place}/>')
    faded = "".join(
        f'<linearGradient id="{name}-{i}-{way}" x1="0" x2="0" y1="{y1}" y2="{y2}">'
        f'<stop class="{colour}" offset="0" stop-opacity=".45"/>'
        f'<stop class="{colour}" offset="1" stop-opacity="0"/></linearGradient>'
        for way, y1, y2 in (("up", 1, 0), ("down", 0, 1))
        if any((mark.reading.high if way == "up" else mark.reading.low) is None for mark in mine)
    )
    return (f"<defs>{faded}</defs>" if faded else "") + "".join(found)


def _band(mark: Mark, right: float, scale: Scale, name: str, colour: str) -> str:
    """The interval that an answer leaves open; nothing for a number."""
    low, high = mark.reading.low, mark.reading.high
    if low == high:
        return ""
    upper = scale.at(float(high)) if high is not None else float(TOP)
    lower = scale.at(float(low)) if low is not None else float(scale.foot)
    left = max(mark.x - BAND, LEFT)
    place = f'x="{left:.2f}%" width="{right - left:.2f}%" y="{upper:.1f}" height="{max(lower - upper, 2):.1f}"'
    if high is None or low is None:
        return f'<rect class="fading" {place} fill="url(#{name}-{"up" if high is None else "down"})"/>'
    return f'<rect class="band {colour}" {place}/>'


def _dot(mark: Mark, label: str, to: To) -> str:
    """A mark with its source's letter; one that is only about right has a broken edge, one below the plot none."""
    reading, colour = mark.reading, f"c{mark.series % COLOURS}"
    told = escape(f"{label} · {reading.value} · {reading.when}")
    about = ' stroke-dasharray="3 2"' if reading.approx else ""
    place = f'x="{mark.x:.2f}%" y="{mark.y + 4:.1f}" text-anchor="middle"'
    dot = f'<circle class="{colour}" cx="{mark.x:.2f}%" cy="{mark.y:.1f}" r="{RADIUS}"{about}/>'
    return (
        f'<a href="{escape(to(reading.line.links[0]))}" aria-label="{told}"><title>{told}</title>'
        f"{'' if mark.below else dot}"
        f'<text class="letter{f" below {colour}" if mark.below else ""}" {place}>{letter(mark.series)}</text></a>'
    )
