"""Truces: the declared window, the sides' answers and the incidents alleged, each with who says so."""

from collections.abc import Iterable, Sequence

import msgspec

from ..model.records import Time
from ..model.relations import Incident, Passage, Ref, Story, Truce, TruceAnswer
from .dates import clock, deduced, instant
from .index import Index
from .lines import carried_by, claim_line, event_line, line, source_label
from .model import Line, Part, Row, TruceView, Window
from .wording import Parts, fill, joined, own_words

# In this order: what counts as a breach of the window first.
ORDER = ("inside", "unsaid", "before", "after")
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
    answers.sort(key=lambda one: (STANCES.index(one.stance), index.numbers[one.claim[0]], one.claim))
    incidents = sorted(
        (one for one in truce.incidents if index.event(one.event) is not None),
        key=lambda one: (ORDER.index(one.when), index.numbers.get(one.event[0], 0), one.event),
    )
    return TruceView(
        head=_head(index, truce),
        window=_window(index, truce),
        rows=tuple(_rows(index, truce)),
        answers=_once(_answer(index, one) for one in answers),
        incidents=_once(_incident(index, one) for one in incidents),
    )


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
    by: Parts = joined([(Part(index.label(one), "name"),) for one in truce.by], index.reader.phrase("brief.and"))
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
    """The window and the scope, with the words they are read from."""
    rows = []
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


def _answer(index: Index, answer: TruceAnswer) -> Row:
    """What a side says to the truce."""
    statement = index.statement_of.get(answer.claim)
    refs = [ref for ref in statement.claims if index.claim(ref)] if statement else [answer.claim]
    return Row(
        label=index.reader.phrase(f"brief.truce.stance.{answer.stance}"),
        line=claim_line(index, refs, answer.claim),
        group=index.label(answer.side) if answer.side else "",
        stance=answer.stance,
    )


def _incident(index: Index, incident: Incident) -> Row:
    """An incident alleged, by the claim that alleges it or by the article in its own name."""
    happening = index.happening_of.get(incident.event)
    refs = [incident.event]
    label = index.reader.phrase(f"brief.truce.when.{incident.when}")
    claim = incident.claim or next(((incident.event[0], one.id) for one in carried_by(index, incident.event)), None)
    if claim is None or index.claim(claim) is None:
        if happening is not None:
            refs = [ref for ref in happening.mentions if index.event(ref) and not carried_by(index, ref)] or refs
        return Row(label=label, line=event_line(index, refs, incident.event), group=incident.when)
    statement = index.statement_of.get(claim)
    told = [ref for ref in statement.claims if index.claim(ref)] if statement else [claim]
    return Row(label=label, line=claim_line(index, told, claim), group=incident.when)
