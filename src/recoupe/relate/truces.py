"""Truces from the ceasefire events: who, what stage, which window, what each side says, which incidents are alleged."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from ..model.article import digest
from ..model.records import Claim, Event, overlapping
from ..model.relations import Happening, Incident, Passage, Ref, Truce, TruceAnswer
from .answers import carrying
from .happenings import Interval, Mention, by_mention, mentions
from .reading import WORD, Reading, folded
from .statements import Said
from .windows import lasting, window, zone
from .words import begins

Stage = Literal["proposed", "ordered", "agreed", "refused", "extended", "ended"]
Stance = Literal["ordered", "asked", "accepted", "refused", "condition", "kept", "accused", "other"]
When = Literal["inside", "before", "after", "unsaid"]
# The later in the life of a truce, the more a word says of where it stands; refused only where nothing came of it.
STAGES: tuple[Stage, ...] = ("proposed", "refused", "ordered", "agreed", "extended", "ended")
LATER: tuple[Stage, ...] = ("extended", "ended")
# What both sides bring about; its makers are those who sign.
JOINT = frozenset({"agreed", "extended"})
# What breaks a truce.
BREACHES = frozenset({"violation", "strike", "ground", "invasion"})
ALLEGED = frozenset({"actual", "claimed", "denied"})
# An accusation in the same breath as an answer to the truce stands this many characters from it at most.
NEAR = 700
# An incident without a time is alleged of a truce that the article speaks of this many paragraphs from it at most.
BESIDE = 1
# An incident this many days or less before the window or after it is shown beside it; others are another story.
AROUND = 1
# What is named this many characters after a ceasefire is what it halts.
PAUSED = 24
# A ceasefire named this many characters after a word such as "before" is what the word speaks of.
PLACED = 60


class Told:
    """One truce as its mentions tell it."""

    def __init__(self, happening: Happening, by_id: Mapping[str, Reading]) -> None:
        self.happening = happening
        self.events: list[tuple[Reading, Event]] = []
        for doc, record in happening.mentions:
            event = by_id[doc].by_id[record]
            if isinstance(event, Event):
                self.events.append((by_id[doc], event))
        self.readings = list({reading.id: reading for reading, _ in self.events}.values())

    def of(self, reading: Reading) -> list[Event]:
        """The mentions in one article."""
        return [event for home, event in self.events if home is reading]

    def about(self, reading: Reading) -> list[Claim]:
        """The claims of an article that hold a mention of the truce."""
        events = self.of(reading)
        return [c for c in reading.claims if any(_holds(c, event.start) for event in events)]


def _holds(claim: Claim, offset: int) -> bool:
    return any(start <= offset < end for start, end in (claim.span, *claim.more))


def truces(readings: Sequence[Reading], found: Sequence[Happening]) -> tuple[Truce, ...]:
    """Every ceasefire that someone ordered, proposed, agreed, refused or broke."""
    by_id = {reading.id: reading for reading in readings}
    told = [Told(happening, by_id) for happening in found if happening.type == "ceasefire"]
    of = by_mention(found)
    made = [_truce(truce, of) for truce in told]
    return tuple(sorted((truce for truce in made if _known(truce)), key=lambda t: (t.earliest or "", t.id)))


def _known(truce: Truce) -> bool:
    """Whether anything is told of a truce beyond a word in passing."""
    return bool(truce.by or truce.earliest or truce.answers or truce.incidents or len(truce.mentions) > 1)


def _truce(truce: Told, of: Mapping[Ref, Happening]) -> Truce:
    told_window, times = window(truce.events, truce.readings)
    stage, by, mutual = _stage(truce)
    judged = told_window[0], told_window[1] or lasting(truce.events, told_window[0])
    alleged = [i for reading in truce.readings for i in _incidents(truce, reading, judged, of)]
    told = [answer for reading in truce.readings for answer in _answers(truce, reading)]
    charges = {answer.claim for answer in told if answer.stance == "accused"}
    incidents = _agreed([i for i in alleged if i.place or i.claim not in charges], of)
    # Who only alleges an incident is shown with it.
    alleging = {incident.claim for incident in incidents}
    answers = [answer for answer in told if answer.stance != "other" or answer.claim not in alleging]
    return Truce(
        id=digest("truce", *truce.happening.mentions), mentions=truce.happening.mentions, by=by, stage=stage,
        mutual=mutual, earliest=told_window[0], latest=told_window[1], zone=zone(told_window, times, truce.readings),
        window=tuple((reading.id, time.id) for reading, time in times), scope=_scope(truce), answers=tuple(answers),
        incidents=tuple(incidents),
    )  # fmt: skip


def _agreed(incidents: Sequence[Incident], of: Mapping[Ref, Happening]) -> list[Incident]:
    """The incidents; one without a time is inside where another mention of the same happening is."""
    inside = {of[i.event].id for i in incidents if i.when == "inside"}
    return [
        msgspec.structs.replace(i, when="inside") if i.when == "unsaid" and of[i.event].id in inside else i
        for i in incidents
    ]


def _stage(truce: Told) -> tuple[Stage, tuple[str, ...], bool]:
    """The furthest stage that is told as reached, by whom, and whether both sides are bound."""
    counts: Counter[Stage] = Counter()
    by: Counter[str] = Counter()
    joint: Counter[str] = Counter()
    mutual = alone = False
    for reading, event in truce.events:
        sentence = folded(reading.text[slice(*reading.sentence_at(event.start))])
        words = reading.words.truce
        carrier = carrying(reading, event)
        stages: list[Stage] = [stage for stage in STAGES if begins(sentence, getattr(words, stage))]
        if event.status != "possible":
            counts.update(stages)
        mutual = mutual or begins(sentence, words.mutual)
        alone = alone or begins(sentence, words.alone)
        if carrier is not None and carrier.source_entity and _stance(reading, carrier) == "ordered":
            by[reading.entity(carrier.source_entity) or ""] += 2
        elif carrier is None and event.actor and event.status in ("actual", "planned"):
            by[reading.entity_at(event.actor) or ""] += 1
        joint.update(_signing(reading, event) if event.status != "possible" else {})
    best: Stage = min(STAGES, key=lambda stage: (-counts[stage], -STAGES.index(stage))) if counts else "proposed"
    best = _last(truce) or best
    by = joint if best in JOINT and joint else by
    most = max(by.values(), default=0)
    makers = tuple(sorted(who for who, n in by.items() if who and n * 2 >= most))
    mutual = mutual or best == "agreed" or (best in JOINT and len(makers) > 1)
    return best, makers, mutual and not alone


def _last(truce: Told) -> Stage | None:
    """Extended or ended, where the articles of the last day tell it more than once."""
    latest = max((reading.published or "" for reading in truce.readings), default="")
    told: Counter[Stage] = Counter()
    for reading, event in truce.events:
        if (reading.published or "") == latest and event.status != "possible":
            sentence = folded(reading.text[slice(*reading.sentence_at(event.start))])
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
            # "Sudan: both sides sign": what stands before a colon is the subject matter.
            colon = reading.text.rfind(":", start, match.start())
            named = overlapping(reading.names, (max(start, colon), match.start()))
            # A body weighs more than a place: "Sudan's rivals" names no party.
            return Counter({reading.meant(name): 1 if name.type == "LOC" else 2 for name in named})
    return Counter()


def _scope(truce: Told) -> tuple[Passage, ...]:
    """The places for which it is declared, each wording once."""
    seen: dict[str, Passage] = {}
    for reading, event in truce.events:
        if event.place and event.status != "possible":
            seen.setdefault(folded(reading.raw(event.place)), (reading.id, *event.place))
    return tuple(seen.values())


def _answers(truce: Told, reading: Reading) -> list[TruceAnswer]:
    """What speakers say to the truce, and whom they accuse in the same breath."""
    about = truce.about(reading)
    found = [TruceAnswer(side=reading.speaker(c), claim=reading.ref(c), stance=_stance(reading, c)) for c in about]
    sources = {claim.source_entity for claim in about}
    for claim in reading.claims:
        if claim.act == "accuse" and claim.source_entity in sources and claim not in about and claim.source_entity:
            events = [e for e in reading.events if _holds(claim, e.start) and e.type in BREACHES]
            near = any(abs(claim.start - other.start) <= NEAR for other in about)
            if events and near:
                side = reading.speaker(claim)
                found.append(TruceAnswer(side=side, claim=reading.ref(claim), stance="accused"))
    return sorted(found, key=lambda answer: answer.claim)


def _stance(reading: Reading, claim: Claim) -> Stance:
    words = reading.words.truce
    cue = folded(reading.text[slice(*claim.cue)]) if claim.cue else ""
    content = folded(Said(reading, claim).text)
    if claim.act == "deny":
        broken = any(e.type in BREACHES and _holds(claim, e.start) for e in reading.events) or begins(
            content, words.broken
        )
        return "kept" if broken else "refused"
    if begins(cue, words.refused):
        return "refused"
    if claim.act == "accuse":
        return "accused"
    if claim.act in ("request", "commit"):
        if begins(content, words.condition):
            return "condition"
        if begins(cue, words.asked):
            return "asked"
        if claim.act == "commit" and begins(content, words.kept):
            return "accepted"
        return "accepted" if begins(cue, words.accepted) else "ordered" if begins(cue, words.ordered) else "other"
    ordered = any(c.act in ("request", "commit") and c is not claim and _holds(claim, c.start) for c in reading.claims)
    if claim.act == "assert" and claim.polarity == "+" and begins(content, words.kept) and not ordered:
        return "kept"
    return "accepted" if begins(cue, words.accepted) else "other"


def _incidents(
    truce: Told, reading: Reading, window: tuple[str | None, str | None], of: Mapping[Ref, Happening]
) -> list[Incident]:
    """The breaches that an article alleges, with who says so and whether their time lies inside the window."""
    events = truce.of(reading)
    found = []
    for mention in mentions(reading):
        event = mention.event
        if event.type not in BREACHES or event.status not in ALLEGED or not _alleged(reading, event):
            continue
        # "A pause in the fighting" names no breach.
        if event.type == "ground" and not event.actor and any(0 <= event.start - e.end <= PAUSED for e in events):
            continue
        known = of[mention.ref]
        if mention.time is None and known.earliest and known.latest:
            mention.time = known.earliest, known.latest
        when = _when(reading, mention, events, window)
        # What the text only dates, or does not date, is alleged of the truce where it is told next to it.
        worded = _worded(reading, event, events) is not None
        if when is None or (when != "inside" and not worded and not _beside(reading, mention, events, window[0])):
            continue
        if when == "before" and not worded:
            continue
        carrier = carrying(reading, event)
        claim = reading.ref(carrier) if carrier else None
        ref = reading.ref(event)
        place = _place(reading, mention, carrier)
        found.append(Incident(event=ref, when=when, claim=claim, actor=mention.actor, place=place))
    return found


def _place(reading: Reading, mention: Mention, carrier: Claim | None) -> str | None:
    """Where an incident is alleged: of an accusation only a place that it names itself."""
    if carrier is None:
        return mention.place
    where = mention.event.place
    inside = where is not None and carrier.start <= where[0] and where[1] <= carrier.end
    if mention.place and (inside or carrier.act != "accuse"):
        return mention.place
    return next(iter(reading.towns(carrier.span)), None)


def _beside(reading: Reading, mention: Mention, events: Sequence[Event], opened: str | None) -> bool:
    """Whether an incident without a time may be one of this truce: told next to it, by an article of its days."""
    if opened and reading.published and reading.published < opened[: len(reading.published)]:
        return False
    starts = [block.start for block in reading.blocks]
    return any(abs(mention.paragraph - sum(start <= e.start for start in starts)) <= BESIDE for e in events)


def _alleged(reading: Reading, event: Event) -> bool:
    """Whether someone says that it happened: not where it is only hoped, asked or negated."""
    carrier = carrying(reading, event)
    if carrier is None:
        start = max(reading.sentence_at(event.start)[0], event.start - PLACED)
        denied = begins(folded(reading.text[start : event.start]), reading.words.truce.denied)
        return event.status != "denied" and not denied
    return carrier.polarity == "+" and carrier.act in ("assert", "accuse", "admit")


def _when(
    reading: Reading, mention: Mention, events: Sequence[Event], window: tuple[str | None, str | None]
) -> When | None:
    """Inside, before or after the window; "unsaid" where the text leaves it open; None where it lies far from it."""
    event = mention.event
    told = _worded(reading, event, events)
    if told is not None:
        return told
    if mention.time is None or window[0] is None:
        return "unsaid"
    return _timed(mention.time, (window[0], window[1]))


def _worded(reading: Reading, event: Event, events: Sequence[Event]) -> When | None:
    """What the sentence says of the incident and the truce: a breach is inside; "before the truce" …"""
    if event.type == "violation":
        return "inside"
    sentence = reading.sentence_at(event.start)
    words = reading.words.truce
    for truce in events:
        if not sentence[0] <= truce.start < sentence[1]:
            continue
        before = " " + folded(reading.text[max(sentence[0], truce.start - PLACED) : truce.start])
        # The word next to the truce's mention decides: "after", "before", "during".
        ahead = max(before.rfind(f" {word}") for word in words.before)
        within = max(before.rfind(f" {word}") for word in (*words.after, *words.during))
        if max(ahead, within) >= 0:
            return "before" if ahead > within else "inside"
    beside = [e for e in overlapping(reading.events, sentence) if e.type == "violation"]
    return "inside" if beside else None


def _timed(time: Interval, window: tuple[str, str | None]) -> When | None:
    """Where an interval lies against the window; None where it is further than a day off."""
    try:
        opened = datetime.fromisoformat(window[0])
        closed = datetime.fromisoformat(window[1]) if window[1] else None
        start, end = (datetime.fromisoformat(instant) for instant in time)
    except ValueError:
        return "unsaid"
    around = timedelta(days=AROUND)
    if end <= opened:
        return "before" if opened - end <= around else None
    if closed is not None and start >= closed:
        return "after" if start - closed <= around else None
    inside = start >= opened and (closed is None or end <= closed)
    # A day that holds the start of the window, or its end, does not say on which side the incident lies.
    return "inside" if inside and (closed is not None or start.date() == opened.date()) else "unsaid"
