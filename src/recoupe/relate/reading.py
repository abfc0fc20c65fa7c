"""An article as the cross-check reads it: its records by layer, its paragraphs, its words and its entities."""

import bisect
import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..lang import LanguagePack, available, pack
from ..lang.demonyms import demonyms
from ..lang.folding import unaccented
from ..model.records import Annotated, AnyRecord, Block, Claim, Event, Figure, Name, Span, Time, overlapping
from ..model.relations import Entity, Place, Ref
from .words import RelateWords

WORD = re.compile(r"\w+")
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
# A sentence ends at . ! ? … with its closing marks, where white space and no small letter follow.
SENTENCE_END = re.compile(r"[.!?…][\"')\]]*\s+(?![a-zà-öø-ÿ])")
# Words that share their first letters are taken for one: long enough to tell most words apart, short enough to fold
# inflection and most of what French and English share (exercices, exercises; blessés, blessures).
STEM = 6
# A country's words are this many at most in an identifier ("loc/united-arab-emirates").
PARTS = 3
# Shorter words carry grammar rather than content; numbers are read as figures and times, not as words.
SHORTEST = 3


@functools.lru_cache(maxsize=1 << 16)
def folded(text: str) -> str:
    """Small letters without accents."""
    return unaccented(text.lower(), "NFKD")


def level(text: str) -> str:
    """Small letters without accents, one character for one."""
    if not text.isascii():
        for c in set(BEYOND_ASCII.findall(text)):
            text = text.replace(c, (folded(c) + " ")[0])
    return text.lower()


@functools.lru_cache(maxsize=1 << 16)
def _nationality(word: str, language: LanguagePack) -> str | None:
    return demonyms(language).nationality(word)


@functools.lru_cache(maxsize=1 << 12)
def peoples(text: str, language: LanguagePack) -> tuple[tuple[int, int, str], ...]:
    """The adjectives and nouns of people in a text: where each starts and ends, and its country's slug. Kept, because
    paragraphs come again in other articles, and each is asked for by what it holds."""
    found = ((match, _nationality(match.group(), language)) for match in WORD.finditer(text))
    return tuple((*match.span(), country) for match, country in found if country)


@functools.cache
def _countries() -> frozenset[str]:
    return frozenset(slug for code in available() for slug in demonyms(pack(code)).labels)


@functools.lru_cache(maxsize=1 << 14)
def owner(slug: str) -> str | None:
    """The country that a body's identifier begins with ("org/russia-defence-ministry": "loc/russia")."""
    kind, _, rest = slug.partition("/")
    parts = rest.split("-")
    found = ("loc/" + "-".join(parts[:n]) for n in range(min(PARTS, len(parts) - 1), 0, -1))
    return None if kind == "loc" else next((country for country in found if country in _countries()), None)


class Register:
    """The entities of the set, as the articles refer to them."""

    def __init__(self, entities: Iterable[Entity] = ()) -> None:
        self.labels: dict[str, str] = {}
        self.named: dict[str, str] = {}
        self.places: dict[str, Place] = {}
        self.referents: dict[Ref, str] = {}
        # The countries that persons act for; filled once the articles are read.
        self.serving: dict[str, str] = {}
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for entity in entities:
            self.labels[entity.id] = entity.label
            self.named[entity.id] = entity.slug
            if entity.place is not None:
                self.places[entity.id] = entity.place
            for doc, slug in entity.referents:
                self.referents[doc, slug] = entity.id
                counts[slug][entity.id] += 1
        # A slug alone stands for the entity that most articles mean by it.
        self.slugs = {slug: min(found, key=lambda i: (-found[i], i)) for slug, found in counts.items()}

    def side(self, entity: str | None) -> str | None:
        """The country that a body belongs to ("org/russia-…" is of loc/russia) or that a person acts for; else the
        entity itself."""
        if entity in self.serving:
            return self.serving[entity]
        slug = self.named.get(entity or "", entity or "")
        country = owner(slug) or self._seat(slug)
        return self.slugs.get(country, country) if country else entity

    def _seat(self, slug: str) -> str | None:
        """The place, no country of its own, that a body's identifier begins with (the government of a region)."""
        kind, _, rest = slug.partition("/")
        parts = rest.split("-") if kind == "org" else []
        found = ("loc/" + "-".join(parts[:n]) for n in range(len(parts) - 1, 0, -1))
        return next((place for place in found if place in self.slugs), None)

    def one_place(self, a: str, b: str) -> bool:
        """Whether two places may be one: the same, or one of them the country of the other."""
        first, second = self.places.get(a), self.places.get(b)
        if a == b or first is None or second is None or not first.country or first.country != second.country:
            return a == b
        return "country" in (first.precision, second.precision)

    def apart(self, a: str, b: str) -> bool:
        """Whether two places are surely two; where a village lies that no gazetteer has is not known."""
        first, second = self.places.get(a), self.places.get(b)
        if first is None or second is None:
            known = first or second
            return a != b and (known is None or known.precision == "town")
        return not self.one_place(a, b)

    def local(self, entity: str) -> bool:
        """Whether an entity is a place below a country, in the gazetteer or not."""
        found = self.places.get(entity)
        return found.precision != "country" if found else self.named.get(entity, "").startswith("loc/")


class Taken(NamedTuple):
    """By which record a claim was taken back, and by whom: entities, or the outlet that printed it."""

    ref: Ref
    by: frozenset[str]


class Reading:
    """One annotated article with what the relations ask of it."""

    def __init__(self, annotated: Annotated, register: Register) -> None:
        self.annotated, self.article = annotated, annotated.article
        self.id, self.published = self.article.id, self.article.published
        self.pack: LanguagePack = pack(self.article.lang)
        self.words = self.pack.words(RelateWords, "relate")
        self.text = self.pack.normal(self.article.text)
        self.register = register
        # Whom sources mean that the article does not name in full, by claim; filled once the stories are known.
        self.spoken: dict[str, str] = {}
        # The bodies of states that are the only ones of their kind in its stories, by the words for their kind.
        self.bodies: dict[frozenset[str], str] = {}
        # Claims that only report a withdrawal, and claims that were taken back, once by each who does so.
        self.withdrawing: set[str] = set()
        self.taken_back: dict[str, list[Taken]] = {}
        # What has been looked up: one sentence is asked for by all that it holds.
        self._cut: dict[Span, list[Span]] = {}
        self._sentences: dict[int, Span] = {}
        self._entities: dict[Span, list[str]] = {}
        self._terms: dict[Span, tuple[str, ...]] = {}

    @functools.cached_property
    def claims(self) -> list[Claim]:
        return self.annotated.layer(Claim)

    @functools.cached_property
    def events(self) -> list[Event]:
        return self.annotated.layer(Event)

    @functools.cached_property
    def figures(self) -> list[Figure]:
        return self.annotated.layer(Figure)

    @functools.cached_property
    def names(self) -> list[Name]:
        return self.annotated.layer(Name)

    @functools.cached_property
    def times(self) -> list[Time]:
        return self.annotated.layer(Time)

    @functools.cached_property
    def blocks(self) -> list[Block]:
        return self.annotated.layer(Block)

    @functools.cached_property
    def plain(self) -> str:
        """The text in small letters without accents, of the same length so that offsets hold."""
        return level(self.text)

    @functools.cached_property
    def word_starts(self) -> list[int]:
        """Where each word of the text starts, in order."""
        return [match.start() for match in WORD.finditer(self.text)]

    @functools.cached_property
    def named(self) -> frozenset[str]:
        """Every entity that it names."""
        return frozenset(self.meant(name) for name in self.names)

    @functools.cached_property
    def by_id(self) -> dict[str, AnyRecord]:
        """Every record by its id."""
        return {record.id: record for record in self.annotated.records}

    @functools.cached_property
    def paragraphs(self) -> list[Block]:
        """The blocks that hold reporting."""
        return [block for block in self.blocks if block.kind == "body"]

    def claim(self, record_id: str) -> Claim | None:
        """The claim with this id."""
        found = self.by_id.get(record_id)
        return found if isinstance(found, Claim) else None

    def ref(self, record: AnyRecord) -> Ref:
        """(article id, record id)."""
        return self.id, record.id

    def entity(self, slug: str | None) -> str | None:
        """The entity id of an in-article referent; the slug itself where no entity joins it."""
        return None if slug is None else self.register.referents.get((self.id, slug), slug)

    def speaker(self, claim: Claim) -> str | None:
        """The entity that a claim goes back to in this article; None for an unnamed source."""
        return self.spoken.get(claim.id) or self.entity(claim.source_entity)

    def anywhere(self, slug: str) -> str:
        """The entity that a slug means where this article does not name it (a country behind an adjective)."""
        return self.register.referents.get((self.id, slug)) or self.register.slugs.get(slug, slug)

    def meant(self, name: Name) -> str:
        """The entity that a mention means: of a metonym, what it stands for."""
        return self.register.referents.get((self.id, name.stands_for or name.entity), name.stands_for or name.entity)

    def names_in(self, span: Span) -> list[Name]:
        """The names that share a character with a span. Names are in text order: those near by are looked at."""
        starts, longest = self._named_at
        first, last = bisect.bisect_left(starts, span[0] - longest), bisect.bisect_left(starts, span[1])
        return overlapping(self.names[first:last], span)

    @functools.cached_property
    def _named_at(self) -> tuple[list[int], int]:
        return [name.start for name in self.names], max((name.end - name.start for name in self.names), default=0)

    def entities_in(self, span: Span) -> list[str]:
        """The entities meant inside a span, in text order."""
        if span not in self._entities:
            self._entities[span] = list(dict.fromkeys(self.meant(name) for name in self.names_in(span)))
        return self._entities[span]

    def entity_at(self, span: Span | None, kinds: frozenset[str] = frozenset()) -> str | None:
        """The first entity meant inside a span (of these name types, where given)."""
        if span is None:
            return None
        hits = [name for name in self.names_in(span) if not kinds or name.type in kinds]
        return self.meant(hits[0]) if hits else None

    def towns(self, span: Span) -> list[str]:
        """The places below a country that are named in a span, in text order."""
        places = self.register.places
        found = self.entities_in(span)
        return [entity for entity in found if entity in places and places[entity].precision != "country"]

    def nationalities(self, span: Span) -> list[tuple[Span, str]]:
        """The adjectives and nouns of people in a span with the slugs of the countries that they mean."""
        first = max(0, span[0])
        found = peoples(self.text[first : span[1]], self.pack)
        return [((first + start, first + end), country) for start, end, country in found]

    def countries(self, span: Span) -> Iterator[tuple[Span, str]]:
        """The adjectives and nouns of people in a span with the countries that they mean."""
        for word, country in self.nationalities(span):
            yield word, self.anywhere(country)

    def raw(self, span: Span) -> str:
        """The article's own characters."""
        return self.article.text[span[0] : span[1]]

    def terms(self, span: Span) -> tuple[str, ...]:
        """The content words of a span, folded and cut to their stems, in text order."""
        if span not in self._terms:
            self._terms[span] = stems(self.text[span[0] : span[1]], self.words.stopped)
        return self._terms[span]

    def paragraph_at(self, offset: int) -> int:
        """How many blocks begin up to an offset."""
        return bisect.bisect_right(self._starts, offset)

    @functools.cached_property
    def _starts(self) -> list[int]:
        return sorted(block.start for block in self.blocks)

    def block_at(self, offset: int) -> Block | None:
        """The block that holds an offset."""
        return next((block for block in self.blocks if block.start <= offset < block.end), None)

    def _parts(self, span: Span) -> list[Span]:
        if span not in self._cut:
            self._cut[span] = sentences(self.text, span)
        return self._cut[span]

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds an offset, within its block."""
        if offset not in self._sentences:
            block = self.block_at(offset)
            if block is None:
                return offset, min(offset + 1, len(self.text))
            parts = self._parts(block.span)
            self._sentences[offset] = next((span for span in parts if offset < span[1]), block.span)
        return self._sentences[offset]


@functools.lru_cache(maxsize=1 << 13)
def stems(text: str, stopped: frozenset[str]) -> tuple[str, ...]:
    """The content words of a text, folded and cut to their stems. Kept, because sentences come again in other
    articles."""
    return tuple(
        word[:STEM]
        for word in WORD.findall(folded(text))
        if len(word) >= SHORTEST and word not in stopped and not word[0].isdigit()
    )


def sentences(text: str, span: Span) -> list[Span]:
    """The sentences of a paragraph, by punctuation alone (the parse is not kept with the records)."""
    found, start = [], span[0]
    for match in SENTENCE_END.finditer(text, span[0], span[1]):
        stop = len(match.group().rstrip()) + match.start()
        if stop > start:
            found.append((start, stop))
        start = match.end()
    if start < span[1]:
        found.append((start, span[1]))
    return found or [span]


def arranged(articles: Sequence[Annotated]) -> list[Annotated]:
    """The articles in one order, whatever the order of arrival: by date of publication, unknown ones first, then id.

    Of several with one id the first in that order is kept.
    """
    ordered = sorted(articles, key=lambda a: (a.article.published or "", a.article.id, a.article.version))
    single = {article.article.id: article for article in reversed(ordered)}
    return [article for article in ordered if single[article.article.id] is article]


def readings(articles: Sequence[Annotated], entities: Iterable[Entity] = ()) -> list[Reading]:
    """The articles as the cross-check reads them, in their one order."""
    register = Register(entities)
    return [Reading(article, register) for article in arranged(articles)]


def day_order(a: str | None, b: str | None) -> int:
    """-1 where a is known to be earlier than b, 1 where later, 0 where equal or not known (a month holds its days)."""
    if not a or not b:
        return 0
    shared = min(len(a), len(b))
    return (a[:shared] > b[:shared]) - (a[:shared] < b[:shared])
