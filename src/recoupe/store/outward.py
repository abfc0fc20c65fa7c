"""A store as it may be shown, and as it may be given away: names masked, maps coarsened, and, in what is given away,
stories and records held back until their hour. Every page, answer and export reads through here; the store itself keeps
all of it, and `verify` reads the store."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec
from sqlalchemy import select

from ..model.care import Care, Held, care
from ..model.records import Annotated, AnyRecord
from ..model.relations import Entity, Ref, Relations, Reuse, Story
from ..model.reviews import Review, attached
from . import reviews
from .coarsening import coarsened, of_story
from .masking import BLOCK, Mask
from .rows import Head
from .schema import relation
from .search import Found
from .store import Store
from .versions import Version, versions
from .withholding import Withheld, without_records

S = TypeVar("S", bound=msgspec.Struct)
_entity = msgspec.json.Decoder(Entity)


class Outward:
    """A store through what people have set, at one instant. `leaving` is what is given away (exports, the API, feeds):
    there, what is held back is missing; on a page of the desk it is there and marked."""

    def __init__(self, store: Store, *, leaving: bool = False, now: datetime | None = None) -> None:
        self.store, self.leaving, self.now = store, leaving, now or datetime.now(UTC)
        self.care = stand(store, self.now)
        entities = {one.entity: found for one in self.care.masked if (found := entity_of(store, one.entity))}
        self.mask = Mask(self.care.masked, entities)
        self._held = self.care.held if leaving else ()
        self._quotes: dict[str, list[str]] = defaultdict(list)
        for one in self._held:
            if one.record is not None and one.record.quote:
                self._quotes[one.record.doc].append(one.record.quote)
        self._hidden = self._masked_ids() if self.mask else {}
        self._real = {hidden: doc for doc, hidden in self._hidden.items()}
        self._gone: frozenset[str] | None = None
        self._stories: list[Story] | None = None

    def articles(self, ids: frozenset[str] | None = None) -> list[Annotated]:
        """The version in force of every article (or of these), by id."""
        asked = None if ids is None else frozenset(self._real.get(doc, doc) for doc in ids)
        return [self._article(one) for one in self.store.articles(asked) if one.article.id not in self._docs()]

    def relations(self, *, reuse: bool = True) -> Relations:
        """All relations; shared passages, which are nine in ten of them, only where they are asked for."""
        return self._relations(self.store.relations(reuse=reuse), self.store.articles)

    def shared(self, doc: str) -> list[Reuse]:
        """The passages that an article shares with others."""
        found = self.store.shared(self.real(doc))
        return [self._renamed(one) for one in found if not {one.a[0], one.b[0]} & self._docs()]

    def told(self, story: str) -> tuple[list[Annotated], Relations]:
        """What a story (its id or label) is told from; nothing where there is none, or it is held back."""
        articles, found = self.store.told(story)
        asked = next((one.id for one in found.stories if story in (one.id, one.story)), story)
        kept, made = self.of(articles, found)
        # A label with a hidden name in it is another now.
        told = any(asked in (one.id, one.story) for one in made.stories)
        return (kept, made) if told else ([], Relations())

    def around(self, doc: str) -> Relations:
        """What stands between an article and those that were read together with it."""
        return self._relations(self.store.around(self._real.get(doc, doc)), self.store.articles)

    def of(self, articles: Sequence[Annotated], found: Relations) -> tuple[list[Annotated], Relations]:
        """Any articles of this store, and what stands between them, as they may be shown."""
        by_id = {one.article.id: one for one in articles}

        def these(docs: frozenset[str]) -> list[Annotated]:
            missing = docs - set(by_id)
            return [*(by_id[doc] for doc in docs if doc in by_id), *(self.store.articles(missing) if missing else ())]

        kept = [self._article(one) for one in articles if one.article.id not in self._docs()]
        return kept, self._relations(found, these)

    def heads(self) -> list[Head]:
        """The version in force of every article, without its text and records; by id."""
        found = [one for one in self.store.heads() if one.doc not in self._docs()]
        return [self._head(one) for one in found] if self.hides else found

    def stories(self) -> list[Story]:
        """The stories, by the day of their first article."""
        found = Relations(stories=tuple(self.store.stories()))
        if not self._held and not self.mask:
            return list(found.stories)
        return list(self._relations(found, self.store.articles).stories)

    def reviews(self, docs: Collection[str] | None = None) -> list[tuple[int, Review]]:
        """What people said (of some articles; of what stands between articles: ""), oldest first, numbered."""
        asked = None if docs is None else [self._real.get(doc, doc) for doc in docs]
        with self.store.engine.connect() as connection:
            found = reviews.log(connection, asked)
        if self.leaving:
            found = [(n, one) for n, one in found if self._leaves(one)]
        if not self.mask:
            return found
        return [(n, self._renamed(self.mask.review(one))) for n, one in found]

    def versions(self, docs: Collection[str] | None = None, until: int | None = None) -> dict[str, list[Version]]:
        """The versions, oldest first, of those articles (of some) that were read with several texts."""
        asked = None if docs is None else {self._real.get(doc, doc) for doc in docs} - self._docs()
        found = versions(self.store.engine, asked, until)
        return {
            self.shown(doc): [Version(one.at, self._article(one.found, named=True)) for one in some]
            for doc, some in found.items()
            if doc not in self._docs()
        }

    def found(self, hit: Found) -> Found | None:
        """What a search found, by the ids that are shown; nothing where it is a name that is hidden."""
        if hit.kind == "name" and (hit.doc, hit.ref) in self.mask.slugs:
            return None
        return msgspec.structs.replace(hit, doc=self._hidden.get(hit.doc, hit.doc))

    @property
    def hides(self) -> bool:
        """Whether anything is masked, or held back here."""
        return bool(self.mask or self._held)

    def notice(self, found: S) -> S | None:
        """What was told of an article at some time (a struct with its id in `doc`), without the names; nothing where
        the article, or a record that it tells of, is held back."""
        doc = str(found.doc)  # type: ignore[attr-defined]
        plain = msgspec.to_builtins(found)
        held = {one.record.record for one in self._held if one.record is not None}
        if doc in self._docs() or (held and held.intersection(_strings(plain))):
            return None
        if not self.mask:
            return found
        named = doc in self.mask.named
        return self._renamed(msgspec.convert(_mapped(plain, lambda one: self.mask.text(one, named)), type(found)))

    def words(self, text: str) -> str:
        """Any words about the store, with each word of a hidden name hidden."""
        return self.mask.text(text, True)

    def shown(self, doc: str) -> str:
        """The id by which an article of the store is shown."""
        return self._hidden.get(doc, doc)

    def real(self, doc: str) -> str:
        """The id by which the store knows an article that is shown by another."""
        return self._real.get(doc, doc)

    def held(self, doc: str, record: str = "") -> str:
        """Until when an article (its story) or a record of it is held back; empty where it is not."""
        real = self.real(doc)
        found = [one.until for one in self.care.held if not one.record and real in self._of(one)]
        found += [one.until for one in self.care.held if record and _about(one, (real, record))]
        return max(found, default="")

    def needed(self, doc: str) -> int:
        """How many people make a thing of this article checked: the most that is asked for."""
        own = (n for story, docs, n in self.care.by_story if self.real(doc) in self._in(story, docs))
        return max([self.care.signatures, *own])

    def _docs(self) -> frozenset[str]:
        """The articles that are held back."""
        if self._gone is None:
            self._gone = frozenset(doc for one in self._held if one.record is None for doc in self._of(one))
        return self._gone

    def _of(self, one: Held) -> set[str]:
        return self._in(one.story, one.docs) if one.story else set(one.docs)

    def _in(self, story: str, docs: Sequence[str]) -> set[str]:
        if self._stories is None:
            self._stories = self.store.stories()
        return of_story(story, docs, self._stories)

    def _records(self, found: Annotated) -> list[AnyRecord]:
        """The records of an article that are held back."""
        said = [one.record for one in self._held if one.record is not None and one.record.doc == found.article.id]
        held, orphans = attached(found, said)
        spans = [(one.quote, one.prefix) for one in orphans if one.quote]
        lost = [record for record in found.records for quote, _ in spans if record.text == quote]
        return [record for record in found.records if record.id in held] + lost

    def _article(self, found: Annotated, named: bool = False) -> Annotated:
        gone = self._records(found) if self._held else []
        if gone:
            found = without_records(found, {one.id for one in gone})
        if not gone and not self.mask:
            return found
        made = self.mask.article(found, [one.span for one in gone], named)
        doc = found.article.id
        if gone:
            title = self._unquoted(doc, made.article.title)
            made = Annotated(msgspec.structs.replace(made.article, title=title), made.records)
        if doc not in self._hidden:
            return made
        return Annotated(msgspec.structs.replace(made.article, id=self._hidden[doc]), made.records)

    def _relations(self, found: Relations, articles: Callable[[frozenset[str]], Iterable[Annotated]]) -> Relations:
        if self._held:
            found = self._free(found, articles)
        if self.care.coarse:
            published = {one.doc: one.published for one in self.store.heads()}
            found = coarsened(found, self.care.coarse, published, self.now)
        if self.mask:
            found = self._renamed(self.mask.relations(found))
        return found

    def _free(self, found: Relations, articles: Callable[[frozenset[str]], Iterable[Annotated]]) -> Relations:
        """The relations without what is held back."""
        own = frozenset(one.record.doc for one in self._held if one.record is not None)
        refs, words = set[Ref](), dict[Ref, str]()
        for one in articles(own) if own else ():
            for record in self._records(one):
                refs.add((one.article.id, record.id))
                words[one.article.id, record.id] = record.text
        for one in articles(self._beside(found)):
            words |= {(one.article.id, record.id): record.text for record in one.records}
        return Withheld(self._docs(), refs, words).relations(found)

    def _beside(self, found: Relations) -> frozenset[str]:
        """The other articles that name an entity of those that are held back, or an entity of a record's article."""
        gone = self._docs() | {one.record.doc for one in self._held if one.record is not None}
        mentioned = ({doc for doc, _ in one.mentions} for one in found.entities)
        return frozenset(doc for docs in mentioned if docs & gone for doc in docs) - self._docs()

    def _leaves(self, one: Review) -> bool:
        """Whether a review may be given away: not what is set, nor what is said of something held back."""
        return (
            one.verdict != "set"
            and one.doc not in self._docs()
            and not any(doc in self._docs() for doc, _ in one.about)
            and not any(_about(held, (one.doc, one.record)) for held in self._held)
        )

    def _head(self, one: Head) -> Head:
        named = one.doc in self.mask.named
        title, outlet, begins = (
            self.mask.text(self._unquoted(one.doc, each), named) for each in (one.title, one.outlet, one.begins)
        )
        return msgspec.structs.replace(
            one, doc=self._hidden.get(one.doc, one.doc), title=title, outlet=outlet, begins=begins
        )

    def _unquoted(self, doc: str, text: str) -> str:
        """A title, or first words, without the words of records that are held back."""
        for quote in self._quotes.get(doc, ()):
            text = text.replace(quote, BLOCK * len(quote))
        return text

    def _masked_ids(self) -> dict[str, str]:
        """The articles whose own id tells a name, with the id that they are shown by."""
        docs = [one.doc for one in self.store.heads()]
        found = {doc: self.mask.label(doc, doc in self.mask.named) for doc in docs}
        return {doc: hidden for doc, hidden in found.items() if hidden != doc}

    def _renamed(self, found: S) -> S:
        """A struct in which articles go by the ids that they are shown by."""
        if not self._hidden:
            return found
        plain = _mapped(msgspec.to_builtins(found), lambda one: self._hidden.get(one, one))
        return msgspec.convert(plain, type(found))


def _mapped(value: Any, over: Callable[[str], str]) -> Any:
    """Plain values with each string put through a function."""
    if isinstance(value, str):
        return over(value)
    if isinstance(value, dict):
        return {key: _mapped(one, over) for key, one in value.items()}
    return [_mapped(one, over) for one in value] if isinstance(value, list | tuple) else value


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def _about(held: Held, ref: Ref) -> bool:
    """Whether it is this record that is held back."""
    return held.record is not None and (held.record.doc, held.record.record) == ref


def stand(store: Store, now: datetime) -> Care:
    """What is set in a store's log, at an instant."""
    with store.engine.connect() as connection:
        return care((one for _, one in reviews.log(connection)), now)


def entity_of(store: Store, key: str) -> Entity | None:
    """An entity with all its mentions, whichever parts of the relations it stands in."""
    query = select(relation.c.body).where(relation.c.layer == "entity", relation.c.id == store.entity(key))
    with store.engine.connect() as connection:
        found = [_entity.decode(body) for body in connection.scalars(query)]
    if not found:
        return None
    return msgspec.structs.replace(
        found[0], id=store.entity(key), forms=tuple(form for one in found for form in one.forms),
        referents=tuple(ref for one in found for ref in one.referents),
        keys=tuple(dict.fromkeys(key for one in found for key in one.keys)),
        mentions=tuple(ref for one in found for ref in one.mentions),
    )  # fmt: skip
