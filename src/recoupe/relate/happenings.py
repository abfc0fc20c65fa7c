"""Mentions of events to happenings: one event, many mentions, by type, place, time, means and parties."""

import functools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from ..model.article import digest
from ..model.records import Event, Span, Time, overlapping
from ..model.relations import Happening, Origin, Passage, Ref, Reuse
from .doers import doer
from .openings import bounds, lengths, running
from .reading import Reading, folded

# A mention without place and time of its own means the last happening of its type, this many paragraphs back at most.
CARRIED = 6
# Characters before a time in which its preposition is looked for.
BEFORE = 12
# Articles further apart than this many days do not mean one happening by type and place alone.
DAYS_APART = 3
# What lies further back than this many days is background of an article that speaks of other things too.
BACK = 7
# These last: the times that mentions give are parts of them (its day, its window), so that their union is known.
LASTING = frozenset({"ceasefire", "exercise"})
# A truce whose sentence only gives times further back than this many days is an earlier one.
RECALLED = 45
# Articles of the same days that name so many of the same speak of one truce.
NAMED = 3
UNNAMED = frozenset({"unknown", None})
# Attacks of two sides are two, where articles say in their own name who struck; whom others accuse is in dispute.
ATTACKS = frozenset({"strike", "ground", "invasion"})
Interval = tuple[str, str]


@dataclass(slots=True)
class Mention:
    """An event mention with its arguments as entities and its time as an interval of local ISO instants."""

    reading: Reading
    event: Event
    actor: str | None
    target: str | None
    place: str | None
    time: Interval | None
    paragraph: int
    lasts: frozenset[int] = frozenset()

    @property
    def ref(self) -> Ref:
        return self.reading.id, self.event.id


@dataclass(slots=True)
class Group:
    """Mentions taken for one happening, and what they know of it together."""

    type: str
    members: list[Mention] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    means: set[str] = field(default_factory=set)
    parties: set[str] = field(default_factory=set)
    doers: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    around: set[str] = field(default_factory=set)
    refs: set[Ref] = field(default_factory=set)
    lasts: set[int] = field(default_factory=set)
    time: Interval | None = None

    @classmethod
    def of(cls, mention: Mention) -> "Group":
        """A mention by itself."""
        reading, event = mention.reading, mention.event
        return cls(
            event.type, [mention], {mention.place} - {None},  # type: ignore[arg-type]
            {event.means} - UNNAMED, {mention.actor, mention.target} - {None},  # type: ignore[arg-type]
            _doers(reading, event),
            set(reading.terms(event.span)), set(reading.entities_in(reading.sentence_at(event.start))),
            {mention.ref}, set(mention.lasts), mention.time,
        )  # fmt: skip

    def named(self) -> set[str]:
        """The entities that its articles name."""
        return {entity for doc in {m.reading.id: m.reading for m in self.members}.values() for entity in doc.named}

    def sides(self) -> set[str]:
        """The sides of its actors: a body's or a person's country, or they themselves."""
        register = self.members[0].reading.register
        return {side for m in self.members if (side := register.side(m.actor))}

    def join(self, other: "Group") -> None:
        """Takes another group in; the interval narrows to what all dated mentions share, of what lasts it widens."""
        self.members += other.members
        self.refs |= other.refs
        self.lasts |= other.lasts
        self.places |= other.places
        self.means |= other.means
        self.parties |= other.parties
        self.around |= other.around
        self.heads |= other.heads
        self.doers |= other.doers
        for mention in other.members:
            both = self.time and mention.time and self.type in LASTING
            self.time = spread(self.time, mention.time) if both else common(self.time, mention.time)

    def fits(self, other: "Group") -> bool:
        """Whether nothing that both know differs."""
        lasting = self.type in LASTING
        if self.type != other.type or not (days_meet if lasting else meet)(self.time, other.time):
            return False
        if self.type == "other" and not self.heads & other.heads:
            return False
        if self.means and other.means and not self.means & other.means:
            return False
        if self.doers and other.doers and not self.doers & other.doers:
            return False
        if self.lasts and other.lasts and not self.lasts & other.lasts:
            return False  # "30 hours instead of 30 days": two truces
        # A truce is told of a front, a town or a country as it comes.
        return self.type == "ceasefire" or not self.places or not other.places or self.placed(other)

    def placed(self, other: "Group") -> bool:
        """Whether both have a place that may be the same."""
        register = self.members[0].reading.register
        return any(register.one_place(a, b) for a in self.places for b in other.places)


def _doers(reading: Reading, event: Event) -> set[str]:
    """The side that an article says in its own name attacked."""
    side = doer(reading, event) if event.type in ATTACKS and event.status == "actual" else None
    return {side} if side is not None else set()


def common(a: Interval | None, b: Interval | None) -> Interval | None:
    """What two intervals share; where they share nothing, or one is not known, the known or the first one."""
    if a is None or b is None:
        return a or b
    start, end = max(a[0], b[0]), min(a[1], b[1])
    return (start, end) if start < end else a


def spread(a: Interval | None, b: Interval | None) -> Interval | None:
    """From the first instant of two intervals to the last."""
    return (min(a[0], b[0]), max(a[1], b[1])) if a and b else a or b


def meet(a: Interval | None, b: Interval | None) -> bool:
    """Whether two intervals share an instant, or one is not known."""
    return a is None or b is None or (a[0] < b[1] and b[0] < a[1])


def days_meet(a: Interval | None, b: Interval | None) -> bool:
    """Whether two intervals share a day, or one is not known."""
    return a is None or b is None or (a[0][:10] <= b[1][:10] and b[0][:10] <= a[1][:10])


def interval(reading: Reading, span: Span | None) -> Interval | None:
    """From the first instant to the last that the times in a span stand for; None where they leave it open."""
    if span is None:
        return None
    return spanned(overlapping(reading.times, span))


def spanned(times: Iterable[Time]) -> Interval | None:
    """From the first instant to the last of some times, those without instants left out."""
    known = [(time.earliest, time.latest) for time in times if time.earliest and time.latest]
    if not known:
        return None
    return min(start for start, _ in known), max(end for _, end in known)


def mentions(reading: Reading) -> list[Mention]:
    """The events of an article with their arguments looked up."""
    places = frozenset({"LOC"})
    found = []
    for event in reading.events:
        place = reading.entity_at(event.place, places)
        paragraph = reading.paragraph_at(event.start)
        time = _since(reading, event, interval(reading, event.time_span))
        if event.type == "ceasefire":
            # The day on which a truce is announced is not when it runs.
            time = spanned(bounds(reading, event) or running(reading, event)) or _recalled(reading, event)
        lasts = lengths(reading, event) if event.type == "ceasefire" else frozenset()
        actor, target = reading.entity_at(event.actor), reading.entity_at(event.target)
        found.append(Mention(reading, event, actor, target, place, time, paragraph, lasts))
    return found


def _since(reading: Reading, event: Event, time: Interval | None) -> Interval | None:
    """When an event took place; what has gone on or come again since a day, from then to the article ("struck three
    times since Monday": not on Monday)."""
    if time is None or event.time_span is None:
        return time
    before = reading.article.text[max(0, event.time_span[0] - BEFORE) : event.time_span[0]].split()
    if not before or folded(before[-1]) not in reading.words.since:
        return time
    if not reading.published or len(reading.published) < len("2024-10-10"):
        return None
    after = date.fromisoformat(reading.published[:10]) + timedelta(days=1)
    return time[0], max(time[1], f"{after}T00:00")


def _recalled(reading: Reading, event: Event) -> Interval | None:
    """When an earlier truce ran of which an article only reminds ("in 2022 Russia refused a truce"): the times of its
    sentence, where all of them lie long before the article."""
    told = spanned(overlapping(reading.times, reading.sentence_at(event.start)))
    if told is None or not reading.published or told[1][:10] >= reading.published:
        return None
    return told if days_between(told[1][:10], reading.published) > RECALLED else None


def _within(reading: Reading) -> list[Group]:
    """The happenings of one article: a bare mention means the last one that it fits."""
    groups: list[Group] = []
    for mention in mentions(reading):
        own = Group.of(mention)
        fitting = [group for group in reversed(groups) if group.fits(own)]
        truce = mention.event.type == "ceasefire"
        bare = (mention.place is None or truce) and mention.time is None
        # An article speaks of one ceasefire unless it gives two windows: bare mentions mean it wherever they stand.
        reach = math.inf if truce else CARRIED
        near = [g for g in fitting if mention.paragraph - g.members[-1].paragraph <= reach]
        same = [g for g in fitting if (g.places and g.places & own.places) or (g.time and own.time)]
        if bare and truce:
            # Of two truces it is the one that the article is about: told of most, or first.
            near.reverse()
            near.sort(key=lambda g: -len(g.members))
        elif bare:
            near.sort(key=lambda g: _looked_back(g, reading))
        best = (near if bare else same or [g for g in near if (truce or not g.places) and not g.time])[:1]
        if best:
            best[0].join(own)
        else:
            groups.append(own)
    return groups


def _looked_back(group: Group, reading: Reading) -> bool:
    """Whether an article only looks back at a happening: a bare mention after it means the article's own matter."""
    known = group.time and reading.published and group.time[1][:10] < reading.published
    return bool(known) and days_between(group.time[1][:10], reading.published or "") > BACK  # type: ignore[index]


def _near(a: Group, b: Group) -> bool:
    """Whether the articles of two groups were published within a few days of each other."""
    first = [m.reading.published for m in a.members if m.reading.published]
    second = [m.reading.published for m in b.members if m.reading.published]
    return any(days_between(x, y) <= DAYS_APART for x in first for y in second)


def _dated(group: Group) -> bool:
    """Whether it is known when the articles of a group were published."""
    return all(m.reading.published for m in group.members)


def _names(a: Group, b: Group) -> bool:
    """Whether the articles of two groups name enough of the same to speak of one truce."""
    return len(a.named() & b.named()) >= NAMED


def _lasting(a: Group, b: Group) -> bool:
    """Whether an article of one group is published while what the other tells of lasts, or within days of its end."""
    return any(
        x.time
        and m.reading.published
        and x.time[0][:10] <= m.reading.published
        and _soon(x.time[1], m.reading.published)
        for x, y in ((a, b), (b, a))
        for m in y.members
    )


def _soon(latest: str, published: str) -> bool:
    return published <= latest[:10] or days_between(latest[:10], published) <= DAYS_APART


@functools.lru_cache(maxsize=1 << 14)
def days_between(a: str, b: str) -> float:
    """Days between two dates of publication, 0 where one is a month that holds the other; infinite where odd."""
    shared = min(len(a), len(b))
    if a[:shared] == b[:shared]:
        return 0
    try:
        x, y = (date.fromisoformat(value if len(value) == 10 else f"{value}-15") for value in (a, b))
    except ValueError:
        return float("inf")
    return abs((x - y).days)


def _same(a: Group, b: Group, twins: Mapping[Ref, set[Ref]]) -> bool:
    """Whether groups of two articles are one happening: nothing differs, and enough is shared to say so."""
    if not a.fits(b):
        return False
    if any(not b.refs.isdisjoint(twins[ref]) for ref in a.refs if ref in twins):
        return True
    dated, placed, peopled = bool(a.time and b.time), a.placed(b), bool(a.parties & b.parties)
    if a.type == "ceasefire" and not dated:
        # Of a truce most articles give no window: whom and what they name says which one they mean.
        if _dated(a) and _dated(b):
            return (_near(a, b) or _lasting(a, b)) and (bool(a.around & b.around) or _names(a, b))
        # Where an article has no date either, the side that declares it must be one too.
        return bool(a.sides() & b.sides()) and _names(a, b)
    if dated:
        # One kind of event on one day: what stands around the mentions says whether it is one event.
        truce = a.type == "ceasefire" and _near(a, b) and _names(a, b)
        return placed or peopled or bool(a.around & b.around) or truce
    return placed and _near(a, b) and (peopled or not (a.parties and b.parties))


def twin_events(readings: Sequence[Reading], shared: Sequence[Reuse], origins: Iterable[Origin]) -> dict[Ref, set[Ref]]:
    """Event mentions that stand at the same turn of two passages that come from one text, or in the same words of
    articles that do (passages that very many share are not all compared)."""
    by_id = {reading.id: reading for reading in readings}
    found: dict[Ref, set[Ref]] = defaultdict(set)

    # Kept, because one passage may be shared with many articles.
    @functools.cache
    def held(passage: Passage) -> dict[str, list[Ref]]:
        reading, of_kind = by_id[passage[0]], dict[str, list[Ref]]()
        for event in overlapping(reading.events, passage[1:]):
            of_kind.setdefault(event.type, []).append(reading.ref(event))
        return of_kind

    for record in shared:
        mine, theirs = held(record.a), held(record.b)
        for kind in mine:
            if len(mine[kind]) == len(theirs.get(kind, ())):
                for one, other in zip(mine[kind], theirs[kind], strict=True):
                    found[one].add(other)
                    found[other].add(one)
    for origin in origins:
        first: dict[tuple[str, str, int], Ref] = {}
        for reading in (by_id[doc] for doc in origin.docs if origin.sure and doc in by_id):
            for event in reading.events:
                start, end = reading.sentence_at(event.start)
                ref = reading.ref(event)
                hub = first.setdefault((event.type, reading.text[start:end], event.start - start), ref)
                if hub[0] != ref[0]:
                    found[ref].add(hub)
                    found[hub].add(ref)
    return found


def happenings(
    readings: Sequence[Reading], shared: Sequence[Reuse], origins: Iterable[Origin] = ()
) -> tuple[Happening, ...]:
    """Every event mention in one happening. Articles are taken in their order, so arrival does not matter."""
    twins = twin_events(readings, shared, origins)
    merged: list[Group] = []
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    for reading in readings:
        fresh = [(group, _find(group, merged, index, twins)) for group in _within(reading)]
        for group, at in fresh:
            if at is None:
                at = len(merged)
                merged.append(group)
            else:
                merged[at].join(group)
            for key in _keys(group, twins):
                if at not in index[key]:
                    index[key].append(at)
    return tuple(sorted((_record(group) for group in merged), key=lambda h: (h.earliest or "", h.id)))


def _keys(group: Group, twins: Mapping[Ref, set[Ref]]) -> set[tuple[str, str]]:
    keys = {(group.type, place) for place in group.places}
    if group.time:
        keys |= {(group.type, group.time[0][:10])}
    if group.type == "ceasefire":
        keys |= {(group.type, (mention.reading.published or "")[:7]) for mention in group.members}
    twin = (ref for ref in group.refs if ref in twins)
    return keys | {("twin", " ".join(other)) for ref in twin for other in (ref, *twins[ref])}


def _find(
    group: Group, merged: Sequence[Group], index: Mapping[tuple[str, str], list[int]], twins: Mapping[Ref, set[Ref]]
) -> int | None:
    near = sorted({at for key in _keys(group, twins) for at in index.get(key, ())})
    return next((at for at in near if _same(group, merged[at], twins)), None)


def _record(group: Group) -> Happening:
    refs = tuple(sorted(mention.ref for mention in group.members))
    members = group.members
    return Happening(
        id=digest("happening", group.type, *refs), type=group.type, mentions=refs,
        means=_most(m.event.means for m in members), actor=_most(m.actor for m in members),
        target=_most(m.target for m in members), place=_most(m.place for m in members),
        earliest=group.time[0] if group.time else None, latest=group.time[1] if group.time else None,
    )  # fmt: skip


def _most(values: Iterable[str | None]) -> str | None:
    """The value that most mentions give, ties by the value itself."""
    told = [value for value in values if value not in UNNAMED]
    if len(told) < 2:
        return told[0] if told else None  # of most happenings one mention tells
    counts = Counter(told)
    return min(counts, key=lambda value: (-counts[value], value or ""))


def by_mention(found: Iterable[Happening]) -> dict[Ref, Happening]:
    """The happening of every event mention."""
    return {ref: happening for happening in found for ref in happening.mentions}
