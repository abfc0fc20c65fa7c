"""The store in one state, as the pages read it: stories, articles and entities, each read once."""

import threading
import zlib
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import NamedTuple, TypeVar

from ..model.records import Annotated, AnyRecord, Claim
from ..model.relations import Entity, Ref, Relations, Story
from ..store import Found, Outward

T = TypeVar("T")
# Stories and articles kept in memory in one state.
KEPT = 64
# A claim of fewer words is read with what stands around it ("un massacre").
TELLING = 6
# Articles that are looked through for what is said of someone.
LOOKED = 60


def _one(value: object) -> int:
    """What a value weighs where nothing else is told."""
    return 1


class Slot:
    """A place for one value, what it was made of, and who makes it."""

    def __init__(self, state: object) -> None:
        self.lock = threading.Lock()
        self.state, self.weight = state, 0
        self.made = False
        self.value: object = None


class Kept:
    """Values, each made once; the oldest go when all together weigh more than `most` (one each, unless told)."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._slots: OrderedDict[tuple[object, ...], Slot] = OrderedDict()
        self._lock = threading.Lock()

    def once(
        self, key: tuple[object, ...], made: Callable[[], T], state: object = None, weight: Callable[[T], int] = _one
    ) -> T:
        """The value of a key. One that was made of another state goes. Who asks for a value that another reader is
        having made waits for it; others do not."""
        with self._lock:
            slot = self._slots.get(key)
            if slot is None or slot.state != state:
                slot = self._slots[key] = Slot(state)
            self._slots.move_to_end(key)
        with slot.lock:
            if not slot.made:
                value = slot.value = made()
                slot.made, slot.weight = True, weight(value)
                self._lighten()
        return slot.value  # type: ignore[return-value]

    def _lighten(self) -> None:
        with self._lock:
            weight = sum(slot.weight for slot in self._slots.values())
            while weight > self._most and len(self._slots) > 1:
                weight -= self._slots.popitem(last=False)[1].weight


class Shown(NamedTuple):
    """A story in a list: how many disputes it has, its newest article, the outlets, languages, kinds of event and the
    places of what happened (ids of entities)."""

    story: Story
    newest: str
    disputes: int
    outlets: frozenset[str]
    langs: frozenset[str]
    types: frozenset[str]
    places: frozenset[str]


class Told(NamedTuple):
    """One story's articles and what stands between them."""

    story: Story
    articles: Sequence[Annotated]
    relations: Relations


class Tale(NamedTuple):
    """A story as it is shown, the title that its account has in one language, and that account as it is written,
    packed: of a hundred articles some 18 kB for a page, 200 as JSON, where the account itself takes six megabytes."""

    story: Story
    title: str
    packed: bytes

    def written(self) -> str:
        """The account as it is written."""
        return zlib.decompress(self.packed).decode()


class Snapshot:
    """The store in one state, as it may be shown: what all pages share until an article arrives or something is set.
    `until` is the number of the last article that stands in the stories."""

    def __init__(self, store: Outward, state: str, until: int = 0) -> None:
        self.store, self.state, self.until = store, state, until
        self.once = Kept(KEPT).once

    def warm(self) -> "Snapshot":
        """Reads what every page needs, before any is asked for. Of what stands between articles the rest goes: a page
        reads that of its own story."""
        _ = self.stories, self.entity_of, self.entities, self.said
        del self.relations
        return self

    @cached_property
    def said(self) -> dict[str, list[Ref]]:
        """The claims of which each entity is the source."""
        found: dict[str, list[Ref]] = defaultdict(list)
        for one in self.relations.statements:
            if one.source:
                found[one.source] += one.claims
        return found

    @cached_property
    def relations(self) -> Relations:
        """What stands between the articles; but shared passages, which only the page of their article tells."""
        return self.store.relations(reuse=False)

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """Every entity by its id."""
        return {entity.id: entity for entity in self.relations.entities}

    @cached_property
    def entity_of(self) -> dict[Ref, str]:
        """From (article id, in-article slug) to the entity's id."""
        return self.relations.entity_of()

    @cached_property
    def heads(self) -> dict[str, tuple[str, str, str, str]]:
        """Of each article its title (else its first words), outlet, language and date."""
        return {
            one.doc: (one.title or " ".join(one.begins.split()), one.outlet, one.lang, one.published or "")
            for one in self.store.heads()
        }

    @cached_property
    def stories(self) -> list[Shown]:
        """The stories, those with the newest articles first."""
        disputed: dict[str | None, int] = defaultdict(int)
        for dispute in self.relations.disputes:
            disputed[dispute.story] += 1
        kinds = {one.id: one.type for one in self.relations.happenings}
        placed = {one.id: one.place for one in self.relations.happenings}
        found = [
            Shown(
                story, max((self.heads[doc][3] for doc in story.docs if doc in self.heads), default=""),
                disputed[story.id], frozenset(self.heads[doc][1] for doc in story.docs if doc in self.heads) - {""},
                frozenset(self.heads[doc][2] for doc in story.docs if doc in self.heads),
                frozenset(kinds[one] for one in story.happenings if one in kinds) - {"other"},
                frozenset(place for one in story.happenings if (place := placed.get(one))),
            )
            for story in self.relations.stories
        ]  # fmt: skip
        return sorted(found, key=lambda one: (one.newest, one.story.texts, one.story.id), reverse=True)

    @cached_property
    def telling(self) -> dict[str, list[Story]]:
        """The stories that each article is in, those with the newest articles first."""
        found: dict[str, list[Story]] = defaultdict(list)
        for one in self.stories:
            for doc in one.story.docs:
                found[doc].append(one.story)
        return found

    @cached_property
    def choices(self) -> dict[str, list[str]]:
        """What the list of stories can be narrowed to: outlets, languages (`langs`) and kinds of event (`types`)."""
        return {
            "outlets": sorted({o for one in self.stories for o in one.outlets}),
            "langs": sorted({o for one in self.stories for o in one.langs}),
            "types": sorted({o for one in self.stories for o in one.types}),
        }

    @cached_property
    def places(self) -> list[Entity]:
        """The places in which something of a story happened, those of most stories first."""
        counted = Counter(place for one in self.stories for place in one.places if place in self.entities)
        return [self.entities[one] for one, _ in sorted(counted.items(), key=lambda one: (-one[1], one[0]))]

    def article(self, doc: str) -> Annotated | None:
        """One article with its records."""
        return self.once(("article", doc), lambda: next(iter(self.store.articles(frozenset({doc}))), None))

    def records(self, found: Sequence[Found]) -> list[tuple[str, AnyRecord]]:
        """The records that were found, each with its article; all these are read at once."""
        articles = {one.article.id: one for one in self.store.articles(frozenset(hit.doc for hit in found))}
        listed = ((hit.doc, articles[hit.doc].find(hit.ref)) for hit in found if hit.doc in articles)
        return [(doc, record) for doc, record in listed if record is not None]

    def told(self, key: str) -> Told | None:
        """One story, by its id or label."""
        return self.once(("told", key), lambda: self.read(key))

    def read(self, key: str) -> Told | None:
        """The same, as the store has it at this moment."""
        articles, relations = self.store.told(key)
        story = next((one for one in relations.stories if key in (one.id, one.story)), None)
        return Told(story, articles, relations) if story else None


def said_by(now: Snapshot, entity: Entity, limit: int) -> tuple[list[tuple[str, Claim]], int]:
    """The newest claims of which an entity is the source, those that say little of themselves last; and how many there
    are in all."""
    refs = sorted(now.said.get(entity.id, ()), key=lambda ref: (_day(now, ref[0]), ref), reverse=True)
    found = [(doc, claim) for doc, name in refs[:limit] if isinstance(claim := _record(now, doc, name), Claim)]
    return sorted(found, key=lambda one: len(one[1].text.split()) < TELLING), len(refs)


def said_of(now: Snapshot, entity: Entity, limit: int) -> tuple[list[tuple[str, Claim]], bool]:
    """The newest claims whose content names an entity, made by others; and whether there may be more: a name that
    stands in thousands of articles is not looked for in all."""
    docs = sorted({doc for doc, _ in entity.mentions}, key=lambda doc: (_day(now, doc), doc), reverse=True)
    mentions, found = set(entity.mentions), list[tuple[str, Claim]]()
    for n, doc in enumerate(docs):
        if len(found) >= limit or n >= LOOKED:
            return found[:limit], True
        one = now.article(doc)
        if one is None:
            continue
        spans = [record.span for record in one.records if (doc, record.id) in mentions]
        for claim in one.layer(Claim):
            own = claim.source_entity and now.entity_of.get((doc, claim.source_entity)) == entity.id
            if not own and any(claim.start <= start and end <= claim.end for start, end in spans):
                found.append((doc, claim))
    return found[:limit], len(found) > limit


def _day(now: Snapshot, doc: str) -> str:
    return now.heads[doc][3] if doc in now.heads else ""


def _record(now: Snapshot, doc: str, name: str) -> object:
    found = now.article(doc)
    return found.find(name) if found else None
