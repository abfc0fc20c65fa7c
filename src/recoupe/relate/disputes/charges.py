"""Who lays which deed at whose door: the claims that name who did something, and who blame each other for it."""

import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...model.records import Claim, Event, Span, overlapping
from ...model.relations import Happening, Ref
from ..answers import carrying
from ..doers import beside
from ..reading import Reading, folded
from ..statements import Said
from ..words import begins
from .deeds import FAMILY, Deed, deed, speaking

# Whom an accusation is about stands in so many characters between its verb and what it says of them.
OBJECT = 80
# What a charge without an event of its own is about ("behind this crime") was told this many characters above it.
ABOVE = 400
# The deed of an accusation stands this many characters into its content at most.
BEGINS = 45
# "between" stands this many characters before the one who fights another.
BETWEEN = 12
QUOTES = frozenset('"«“”»')
TOLD = frozenset({"actual", "claimed"})


@dataclass(frozen=True)
class Charge:
    """A claim that someone did something: `accused` is an entity, `words` are those for it in the text."""

    said: Said
    event: Event
    deed: Deed
    accused: str | None
    words: str
    country: str | None = None

    @functools.cached_property
    def side(self) -> str:
        """The side that is charged: a body of a state is its country; else its name, or its words."""
        register = self.said.reading.register
        return register.side(self.accused) or self.country or folded(self.words)

    @functools.cached_property
    def unresolved(self) -> bool:
        """Whether it charges someone spoken of before, whoever that is: "the regime", a « militia » in quotes."""
        if self.accused or self.country:
            return False
        first = folded(self.words.lstrip("\"«“' ")).replace("'", " ").split()[:1]
        return not QUOTES.isdisjoint(self.words) or set(first) <= self.said.reading.words.one

    @functools.cached_property
    def speaker(self) -> str:
        """The side that charges; for an unnamed one its words."""
        return speaking(self.said) or folded(self.said.speaker())


def charges(readings: Sequence[Reading], of: Mapping[Ref, Happening]) -> dict[str, Charge]:
    """The charges of some articles by the key of their claim."""
    return {charge.said.key: charge for reading in readings for charge in _charges(reading, of)}


def _charges(reading: Reading, of: Mapping[Ref, Happening]) -> list[Charge]:
    """The claims of an article that name who did something, one for each."""
    found: dict[str, Charge] = {}
    for claim, event, doer in _named(reading):
        if claim.id in found or claim.polarity == "-" or claim.act not in ("assert", "accuse"):
            continue
        accused = reading.entity_at(doer) or reading.bodies.get(frozenset(reading.terms(doer)))
        country = next((slug for _, slug in reading.countries(doer)), None)
        if not (accused or country or reading.terms(doer)) or _meets(doer, claim.source):
            continue  # a pronoun names no one
        charge = Charge(Said(reading, claim), event, deed(reading, event, of), accused, reading.raw(doer), country)
        if charge.side != charge.speaker:
            found[claim.id] = charge
    for claim, other in _mutual(reading):
        about = _event(reading, claim)
        if about is not None and other.source is not None:
            country = next((slug for _, slug in reading.countries(other.source)), None)
            found[claim.id] = Charge(
                Said(reading, claim), about, deed(reading, about, of), reading.speaker(other),
                reading.raw(other.source), country,
            )  # fmt: skip
    return list(found.values())


def _named(reading: Reading) -> Iterator[tuple[Claim, Event, Span]]:
    """The claims that name a doer, with what was done and the words for the doer."""
    for event in reading.events:
        carrier = carrying(reading, event)
        if carrier is None or event.type not in FAMILY or event.status not in TOLD:
            continue
        # What an accusation lays at a door is what its content begins with, but for "blames the blast on X".
        laid = carrier.act == "accuse" and (_imputed(reading, carrier) or event.start - carrier.start <= BEGINS)
        doer = (_charged(reading, carrier) if laid else None) or event.actor
        if doer is not None:
            # Fighting between two is no deed of one of them.
            if not begins(folded(reading.text[max(0, doer[0] - BETWEEN) : doer[0]]), reading.words.truce.between):
                yield carrier, event, doer
        elif (people := next((span for span, _ in beside(reading, event)), None)) is not None:
            yield carrier, event, people
    for claim in reading.claims:
        head = folded(reading.text[claim.start : claim.start + BEGINS // 2])
        if claim.act == "accuse" and begins(head, reading.words.authored):
            charged, about = _charged(reading, claim), _event(reading, claim)
            if charged is not None and about is not None:
                yield claim, about, charged


def _event(reading: Reading, claim: Claim) -> Event | None:
    """What a claim is about: an event that it names behind its verb, an attack rather than its dead; else the last one
    told before it."""
    events = [event for event in reading.events if event.type in FAMILY]
    start = claim.cue[1] if claim.cue and 0 <= claim.start - claim.cue[1] <= OBJECT else claim.start
    inside = overlapping(events, (start, claim.end))
    attacks = [event for event in inside if FAMILY[event.type] == "attack"]
    above = [event for event in events if 0 <= claim.start - event.end <= ABOVE]
    return next(iter(attacks or inside or above[-1:]), None)


def _mutual(reading: Reading) -> Iterator[tuple[Claim, Claim]]:
    """The claims by which two sides charge each other in one breath, each with that of the other side."""
    shared: dict[tuple[Span, Span | None], list[Claim]] = defaultdict(list)
    for claim in reading.claims:
        if claim.act in ("accuse", "deny") and claim.source is not None:
            shared[claim.span, claim.cue].append(claim)
    for (_, cue), members in shared.items():
        if len(members) == 2 and cue is not None:
            words = folded(reading.text[cue[0] : max(cue[1], members[0].start)])
            if begins(words, reading.words.reciprocal):
                yield members[0], members[1]
                yield members[1], members[0]


def _meets(a: Span, b: Span | None) -> bool:
    return b is not None and a[0] < b[1] and b[0] < a[1]


def _charged(reading: Reading, claim: Claim) -> Span | None:
    """Whom an accusation names between its verb and its content ("a accusé Paris d'avoir …"), or, where the verb lays
    something at a door ("a attribué la frappe à Paris"), the one name behind it."""
    if claim.cue is None:
        return None
    if 0 <= claim.start - claim.cue[1] <= OBJECT:
        named = overlapping(reading.names, (claim.cue[1], claim.start))
        people = (word for word, _ in reading.nationalities((claim.cue[1], claim.start)))
        found = named[0].span if named else next(people, None)
        if found is not None:
            return found
    if _imputed(reading, claim):
        inside = overlapping(reading.names, (claim.cue[1], claim.end))
        end = min(claim.end + OBJECT, reading.sentence_at(claim.start)[1])
        inside = inside or overlapping(reading.names, (claim.end, end))
        return inside[0].span if len(inside) == 1 else None
    return None


def _imputed(reading: Reading, claim: Claim) -> bool:
    return claim.cue is not None and begins(folded(reading.text[slice(*claim.cue)]), reading.words.imputed)


def authored(reading: Reading, claim: Claim) -> bool:
    """Whether a claim is that someone did something, or had a hand in it."""
    return begins(folded(reading.text[slice(*claim.span)]), reading.words.authored)
