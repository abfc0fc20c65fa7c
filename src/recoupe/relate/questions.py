"""Figures to questions: how many of what were hit how, of which side, at which happening, as of when."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from ..model.article import digest
from ..model.records import Event, Figure, Span, overlapping
from ..model.relations import Happening, Question, Ref
from .happenings import days_between, meet
from .origins import joined
from .reading import Reading, folded

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
# Who is cut off, is sent or marches may be so for many reasons: the occasion of these stands in their own paragraph.
IN_PLACE = frozenset({"affected", "deployed", "delivered", "other"})
# The preposition of a place stands this many words before its name at most ("in all of Sudan").
BEFORE = 3
# What may be a running total means an occasion only in the paragraph before.
NEXT = 1


# Measures that count the same people: the dead, and the dead and wounded together.
FAMILY = {"casualties": "killed"}
# A number from here on is no chance when two articles give it of one occasion.
LARGE = 10
# Tolls of one place in one story are of one occasion when no more than this many days lie between the articles.
DAYS_APART = 7


@dataclass(frozen=True, slots=True)
class Count:
    """A figure with the happening at which it counts, and the town or region that it is told of.

    `group` is the same for the figures of one occasion in whatever article; empty where there is none. `party` is the
    side (entity id) that the figures of that occasion agree on.
    """

    reading: Reading
    figure: Figure
    occasion: Happening | None
    place: str | None
    group: str = ""
    party: str | None = None

    @property
    def ref(self) -> Ref:
        return self.reading.id, self.figure.id

    def town(self) -> str | None:
        """The place that it is told of, where that is no region."""
        found = self.reading.register.places.get(self.place or "")
        return self.place if found is not None and found.precision == "town" else None


def counts(
    readings: Sequence[Reading], of: Mapping[Ref, Happening], together: frozenset[frozenset[str]]
) -> list[Count]:
    """Every figure at its occasion; rates and parts have none. `together` are articles that share a story."""
    listed = [_count(reading, figure, of) for reading in readings for figure in reading.figures]
    alone = {" ".join(item.ref): item for item in listed if not item.occasion and not item.place}
    keys = {" ".join(item.ref): item for item in listed if item.occasion or item.place}
    links = _repeated(keys, alone)
    keys |= {key: alone[key] for key, _ in links}
    index: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, item in keys.items():
        if item.occasion:
            index["occasion", item.occasion.id].append(key)
        if item.place:
            index[_family(item), item.place].append(key)
    for (kind, _), members in sorted(index.items()):
        for a, b in pairwise(members) if kind == "occasion" else combinations(members, 2):
            if kind == "occasion" or _one_place(keys[a], keys[b], together):
                links.append((a, b))
    group = {key: members[0] for members in joined(keys, links) for key in members}
    group |= _of_story({key: item for key, item in alone.items() if key not in group}, keys, group, together)
    return _sided([replace(item, group=group.get(" ".join(item.ref), "")) for item in listed])


def _repeated(placed: Mapping[str, Count], alone: Mapping[str, Count]) -> list[tuple[str, str]]:
    """The figures of no known occasion that only repeat a large number of one that their article gives, with it."""
    told: dict[tuple[object, ...], str] = {}
    for key, item in placed.items():
        told.setdefault(_number(item), key)
    return [
        (key, told[_number(item)])
        for key, item in alone.items()
        if _number(item) in told and (item.figure.low or 0) >= LARGE and not (item.figure.per or item.figure.of)
    ]


def _of_story(
    alone: Mapping[str, Count], placed: Mapping[str, Count], group: Mapping[str, str],
    together: frozenset[frozenset[str]],
) -> dict[str, str]:  # fmt: skip
    """The groups of large tolls whose article tells of no occasion ("the toll rises to 133"): that of the large tolls
    of the articles that share its story, where these are of one occasion."""
    told: dict[str, list[tuple[Count, str]]] = defaultdict(list)
    tolls = {key: item for key, item in alone.items() if item.figure.cumulative and _is_toll(item)}
    for key, item in placed.items():
        if tolls and _is_toll(item):
            told[_family(item)].append((item, group[key]))
    found = {}
    for key, item in tolls.items():
        groups = {
            one for other, one in told[_family(item)]
            if other.ref[0] != item.ref[0] and _one_place(item, other, together)
        }  # fmt: skip
        if len(groups) == 1:
            found[key] = groups.pop()
    return found


def _is_toll(item: Count) -> bool:
    """Whether a figure is a large count that may be of one occasion: no rate, no part, of no country or time whole."""
    figure, reading = item.figure, item.reading
    if figure.per or figure.of or (figure.low or 0) < LARGE:
        return False
    sentence = reading.sentence_at(figure.start)
    return not _counts_since(reading, sentence) and not _nationwide(reading, sentence)


def _family(item: Count) -> str:
    return FAMILY.get(item.figure.measure, item.figure.measure)


def _number(item: Count) -> tuple[object, ...]:
    figure = item.figure
    return item.ref[0], _family(item), figure.low, figure.high


def _sided(listed: Sequence[Count]) -> list[Count]:
    """The figures with their sides. At one occasion the same large number is one count, whatever side each article let
    be understood: its side is the one that most say; a figure without a side takes the only one there is."""
    told: dict[tuple[str, str], list[Count]] = defaultdict(list)
    for item in listed:
        told[item.group or " ".join(item.ref), _family(item)].append(item)
    sides: dict[Ref, str | None] = {}
    for members in told.values():
        named = [(side, item) for item in members if (side := item.reading.entity(item.figure.party))]
        often = Counter(side for side, _ in named)
        links = [
            (x, y)
            for (x, a), (y, b) in combinations(named, 2)
            if x != y
            and a.figure.low == a.figure.high == b.figure.low == b.figure.high
            and (a.figure.low or 0) >= LARGE
        ]
        meant = {
            side: min(group, key=lambda one: (-often[one], one)) for group in joined(often, links) for side in group
        }
        only = next(iter(set(meant.values()))) if len(set(meant.values())) == 1 else None
        # A range or a bound may be met by chance: it says nothing of what else counts as a side's.
        ranges: dict[tuple[float | None, float | None], set[str]] = defaultdict(set)
        for side, item in named:
            ranges[item.figure.low, item.figure.high].add(meant[side])
        for item in members:
            own = meant.get(item.reading.entity(item.figure.party) or "")
            if own and (item.figure.low or 0) >= LARGE:
                own = min(ranges[item.figure.low, item.figure.high], key=lambda one: (-often[one], one))
            sides[item.ref] = own or only
    return [replace(item, party=sides[item.ref]) for item in listed]


def _one_place(a: Count, b: Count, together: frozenset[frozenset[str]]) -> bool:
    """Whether two figures of one place may be of one occasion: in one story, of the same days."""
    docs = frozenset((a.ref[0], b.ref[0]))
    if len(docs) > 1 and docs not in together:
        return False
    published = a.reading.published, b.reading.published
    if all(published) and days_between(published[0] or "", published[1] or "") > DAYS_APART:
        return False
    return meets(a, b)


def meets(a: Count, b: Count) -> bool:
    """Whether the occasions of two figures may be of one time."""
    first, second = (
        (o.earliest, o.latest) if (o := item.occasion) and o.earliest and o.latest else None for item in (a, b)
    )
    return meet(first, second)


def _count(reading: Reading, figure: Figure, of: Mapping[Ref, Happening]) -> Count:
    if figure.per or figure.of:
        return Count(reading, figure, None, None)
    sentence = reading.sentence_at(figure.start)
    occasion = _occasion(reading, figure, sentence, of)
    named = _towns(reading, sentence, figure.start)
    place = occasion.place if occasion and occasion.place and reading.register.local(occasion.place) else None
    if place is None or (named and place not in named):
        place = named[0] if named else None
    if figure.cumulative and occasion is None:
        # A running total is of its own; "the toll rises to" is one of the place that it names.
        return Count(reading, figure, None, named[0] if named else None)
    return Count(reading, figure, occasion, place)


def _towns(reading: Reading, sentence: Span, near: int) -> list[str]:
    """The towns and regions of a sentence, without those that belong to a speaker's name, the nearest first."""
    speakers = [claim.source for claim in overlapping(reading.claims, sentence) if claim.source]
    names = [
        name for name in overlapping(reading.names, sentence)
        if not any(start <= name.start < end for start, end in speakers)
    ]  # fmt: skip
    met = [reading.meant(name) for name in sorted(names, key=lambda name: abs(name.start - near))]
    return list(dict.fromkeys(entity for entity in met if reading.register.local(entity)))


def _occasion(reading: Reading, figure: Figure, sentence: Span, of: Mapping[Ref, Happening]) -> Happening | None:
    kinds = OCCASIONS.get(figure.measure, ASSAULTS)
    own = reading.by_id.get(figure.event) if figure.event else None
    if isinstance(own, Event) and own.type in kinds:
        return of[reading.ref(own)]
    inside = overlapping(reading.events, sentence)
    near = sorted((e for e in inside if e.type in kinds), key=lambda e: abs(e.start - figure.start))
    if near:
        return of[reading.ref(near[0])]
    tied = [of[reading.ref(e)] for e in inside if e.type in ("casualties", "damage", "loss")]
    dated = [h for h in tied if h.earliest or h.place]
    reach = NEXT if figure.cumulative else CARRIED
    if figure.measure in IN_PLACE or _nationwide(reading, sentence):
        reach = 0
    back = _before(reading, sentence[0], kinds, reach)
    if figure.cumulative and (back is None or not _known(of[reading.ref(back)])):
        only = _only(reading, sentence, kinds, of)
        return only if only is None or not dated or _agree(reading, dated[0], only) else None
    if back is not None and (not dated or _agree(reading, dated[0], of[reading.ref(back)])):
        return of[reading.ref(back)]
    return dated[0] if dated else None


def _known(happening: Happening) -> bool:
    return bool(happening.place or happening.earliest)


def _nationwide(reading: Reading, sentence: Span) -> bool:
    """Whether a sentence tells of a whole country ("700,000 are displaced in Haiti")."""
    places, words = reading.register.places, reading.words.inside
    for name in overlapping(reading.names, sentence):
        found = places.get(reading.meant(name))
        if found is not None and found.precision == "country":
            before = folded(reading.text[sentence[0] : name.start]).split()[-BEFORE:]
            if not words.isdisjoint(before):
                return True
    return False


def _counts_since(reading: Reading, sentence: Span) -> bool:
    """Whether a sentence counts from some day on ("since January 90 people have died")."""
    return any(folded(word) in reading.words.since for word in reading.text[slice(*sentence)].split())


def _only(reading: Reading, sentence: Span, kinds: frozenset[str], of: Mapping[Ref, Happening]) -> Happening | None:
    """The one occasion that the article has told of so far, which a toll means ("an earlier toll spoke of 43 dead")
    unless it counts since some day."""
    if _counts_since(reading, sentence):
        return None
    told = {
        of[reading.ref(e)].id: of[reading.ref(e)] for e in reading.events if e.start < sentence[0] and e.type in kinds
    }
    known = [happening for happening in told.values() if _known(happening)]
    return known[0] if len(known) == 1 else None


def _before(reading: Reading, offset: int, kinds: frozenset[str], paragraphs: int) -> Event | None:
    """The last occasion that the article speaks of before an offset, so many paragraphs back at most."""
    starts = [block.start for block in reading.paragraphs if block.start <= offset]
    first = starts[-paragraphs - 1] if len(starts) > paragraphs else 0
    earlier = [e for e in reading.events if e.type in kinds and first <= e.start < offset and e.status != "denied"]
    return earlier[-1] if earlier else None


def _agree(reading: Reading, a: Happening, b: Happening) -> bool:
    """Whether nothing that both know of place and time differs."""
    if a.place and b.place and reading.register.apart(a.place, b.place):
        return False
    if not (a.earliest and a.latest and b.earliest and b.latest):
        return True
    return a.earliest < b.latest and b.earliest < a.latest


def questions(listed: Sequence[Count]) -> tuple[Question, ...]:
    """One question for the figures that answer it."""
    groups: dict[tuple[str, str, str, str], list[Count]] = defaultdict(list)
    for item in listed:
        figure = item.figure
        if figure.measure == "other" and not item.group:
            continue
        party = item.party or ""
        counted = "" if figure.measure in ("killed", "wounded", "casualties") else (figure.counts[:1] or ("",))[0]
        groups[figure.measure + "/" + counted, party, item.group or item.ref[0], figure.as_of or ""].append(item)
    found = [_question(key[0], key[1], key[3], members) for key, members in groups.items()]
    return tuple(sorted(found, key=lambda q: (q.figures[0], q.id)))


def _question(measure: str, party: str, as_of: str, members: Sequence[Count]) -> Question:
    refs = tuple(sorted(item.ref for item in members))
    occasions = Counter(item.occasion.id for item in members if item.occasion)
    happening = min(occasions, key=lambda i: (-occasions[i], i)) if occasions else None
    kind, _, _ = measure.partition("/")
    made = digest("question", measure, *refs)
    return Question(id=made, measure=kind, figures=refs, party=party or None, happening=happening, as_of=as_of or None)
