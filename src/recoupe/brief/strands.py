"""What a story tells of, apart: its main happenings, each with the mentions that are of one kind, day and place.

Happenings are kept apart by the relations where a detail differs (a strike from the air, a shelling); an account
puts under one heading what is of one kind on one day at one place, as far as the records say. A heading says no more
than kind, place and day.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from ..model.records import Claim, Event, overlapping
from ..model.relations import Happening, Ref, Story
from .dates import DAY, day, instant
from .index import Index
from .lines import happening_key
from .model import Part
from .wording import Parts, fill, joined

# The kinds that a desk tells of under one heading. Truces have their own; what is not classed has none.
FAMILIES = {
    "strike": "strike", "intercept": "strike", "damage": "strike", "casualties": "strike",
    "ground": "ground", "withdrawal": "ground", "loss": "ground",
    "movement": "buildup", "delivery": "buildup", "exercise": "buildup",
    "meeting": "meeting", "protest": "protest",
}  # fmt: skip
# These say only what came of a happening: others of the family name it.
OUTCOMES = frozenset({"casualties", "damage", "loss", "intercept"})
# A happening that may lie anywhere in a longer time has no day.
LONGEST = timedelta(days=3)
# Places this many kilometres apart are one: a town and its suburb. A degree of latitude is 111 km.
NEXT, DEGREE = 40.0, 111.2


class Strand(msgspec.Struct, frozen=True):
    """A main happening: its members, and what they share of place (an entity id) and day (ISO)."""

    family: str
    members: tuple[Happening, ...]
    place: str = ""
    day: str = ""

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(one.id for one in self.members)

    @property
    def named(self) -> bool:
        """Whether it says what happened, and not only what came of it."""
        return any(one.type not in OUTCOMES for one in self.members)


def strands(index: Index, story: Story) -> list[Strand]:
    """The main happenings of a story, those that most articles tell of first."""
    docs = set(story.docs)
    found: list[list[Happening]] = []
    happenings = [one for one in index.happenings_in(docs) if one.type in FAMILIES]
    # Those that say most of themselves set the headings, the others join the first that they fit.
    for one in sorted(happenings, key=lambda h: (not _day(h), not h.place, -_told(h, docs), h.id)):
        fitting = [group for group in found if all(_fits(index, one, other) for other in group)]
        shared = [group for group in fitting if any(_shares(index, one, other) for other in group)]
        if shared:
            shared[0].append(one)
        else:
            found.append([one])
    # What is only told by what came of it has the day of a toll and no name: it makes no heading.
    made = [strand for group in found if (strand := _strand(index, group)).named]
    return sorted(
        made, key=lambda one: (-len({ref[0] for h in one.members for ref in h.mentions if ref[0] in docs}), one.day)
    )


def _told(happening: Happening, docs: Collection[str]) -> int:
    return len({doc for doc, _ in happening.mentions if doc in docs})


def _day(happening: Happening) -> str:
    """The day of a happening, where it is known to within a few."""
    start, end = instant(happening.earliest or ""), instant(happening.latest or "")
    if start is None or (end is not None and end - start > LONGEST):
        return ""
    return (happening.earliest or "")[:10]


def _fits(index: Index, one: Happening, other: Happening) -> bool:
    """Whether two happenings may be told under one heading: of one family, and no time or place sets them apart."""
    if FAMILIES[one.type] != FAMILIES[other.type]:
        return False
    apart = _day(one) and _day(other) and not _meet(one, other)
    return not apart and (not one.place or not other.place or same_place(index, one.place, other.place))


def _meet(one: Happening, other: Happening) -> bool:
    """Whether two happenings are of one day, or their times share a moment: a night is of both its days."""
    if _day(one) == _day(other):
        return True
    (a, b), (c, d) = (_interval(each) for each in (one, other))
    return a is not None and b is not None and c is not None and d is not None and a < d and c < b


def _interval(happening: Happening) -> tuple[datetime | None, datetime | None]:
    """From when to when a happening may lie; a moment without an end is of its day."""
    start, end = instant(happening.earliest or ""), instant(happening.latest or "")
    if start is None:
        return None, None
    return start, end if end is not None and end > start else start.replace(hour=0, minute=0) + DAY


def _shares(index: Index, one: Happening, other: Happening) -> bool:
    """Whether two happenings have a time or a place in common: without either, nothing says that they are one. A
    country alone is no such place."""
    if _day(one) and _day(other) and _meet(one, other):
        return True
    if not one.place or not other.place or not same_place(index, one.place, other.place):
        return False
    known = [found.place for place in (one.place, other.place) if (found := index.entities.get(place)) is not None]
    return one.place == other.place or all(place is not None and place.precision != "country" for place in known)


def same_place(index: Index, a: str, b: str) -> bool:
    """Whether two places may be one: the same, next to each other, or a place and its own country."""
    if a == b:
        return True
    one, other = index.entities.get(a), index.entities.get(b)
    if one is None or other is None or one.place is None or other.place is None:
        return False
    here, there = one.place, other.place
    if "country" in (here.precision, there.precision):
        return here.precision != there.precision and bool(here.country) and here.country == there.country
    wide = (here.lon - there.lon) * math.cos(math.radians(here.lat))
    return math.hypot(here.lat - there.lat, wide) * DEGREE <= NEXT


def _strand(index: Index, group: Sequence[Happening]) -> Strand:
    places = Counter(one.place for one in group if one.place for _ in one.mentions)
    days = Counter(found for one in group if (found := _day(one)))

    def rank(place: str) -> tuple[object, ...]:
        entity = index.entities.get(place)
        known = entity.place.precision if entity and entity.place else "country"
        return known == "country", -places[place], place

    return Strand(
        family=FAMILIES[group[0].type],
        members=tuple(group),
        place=min(places, key=rank, default="") or "",
        day=max(days, key=lambda one: (days[one], one), default=""),
    )


def heading(index: Index, strand: Strand) -> Parts:
    """What a strand is: its kind (by its means where all agree), where and when."""
    named = [one for one in strand.members if one.type not in OUTCOMES] or list(strand.members)
    counts = Counter(happening_key(one) for one in named for _ in one.mentions)
    kinds = Counter(one.type for one in named for _ in one.mentions)
    kind = min(kinds, key=lambda one: (-kinds[one], one))
    finer = {one for one in counts if one.startswith(kind)}
    key = finer.pop() if len(finer) == 1 else kind
    parts: list[Parts] = [(Part(index.reader.phrase(f"brief.event.{key}")),)]
    if strand.place:
        parts.append((Part(index.label(strand.place), "name"),))
    if strand.day and (moment := instant(strand.day)) is not None:
        parts.append((Part(day(moment, index.reader)),))
    return joined(parts, index.reader.phrase("brief.then"))


def within(index: Index, strand: Strand) -> Parts:
    """A strand as what something happened in ("dans la frappe")."""
    named = [one for one in strand.members if one.type not in OUTCOMES]
    keys = {happening_key(one) for one in named}
    key = keys.pop() if len(keys) == 1 else named[0].type if len({one.type for one in named}) == 1 else ""
    known = index.reader.phrases("brief").get("within")
    return fill(index.reader, f"brief.within.{key}") if isinstance(known, dict) and key in known else ()


def happenings_of(index: Index, refs: Iterable[Ref]) -> Counter[str]:
    """The happenings that some records tell of: events, figures of them, and claims with these in their words."""
    found: Counter[str] = Counter()
    for ref in refs:
        record = index.record(ref)
        if record is None:
            continue
        events = [record.id] if isinstance(record, Event) else []
        if isinstance(record, Claim):
            inside = index.layer(ref[0], Event)
            events = [one.id for span in (record.span, *record.more) for one in overlapping(inside, span)]
        events += [one for one in [getattr(record, "event", None)] if one]
        found.update(one.id for event in events if (one := index.happening_of.get((ref[0], event))) is not None)
    return found


def strand_with(found: Sequence[Strand], happening: str | None) -> int:
    """The number of the strand that a happening belongs to; -1 where there is none."""
    return next((i for i, strand in enumerate(found) if happening in strand.ids), -1) if happening else -1


def strand_of(found: Sequence[Strand], happenings: Counter[str]) -> int:
    """The number of the strand that most of some happenings belong to; -1 where none does."""
    counts = [sum(n for one, n in happenings.items() if one in strand.ids) for strand in found]
    best = max(range(len(found)), key=lambda i: (counts[i], -i), default=-1)
    return best if best >= 0 and counts[best] else -1
