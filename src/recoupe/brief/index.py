"""Look-ups over the articles and their relations, made once per account."""

import functools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from typing import Any, TypeVar

from ..lang import LanguagePack, available, pack
from ..model.hand import NOBODY, Hand
from ..model.records import Annotated, AnyRecord, Block, Claim, Event, Figure, Name, Span, Time, overlapping
from ..model.relations import Entity, Happening, Ref, Relations, Statement
from .model import Link, Support
from .naming import Named
from .passages import Passage, Passages
from .words import namer, words_of

R = TypeVar("R", bound=AnyRecord)
T = TypeVar("T")


class Index:
    """Everything that the parts of an account ask for by id. `hand` is what people have said of it."""

    def __init__(
        self, articles: Sequence[Annotated], relations: Relations, reader: LanguagePack, hand: Hand = NOBODY
    ) -> None:
        self.articles = sorted(articles, key=lambda one: (one.article.published or "9999", one.article.id))
        self.relations, self.reader, self.hand = relations, reader, hand
        self.by_id = {one.article.id: one for one in self.articles}
        self.numbers = {one.article.id: i for i, one in enumerate(self.articles, 1)}
        self._records = {(one.article.id, record.id): record for one in self.articles for record in one.records}
        self._layers: dict[tuple[str, type], list[Any]] = {}
        self._kept: dict[Hashable, Any] = {}
        self._lines: dict[str, list[int]] = {}
        self._articles: dict[str, str] = {}
        self._spellings: dict[str, str] = {}
        self.roled: set[str] | None = None
        langs = {one.article.lang for one in self.articles}
        # One language that is not the reader's is said once for all articles; of several, each line says its own.
        self.foreign = next(iter(langs), "") if len(langs) == 1 and reader.code not in langs else ""
        self.entities = {entity.id: entity for entity in relations.entities}
        self._entity_of = relations.entity_of()
        self.happenings = {happening.id: happening for happening in relations.happenings}
        self.happening_of = {ref: one for one in relations.happenings for ref in one.mentions}
        self.question_of = {ref: one for one in reversed(relations.questions) for ref in one.figures}
        self.statement_of = {ref: one for one in relations.statements for ref in one.claims}
        self._passages = Passages(relations.reuse, relations.origins)
        self.shared, self.texts = self._passages.shared, self._passages.texts

    def words_of(self, doc: str) -> LanguagePack:
        """The pack of an article's language; the reader's where that language has none."""
        lang = self.by_id[doc].article.lang
        return pack(lang) if lang in available() else self.reader

    def raw(self, doc: str, span: Span) -> str:
        """The article's own characters."""
        return self.by_id[doc].article.text[span[0] : span[1]]

    def record(self, ref: Ref) -> AnyRecord | None:
        """The record of a reference, None where it is not in this set."""
        return self._records.get(ref)

    def claim(self, ref: Ref | None) -> Claim | None:
        found = self._records.get(ref) if ref else None
        return found if isinstance(found, Claim) else None

    def event(self, ref: Ref) -> Event | None:
        found = self._records.get(ref)
        return found if isinstance(found, Event) else None

    def figure(self, ref: Ref) -> Figure | None:
        found = self._records.get(ref)
        return found if isinstance(found, Figure) else None

    def layer(self, doc: str, kind: type[R]) -> list[R]:
        """The records of one layer of an article; none where it is not in this set."""
        if (doc, kind) not in self._layers:
            self._layers[doc, kind] = self.by_id[doc].layer(kind) if doc in self.by_id else []
        return self._layers[doc, kind]

    def once(self, key: Hashable, made: Callable[[], T]) -> T:
        """A value that many lines ask for, made once."""
        if key not in self._kept:
            self._kept[key] = made()
        found: T = self._kept[key]
        return found

    def claims(self, doc: str) -> list[Claim]:
        return self.layer(doc, Claim)

    def times_in(self, doc: str, span: Span) -> list[Time]:
        return overlapping(self.layer(doc, Time), span)

    def names(self, doc: str) -> list[Name]:
        return self.layer(doc, Name)

    def names_in(self, doc: str, span: Span) -> list[Name]:
        return overlapping(self.names(doc), span)

    def blocks(self, doc: str) -> list[Block]:
        return self.layer(doc, Block)

    def block_at(self, doc: str, offset: int) -> Block | None:
        return next((block for block in self.blocks(doc) if block.start <= offset < block.end), None)

    def entity(self, doc: str, slug: str | None) -> Entity | None:
        """The entity of an in-article slug, or of an entity id."""
        if slug is None:
            return None
        return self.entities.get(self._entity_of.get((doc, slug), slug))

    def label(self, identifier: str) -> str:
        """What an entity is called; where the identifier is no entity, the identifier's own words."""
        entity = self.entities.get(identifier)
        named = self.named(entity.slug if entity else identifier)
        if named is not None:
            return (self._home_form(entity) if entity else "") or named.plain
        return self._spelling(entity) if entity else self._spelt.get(identifier, identifier)

    def _spelling(self, entity: Entity) -> str:
        """A person's label; of a body or place a spelling of the reader's language, its fullest, where it has one."""
        if entity.type == "PER":
            return entity.label
        if entity.id not in self._spellings:
            home = [ref for ref in entity.mentions if ref[0] in self.by_id and self.at_home(ref[0])]
            texts = [record.text for ref in home if isinstance(record := self.record(ref), Name)]
            fullest = max(texts, key=lambda text: (len(text.split()), text), default=entity.label)
            self._spellings[entity.id] = entity.label if entity.label in texts else fullest
        return self._spellings[entity.id]

    def _home_form(self, entity: Entity) -> str:
        """A body's first spelling in the articles of the reader's language; countries and towns have one name."""
        if entity.type != "ORG":
            return ""
        home = [ref for ref in entity.mentions if ref[0] in self.by_id and self.at_home(ref[0])]
        names = [(self.numbers[ref[0]], record) for ref in home if (record := self.record(ref)) is not None]
        return min(names, key=lambda one: (one[0], one[1].start))[1].text if names else ""

    def named(self, slug: str | None) -> Named | None:
        """The name of a country, a capital or a country's body in the reader's language."""
        return namer(self.reader).named(slug) if slug else None

    def subject(self, identifier: str) -> str:
        """What an entity is called inside a sentence: countries and bodies with their article."""
        entity = self.entities.get(identifier)
        named = self.named(entity.slug if entity else identifier)
        if named is not None:
            return named.subject
        return f"{self.article(entity)}{self.label(identifier)}" if entity is not None else self.label(identifier)

    def article(self, entity: Entity) -> str:
        """The article that a body's or place's name takes in the reader's language."""
        if entity.id not in self._articles:
            self._articles[entity.id] = self._article(entity)
        return self._articles[entity.id]

    def _article(self, entity: Entity) -> str:
        """The article that the texts of the reader's language put before a body's or place's name, where most do."""
        label = self._spelling(entity)
        if entity.type == "PER" or label.split()[0].lower() in words_of(self.reader).determiners:
            return ""
        known = words_of(self.reader).articles
        found: Counter[str] = Counter()
        for doc, record_id in entity.mentions:
            record = self._records.get((doc, record_id))
            if record is None or doc not in self.by_id or not self.at_home(doc) or record.text != label:
                continue
            before = self.reader.normal(self.raw(doc, (max(0, record.start - 5), record.start))).lower()
            found[next((said for sign, said in known.items() if re.search(rf"(?:^|\W){sign}$", before)), "")] += 1
        return max(found, key=lambda one: found[one], default="")

    def is_named(self, label: str) -> bool:
        """Whether a label names a source, and does not only point back at one ("he", "this report") or tell what nobody
        is said to have counted ("the last toll")."""
        words = re.findall(r"\w+", label.lower())
        return bool(words) and words[0] not in self._pointing and self._unowned.isdisjoint(words)

    @functools.cached_property
    def _unowned(self) -> frozenset[str]:
        return frozenset(word for code in available() for word in words_of(pack(code)).unowned)

    @functools.cached_property
    def _pointing(self) -> frozenset[str]:
        return frozenset(word for code in available() for word in words_of(pack(code)).possessives)

    def at_home(self, doc: str) -> bool:
        """Whether an article is in the reader's language."""
        return self.by_id[doc].article.lang == self.reader.code

    def dated(self, docs: Iterable[str]) -> bool:
        """Whether it is given when all of some articles appeared, so that a year need not be worked out of words."""
        known = [self.by_id[doc].article for doc in docs]
        return all(one.published and one.published_by != "text" for one in known)

    def label_in(self, doc: str, slug: str) -> str:
        """The label of an in-article slug: the entity's, else the article's first spelling."""
        entity = self.entity(doc, slug)
        if entity:
            return self.label(entity.id)
        return next((name.text for name in self.names(doc) if name.entity == slug), self.label(slug))

    @functools.cached_property
    def _spelt(self) -> dict[str, str]:
        """The first spelling of each in-article slug: what calls a referent that no entity joins."""
        named = [name for one in reversed(self.articles) for name in reversed(one.layer(Name))]
        return {slug: name.text for name in named for slug in (name.stands_for, name.entity) if slug}

    def paragraph(self, doc: str, offset: int) -> int:
        """The number of the non-empty line that holds an offset, from 1."""
        if doc not in self._lines:
            at, starts = 0, []
            for line in self.by_id[doc].article.text.splitlines(keepends=True):
                if line.strip():
                    starts.append(at)
                at += len(line)
            self._lines[doc] = starts
        return max(1, bisect_right(self._lines[doc], offset))

    def link(self, doc: str, span: Span) -> Link:
        return Link(
            doc=doc, start=span[0], end=span[1], number=self.numbers[doc], paragraph=self.paragraph(doc, span[0])
        )

    def support(self, passages: Iterable[Passage], sources: Iterable[str], texts: int | None = None) -> Support:
        """The counts behind a line; `texts` where a relation has counted them already."""
        listed = list(passages)
        counted, established = self.texts(listed)
        return Support(
            texts=texts or counted,
            articles=len({doc for doc, _ in listed}),
            first_sources=tuple(dict.fromkeys(one for one in sources if self.is_named(one))),
            established=established or (texts or counted) == 1,
        )

    def unread(self, refs: Iterable[Ref]) -> bool:
        """Whether some record of a line has been read by no person."""
        return any(ref not in self.hand.reviewed for ref in refs)

    def statements_in(self, docs: Collection[str]) -> list[Statement]:
        """The statements with a claim in these articles."""
        return [one for one in self.relations.statements if any(doc in docs for doc, _ in one.claims)]

    def happenings_in(self, docs: Collection[str]) -> list[Happening]:
        return [one for one in self.relations.happenings if any(doc in docs for doc, _ in one.mentions)]
