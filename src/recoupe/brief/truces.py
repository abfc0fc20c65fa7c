"""Truces: the declared window, the sides' answers and the incidents alleged, each with who says so."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

import msgspec

from ..model.records import Time
from ..model.relations import Incident, Passage, Ref, Story, Truce, TruceAnswer
from .dates import DAY, between, clock, day, deduced, hour_alone, instant
from .index import Index
from .lines import (
    carried_by,
    claim_line,
    credited,
    event_line,
    line,
    points_back,
    sentence_at,
    source_label,
    stands_alone,
)
from .model import Line, Part, Row, TruceView, Window
from .voices import clearest
from .wording import Parts, fill, joined, own_words

# In this order: what counts as a breach of the window first.
ORDER = ("inside", "unsaid", "before", "after")
# The day of an order stands beside its verb, at most this many characters off; others in the sentence tell of others.
NEAR = 30
T = TypeVar("T")
# Remarks without a stance fill at most this many rows, windows that contradict the declared one and
# words for where it holds as many.
REMARKS = CONTRADICTING = SCOPES = 3
STANCES = ("ordered", "asked", "accepted", "refused", "condition", "kept", "accused", "other")


def truces(index: Index, story: Story) -> list[TruceView]:
    """The truces of a story, those that most texts tell of first."""
    known = [truce for truce in index.relations.truces if _belongs(truce, story)]
    longer = [_window(index, truce) for truce in known if truce.stage == "extended"]
    found = [_extended(_view(index, truce), longer) for truce in known]
    return sorted(found, key=lambda one: -one.head.support.texts)


def _extended(view: TruceView, longer: Sequence[Window]) -> TruceView:
    """A truce with the windows of those that prolong it: they end later, and begin before it has long been over."""
    end = instant(view.window.latest or "")
    if end is None:
        return view
    after = [
        one
        for one in longer
        if (last := instant(one.latest or "")) is not None
        and last > end
        and ((first := instant(one.earliest or "")) is None or first <= end + DAY)
    ]
    return msgspec.structs.replace(view, extensions=tuple(after))


def _belongs(truce: Truce, story: Story) -> bool:
    if truce.story is not None:
        return truce.story in (story.id, story.story)
    return any(doc in story.docs for doc, _ in truce.mentions)


def _view(index: Index, truce: Truce) -> TruceView:
    known = [one for one in truce.answers if index.claim(one.claim) or index.event(one.claim)]
    known.sort(key=lambda one: (STANCES.index(one.stance), *_first(index, one.claim)))
    answers, rest = _answers(index, known)
    incidents = sorted(
        (one for one in truce.incidents if index.event(one.event) is not None),
        key=lambda one: (ORDER.index(one.when), *_first(index, one.event)),
    )
    told = {ref for row in answers for ref in row.line.refs}
    alleged = [_incident(index, some) for some in _alike(incidents, lambda one: _allegation(index, one))]
    return TruceView(
        head=_head(index, truce),
        window=_window(index, truce),
        rows=tuple(_rows(index, truce)),
        answers=_once(answers),
        rest=_once(rest),
        incidents=_once(row for row in alleged if row is not None and not told.issuperset(row.line.refs)),
        others=tuple(_window(index, one) for one in _other_windows(index, truce)),
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


def _answers(index: Index, answers: Sequence[TruceAnswer]) -> tuple[list[Row], list[Row]]:
    """One row for each speaker and stance, and what is left over of remarks without a stance: those of a speaker who
    takes one elsewhere tell nothing more, the others fill few rows."""
    placed = {_speaker(index, one.claim) for one in answers if one.stance != "other"}
    rows: list[Row] = []
    rest: list[Row] = []
    for some in _alike(answers, lambda one: _position(index, one)):
        stance, speaker = some[0].stance, _speaker(index, some[0].claim)
        remarks = sum(row.stance == "other" for row in rows)
        alone = stance == "other" and (speaker in placed or remarks >= REMARKS)
        nobody = not speaker and stance == "ordered" and any(row.stance == stance for row in rows)
        (rest if alone or nobody else rows).append(_answer(index, some))
    return rows, rest


def _position(index: Index, answer: TruceAnswer) -> Hashable:
    """A speaker takes one position once; an order of one side is one, whoever of it is named."""
    joint = answer.side if answer.stance == "ordered" else None
    return answer.stance, joint or _speaker(index, answer.claim)


def _speaker(index: Index, ref: Ref) -> Hashable:
    """Who answers: an entity or its label; an article in its own name, and a source that is only a pronoun, is none."""
    claim = index.claim(ref)
    if claim is None:
        return ""
    entity = index.entity(ref[0], claim.source_entity) if claim.source_entity else None
    label = source_label(index, ref[0], claim)
    return entity.id if entity is not None else "" if points_back(index, ref[0], label) else label.lower()


def _allegation(index: Index, incident: Incident) -> object:
    """A speaker alleges once what happened at one place; articles in their own name are one voice."""
    claim = _carrier(index, incident)
    happening = index.happening_of.get(incident.event)
    place = incident.place or (happening.place if happening else None)
    return incident.when, _speaker(index, claim) if claim else "", place


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
    parts = fill(index.reader, "brief.line.moment", label=view.head.parts, words=_declared(index, window))
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
    return line(index, parts, refs, _spans(index, refs), credited(index, ordered))


def _window(index: Index, truce: Truce) -> Window:
    start, end = instant(truce.earliest or ""), instant(truce.latest or "")
    times = [one for ref in truce.window if isinstance(one := index.record(ref), Time)]
    # "On Wednesday" names no hour.
    whole = any(time.earliest == truce.earliest and time.grain == "day" for time in times)
    return Window(
        earliest=truce.earliest,
        latest=truce.latest,
        start=(day if whole else clock)(start, index.reader) if start else "",
        end=clock(end, index.reader, end=True) if end else "",
        zone=truce.zone,
    )


def _rows(index: Index, truce: Truce) -> list[Row]:
    """Who orders it and when, the window and the scope, with the words they are read from."""
    ordered = _ordered_on(index, truce)
    rows = [ordered] if ordered is not None else []
    refs = _known(index, truce.window)
    if refs:
        parts = _read(index, _declared(index, _window(index, truce)), refs)
        made = line(index, parts, refs, _spans(index, refs), ())
        rows.append(Row(label=index.reader.phrase("brief.truce.row.window"), line=made))
    rows += _contradicting(index, truce)
    if truce.scope:
        rows.append(Row(label=index.reader.phrase("brief.truce.row.scope"), line=_scope(index, truce)))
    return rows


def _declared(index: Index, window: Window) -> Parts:
    """A window from when to when, with its zone."""
    unsaid = index.reader.phrase("brief.truce.unsaid")
    start, end = window.start or unsaid, window.end or unsaid
    return fill(index.reader, "brief.truce.window", start=start, end=end, zone=_zone(index, window))


def _read(index: Index, what: Parts, refs: Sequence[Ref]) -> Parts:
    """What is declared, with the words that it is read from and what of them is worked out."""
    words = [own_words(index, doc, [span]) for doc, span in _spans(index, refs)]
    listed = joined(list(dict.fromkeys(words)), index.reader.phrase("brief.between"))
    parts = fill(index.reader, "brief.truce.read_from", what=what, words=listed)
    times = [one for ref in refs if isinstance(one := index.record(ref), Time)]
    marks = {deduced(time) for time in times}
    mark = (
        "date" if "date" in marks else "year" if "year" in marks and not index.dated({ref[0] for ref in refs}) else ""
    )
    return (*parts, Part(" "), Part(index.reader.phrase(f"brief.deduced.{mark}"), "note")) if mark else parts


def _contradicting(index: Index, truce: Truce) -> list[Row]:
    """The windows that other texts give, with the words that they are read from."""
    rows = []
    for shown in _other_windows(index, truce):
        refs = _known(index, shown.window)
        parts = _read(index, _declared(index, _window(index, shown)), refs)
        made = line(index, parts, refs, _spans(index, refs), ())
        rows.append(Row(label=index.reader.phrase("brief.truce.row.contradictory"), line=made))
    return rows


def _other_windows(index: Index, truce: Truce) -> list[Truce]:
    """The truce as other texts tell its window, those with the most words for it first."""
    found = []
    for other in sorted(truce.windows, key=lambda one: -len(one.refs))[:CONTRADICTING]:
        refs = _known(index, other.refs)
        bare = [
            one
            for ref in refs
            if isinstance(one := index.record(ref), Time) and hour_alone(one, index.words_of(ref[0]))
        ]
        if refs and len(bare) < len(refs):
            found.append(
                msgspec.structs.replace(truce, earliest=other.earliest, latest=other.latest, window=other.refs)
            )
    return found


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
    for doc, start, end in sorted(scope, key=lambda one: (not index.at_home(one[0]), one[1] - one[2])):
        told = index.raw(doc, (start, end)).lower()
        if not any(told in other for other in distinct):
            distinct[told] = (doc, start, end)
    words = [own_words(index, doc, [(start, end)]) for doc, start, end in list(distinct.values())[:SCOPES]]
    parts = joined(words, index.reader.phrase("brief.between"))
    spans = [(doc, (start, end)) for doc, start, end in scope]
    return line(index, parts, _known(index, truce.mentions), spans, ())


def _answer(index: Index, answers: Sequence[TruceAnswer]) -> Row:
    """What a side says to the truce, in all the articles that tell it; or what articles tell of it in their name."""
    answer = answers[0]
    label = index.reader.phrase(f"brief.truce.stance.{answer.stance}")
    group = index.label(answer.side) if answer.side else ""
    claims = _told(index, [one.claim for one in answers])
    if claims:
        made = claim_line(index, claims, clearest(index, claims))
    else:
        events = [one.claim for one in answers]
        made = event_line(index, events, _clear(index, events))
    return Row(label=label, line=made, group=group, stance=answer.stance)


def _clear(index: Index, events: Sequence[Ref]) -> Ref:
    """The mention to show: of the reader's language, one that can be read by itself, the earliest."""
    return min(events, key=lambda ref: (not index.at_home(ref[0]), not stands_alone(index, ref), *_first(index, ref)))


def _told(index: Index, claims: Iterable[Ref]) -> list[Ref]:
    """Some claims with all that state the same."""
    found: dict[Ref, None] = {}
    for ref in claims:
        statement = index.statement_of.get(ref)
        found.update(dict.fromkeys([ref, *(statement.claims if statement else ())]))
    return [ref for ref in found if index.claim(ref) is not None]


def _incident(index: Index, incidents: Sequence[Incident]) -> Row | None:
    """An incident alleged, by the claim that alleges it or by articles in their own name, where their words can be
    read by themselves."""
    incident = incidents[0]
    label = index.reader.phrase(f"brief.truce.when.{incident.when}")
    known = [one for each in incidents if (one := index.happening_of.get(each.event)) is not None and one.earliest]
    times = (known[0].earliest or "", known[0].latest or "") if known else ("", "")
    claims = [claim for one in incidents if (claim := _carrier(index, one)) is not None]
    if claims:
        refs = _told(index, claims)
        return _alleged(
            label, claim_line(index, refs, clearest(index, refs)), incident.when, _named(index, refs), times
        )
    found = [index.happening_of.get(one.event) for one in incidents]
    mentions = [ref for one in found if one for ref in one.mentions if index.event(ref) and not carried_by(index, ref)]
    refs = list(dict.fromkeys([*(one.event for one in incidents), *mentions]))
    shown = _clear(index, refs)
    if not stands_alone(index, shown):
        return None
    own = index.reader.phrase("brief.who.outlet", n=len({doc for doc, _ in refs}))
    return _alleged(label, event_line(index, refs, shown), incident.when, own, times)


def _named(index: Index, claims: Sequence[Ref]) -> str:
    """Who makes some claims, as one label; empty where nobody is named."""
    return next(iter(credited(index, claims)), "")


def _alleged(label: str, made: Line, when: str, who: str, times: tuple[str, str]) -> Row:
    return Row(label=label, line=made, group=when, who=who, earliest=times[0], latest=times[1])
