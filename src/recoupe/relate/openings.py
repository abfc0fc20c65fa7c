"""The times that say when a truce runs, apart from the day on which it was announced."""

import re

from ..model.records import Event, Time, overlapping
from .reading import Reading, folded
from .words import begins

# A truce begins and ends on a day or at an hour; a year that is named with it ("the longest since 2015") is none.
INSTANTS = frozenset({"second", "minute", "hour"})
WINDOW_GRAINS = INSTANTS | {"part", "day"}
# A day says when a truce begins where it stands right behind its name ("a truce on 6 January"), or where a word such as
# "from" stands at most so many characters before it; else it is the day on which it was announced.
BESIDE, OPENED = 15, 30
# How long a truce is to last, as TIMEX3 writes it; named so many characters before it ("a 30-hour Easter truce") or
# behind it ("trêve de 36 heures") at most.
DURATION = re.compile(r"P(?:(\d{1,3})W)?(?:(\d{1,3})D)?(?:T(\d{1,4})H)?")
AHEAD, BEHIND = 20, 6


def bounds(reading: Reading, event: Event) -> list[Time]:
    """The window that a ceasefire's sentence gives: two instants, the earlier one first; else nothing."""
    near = overlapping(reading.times, reading.sentence_at(event.start))
    instants = [time for time in near if time.earliest and time.latest and time.grain in INSTANTS]
    if len(instants) == 2 and (instants[0].earliest or "") < (instants[1].earliest or ""):
        return instants
    return []


def running(reading: Reading, event: Event) -> list[Time]:
    """The times of one mention of a truce that may be its window; of a mention without a time the one instant that its
    sentence tells behind it as a start."""
    if event.time_span is None:
        behind = overlapping(reading.times, (event.end, reading.sentence_at(event.start)[1]))
        instants = [time for time in behind if time.earliest and time.latest and time.grain in INSTANTS]
        return instants if len(instants) == 1 and opened(reading, instants[0].start) else []
    near = overlapping(reading.times, event.time_span)
    times = [time for time in near if time.earliest and time.latest and time.grain in WINDOW_GRAINS]
    if len(times) > 1:
        return times
    return [time for time in times if time.grain in INSTANTS or _opens(reading, event, time)]


def lengths(reading: Reading, event: Event) -> frozenset[int]:
    """How many hours a mention of a truce gives it, where it is not by which it is extended."""
    first, last = reading.sentence_at(event.start)
    before = folded(reading.text[max(first, event.start - OPENED) : event.start])
    if begins(before, reading.words.truce.extended):
        return frozenset()
    times = overlapping(reading.times, (max(first, event.start - AHEAD), min(last, event.end + BEHIND)))
    return frozenset(hours for time in times if time.type == "DURATION" and (hours := length(time)))


def length(time: Time) -> int:
    """The hours of a duration; 0 where it is none that a truce is given."""
    found = DURATION.fullmatch(time.value)
    weeks, days, hours = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    return (weeks * 7 + days) * 24 + hours


def _opens(reading: Reading, event: Event, time: Time) -> bool:
    """Whether a day is told as the one on which a truce begins."""
    words = reading.words.truce
    if 0 <= time.start - event.end <= BESIDE:
        claims = [claim for claim in map(reading.claim, event.claims) if claim is not None]
        between = folded(reading.text[event.end : time.start])
        told = any(begins(between, said) for said in (words.proposed, words.ordered, words.agreed, words.refused))
        return not told and (not claims or any(claim.start <= time.start < claim.end for claim in claims))
    return opened(reading, time.start)


def opened(reading: Reading, offset: int) -> bool:
    """Whether a word that opens a window ("begins") stands in the sentence before an offset, or a small one ("from")
    right before it."""
    start = max(reading.sentence_at(offset)[0], offset - OPENED)
    before = folded(reading.text[start:offset])
    small = [word for word in reading.words.truce.opens if word.endswith(" ")]
    if any(f" {before}".endswith(f" {word}") for word in small):
        return True
    return begins(before, (word for word in reading.words.truce.opens if not word.endswith(" ")))
