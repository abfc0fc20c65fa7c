"""Truces: the declared window, the sides' answers and the incidents alleged, each with who says so."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import msgspec

from ..model.records import Time
from ..model.relations import Incident, Passage, Ref, Story, Truce, TruceAnswer
from .dates import between, clock, deduced, instant
from .index import Index
from .lines import carried_by, claim_line, event_line, line, sentence_at, source_label
from .model import Line, Part, Row, TruceView, Window
from .wording import Parts, capital, fill, joined, own_words

# In this order: what counts as a breach of the window first.
ORDER = ("inside", "unsaid", "before", "after")
# The day of an order stands beside its verb, at most this many characters off; others in the sentence tell of others.
NEAR = 30
T = TypeVar("T")
STANCES = ("ordered", "asked", "accepted", "refused", "condition", "kept", "accused", "other")


def truces(index: Index, story: Story) -> list[TruceView]:
    """The truces of a story."""
    return [_view(index, truce) for truce in index.relations.truces if _belongs(truce, story)]


def _belongs(truce: Truce, story: Story) -> bool:
    if truce.story is not None:
        return truce.story in (story.id, story.story)
    return any(doc in story.docs for doc, _ in truce.mentions)


def _view(index: Index, truce: Truce) -> TruceView:
    answers = [one for one in truce.answers if index.claim(one.claim) is not None]
    answers.sort(key=lambda one: (STANCES.index(one.stance), *_first(index, one.claim)))
    incidents = sorted(
        (one for one in truce.incidents if index.event(one.event) is not None),
        key=lambda one: (ORDER.index(one.when), *_first(index, one.event)),
    )
    return TruceView(
        head=_head(index, truce),
        window=_window(index, truce),
        rows=tuple(_rows(index, truce)),
        answers=_once(_answer(index, some) for some in _alike(answers, lambda one: _position(index, one))),
        incidents=_once(_incident(index, some) for some in _alike(incidents, lambda one: _allegation(index, one))),
    )


def _first(index: Index, ref: Ref) -> tuple[object, ...]:
    """The reader's language first, then the order of the articles."""
    return not index.at_home(ref[0]), index.numbers[ref[0]], ref


def _alike(found: Sequence[T], key: Callable[[T], object]) -> list[list[T]]:
    """What is to stand in one row, in the order met."""
    groups: dict[object, list[T]] = {}
    for one in found:
        groups.setdefault(key(one), []).append(one)
    return list(groups.values())


def _position(index: Index, answer: TruceAnswer) -> object:
    """A speaker takes one position once, whichever articles tell it; remarks without one stay apart."""
    claim = index.claim(answer.claim)
    label = source_label(index, answer.claim[0], claim) if claim else ""
    statement = index.statement_of.get(answer.claim)
    if answer.stance == "other" or not label:
        return answer.stance, statement.id if statement else answer.claim
    if statement is not None and statement.first_sources:
        return answer.stance, statement.first_sources
    return answer.stance, label.lower()


def _allegation(index: Index, incident: Incident) -> object:
    """A speaker alleges one happening once; an article in its own name with its happening."""
    claim = _carrier(index, incident)
    found = index.claim(claim) if claim else None
    label = source_label(index, incident.event[0], found) if found else ""
    happening = index.happening_of.get(incident.event)
    statement = index.statement_of.get(claim) if claim else None
    speaker = statement.first_sources if statement is not None and statement.first_sources else label.lower()
    return incident.when, speaker, happening.id if happening else incident.event


def _carrier(index: Index, incident: Incident) -> Ref | None:
    """The claim that alleges an incident; None where an article does in its own name."""
    if incident.claim is not None and index.claim(incident.claim) is not None:
        return incident.claim
    return next(((incident.event[0], one.id) for one in carried_by(index, incident.event)), None)


def _once(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows without those that say the same, from the same passages, again."""
    kept: list[Row] = []
    for row in rows:
        links = {*row.line.links}
        if not any(one.label == row.label and links <= {*one.line.links} for one in kept):
            kept.append(row)
    return tuple(kept)


def declared(index: Index, view: TruceView) -> Line:
    """A truce as a lead fact: who, and the window."""
    window = view.window
    if not window.start and not window.end:
        return view.head
    unsaid = index.reader.phrase("brief.truce.unsaid")
    told = index.reader.phrase(
        "brief.truce.window", start=window.start or unsaid, end=window.end or unsaid, zone=_zone(index, window)
    )
    parts = fill(index.reader, "brief.line.moment", label=view.head.parts, words=(Part(told),))
    return msgspec.structs.replace(view.head, parts=parts)


def _zone(index: Index, window: Window) -> str:
    key = "zone" if window.zone else "zone_unsaid"
    return index.reader.phrase(f"brief.truce.{key}", zone=window.zone)


def _known(index: Index, refs: Sequence[Ref]) -> list[Ref]:
    return [ref for ref in refs if index.record(ref) is not None]


def _spans(index: Index, refs: Sequence[Ref]) -> list[tuple[str, tuple[int, int]]]:
    return [(ref[0], record.span) for ref in refs if (record := index.record(ref)) is not None]


def _head(index: Index, truce: Truce) -> Line:
    """What the truce is: its stage, who it is by, and the words of the first article for it."""
    ordered = [ref for ref in (one.claim for one in truce.answers if one.stance == "ordered") if index.claim(ref)]
    refs = [*ordered, *_known(index, truce.mentions)]
    stage = index.reader.phrase(f"brief.truce.stage.{truce.stage}")
    by: Parts = joined([(Part(index.subject(one), "name"),) for one in truce.by], index.reader.phrase("brief.and"))
    sides = index.reader.phrase("brief.truce.mutual" if truce.mutual else "brief.truce.one_sided")
    key = "by" if by else "unsaid"
    parts = fill(index.reader, f"brief.truce.head.{key}", stage=stage, by=by, sides=sides)
    spoken = [source_label(index, ref[0], claim) for ref in ordered if (claim := index.claim(ref)) is not None]
    return line(index, parts, refs, _spans(index, refs), [label for label in spoken if label])


def _window(index: Index, truce: Truce) -> Window:
    start, end = instant(truce.earliest or ""), instant(truce.latest or "")
    return Window(
        earliest=truce.earliest,
        latest=truce.latest,
        start=clock(start, index.reader) if start else "",
        end=clock(end, index.reader, end=True) if end else "",
        zone=truce.zone,
    )


def _rows(index: Index, truce: Truce) -> list[Row]:
    """Who orders it and when, the window and the scope, with the words they are read from."""
    rows = [row for row in (_by(index, truce), _ordered_on(index, truce)) if row is not None]
    window = _window(index, truce)
    refs = _known(index, truce.window) or _known(index, truce.mentions)
    unsaid = index.reader.phrase("brief.truce.unsaid")
    parts = fill(
        index.reader,
        "brief.truce.window",
        start=window.start or unsaid,
        end=window.end or unsaid,
        zone=_zone(index, window),
    )
    words = [own_words(index, doc, [span]) for doc, span in _spans(index, _known(index, truce.window))]
    if words:
        listed = joined(list(dict.fromkeys(words)), index.reader.phrase("brief.between"))
        parts = fill(index.reader, "brief.truce.read_from", what=parts, words=listed)
    times = [one for ref in truce.window if isinstance(one := index.record(ref), Time)]
    if any(deduced(time) == "date" for time in times):
        parts = (*parts, Part(" "), Part(index.reader.phrase("brief.deduced.date"), "note"))
    elif any(deduced(time) == "year" for time in times):
        parts = (*parts, Part(" "), Part(index.reader.phrase("brief.deduced.year"), "note"))
    made = line(index, parts, refs, _spans(index, refs), ())
    rows.append(Row(label=index.reader.phrase("brief.truce.row.window"), line=made))
    if truce.scope:
        rows.append(Row(label=index.reader.phrase("brief.truce.row.scope"), line=_scope(index, truce)))
    return rows


def _by(index: Index, truce: Truce) -> Row | None:
    """Who the truce is by; the label says in which stage it is."""
    head = _head(index, truce)
    if not truce.by:
        return None
    parts = joined([(Part(index.subject(one), "name"),) for one in truce.by], index.reader.phrase("brief.and"))
    sides = index.reader.phrase("brief.truce.mutual" if truce.mutual else "brief.truce.one_sided")
    label = index.reader.phrase(f"brief.truce.row.by.{truce.stage}")
    return Row(label=label, line=msgspec.structs.replace(head, parts=capital((*parts, Part(f", {sides}")))))


def _ordered_on(index: Index, truce: Truce) -> Row | None:
    """The days on which articles say that it was ordered: of a time in the order's sentence outside its content.
    Days that contradict one another, or an article that tells the order and is older, are said to."""
    days: dict[tuple[str, str], list[tuple[Ref, Time]]] = defaultdict(list)
    for answer in truce.answers:
        claim = index.claim(answer.claim)
        if answer.stance != "ordered" or claim is None or claim.cue is None:
            continue
        doc, window = answer.claim[0], set(truce.window)
        for time in index.times_in(doc, sentence_at(index, doc, claim.cue[0])):
            outside = not any(start <= time.start < end for start, end in (claim.span, *claim.more))
            whole = time.earliest is not None and time.grain in ("", "day") and time.type == "DATE"
            near = max(time.start - claim.cue[1], claim.cue[0] - time.end) <= NEAR
            if outside and whole and near and (doc, time.id) not in window:
                days[(time.earliest or "")[:10], time.latest or ""].append(((doc, time.id), time))
    if not days:
        return None
    shown: list[Parts] = []
    for (earliest, latest), found in sorted(days.items()):
        when = between(earliest, latest or None, index.reader)[0]
        words = joined(
            list(dict.fromkeys(own_words(index, ref[0], [time.span]) for ref, time in found)),
            index.reader.phrase("brief.between"),
        )
        part = fill(index.reader, "brief.truce.read_from", what=(Part(when),), words=words)
        mark = {one for _, time in found if (one := deduced(time))}
        if len(mark) and all(deduced(time) for _, time in found):
            part = (*part, Part(" "), Part(index.reader.phrase(f"brief.deduced.{min(mark)}"), "note"))
        shown.append(part)
    refs = [ref for found in days.values() for ref, _ in found]
    parts = joined(shown, index.reader.phrase("brief.between"))
    told = [one.claim[0] for one in truce.answers if one.claim[0] in index.by_id]
    dates = [index.by_id[doc].article.published or "9999" for doc in told]
    if len(days) > 1 or min(dates, default="9999") < min(earliest for earliest, _ in days):
        parts = fill(index.reader, "brief.truce.contradictory", days=parts)
    made = line(index, parts, refs, _spans(index, refs), ())
    return Row(label=index.reader.phrase("brief.truce.row.ordered_on"), line=made)


def _scope(index: Index, truce: Truce) -> Line:
    """Where it holds, in the articles' words."""
    distinct: dict[str, Passage] = {}
    scope = [one for one in truce.scope if one[0] in index.by_id]
    for doc, start, end in scope:
        distinct.setdefault(index.raw(doc, (start, end)).lower(), (doc, start, end))
    words = [own_words(index, doc, [(start, end)]) for doc, start, end in distinct.values()]
    parts = joined(words, index.reader.phrase("brief.between"))
    spans = [(doc, (start, end)) for doc, start, end in scope]
    return line(index, parts, _known(index, truce.mentions), spans, ())


def _answer(index: Index, answers: Sequence[TruceAnswer]) -> Row:
    """What a side says to the truce, in all the articles that tell it."""
    answer = answers[0]
    return Row(
        label=index.reader.phrase(f"brief.truce.stance.{answer.stance}"),
        line=claim_line(index, _told(index, [one.claim for one in answers]), answer.claim),
        group=index.label(answer.side) if answer.side else "",
        stance=answer.stance,
    )


def _told(index: Index, claims: Iterable[Ref]) -> list[Ref]:
    """Some claims with all that state the same."""
    found: dict[Ref, None] = {}
    for ref in claims:
        statement = index.statement_of.get(ref)
        found.update(dict.fromkeys([ref, *(statement.claims if statement else ())]))
    return [ref for ref in found if index.claim(ref) is not None]


def _incident(index: Index, incidents: Sequence[Incident]) -> Row:
    """An incident alleged, by the claim that alleges it or by articles in their own name."""
    incident = incidents[0]
    label = index.reader.phrase(f"brief.truce.when.{incident.when}")
    claims = [claim for one in incidents if (claim := _carrier(index, one)) is not None]
    if claims:
        return Row(label=label, line=claim_line(index, _told(index, claims), claims[0]), group=incident.when)
    happening = index.happening_of.get(incident.event)
    own = [ref for ref in happening.mentions if index.event(ref) and not carried_by(index, ref)] if happening else []
    refs = own or [one.event for one in incidents]
    return Row(label=label, line=event_line(index, refs, incident.event), group=incident.when)
