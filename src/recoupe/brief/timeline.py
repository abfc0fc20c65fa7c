"""The timeline as inline SVG: a strip with a number for each entry, uncertain times as bars, long gaps cut out.

Positions are percentages of the width, so that the writing keeps its size on a phone.
"""

import itertools
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from markupsafe import Markup, escape

from ..lang import LanguagePack
from .dates import day, instant
from .model import Moment

# At most this many stretches with a date each: what fits beside one another on a phone of 320 px.
STRETCHES = 3
# A gap is cut out where it is longer than all that it parts, and longer than this.
GAP = timedelta(days=3)
# Percent of the width: between stretches, around the strip, and between two numbers in one lane.
BREAK, EDGE, APART = 5.0, 3.5, 7.5
LANE, TOP, FOOT = 24, 16, 30


class Stretch(msgspec.Struct, frozen=True):
    """A stretch of time with its place on the strip, in percent."""

    start: datetime
    end: datetime
    left: float
    right: float

    def at(self, moment: datetime) -> float:
        """Where a moment lies on the strip."""
        whole = (self.end - self.start) / timedelta(seconds=1)
        share = ((moment - self.start) / timedelta(seconds=1)) / whole if whole else 0.5
        return self.left + (self.right - self.left) * min(max(share, 0.0), 1.0)


def render(moments: Sequence[Moment], pack: LanguagePack, anchors: Sequence[str] = ()) -> str:
    """The strip as SVG; `anchors` are the ids of the entries that its numbers lead to. Empty for fewer than two."""
    dated = [(i, one, start) for i, one in enumerate(moments) if (start := instant(one.earliest)) is not None]
    if len({start for _, _, start in dated}) < 2:
        return ""
    ends = [end for _, one, _ in dated if one.span and (end := instant(one.latest)) is not None]
    parts = stretches([*(start for _, _, start in dated), *ends])
    lanes: list[float] = []
    drawn: list[str] = []
    for i, one, start in dated:
        end = instant(one.latest) if one.span else None
        x = _place(parts, start)
        right = max(x, _place(parts, end)) if end else x
        lane = next((n for n, busy in enumerate(lanes) if x - busy >= APART), len(lanes))
        lanes[lane:] = [max(right, x), *lanes[lane + 1 :]]
        drawn.append(_entry(i, one, x, right, TOP + lane * LANE, anchors))
    bottom = TOP + len(lanes) * LANE
    axis = [_axis(part, bottom, pack) for part in parts]
    for before, after in itertools.pairwise(parts):
        middle = (before.right + after.left) / 2
        axis.append(f'<text class="cut" x="{middle:.2f}%" y="{bottom + 4}" text-anchor="middle">//</text>')
    label = escape(pack.phrase("brief.page.timeline_alt"))
    return Markup(
        f'<svg class="strip" role="group" aria-label="{label}" width="100%" height="{bottom + FOOT}">'
        f"{''.join(axis)}{''.join(drawn)}</svg>"
    )


def _place(parts: Sequence[Stretch], moment: datetime) -> float:
    """Where a moment lies on the strip, which has a stretch for it."""
    return next(part for part in parts if part.start <= moment <= part.end).at(moment)


def stretches(starts: Sequence[datetime]) -> list[Stretch]:
    """The times parted at their longest gaps, each stretch as wide as it has times, none narrower than its date."""
    ordered = sorted(set(starts))
    gaps = sorted(((b - a, i) for i, (a, b) in enumerate(itertools.pairwise(ordered), 1)), reverse=True)
    cuts = [0]
    for gap, i in gaps[: STRETCHES - 1]:
        if gap > GAP:
            cuts.append(i)
    bounds = [*sorted(cuts), len(ordered)]
    groups = [ordered[a:b] for a, b in itertools.pairwise(bounds)]
    free = 100 - 2 * EDGE - BREAK * (len(groups) - 1)
    weights = [2.0 + len(group) for group in groups]
    found, left = [], EDGE
    for group, weight in zip(groups, weights, strict=True):
        width = free * weight / sum(weights)
        found.append(Stretch(group[0], group[-1], left, left + width))
        left += width + BREAK
    return found


def _axis(part: Stretch, y: int, pack: LanguagePack) -> str:
    """A stretch's line with its first day, and its last where there is room."""
    line = f'<line class="axis" x1="{part.left:.2f}%" x2="{part.right:.2f}%" y1="{y}" y2="{y}"/>'
    middle = part.start == part.end
    x = (part.left + part.right) / 2 if middle else part.left
    anchor = "middle" if middle else "start"
    first = f'<text class="day" x="{x:.2f}%" y="{y + 18}" text-anchor="{anchor}">{escape(day(part.start, pack))}</text>'
    if middle or part.right - part.left < 55 or part.start.date() == part.end.date():
        return line + first
    last = escape(day(part.end, pack))
    return f'{line}{first}<text class="day" x="{part.right:.2f}%" y="{y + 18}" text-anchor="end">{last}</text>'


def _entry(i: int, one: Moment, x: float, right: float, y: int, anchors: Sequence[str]) -> str:
    """A numbered dot, with a bar behind it where the text leaves the moment open."""
    kind = "ahead" if one.stance == "ahead" else "told"
    bar = ""
    if right > x:
        bar = f'<rect class="open" x="{x:.2f}%" width="{right - x:.2f}%" y="{y - 4}" height="8" rx="4"/>'
    title = f"<title>{escape(one.when)} · {escape(one.line.text)}</title>"
    dot = (
        f'<circle class="{kind}" cx="{x:.2f}%" cy="{y}" r="9"/>'
        f'<text class="{kind}" x="{x:.2f}%" y="{y + 4}" text-anchor="middle">{i + 1}</text>'
    )
    inner = f"{title}{bar}{dot}"
    return f'<a href="#{anchors[i]}">{inner}</a>' if i < len(anchors) else f"<g>{inner}</g>"
