"""Two sides that accuse each other, and a truce that one side says it keeps and others say is broken."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...model.records import Claim, Event
from ...model.relations import Answer, Incident, Truce
from ..answers import by_claim, by_event
from ..doers import doer
from ..origins import joined
from ..reading import Reading
from ..statements import Said
from .charges import Charge
from .deeds import apart, one_deed, speaking

# Charges in one article stand against each other within this many characters.
NEAR = 700
Together = frozenset[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Contest:
    """Answers of sides to one charge; `about` is the event mention to ask about, `truce` where it is about one."""

    answers: tuple[Answer, ...]
    about: tuple[Reading, Event]
    truce: Truce | None = None


def blames(listed: Mapping[str, Charge], together: Together, truces: Sequence[Truce]) -> Iterator[Contest]:
    """Charges of one deed that name different sides, by different speakers, one of them an accusation; answers that
    name one side are one group. `listed` are the charges by the key of their claim."""
    breached: dict[str, set[str]] = defaultdict(set)
    for truce in truces:
        for doc, claim in (*(a.claim for a in truce.answers), *(i.claim for i in truce.incidents if i.claim)):
            breached[f"{doc} {claim}"].add(truce.id)
    accusing = [charge for charge in listed.values() if charge.said.claim.act == "accuse"]
    against = [
        (a.said.key, b.said.key) for a in accusing for b in listed.values()
        if _against(a, b, together, bool(breached[a.said.key] & breached[b.said.key]))
    ]  # fmt: skip
    charged = {key for pair in against for key in pair}
    alike: dict[str, list[str]] = defaultdict(list)
    for key, charge in listed.items():
        alike[charge.side].append(key)
    again = [
        (x, y)
        for x in charged
        for y in alike[listed[x].side]
        if x != y and _linked(listed[x], listed[y], together) and _one(listed[x], listed[y])
    ]
    for keys in joined(sorted(charged | {y for _, y in again}), sorted([*against, *again])):
        members = sorted((listed[key] for key in keys), key=_told)
        number: dict[str, int] = {}
        answers = [by_claim(m.said, number.setdefault(m.side, len(number) + 1), m.words) for m in members]
        about = next(m for m in members if m.said.claim.act == "accuse")
        yield Contest(tuple(answers), (about.said.reading, about.event))


def _told(charge: Charge) -> tuple[str, str, int]:
    said = charge.said
    return said.reading.published or "", said.ref[0], said.claim.start


def _linked(a: Charge, b: Charge, together: Together) -> bool:
    docs = frozenset((a.said.ref[0], b.said.ref[0]))
    return len(docs) == 1 or docs in together


def _against(a: Charge, b: Charge, together: Together, breach: bool) -> bool:
    """Whether two charges lay one deed at different doors. Breaches of one truce are one deed to those who accuse each
    other of them."""
    if a.speaker == b.speaker or a.side == b.side or a.deed.family != b.deed.family:
        return False
    mutual = (a.side, b.side) == (b.speaker, a.speaker)
    if not mutual and (a.unresolved or b.unresolved):
        return False  # it may be the one whom the other names
    if a.said.reading is b.said.reading:
        close = abs(a.said.claim.start - b.said.claim.start) <= NEAR
        return a.deed.happening is b.deed.happening or (close and (mutual or not apart(a.deed, b.deed)))
    if not _linked(a, b, together):
        return False
    if mutual and (breach or not apart(a.deed, b.deed)):
        return True
    return _one(a, b)


def _one(a: Charge, b: Charge) -> bool:
    """Whether two charges are of one deed, whoever did it."""
    return one_deed(a.deed, b.deed, sides=False)


def broken(truce: Truce, by_id: Mapping[str, Reading]) -> Contest | None:
    """Whether the truce was kept: those who say that they keep it, against the breaches alleged inside it."""
    kept = [answer for answer in truce.answers if answer.stance == "kept"]
    inside = [incident for incident in truce.incidents if incident.when == "inside"]
    keepers = {answer.side for answer in kept if answer.side}
    against = [i for i in inside if not _said_by(i, keepers, by_id)]
    accusers = {speaking(Said(by_id[i.claim[0]], claim)) for i in against if (claim := _claim(i, by_id)) and i.claim}
    against = [i for i in against if _doer(i, by_id) not in accusers - {None}]
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
    claim = _claim(incident, by_id)
    return claim is not None and by_id[incident.event[0]].entity(claim.source_entity) in speakers


def _doer(incident: Incident, by_id: Mapping[str, Reading]) -> str | None:
    """The side at whose door a breach is laid: one by those who accuse the keepers answers another question."""
    reading = by_id[incident.event[0]]
    return doer(reading, _event(reading, incident))


def _claim(incident: Incident, by_id: Mapping[str, Reading]) -> Claim | None:
    return by_id[incident.claim[0]].claim(incident.claim[1]) if incident.claim else None


def _event(reading: Reading, incident: Incident) -> Event:
    event = reading.by_id[incident.event[1]]
    assert isinstance(event, Event)
    return event
