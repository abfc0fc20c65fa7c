"""Truces from the ceasefire events: who, what stage, which window, what each side says, which incidents are alleged."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from ...model.article import digest
from ...model.records import Event, overlapping
from ...model.relations import Happening, OtherWindow, Passage, Ref, Truce
from ..answers import carrying
from ..happenings import by_mention
from ..reading import WORD, Reading, folded
from ..windows import lasting, others, window, zone
from ..words import begins
from .incidents import incidents
from .stances import answers, stance
from .told import Told

Stage = Literal["proposed", "ordered", "agreed", "refused", "extended", "ended"]
# The later in the life of a truce, the more a word says of where it stands; refused only where nothing came of it.
STAGES: tuple[Stage, ...] = ("proposed", "refused", "ordered", "agreed", "extended", "ended")
LATER: tuple[Stage, ...] = ("extended", "ended")
Staged = tuple[Stage, tuple[str, ...], bool]
# What both sides bring about; its makers are those who sign.
JOINT = frozenset({"agreed", "extended"})


def truces(readings: Sequence[Reading], found: Sequence[Happening]) -> tuple[Truce, ...]:
    """Every ceasefire that someone ordered, proposed, agreed, refused or broke."""
    by_id = {reading.id: reading for reading in readings}
    told = [Told(happening, by_id) for happening in found if happening.type == "ceasefire"]
    of = by_mention(found)
    stages = [_stage(truce) for truce in told]
    refused = {ref for truce, stage in zip(told, stages, strict=True) if stage[0] == "refused" for ref in truce.refs()}
    made = [
        one
        for truce, stage in zip(told, stages, strict=True)
        if _known(one := _truce(truce, stage, of, refused), truce)
    ]
    return tuple(sorted(made, key=lambda t: (t.earliest or "", t.id)))


def _known(made: Truce, truce: Told) -> bool:
    """Whether a truce is told of, not only wished for in passing ("called for an end to the violence"), in however many
    copies."""
    if made.by or made.earliest or made.stage != "proposed":
        return True
    return len({(_sentence(reading, event), event.text) for reading, event in truce.events}) > 1


def _sentence(reading: Reading, event: Event) -> str:
    return folded(reading.text[slice(*reading.sentence_at(event.start))])


def _truce(truce: Told, told_stage: Staged, of: Mapping[Ref, Happening], refused: Collection[Ref]) -> Truce:
    told_window, times = window(truce.events, truce.readings)
    stage, by, mutual = told_stage
    judged = told_window[0], told_window[1] or lasting(truce.events, told_window[0])
    # What never was cannot be broken.
    alleged = incidents(truce, judged, of, refused) if stage != "refused" else []
    told = [answer for reading in truce.readings for answer in answers(truce, reading)]
    charges = {answer.claim for answer in told if answer.stance == "accused"}
    alleged = [i for i in alleged if i.place or i.claim not in charges]
    # Who only alleges an incident is shown with it.
    alleging = {incident.claim for incident in alleged}
    shown = [answer for answer in told if answer.stance != "other" or answer.claim not in alleging]
    return Truce(
        id=digest("truce", *truce.happening.mentions), mentions=truce.happening.mentions, by=by, stage=stage,
        mutual=mutual, earliest=told_window[0], latest=told_window[1], zone=zone(told_window, times, truce.readings),
        window=tuple((reading.id, time.id) for reading, time in times), scope=_scope(truce), answers=tuple(shown),
        incidents=tuple(alleged),
        windows=tuple(
            OtherWindow(earliest=key[0], latest=key[1], refs=tuple((reading.id, time.id) for reading, time in dated))
            for key, dated in others(truce.events, truce.readings, told_window)
        ),
    )  # fmt: skip


def _stage(truce: Told) -> Staged:
    """The furthest stage that is told as reached, by whom, and whether both sides are bound."""
    counts: Counter[Stage] = Counter()
    by: Counter[str] = Counter()
    joint: Counter[str] = Counter()
    mutual = alone = False
    for reading, event in truce.events:
        sentence = _sentence(reading, event)
        words = reading.words.truce
        carrier = carrying(reading, event)
        stages: list[Stage] = [stage for stage in STAGES if begins(sentence, getattr(words, stage))]
        if event.status != "possible":
            counts.update(stages)
        mutual = mutual or begins(sentence, words.mutual)
        alone = alone or begins(sentence, words.alone)
        if carrier is not None and carrier.source_entity and stance(reading, carrier) == "ordered":
            by[reading.entity(carrier.source_entity) or ""] += 2
        elif carrier is None and event.actor and event.status in ("actual", "planned"):
            by[reading.entity_at(event.actor) or ""] += 1
        joint.update(_signing(reading, event) if event.status != "possible" else {})
    best: Stage = min(STAGES, key=lambda stage: (-counts[stage], -STAGES.index(stage))) if counts else "proposed"
    best = _last(truce) or best
    by = joint if best in JOINT and joint else by
    most = max(by.values(), default=0)
    makers = _of_each_side(truce, Counter({who: n for who, n in by.items() if who and n * 2 >= most}))
    mutual = mutual or best == "agreed" or (best in JOINT and len(makers) > 1)
    return best, makers, mutual and not alone


def _of_each_side(truce: Told, by: Counter[str]) -> tuple[str, ...]:
    """Of the makers of one side ("Russia", "the Kremlin", its president) the one that is named most."""
    side = truce.readings[0].register.side
    best: dict[str, str] = {}
    for who, _ in sorted(by.items(), key=lambda item: (-item[1], item[0])):
        best.setdefault(side(who) or who, who)
    return tuple(sorted(best.values()))


def _last(truce: Told) -> Stage | None:
    """Extended or ended, where the articles of the last day tell it more than once."""
    latest = max((reading.published or "" for reading in truce.readings), default="")
    told: Counter[Stage] = Counter()
    seen: set[str] = set()
    for reading, event in truce.events:
        sentence = _sentence(reading, event)
        if (reading.published or "") == latest and event.status != "possible" and sentence not in seen:
            seen.add(sentence)  # ten copies tell it once
            told.update(stage for stage in LATER if begins(sentence, getattr(reading.words.truce, stage)))
    best = min(LATER, key=lambda stage: -told[stage])
    return best if told[best] > 1 else None


def _signing(reading: Reading, event: Event) -> Counter[str]:
    """The parties to a truce that is agreed or extended: whom its clause names before the word for it."""
    carrier = carrying(reading, event)
    sentence = reading.sentence_at(event.start)
    start = max(sentence[0], carrier.start) if carrier else sentence[0]
    words = reading.words.truce
    for match in WORD.finditer(reading.text, start, event.start):
        if begins(folded(match.group()), (*words.agreed, *words.extended)):
            # "Sudan: both sides sign", "GENEVA (AFP) - Both sides sign": what stands before the mark is no party.
            mark = max(reading.text.rfind(mark, start, match.start()) for mark in (":", " - "))
            places = reading.register.places
            named = [
                name for name in overlapping(reading.names, (max(start, mark), match.start()))
                if (place := places.get(reading.meant(name))) is None or place.precision == "country"
            ]  # fmt: skip
            # A body weighs more than a place ("Sudan's rivals" names no party), and a town is none.
            return Counter({reading.meant(name): 1 if name.type == "LOC" else 2 for name in named})
    return Counter()


def _scope(truce: Told) -> tuple[Passage, ...]:
    """The places for which it is declared, each wording once."""
    seen: dict[str, Passage] = {}
    for reading, event in truce.events:
        if event.place and event.status != "possible":
            seen.setdefault(folded(reading.raw(event.place)), (reading.id, *event.place))
    return tuple(seen.values())
