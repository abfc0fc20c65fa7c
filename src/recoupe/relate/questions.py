"""Figures to questions: how many of what were hit how, of which side, at which happening, as of when."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..model.article import digest
from ..model.records import Event, Figure, overlapping
from ..model.relations import Happening, Question, Ref
from .reading import Reading

# The events at which a measure counts; the count of dead itself ("tués") is no occasion of its own.
ASSAULTS = frozenset({"strike", "ground", "invasion", "violation", "protest"})
OCCASIONS: dict[str, frozenset[str]] = {
    "deployed": frozenset({"movement", "exercise", "withdrawal", "ground"}),
    "delivered": frozenset({"delivery"}),
    "intercepted": frozenset({"intercept", "strike"}),
    "launched": frozenset({"strike", "intercept"}),
    "other": frozenset({"movement", "delivery", "withdrawal", "exercise", "protest", "meeting", "strike", "ground"}),
}
# A figure without an event in its sentence means the last occasion, this many paragraphs back at most.
CARRIED = 3


@dataclass(frozen=True, slots=True)
class Count:
    """A figure at its occasion."""

    reading: Reading
    figure: Figure
    occasion: str | None
    place: str | None

    @property
    def ref(self) -> Ref:
        return self.reading.id, self.figure.id


def counts(readings: Sequence[Reading], of: Mapping[Ref, Happening]) -> list[Count]:
    """Every figure with the happening at which it counts; cumulative ones, rates and parts stand for themselves."""
    return [_count(reading, figure, of) for reading in readings for figure in reading.figures]


def _count(reading: Reading, figure: Figure, of: Mapping[Ref, Happening]) -> Count:
    occasion = None if figure.cumulative or figure.per else _occasion(reading, figure, of)
    return Count(reading, figure, occasion.id if occasion else None, occasion.place if occasion else None)


def _occasion(reading: Reading, figure: Figure, of: Mapping[Ref, Happening]) -> Happening | None:
    kinds = OCCASIONS.get(figure.measure, ASSAULTS)
    own = reading.by_id.get(figure.event) if figure.event else None
    if isinstance(own, Event) and own.type in kinds:
        return of[reading.ref(own)]
    sentence = reading.sentence_at(figure.start)
    inside = overlapping(reading.events, sentence)
    near = sorted((e for e in inside if e.type in kinds), key=lambda e: abs(e.start - figure.start))
    if near:
        return of[reading.ref(near[0])]
    tied = [of[reading.ref(e)] for e in inside if e.type in ("casualties", "damage", "loss")]
    dated = [h for h in tied if h.earliest or h.place]
    back = _before(reading, sentence[0], kinds)
    if back is not None and (not dated or _agree(dated[0], of[reading.ref(back)])):
        return of[reading.ref(back)]
    return dated[0] if dated else None


def _before(reading: Reading, offset: int, kinds: frozenset[str]) -> Event | None:
    """The last occasion that the article speaks of before an offset."""
    starts = [block.start for block in reading.paragraphs if block.start <= offset]
    first = starts[-CARRIED - 1] if len(starts) > CARRIED else 0
    earlier = [e for e in reading.events if e.type in kinds and first <= e.start < offset and e.status != "denied"]
    return earlier[-1] if earlier else None


def _agree(a: Happening, b: Happening) -> bool:
    """Whether nothing that both know of place and time differs."""
    if a.place and b.place and a.place != b.place:
        return False
    if not (a.earliest and a.latest and b.earliest and b.latest):
        return True
    return a.earliest < b.latest and b.earliest < a.latest


def questions(listed: Sequence[Count]) -> tuple[Question, ...]:
    """One question for the figures that answer it."""
    groups: dict[tuple[str, str, str, str], list[Count]] = defaultdict(list)
    for item in listed:
        figure = item.figure
        if figure.measure == "other" and item.occasion is None:
            continue
        party = item.reading.entity(figure.party) or ""
        counted = "" if figure.measure in ("killed", "wounded", "casualties") else (figure.counts[:1] or ("",))[0]
        groups[figure.measure + "/" + counted, party, item.occasion or item.ref[0], figure.as_of or ""].append(item)
    found = [_question(*key, members) for key, members in groups.items()]
    return tuple(sorted(found, key=lambda q: (q.figures[0], q.id)))


def _question(measure: str, party: str, occasion: str, as_of: str, members: Sequence[Count]) -> Question:
    refs = tuple(sorted(item.ref for item in members))
    happening = occasion if members[0].occasion else None
    kind, _, _ = measure.partition("/")
    made = digest("question", measure, *refs)
    return Question(id=made, measure=kind, figures=refs, party=party or None, happening=happening, as_of=as_of or None)
