"""The declared window of a truce: from which instant to which, and by which times of the texts."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from ..model.records import Event, Span, Time, overlapping
from .openings import INSTANTS, length, lengths, opened, running
from .reading import Reading

# A duration named this many characters from a ceasefire is how long it lasts.
NEAR = 60
Window = tuple[str | None, str | None]
Mentioned = tuple[Reading, Event]
Dated = tuple[Reading, Time]


def window(events: Sequence[Mentioned], readings: Sequence[Reading]) -> tuple[Window, list[Dated]]:
    """The window that most mentions give, with its times: one with start and end before a start alone, one as long as
    the truce is said to last ("30-hour") before others, hours before parts of days and days. A sentence that gives two
    instants, the first of them told as a start, gives both ends."""
    told = _told(events, readings)
    whole = {key: value for key, value in told.items() if key[1] and (key[0] or "") < key[1]} or told
    if not whole:
        return (None, None), []
    said = {hours for reading, event in events for hours in lengths(reading, event)}
    best = min(
        whole,
        key=lambda key: (_hours(key) not in said, not _exact(whole[key]), -len(whole[key]), key[0] or "", key[1] or ""),
    )
    return best, whole[best]


def _hours(told: Window) -> float | None:
    """How long a window is; None where an end is open."""
    if not (told[0] and told[1]):
        return None
    return (datetime.fromisoformat(told[1]) - datetime.fromisoformat(told[0])).total_seconds() / 3600


def others(events: Sequence[Mentioned], readings: Sequence[Reading], best: Window) -> list[tuple[Window, list[Dated]]]:
    """The windows that texts give and that cannot be the best one: they begin or end at another instant, or on another
    day. A day that holds the instant is no other."""
    told = _told(events, readings)
    return sorted(
        ((key, times) for key, times in told.items() if key != best and _apart(best, key, times)),
        key=lambda one: (one[0][0] or "", one[0][1] or ""),
    )


def _apart(best: Window, other: Window, times: Sequence[Dated]) -> bool:
    first, last = times[0][1], times[1][1] if len(times) > 1 else None
    start, end = best
    if start and first.earliest and first.latest:
        exact = first.grain in INSTANTS and "T00:00" not in start
        if first.earliest != start if exact else not first.earliest <= start < first.latest:
            return True
    exact_end = last is not None and last.grain in INSTANTS
    return bool(end and other[1] and exact_end and other[1] != end)


def _told(events: Sequence[Mentioned], readings: Sequence[Reading]) -> dict[Window, list[Dated]]:
    """Every window that the texts give, with its times."""
    told: dict[Window, list[Dated]] = defaultdict(list)
    for reading, event in events:
        times = running(reading, event)
        if len(times) > 1:
            told[times[0].earliest, _end(times[-1])] += [(reading, time) for time in times]
        elif times:
            told[times[0].earliest, None] += [(reading, time) for time in times]
    if not any(end for _, end in told):
        for reading, times in _pairs(events, readings):
            if _shared(events, reading, times[0]) or (times[0].earliest, None) in told:
                told[times[0].earliest, times[1].earliest] += [(reading, time) for time in times]
    return told


def _end(time: Time) -> str | None:
    """The end of a window is the instant named ("à 24 h"); of a day, its end."""
    return time.earliest if time.grain in INSTANTS else time.latest


def _exact(times: Sequence[Dated]) -> bool:
    return all(time.grain in INSTANTS for _, time in times)


def _pairs(events: Sequence[Mentioned], readings: Sequence[Reading]) -> Iterator[tuple[Reading, list[Time]]]:
    """The sentences of the articles that name just two instants, the earlier one first."""
    for reading in readings:
        by_sentence: dict[Span, list[Time]] = defaultdict(list)
        for time in reading.times:
            if time.earliest and time.grain in INSTANTS:
                by_sentence[reading.sentence_at(time.start)].append(time)
        for times in by_sentence.values():
            if len(times) == 2 and (times[0].earliest or "") < (times[1].earliest or ""):
                yield reading, times


def _shared(events: Sequence[Mentioned], reading: Reading, time: Time) -> bool:
    """Whether a sentence names the truce before a time that it tells as a start."""
    sentence = reading.sentence_at(time.start)
    named = any(home is reading and sentence[0] <= event.start < time.start for home, event in events)
    return named and opened(reading, time.start)


def lasting(events: Sequence[Mentioned], start: str | None) -> str | None:
    """When a truce ends whose start and duration are told ("72 hours from midnight"); incidents are judged by it."""
    told = [
        hours
        for reading, event in events
        for time in overlapping(reading.times, reading.sentence_at(event.start))
        if time.type == "DURATION" and abs(time.start - event.start) <= NEAR and (hours := length(time))
    ]
    if not told or start is None:
        return None
    try:
        end = datetime.fromisoformat(start) + timedelta(hours=max(told))
    except (ValueError, OverflowError):
        return None
    return end.isoformat(timespec="minutes")


def zone(told: Window, times: Sequence[Dated], readings: Sequence[Reading]) -> str:
    """The time zone that a window's times carry, or any other mention of one of its instants; empty where unsaid."""
    known = [time.zone for _, time in times if time.zone]
    same = (t.zone for reading in readings for t in reading.times if t.zone and t.earliest and t.earliest in told)
    return known[0] if known else next(same, "")
