"""A truce as inline SVG: its declared window, what prolongs or contradicts it, and the incidents that each voice
alleges, inside the window, outside, or at a time that is not said.

Across, positions are percentages of the width, so that the writing keeps its size on a phone.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from markupsafe import Markup, escape

from ..lang import LanguagePack
from .dates import clock, instant
from .model import Link, Row, TruceView, Window

# Percent of the width: where time ends and the column of what has no hour begins, and between two marks.
RIGHT, UNSAID, APART = 84.0, 88.0, 4.4
# Time shown before and after the window, as a share of it; and the length of a window that nobody ends.
AROUND, OPEN = 0.22, timedelta(days=2)
# Pixels: a lane, the name above it, the bar, a mark's radius.
LANE, NAME, BAR, RADIUS, FOOT = 22, 18, 16, 6, 38
To = Callable[[Link], str]


class Time(NamedTuple):
    """The stretch of time that is drawn."""

    start: datetime
    end: datetime

    def at(self, moment: datetime) -> float:
        """Where a moment lies, in percent; what lies further off lies at the edge."""
        share = (moment - self.start) / (self.end - self.start)
        return RIGHT * min(max(share, 0.0), 1.0)


def render(truce: TruceView, pack: LanguagePack, to: To, name: str) -> str:
    """The bar as SVG; empty for a truce of which no text tells a beginning or an end. `to` gives the address of a
    passage, `name` is an id of the page that nothing else has."""
    time = _time(truce)
    if time is None:
        return ""
    drawn, y = [_window(truce.window, time, 4, "window", name)], 4 + BAR
    for kind, windows in (("extended", truce.extensions), ("other", truce.others)):
        for n, window in enumerate(windows):
            told = escape(pack.phrase(f"brief.truce.bar.{kind}"))
            drawn.append(f'<text class="day" x="0" y="{y + 15}">{told}</text>')
            drawn.append(_window(window, time, y + 20, kind, f"{name}-{kind}{n}"))
            y += 20 + BAR
    y += 6
    voices: dict[str, list[Row]] = defaultdict(list)
    for row in truce.incidents:
        voices[row.who].append(row)
    top = y
    for who, rows in sorted(voices.items(), key=lambda one: (-len(one[1]), one[0])):
        said = who or pack.phrase("brief.who.unsaid")
        drawn.append(f'<text class="voice" x="0" y="{y + NAME - 4}">{escape(said[:1].upper() + said[1:])}</text>')
        y += NAME
        lanes, marks = _lane(rows, truce.window, time, y, to)
        drawn.append(marks)
        y += lanes * LANE
    frame = [_edges(truce.window, time, y), _axis(truce.window, time, y, pack)]
    if voices:
        told = escape(pack.phrase("brief.truce.bar.unsaid"))
        frame.append(f'<line class="grid" x1="{UNSAID - 2:g}%" x2="{UNSAID - 2:g}%" y1="{top}" y2="{y}"/>')
        frame.append(f'<text class="day" x="100%" y="{y + 16}" text-anchor="end">{told}</text>')
    label = escape(pack.phrase("brief.truce.bar.alt", head=truce.head.text))
    return Markup(
        f'<svg class="truce-bar" role="group" aria-label="{label}" width="100%" height="{y + FOOT}">'
        f"{''.join(frame)}{''.join(drawn)}</svg>"
    )


def _time(truce: TruceView) -> Time | None:
    """What is drawn: the window with those beside it, and some time around."""
    known = [truce.window, *truce.extensions, *truce.others]
    ends = [one for each in known for text in (each.earliest, each.latest) if (one := instant(text or ""))]
    if not instant(truce.window.earliest or "") and not instant(truce.window.latest or ""):
        return None
    start, end = min(ends), max(ends)
    if instant(truce.window.latest or "") is None or end <= start:
        end = max(end, start + OPEN)
    if instant(truce.window.earliest or "") is None:
        start = min(start, end - OPEN)
    around = (end - start) * AROUND
    return Time(start - around, end + around)


def _window(window: Window, time: Time, y: int, kind: str, name: str) -> str:
    """A window; an end that no text tells fades out."""
    start, end = instant(window.earliest or ""), instant(window.latest or "")
    left, right = (time.at(start) if start else 0.0), (time.at(end) if end else RIGHT)
    place = f'x="{left:.2f}%" width="{max(right - left, 0.6):.2f}%" y="{y}" height="{BAR}"'
    if start and end:
        return f'<rect class="{kind}" {place}/>'
    x1, x2 = (0, 1) if start else (1, 0)
    return (
        f'<defs><linearGradient id="{name}-open" x1="{x1}" x2="{x2}" y1="0" y2="0">'
        f'<stop class="{kind}" offset="0.3"/><stop class="{kind}" offset="1" stop-opacity="0"/></linearGradient></defs>'
        f'<rect {place} fill="url(#{name}-open)"/>'
    )


def _edges(window: Window, time: Time, y: int) -> str:
    """The declared window goes down through the lanes."""
    start, end = instant(window.earliest or ""), instant(window.latest or "")
    left, right = (time.at(start) if start else 0.0), (time.at(end) if end else RIGHT)
    return f'<rect class="held" x="{left:.2f}%" width="{max(right - left, 0.6):.2f}%" y="4" height="{y - 4}"/>'


def _axis(window: Window, time: Time, y: int, pack: LanguagePack) -> str:
    """The declared hours below the lanes."""
    found = [f'<line class="axis" x1="0" x2="{RIGHT:g}%" y1="{y}" y2="{y}"/>']
    start, end = instant(window.earliest or ""), instant(window.latest or "")
    for moment, anchor, last in ((start, "start", False), (end, "end", True)):
        if moment is not None:
            told = escape(clock(moment, pack, end=last))
            found.append(
                f'<line class="axis" x1="{time.at(moment):.2f}%" x2="{time.at(moment):.2f}%" y1="{y}" y2="{y + 5}"/>'
            )
            row = y + (30 if last else 16)  # on a phone the two lie over one another in one row
            found.append(f'<text class="day" x="{time.at(moment):.2f}%" y="{row}" text-anchor="{anchor}">{told}</text>')
    return "".join(found)


def _lane(rows: Sequence[Row], window: Window, time: Time, y: int, to: To) -> tuple[int, str]:
    """The incidents that one voice alleges, in as many lanes as they need; gives how many these are."""
    busy: list[list[float]] = []
    drawn = []
    for row in sorted(rows, key=lambda one: (one.earliest, one.group)):
        x, spread = _where(row, window, time)
        lane, x = _free(busy, x, spread)
        drawn.append(_mark(row, x, spread, y + lane * LANE + LANE // 2, to))
    return max(len(busy), 1), "".join(drawn)


def _where(row: Row, window: Window, time: Time) -> tuple[float, tuple[float, float]]:
    """Where an incident lies: at its time, else in the middle of what is said of it, and how far that reaches."""
    start, end = instant(row.earliest), instant(row.latest)
    opened, closed = instant(window.earliest or ""), instant(window.latest or "")
    left, right = (time.at(opened) if opened else 0.0), (time.at(closed) if closed else RIGHT)
    if row.group == "unsaid":
        return UNSAID + APART / 2, (UNSAID, 100.0)
    bounds = {"inside": (left, right), "before": (0.0, left), "after": (right, RIGHT)}[row.group]
    if start is not None:
        a, b = time.at(start), time.at(end) if end else time.at(start)
        a, b = max(a, bounds[0]), min(b, bounds[1])
        if a <= b:
            return (a + b) / 2, (a, b)
    return sum(bounds) / 2, bounds


def _free(busy: list[list[float]], x: float, spread: tuple[float, float]) -> tuple[int, float]:
    """A place in the first lane where no mark hides another, as near to its own as its spread allows."""
    tries = [x, *(x + sign * n * APART for n in range(1, 30) for sign in (1, -1))]
    inside = [one for one in tries if spread[0] + 1 <= one <= spread[1] - 1] or [x]
    for lane in range(len(busy) + 1):
        if lane == len(busy):
            busy.append([])
        for one in inside:
            if all(abs(one - other) >= APART for other in busy[lane]):
                busy[lane].append(one)
                return lane, one
    raise AssertionError("a new lane is free")


def _mark(row: Row, x: float, spread: tuple[float, float], y: int, to: To) -> str:
    told = escape(f"{row.label} · {row.line.text}")
    wide = spread[1] - spread[0]
    span = ""
    if row.group != "unsaid" and wide > APART:
        span = f'<rect class="open" x="{spread[0]:.2f}%" width="{wide:.2f}%" y="{y - 3}" height="6" rx="3"/>'
    return (
        f'<a class="{row.group}" href="{escape(to(row.line.links[0]))}" aria-label="{told}"><title>{told}</title>'
        f'{span}<circle cx="{x:.2f}%" cy="{y}" r="{RADIUS}"/></a>'
    )
