"""What one speaker denies, or negates, and another says: contents set against each other by likeness."""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...model.records import Event, Span, overlapping
from ...model.relations import Answer, Ref
from ..answers import by_claim
from ..origins import joined
from ..reading import Reading, folded
from ..statements import Said, said
from ..words import begins
from .blames import ASSAULTS, Charge

# Cosine of contents (entities, content words, event types) from which a denial meets what it denies, and from which a
# negated statement without a denying verb meets its opposite. Of the marked pairs those that share words reach .21 to
# 1; between unrelated claims .2 is passed once in a thousand pairs.
DENIED, NEGATED = 0.2, 0.35
# Forecasts of one kind of event meet at less: what may come is worded in many ways.
FORECAST = 0.07
# Between articles that share no story a denial needs this likeness and this many entities in common.
ELSEWHERE, NAMED = 0.27, 2
# A feature that more contents than this have does not say that two of them are about the same.
RARE = 60
# From this likeness on a further claim repeats one side of a dispute.
REPEATS = 0.3
# A rejection of what stands before it ("sans fondement") means a claim at most this many characters above it.
ABOVE = 400
# Entities say more about a content than words do, types of events less.
WEIGHTS = {"term": 1.0, "entity": 1.0, "event": 0.7}
# Attacks are foreseen under one name or another.
FAMILY = {"strike": "attack", "ground": "attack", "invasion": "attack"}
MOVES = frozenset({"attack", "movement", "withdrawal"})
FORESEEN = frozenset({"expect", "commit"})
Feature = tuple[str, str]


@dataclass(slots=True)
class Content:
    """A claim as a vector of what it is about, and which way it goes: 1 says so, -1 that it is not so."""

    item: Said
    vector: dict[Feature, float]
    sign: int
    kinds: frozenset[str]
    places: frozenset[str]

    @property
    def key(self) -> str:
        return self.item.key


@dataclass(frozen=True, slots=True)
class Denial:
    """Answers for and against one content; `words` are those to ask about."""

    answers: tuple[Answer, ...]
    words: Said


def contents(readings: Sequence[Reading]) -> list[Content]:
    """Every claim as a vector over all claims of the set; features weigh by how few claims have them."""
    listed = said(readings)
    features = [_features(item) for item in listed]
    spread = Counter(feature for found in features for feature in found)
    result = []
    for item, found in zip(listed, features, strict=True):
        weighed = {f: WEIGHTS[f[0]] * math.log((len(listed) + 1) / spread[f]) for f in sorted(found)}
        norm = math.sqrt(sum(value * value for value in weighed.values())) or 1.0
        vector = {feature: value / norm for feature, value in weighed.items()}
        events = _events(item)
        kinds = frozenset(FAMILY.get(event.type, event.type) for event in events) - {"other"}
        places = {item.reading.entity_at(event.place) for event in events} - {None}
        negative = item.claim.polarity == "-" or item.claim.act == "deny"
        result.append(Content(item, vector, -1 if negative else 1, kinds, frozenset(places)))  # type: ignore[arg-type]
    return result


def _spans(item: Said) -> tuple[Span, ...]:
    return item.claim.span, *item.claim.more


def _events(item: Said) -> list[Event]:
    return [event for span in _spans(item) for event in overlapping(item.reading.events, span)]


def _features(item: Said) -> set[Feature]:
    found: set[Feature] = {("term", stem) for stem in item.stems}
    for span in _spans(item):
        for name in overlapping(item.reading.names, span):
            found.add(("entity", item.reading.meant(name)))
            found -= {("term", stem) for stem in item.reading.terms(name.span)}
        for word, country in item.reading.countries(span):
            found = (found | {("entity", country)}) - {("term", stem) for stem in item.reading.terms(word)}
    return found | {("event", event.type) for event in _events(item) if event.type != "other"}


def cosine(a: Content, b: Content) -> float:
    """How much two contents are about the same, 0 to 1."""
    small, large = (a.vector, b.vector) if len(a.vector) <= len(b.vector) else (b.vector, a.vector)
    return sum(value * large[feature] for feature, value in small.items() if feature in large)


class Table:
    """All contents of a set, by article and by feature. `together` are the pairs of articles that share a story,
    `charged` the claims that lay a deed at someone's door."""

    def __init__(
        self, listed: Sequence[Content], together: frozenset[frozenset[str]], charged: Mapping[str, Charge]
    ) -> None:
        self.by_doc: dict[str, list[Content]] = defaultdict(list)
        self.by_feature: dict[Feature, list[Content]] = defaultdict(list)
        self.beside: dict[str, set[str]] = defaultdict(set)
        self.charged = charged
        for content in listed:
            self.by_doc[content.item.ref[0]].append(content)
            for feature in content.vector:
                self.by_feature[feature].append(content)
        for pair in together:
            for doc in pair:
                self.beside[doc] |= pair

    def charges(self, content: Content, sides: Collection[str | None]) -> bool:
        """Whether a content lays a deed at the door of one of these sides."""
        charge = self.charged.get(content.key)
        return charge is not None and charge.side() in sides

    def near(self, content: Content) -> list[Content]:
        """What may be about the same, with a feature in common: of the article, of its stories, or with a rare one."""
        doc = content.item.ref[0]
        docs = {doc, *self.beside.get(doc, ())}
        found = {c.key: c for c in self.by_doc[doc]}
        for feature in content.vector:
            having = self.by_feature[feature]
            rare = len(having) <= RARE
            found |= {c.key: c for c in having if rare or c.item.ref[0] in docs}
        return [found[key] for key in sorted(found) if key != content.key]

    def linked(self, a: Content, b: Content) -> bool:
        """Whether two contents stand in one article or in articles of one story."""
        mine, theirs = a.item.ref[0], b.item.ref[0]
        return mine == theirs or theirs in self.beside.get(mine, ())

    def alone(self, listed: Sequence[Content]) -> list[Content]:
        """The contents, those that are copies of one inside their stories only once."""
        scopes = {doc: frozenset(self.beside.get(doc, ())) or frozenset({doc}) for doc in self.by_doc}
        first: dict[tuple[object, ...], Content] = {}
        for c in listed:
            claim, doc = c.item.claim, c.item.ref[0]
            about = c.key if _bare(c) else frozenset(c.vector)
            same = (scopes[doc], c.item.speaker(), c.sign, claim.act, claim.certainty, about, c.places)
            first.setdefault(same, c)
        return list(first.values())


def denials(
    readings: Sequence[Reading],
    together: frozenset[frozenset[str]],
    charged: Mapping[str, Charge],
    settled: frozenset[Ref] = frozenset(),
) -> Iterator[Denial]:
    """The contents that are said and denied. `together` are the pairs of articles that share a story, `charged` the
    charges by the key of their claim, `settled` claims that another dispute holds."""
    listed = [
        c for c in contents(readings)
        if c.item.claim.act not in ("request", "question") and c.item.ref not in settled
        and c.item.claim.id not in c.item.reading.withdrawing
    ]  # fmt: skip
    table = Table(listed, together, charged)
    by_key = {content.key: content for content in listed}
    # Copies of one claim meet what stands against it through the first of them, and join it as its repeats.
    once = table.alone(listed)
    opposed = [(a.key, b.key) for a, b in _links(once, Table(once, together, charged))]
    seeds = sorted({key for pair in opposed for key in pair})
    for group in joined(seeds, opposed):
        members = [by_key[key] for key in group]
        yield _denial([*members, *_repeats(members, table)])


def _links(listed: Sequence[Content], table: Table) -> Iterator[tuple[Content, Content]]:
    """Pairs of contents that stand against each other."""
    for no in (content for content in listed if content.sign < 0):
        meant = _meant(no, table)
        for other in meant:
            yield no, other
        # Words that only reject ("sans fondement") say nothing of what they reject.
        if meant or _bare(no):
            continue
        for yes in table.near(no):
            if yes.sign > 0 and _opposed(no, yes, table):
                yield no, yes


def _bare(content: Content) -> bool:
    """Whether a denial's content is the rejection itself, without a name or event."""
    claim = content.item.claim
    return claim.act == "deny" and claim.polarity == "-" and not any(kind != "term" for kind, _ in content.vector)


def _meant(no: Content, table: Table) -> list[Content]:
    """What a bare rejection answers: the claims just above it in its article, but not its own relay's."""
    if not _bare(no):
        return []
    start = no.item.claim.start
    own = [c for c in table.by_doc[no.item.ref[0]] if c.item.speaker() != no.item.speaker()]
    above = [c for c in own if 0 < start - c.item.claim.start <= ABOVE and c.item.claim.span != no.item.claim.span]
    said_so = [c for c in above if c.sign > 0 and c.item.claim.act in ("assert", "accuse", "expect")]
    return said_so[-1:]


def _opposed(no: Content, yes: Content, table: Table) -> bool:
    mine, theirs = no.item, yes.item
    if mine.speaker() == theirs.speaker() and mine.speaker():
        return False
    same_article = mine.reading is theirs.reading
    if same_article and mine.claim.span == theirs.claim.span:
        # One content twice: denied by one and said by another, unless the words are the rejection (a relay's then).
        return mine.claim.act == "deny" and mine.claim.polarity == "+"
    if same_article and mine.claim.start < theirs.claim.end and theirs.claim.start < mine.claim.end:
        return False  # one stands inside the other: a part of a sentence does not deny the whole
    likeness = cosine(no, yes)
    if not table.linked(no, yes):
        # Articles of two stories meet where one names and denies what the other says, not on a common topic.
        return mine.claim.act == "deny" and likeness >= ELSEWHERE and len(_named(no) & _named(yes)) >= NAMED
    if _authored(no):
        # Who denies a deed answers those who lay it at his door, not everyone who tells of it.
        return table.charges(yes, _cleared(no))
    if no.places and yes.places and not no.places & yes.places:
        return False
    foreseen = _foreseen(mine) and _foreseen(theirs) and bool(no.kinds & yes.kinds & MOVES)
    least = FORECAST if foreseen else DENIED if mine.claim.act == "deny" else NEGATED
    return likeness >= least


def _authored(content: Content) -> bool:
    """Whether a content is that someone did it, or had a hand in it; or, denied, that the speaker himself attacked."""
    item, reading = content.item, content.item.reading
    if begins(folded(item.claim.text), reading.words.authored):
        return True
    side = reading.register.side(item.source)
    own = (reading.entity_at(event.actor) for event in _events(item) if event.type in ASSAULTS)
    return content.sign < 0 and side is not None and any(reading.register.side(actor) == side for actor in own)


def _cleared(no: Content) -> set[str | None]:
    """The sides that a denial of a deed clears: the speaker's, and whom it names."""
    reading = no.item.reading
    named = [value for kind, value in no.vector if kind == "entity"]
    return {reading.register.side(entity) for entity in (no.item.source, *named)} - {None}


def _foreseen(item: Said) -> bool:
    """Whether a claim is of what may come: announced, expected, or held for more or less likely."""
    return item.claim.act in FORESEEN or item.claim.certainty != "certain"


def _named(content: Content) -> set[str]:
    return {value for kind, value in content.vector if kind == "entity"}


def _repeats(members: Sequence[Content], table: Table) -> list[Content]:
    """Further claims that say what a side says, in the same article or another of its stories."""
    found = {}
    inside = {content.key for content in members}
    deeds = set().union(*(_cleared(c) for c in members if c.sign < 0 and _authored(c)))
    for member in members:
        for content in table.near(member):
            if content.key in inside or content.sign != member.sign or not table.linked(content, member):
                continue
            if deeds and content.sign > 0 and not table.charges(content, deeds):
                continue
            if cosine(content, member) >= REPEATS or _goes_on(content, member):
                found[content.key] = content
    return [found[key] for key in sorted(found)]


def _goes_on(content: Content, member: Content) -> bool:
    """Whether a bare rejection goes on from the same speaker's denial just above it."""
    mine, above = content.item, member.item
    same = mine.reading is above.reading and mine.source is not None and mine.source == above.source
    return same and _bare(content) and 0 < mine.claim.start - above.claim.start <= ABOVE


def _denial(members: Sequence[Content]) -> Denial:
    # A relay repeats the words of the one whom it relays: that one answers.
    first = {
        (c.item.ref[0], c.item.claim.span, c.sign): c for c in sorted(members, key=lambda c: bool(c.item.claim.via))
    }
    ordered = sorted(first.values(), key=lambda c: (-c.sign, c.item.reading.published or "", c.item.ref))
    answers = tuple(by_claim(content.item, 1 if content.sign > 0 else 2) for content in ordered)
    denied = [c.item for c in ordered if c.item.claim.act == "deny" and c.item.claim.polarity == "+"]
    said_so = [c.item for c in ordered if c.sign > 0]
    words = min(denied or said_so, key=lambda item: (len(item.claim.text), item.ref))
    return Denial(answers, words)
