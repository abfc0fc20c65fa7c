"""The timeline's entries and the map's points of a story."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta

from ..model.records import Event, Time, overlapping
from ..model.relations import Happening, Ref, Story, Truce
from .dates import between, clock, deduced, instant
from .index import Index
from .lines import doubted, event_line, happening_key, line, source_label, voices
from .model import Line, Moment, Part, Point, Stance
from .wording import fill, joined

# A date that leaves open more than a season is background and no entry of a timeline.
WIDEST = timedelta(days=93)
# A point lists this many of the happenings placed there.
HAPPENINGS = 4
# A cease-fire holds along a front and over a window, which the truces tell; what is not classed says nothing.
UNPLACED = frozenset({"other", "ceasefire"})
AHEAD = frozenset({"planned", "possible"})


def timeline(index: Index, story: Story) -> list[Moment]:
    """The dated happenings of a story and the ends of its truces' windows, earliest first."""
    found = []
    inside = set(story.docs)
    for happening in index.happenings_in(inside):
        moment = _moment(index, happening, inside)
        if moment is not None:
            found.append(moment)
    for truce in index.relations.truces:
        if truce.story in (story.id, story.story) or (truce.story is None and {d for d, _ in truce.mentions} & inside):
            found.extend(_ends(index, truce))
    ranked = sorted(found, key=lambda one: (one.earliest, one.latest, one.line.refs))
    return _once(ranked)


def background(moments: Sequence[Moment], articles: Sequence[str]) -> tuple[list[Moment], list[Moment]]:
    """The entries of the running story, and those that lie further back: more than a season before the first of its
    articles appeared (`articles`: publication dates), unless as many texts tell them as tell anything."""
    starts = [start for one in articles if (start := instant(one)) is not None]
    if not starts:
        return list(moments), []
    since, most = min(starts) - WIDEST, max((one.line.support.texts for one in moments), default=0)
    near: list[Moment] = []
    far: list[Moment] = []
    for one in moments:
        begun = instant(one.earliest)
        central = most > 1 and one.line.support.texts == most
        (near if begun is None or begun >= since or central else far).append(one)
    return near, far


def _moment(index: Index, happening: Happening, docs: set[str]) -> Moment | None:
    start, end = instant(happening.earliest or ""), instant(happening.latest or "")
    refs = [ref for ref in happening.mentions if ref[0] in docs and index.event(ref) is not None]
    if start is None or not refs or (end is not None and end - start > WIDEST) or happening.type in UNPLACED:
        return None
    events = [event for ref in refs if (event := index.event(ref)) is not None]
    if all(event.status == "denied" for event in events):
        return None
    stance: Stance = "ahead" if all(event.status in AHEAD for event in events) else "happened"
    when, open_span = between(happening.earliest or "", happening.latest, index.reader)
    dated = [ref for ref in refs if _times(index, ref)] or refs
    shown = min(
        dated, key=lambda ref: (doubted(index, ref), _worked_out(index, ref), index.numbers[ref[0]], _at(index, ref))
    )
    marks = [_worked_out(index, ref) for ref in dated]
    marks = [0 if mark == 1 and index.dated([ref[0]]) else mark for mark, ref in zip(marks, dated, strict=True)]
    made = event_line(index, [shown, *refs], shown, happening)
    return Moment(
        when=_marked(index, when, min(marks)), line=made, earliest=happening.earliest or "",
        latest=happening.latest or "", span=open_span, deduced=min(marks) > 0, stance=stance,
    )  # fmt: skip


def _at(index: Index, ref: Ref) -> int:
    record = index.record(ref)
    return record.start if record else 0


def _times(index: Index, ref: Ref) -> list[Time]:
    event = index.event(ref)
    if event is None or event.time_span is None:
        return []
    return overlapping(index.layer(ref[0], Time), event.time_span)


def _worked_out(index: Index, ref: Ref) -> int:
    """0 where the date is written out, 1 where its year is worked out, 2 where all of it is."""
    times = _times(index, ref)
    ranks = {"": 0, "year": 1, "date": 2}
    return min((ranks[deduced(time)] for time in times if time.type in ("DATE", "TIME")), default=2)


def _marked(index: Index, when: str, rank: int) -> str:
    if rank == 0:
        return when
    return f"{when} {index.reader.phrase('brief.deduced.year' if rank == 1 else 'brief.deduced.date')}"


def _ends(index: Index, truce: Truce) -> list[Moment]:
    """When a truce's window begins and is to end."""
    refs = [ref for ref in truce.window or truce.mentions if index.record(ref) is not None]
    spans = [(ref[0], record.span) for ref in refs if (record := index.record(ref)) is not None]
    times = [one for ref in truce.window if isinstance(one := index.record(ref), Time)]
    rank = max(({"": 0, "year": 1, "date": 2}[deduced(time)] for time in times), default=2)
    rank = 0 if rank == 1 and index.dated({ref[0] for ref in refs}) else rank
    found = []
    for key, text in (("start", truce.earliest), ("end", truce.latest)):
        moment = instant(text or "")
        if moment is None or text is None:
            continue
        by = joined([(Part(index.subject(one), "name"),) for one in truce.by], index.reader.phrase("brief.and"))
        parts = fill(index.reader, f"brief.truce.{key}.{'by' if by else 'unsaid'}", by=by)
        made = line(index, parts, refs, spans, _tellers(index, refs))
        when = _marked(index, clock(moment, index.reader, end=key == "end"), rank)
        found.append(Moment(when=when, line=made, earliest=text, deduced=rank > 0, stance="ahead"))
    return found


def _tellers(index: Index, refs: Iterable[Ref]) -> list[str]:
    """Whose words some records stand in."""
    labels = []
    for ref in refs:
        record = index.record(ref)
        around = overlapping(index.claims(ref[0]), record.span) if record else []
        inner = min(around, key=lambda claim: claim.end - claim.start, default=None)
        labels += [source_label(index, ref[0], inner)] if inner else []
    return [label for label in labels if label]


def _once(moments: Sequence[Moment]) -> list[Moment]:
    """The entries without those that tell at the same time what the words of another tell."""
    kept: list[Moment] = []
    for one in moments:
        told = [
            other
            for other in kept
            if other.when == one.when and {*one.line.links[:1]} & {*other.line.links} and one.stance == other.stance
        ]
        if not told:
            kept.append(one)
    return kept


def points(index: Index, story: Story) -> list[Point]:
    """The places of a story's happenings; where none is placed, the places its articles name."""
    inside, placed = set(story.docs), defaultdict[str, list[Happening]](list)
    for happening in index.happenings_in(inside):
        entity = index.entities.get(happening.place or "")
        if entity is not None and entity.place is not None and happening.type not in UNPLACED:
            placed[entity.id].append(happening)
    found = [_point(index, entity, happenings, inside) for entity, happenings in placed.items()]
    if not found:
        found = [
            _named(index, entity.id, inside)
            for entity in index.relations.entities
            if entity.place is not None and entity.place.precision == "town" and _mentions(index, entity.id, inside)
        ]
    return sorted(found, key=lambda one: (-one.line.support.texts, one.label))


def _point(index: Index, entity_id: str, happenings: Sequence[Happening], docs: set[str]) -> Point:
    entity = index.entities[entity_id]
    assert entity.place is not None
    refs = [ref for one in happenings for ref in one.mentions if ref[0] in docs and index.event(ref)]
    kinds = []
    for one in happenings:
        kinds.append(index.reader.phrase(f"brief.event.{happening_key(one)}"))
    listed = index.reader.phrase("brief.between").join(list(dict.fromkeys(kinds))[:HAPPENINGS])
    parts = fill(index.reader, "brief.point", place=(Part(entity.label, "name"),), what=listed)
    spans = [(ref[0], _place_span(index, ref)) for ref in refs]
    made = line(index, parts, refs, spans, voices(index, refs))
    return Point(
        label=entity.label, lat=entity.place.lat, lon=entity.place.lon, precision=entity.place.precision, line=made
    )


def _place_span(index: Index, ref: Ref) -> tuple[int, int]:
    event = index.event(ref)
    assert isinstance(event, Event)
    return event.place or event.span


def _mentions(index: Index, entity_id: str, docs: set[str]) -> list[Ref]:
    entity = index.entities[entity_id]
    return [ref for ref in entity.mentions if ref[0] in docs and index.record(ref) is not None]


def _named(index: Index, entity_id: str, docs: set[str]) -> Point:
    entity = index.entities[entity_id]
    assert entity.place is not None
    refs = _mentions(index, entity_id, docs)
    spans = [(ref[0], record.span) for ref in refs if (record := index.record(ref)) is not None]
    what = index.reader.phrase("brief.named")
    parts = fill(index.reader, "brief.point", place=(Part(entity.label, "name"),), what=what)
    made: Line = line(index, parts, refs, spans, ())
    return Point(
        label=entity.label, lat=entity.place.lat, lon=entity.place.lon, precision=entity.place.precision, line=made
    )
