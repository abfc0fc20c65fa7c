"""Claims by what they are about and which way they go, and those that may be about the same."""

import functools
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...model.records import Event, Span, overlapping
from ...model.relations import Happening, Ref
from ..reading import WORD, Reading, folded
from ..statements import Said, said
from .charges import Charge
from .deeds import Deed, deeds, speaking

# A feature that more contents than this have does not say that two of them are about the same.
RARE = 60
# Entities say more about a content than words do, types of events less.
WEIGHTS = {"term": 1.0, "entity": 1.0, "event": 0.7}
# Attacks are foreseen under one name or another.
FORESEEN = {"strike": "attack", "ground": "attack", "invasion": "attack"}
Feature = tuple[str, str]


@dataclass
class Content:
    """A claim as a vector of what it is about, and which way it goes: 1 says so, -1 that it is not so. `side` is the
    side that speaks, `deeds` are what it says was done, or was not."""

    item: Said
    vector: dict[Feature, float]
    sign: int
    kinds: frozenset[str]
    places: frozenset[str]
    side: str | None
    deeds: tuple[Deed, ...]

    @property
    def key(self) -> str:
        return self.item.key

    @functools.cached_property
    def bare(self) -> bool:
        """Whether it only rejects what others say: by a word for it without name or event ("sans fondement"), or by
        naming it as words ("these accusations")."""
        claim, reading = self.item.claim, self.item.reading
        if claim.act != "deny":
            return False
        if claim.polarity == "-":
            return all(kind == "term" for kind, _ in self.vector)
        words = [folded(match.group()) for match in WORD.finditer(reading.text, *claim.span)]
        people = {folded(reading.text[slice(*word)]) for word, _ in reading.countries(claim.span)}
        told = [w for w in words if len(w) > 1 and w not in reading.words.stopped and w not in people]
        return bool(told) and all(w.startswith(reading.words.speech) for w in told)

    def speaker(self) -> str:
        """The side that speaks; for an unnamed one its words."""
        return self.side or self.item.speaker()


def contents(readings: Sequence[Reading], of: Mapping[Ref, Happening]) -> list[Content]:
    """Every claim as a vector over all claims of the set; features weigh by how few claims have them."""
    listed = said(readings)
    features = [_features(item) for item in listed]
    spread = Counter(feature for found in features for feature in found)
    result = []
    for item, found in zip(listed, features, strict=True):
        weighed = {f: WEIGHTS[f[0]] * math.log((len(listed) + 1) / spread[f]) for f in sorted(found)}
        norm = math.sqrt(sum(value * value for value in weighed.values())) or 1.0
        vector = {feature: value / norm for feature, value in weighed.items()}
        kinds = frozenset(FORESEEN.get(event.type, event.type) for event in _events(item)) - {"other"}
        places = {item.reading.entity_at(event.place) for event in _events(item)} - {None}
        negative = item.claim.polarity == "-" or item.claim.act == "deny"
        result.append(
            Content(
                item, vector, -1 if negative else 1, kinds, frozenset(places),  # type: ignore[arg-type]
                speaking(item), tuple(deeds(item, of, denied=negative and item.claim.act != "deny")),
            )
        )  # fmt: skip
    return result


def _spans(item: Said) -> tuple[Span, ...]:
    return item.claim.span, *item.claim.more


def _events(item: Said) -> list[Event]:
    return [event for span in _spans(item) for event in overlapping(item.reading.events, span)]


def _features(item: Said) -> set[Feature]:
    found: set[Feature] = {("term", stem) for stem in item.stems}
    for span in _spans(item):
        for name in item.reading.names_in(span):
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

    def charge(self, content: Content) -> Charge | None:
        """The deed that a content lays at someone's door."""
        return self.charged.get(content.key)

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
            about = c.key if c.bare else frozenset(c.vector)
            same = (scopes[doc], c.item.speaker(), c.sign, claim.act, claim.certainty, about, c.places)
            first.setdefault(same, c)
        return list(first.values())
