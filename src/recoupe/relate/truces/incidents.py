"""The breaches that articles allege of a truce: who says so, and whether their time lies inside its window."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from ...model.records import Claim, Event, overlapping
from ...model.relations import Happening, Incident, Ref
from ..answers import carrying
from ..happenings import Interval, Mention, mentions
from ..reading import Reading, folded
from ..windows import Window
from ..words import begins
from .stances import BREACHES
from .told import Told

When = Literal["inside", "before", "after", "unsaid"]
ALLEGED = frozenset({"actual", "claimed", "denied"})
# An incident without a time is alleged of a truce that the article speaks of this many paragraphs from it at most.
BESIDE = 1
# An incident this many days or less before the window or after it is shown beside it; others are another story.
AROUND = 1
# What is named this many characters after a ceasefire is what it halts.
PAUSED = 24
# What follows this close upon "after" came before the article's own matter ("a week after the strike on …").
FOLLOWED = 28
# A ceasefire named this many characters after a word such as "before" is what the word speaks of.
PLACED = 60


def incidents(
    truce: Told, judged: Window, of: Mapping[Ref, Happening], refused: Collection[Ref] = ()
) -> list[Incident]:
    """Every breach alleged. One without a time is inside where the article tells of the same happening as inside.
    `refused` are mentions of truces that never were."""
    found = [incident for reading in truce.readings for incident in _told(truce, reading, judged, of, refused)]
    inside = {(i.event[0], of[i.event].id) for i in found if i.when == "inside"}
    return [
        msgspec.structs.replace(i, when="inside")
        if i.when == "unsaid" and (i.event[0], of[i.event].id) in inside
        else i
        for i in found
    ]


def _told(
    truce: Told, reading: Reading, window: Window, of: Mapping[Ref, Happening], refused: Collection[Ref]
) -> list[Incident]:
    """The breaches that one article alleges."""
    events = truce.of(reading)
    found = []
    for mention in mentions(reading):
        event = mention.event
        if event.type not in BREACHES or event.status not in ALLEGED or not _alleged(reading, event):
            continue
        if _halted(reading, mention, events) or (
            mention.time is None and not _nearest(reading, event, events, refused)
        ):
            continue
        known = of[mention.ref]
        if mention.time is None and known.earliest and known.latest:
            mention.time = known.earliest, known.latest
        when = _when(reading, mention, events, window)
        carrier = carrying(reading, event)
        # What the text only dates, or does not date, is alleged of the truce where it is told next to it.
        worded = _worded(reading, event, events) is not None
        if when is None or (when == "before" and not worded):
            continue
        if when != "inside" and not worded and not _beside(reading, mention, events, window[0]):
            continue
        if when == "unsaid" and not worded and not _charge(reading, mention, carrier, events):
            continue
        claim = reading.ref(carrier) if carrier else None
        place = _place(reading, mention, carrier)
        found.append(Incident(event=mention.ref, when=when, claim=claim, actor=mention.actor, place=place))
    return found


def _halted(reading: Reading, mention: Mention, events: Sequence[Event]) -> bool:
    """Whether it is what a truce halts: "a pause in the fighting" names no breach."""
    start = max(reading.sentence_at(mention.event.start)[0], mention.event.start - PAUSED)
    if begins(folded(reading.text[start : mention.event.start]), reading.words.truce.halts):
        return True
    if mention.event.type != "ground" or mention.actor or mention.place or mention.event.actor:
        return False
    if any(0 <= mention.event.start - e.end <= PAUSED for e in events):
        return True
    sentence = reading.sentence_at(mention.event.start)
    named = any(sentence[0] <= e.start < mention.event.start for e in events)
    within = begins(folded(reading.text[slice(*sentence)]), (*reading.words.truce.broken, *reading.words.truce.during))
    return named and not within


def _nearest(reading: Reading, event: Event, events: Sequence[Event], refused: Collection[Ref]) -> bool:
    """Whether the truce that an article names nearest to a breach is this one."""
    named = [e for e in reading.events if e.type == "ceasefire" and reading.ref(e) not in refused]
    return not named or min(named, key=lambda e: abs(e.start - event.start)) in events


def _charge(reading: Reading, mention: Mention, carrier: Claim | None, events: Sequence[Event]) -> bool:
    """Whether a breach without a time is held against the truce: someone charges it, or it is told, not as a speaker's
    own loss nor as what something came after, beside or behind the truce. What is told before it led up to it."""
    if carrier is not None and carrier.act == "accuse":
        return True
    start = max(reading.sentence_at(mention.event.start)[0], mention.event.start - FOLLOWED)
    if begins(folded(reading.text[start : mention.event.start]), reading.words.truce.after):
        return False
    last = reading.sentence_at(mention.event.start)[1]
    told = any(e.start < last for e in events)
    return told and (carrier is None or carrier.act != "admit")


def _place(reading: Reading, mention: Mention, carrier: Claim | None) -> str | None:
    """Where an incident is alleged: of an accusation only a place that it names itself."""
    if carrier is None:
        return mention.place
    where = mention.event.place
    inside = where is not None and carrier.start <= where[0] and where[1] <= carrier.end
    if mention.place and (inside or carrier.act != "accuse"):
        return mention.place
    return next(iter(reading.towns(carrier.span)), None)


def _beside(reading: Reading, mention: Mention, events: Sequence[Event], opened: str | None) -> bool:
    """Whether an incident without a time may be one of this truce: told next to it, by an article of its days."""
    if opened and reading.published and reading.published < opened[: len(reading.published)]:
        return False
    return any(abs(mention.paragraph - reading.paragraph_at(e.start)) <= BESIDE for e in events)


def _alleged(reading: Reading, event: Event) -> bool:
    """Whether someone says that it happened: not where it is only hoped, asked or negated."""
    carrier = carrying(reading, event)
    if carrier is None:
        start = max(reading.sentence_at(event.start)[0], event.start - PLACED)
        denied = begins(folded(reading.text[start : event.start]), reading.words.truce.denied)
        return event.status != "denied" and not denied
    return carrier.polarity == "+" and carrier.act in ("assert", "accuse", "admit")


def _when(
    reading: Reading, mention: Mention, events: Sequence[Event], window: tuple[str | None, str | None]
) -> When | None:
    """Inside, before or after the window; "unsaid" where the text leaves it open; None where it lies far from it."""
    event = mention.event
    told = _worded(reading, event, events)
    if told is not None:
        return told
    if mention.time is None or window[0] is None:
        return "unsaid"
    return _timed(mention.time, (window[0], window[1]))


def _worded(reading: Reading, event: Event, events: Sequence[Event]) -> When | None:
    """What the sentence says of the incident and the truce: a breach is inside; "before the truce" …"""
    if event.type == "violation":
        return "inside"
    sentence = reading.sentence_at(event.start)
    words = reading.words.truce
    for truce in events:
        if not sentence[0] <= truce.start < sentence[1]:
            continue
        before = " " + folded(reading.text[max(sentence[0], truce.start - PLACED) : truce.start])
        # The word next to the truce's mention decides: "after", "before", "during".
        ahead = max(before.rfind(f" {word}") for word in words.before)
        within = max(before.rfind(f" {word}") for word in (*words.after, *words.during))
        if max(ahead, within) >= 0:
            return "before" if ahead > within else "inside"
    beside = [e for e in overlapping(reading.events, sentence) if e.type == "violation"]
    return "inside" if beside else None


def _timed(time: Interval, window: tuple[str, str | None]) -> When | None:
    """Where an interval lies against the window; None where it is further than a day off."""
    try:
        opened = datetime.fromisoformat(window[0])
        closed = datetime.fromisoformat(window[1]) if window[1] else None
        start, end = (datetime.fromisoformat(instant) for instant in time)
    except ValueError:
        return "unsaid"
    around = timedelta(days=AROUND)
    if end <= opened:
        return "before" if opened - end <= around else None
    if closed is not None and start >= closed:
        return "after" if start - closed <= around else None
    inside = start >= opened and (closed is None or end <= closed)
    # A day that holds the start of the window, or its end, does not say on which side the incident lies.
    return "inside" if inside and (closed is not None or start.date() == opened.date()) else "unsaid"
