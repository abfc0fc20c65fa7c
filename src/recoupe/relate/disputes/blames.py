"""Two sides that accuse each other, and a truce that one side says it keeps and others say is broken."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...model.records import Claim, Event, Span, overlapping
from ...model.relations import Answer, Happening, Incident, Ref, Truce
from ..answers import by_claim, by_event, carrying
from ..origins import joined
from ..reading import Reading, folded
from ..statements import Said
from ..words import begins

# Kinds of event for which one side blames the other; those of one family are one charge ("frappé", "bombardements").
ASSAULTS = frozenset({"strike", "ground", "invasion", "violation"})
FAMILY = dict.fromkeys(ASSAULTS, "assault") | {"casualties": "casualties", "damage": "damage", "loss": "loss"}
# Charges in one article stand against each other within this many characters; in two articles by their place.
NEAR = 700
# Whom an accusation is about stands in so many characters between its verb and what it says of them.
OBJECT = 80


@dataclass(frozen=True, slots=True)
class Contest:
    """Answers of sides to one charge; `about` is the event mention to ask about, `truce` where it is about one."""

    answers: tuple[Answer, ...]
    about: tuple[Reading, Event]
    truce: Truce | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """A claim that someone did something."""

    said: Said
    event: Event
    accused: str | None
    words: str
    country: str | None = None

    def side(self) -> str:
        """The side that is charged: a body of a state is its country; else its name, or its words."""
        register = self.said.reading.register
        return register.side(self.accused) or self.country or folded(self.words)


def charges(readings: Sequence[Reading]) -> dict[str, Charge]:
    """The charges of some articles by the key of their claim."""
    return {charge.said.key: charge for reading in readings for charge in _charges(reading)}


def _charges(reading: Reading) -> list[Charge]:
    """The claims of an article that name who did an assault, one for each."""
    found: dict[str, Charge] = {}
    for event in reading.events:
        carrier = carrying(reading, event)
        if carrier is None or event.type not in FAMILY or carrier.polarity == "-":
            continue
        actor = (_charged(reading, carrier) if carrier.act == "accuse" else None) or event.actor
        if actor is not None and carrier.act in ("assert", "accuse") and not _meets(actor, carrier.source):
            said = Said(reading, carrier)
            accused = reading.entity_at(actor)
            country = next((slug for _, slug in reading.countries(actor)), None)
            if not (accused and accused == said.source):
                found.setdefault(carrier.id, Charge(said, event, accused, reading.raw(actor), country))
    return list(found.values())


def _meets(a: Span, b: Span | None) -> bool:
    return b is not None and a[0] < b[1] and b[0] < a[1]


def _charged(reading: Reading, claim: Claim) -> Span | None:
    """Whom an accusation names between its verb and its content ("a accusé Paris d'avoir …"), or, where the verb lays
    something at a door ("a attribué la frappe à Paris"), the one name behind it."""
    if claim.cue is None:
        return None
    if 0 <= claim.start - claim.cue[1] <= OBJECT:
        named = overlapping(reading.names, (claim.cue[1], claim.start))
        if named:
            return named[0].span
    if begins(folded(reading.text[slice(*claim.cue)]), reading.words.imputed):
        named = overlapping(reading.names, (claim.cue[1], reading.sentence_at(claim.start)[1]))
        inside = [name for name in named if name.start < claim.end + OBJECT]
        return inside[0].span if len(inside) == 1 else None
    return None


def blames(
    listed: Mapping[str, Charge], together: frozenset[frozenset[str]], of: Mapping[Ref, Happening]
) -> Iterator[Contest]:
    """Charges of one kind that name different sides, by different speakers, one of them an accusation; answers that
    name one side are one group. `listed` are the charges by the key of their claim."""
    accusing = [charge for charge in listed.values() if charge.said.claim.act == "accuse"]
    against = [(a.said.key, b.said.key) for a in accusing for b in listed.values() if _against(a, b, together, of)]
    for keys in joined(sorted({key for pair in against for key in pair}), against):
        members = sorted((listed[key] for key in keys), key=_told)
        number: dict[str, int] = {}
        answers = [by_claim(m.said, number.setdefault(m.side(), len(number) + 1), m.words) for m in members]
        about = next(m for m in members if m.said.claim.act == "accuse")
        yield Contest(tuple(answers), (about.said.reading, about.event))


def _told(charge: Charge) -> tuple[str, str, int]:
    said = charge.said
    return said.reading.published or "", said.ref[0], said.claim.start


def _against(a: Charge, b: Charge, together: frozenset[frozenset[str]], of: Mapping[Ref, Happening]) -> bool:
    mine, theirs = a.said, b.said
    if mine.speaker() == theirs.speaker() or FAMILY[a.event.type] != FAMILY[b.event.type]:
        return False
    one = of[mine.reading.ref(a.event)] is of[theirs.reading.ref(b.event)]
    if mine.reading is theirs.reading:
        near = one or abs(mine.claim.start - theirs.claim.start) <= NEAR
    else:
        shared = frozenset((mine.ref[0], theirs.ref[0])) in together
        if shared and _mutual(a, b):
            return True
        places = {_place(charge) for charge in (a, b)}
        near = shared and (one or (len(places) == 1 and None not in places))
    return near and a.side() != b.side()


def _mutual(a: Charge, b: Charge) -> bool:
    """Whether each of two sides accuses the other."""
    side = a.said.reading.register.side
    accused, speakers = (side(a.accused), side(b.accused)), (side(b.said.source), side(a.said.source))
    return None not in accused and accused == speakers


def _place(charge: Charge) -> str | None:
    reading = charge.said.reading
    named = reading.towns(charge.said.claim.span)
    return reading.entity_at(charge.event.place) or (named[0] if named else None)


def broken(truce: Truce, by_id: Mapping[str, Reading]) -> Contest | None:
    """Whether the truce was kept: those who say that they keep it, against the breaches alleged inside it."""
    kept = [answer for answer in truce.answers if answer.stance == "kept"]
    inside = [incident for incident in truce.incidents if incident.when == "inside"]
    keepers = {answer.side for answer in kept if answer.side}
    against = [i for i in inside if not _said_by(i, keepers, by_id)]
    if not kept or not against:
        return None
    answers: dict[tuple[str, int, int], Answer] = {}
    sentences: set[tuple[str, int, str | None]] = set()
    for incident in against:
        reading = by_id[incident.event[0]]
        answer = by_event(reading, _event(reading, incident), 1)
        place = answer.doc, reading.sentence_at(answer.start)[0], answer.claim
        if place not in sentences:  # one voice says it once in a sentence, however many strikes it names
            sentences.add(place)
            answers.setdefault((answer.doc, answer.start, answer.end), answer)
    for answer_kept in kept:
        reading = by_id[answer_kept.claim[0]]
        claim = reading.claim(answer_kept.claim[1])
        if claim is not None:
            answer = by_claim(Said(reading, claim), 2)
            answers[answer.doc, answer.start, answer.end] = answer
    reading = by_id[truce.mentions[0][0]]
    event = reading.by_id[truce.mentions[0][1]]
    assert isinstance(event, Event)
    return Contest(tuple(answers.values()), (reading, event), truce)


def _said_by(incident: Incident, speakers: set[str], by_id: Mapping[str, Reading]) -> bool:
    reading = by_id[incident.event[0]]
    claim = reading.claim(incident.claim[1]) if incident.claim else None
    return claim is not None and reading.entity(claim.source_entity) in speakers


def _event(reading: Reading, incident: Incident) -> Event:
    event = reading.by_id[incident.event[1]]
    assert isinstance(event, Event)
    return event
