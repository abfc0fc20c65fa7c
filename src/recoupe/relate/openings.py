"""The times that say when a truce runs, apart from the day on which it was announced."""

from ..model.records import Event, Time, overlapping
from .reading import Reading, folded
from .words import begins

# A truce begins and ends on a day or at an hour; a year that is named with it ("the longest since 2015") is none.
INSTANTS = frozenset({"second", "minute", "hour"})
WINDOW_GRAINS = INSTANTS | {"part", "day"}
# A day says when a truce begins where it stands right behind its name ("a truce on 6 January"), or where a word such as
# "from" stands at most so many characters before it; else it is the day on which it was announced.
BESIDE, OPENED = 15, 30


def bounds(reading: Reading, event: Event) -> list[Time]:
    """The window that a ceasefire's sentence gives: two instants, the earlier one first; else nothing."""
    near = overlapping(reading.times, reading.sentence_at(event.start))
    instants = [time for time in near if time.earliest and time.latest and time.grain in INSTANTS]
    if len(instants) == 2 and (instants[0].earliest or "") < (instants[1].earliest or ""):
        return instants
    return []


def running(reading: Reading, event: Event) -> list[Time]:
    """The times of one mention of a truce that may be its window."""
    near = overlapping(reading.times, event.time_span or event.span)
    times = [time for time in near if time.earliest and time.latest and time.grain in WINDOW_GRAINS]
    if len(times) > 1:
        return times
    return [time for time in times if time.grain in INSTANTS or _opens(reading, event, time)]


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
    """Whether a word that opens a window ("from", "begins") stands in the sentence right before an offset."""
    start = max(reading.sentence_at(offset)[0], offset - OPENED)
    return begins(folded(reading.text[start:offset]), reading.words.truce.opens)
