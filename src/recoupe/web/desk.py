"""What the pages and the API ask of a store: stories, articles, entities, search and reviews, read once per state."""

import re
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from ..brief import account
from ..brief.model import Account
from ..lang import LanguagePack
from ..lang.folding import unaccented
from ..lang.skeleton import skeleton
from ..model.article import digest
from ..model.care import Setting, instant, settings
from ..model.hand import Hand, hand
from ..model.records import Annotated, Claim
from ..model.relations import Entity, Ref, Relations, Reuse, Story
from ..model.reviews import Review, attached, in_force
from ..store import Found, Outward, Search, Store, reviews, stand

T = TypeVar("T")
# Accounts and articles kept in memory.
KEPT = 64
# A map that lags is looked at again after a minute; what has no hour is not.
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
# What is heard of a word of a name stands apart from the word itself.
SOUND = "zz"
WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words of a text as they are looked for: small letters, no accents."""
    plain = unaccented(text.lower(), "NFKD")
    return WORD.findall(plain)


def sounds(text: str) -> list[str]:
    """What the spellings of each word of a name share."""
    return [SOUND + found for word in words(text) if (found := skeleton(word))]


class Shown(NamedTuple):
    """A story in a list: how many disputes it has, its newest article, the outlets, languages and kinds of event."""

    story: Story
    newest: str
    disputes: int
    outlets: frozenset[str]
    langs: frozenset[str]
    types: frozenset[str]


class Told(NamedTuple):
    """One story's articles and what stands between them."""

    story: Story
    articles: Sequence[Annotated]
    relations: Relations


class Snapshot:
    """The store in one state, as it may be shown: what all pages share until an article arrives or something is set."""

    def __init__(self, store: Outward, state: str) -> None:
        self.store, self.state = store, state
        self._kept: OrderedDict[tuple[object, ...], object] = OrderedDict()
        self._lock = threading.RLock()

    def once(self, key: tuple[object, ...], made: Callable[[], T]) -> T:
        """A value made once in this state; the oldest go when there are many."""
        with self._lock:
            if key not in self._kept:
                self._kept[key] = made()
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return self._kept[key]  # type: ignore[return-value]

    @cached_property
    def relations(self) -> Relations:
        """Everything that stands between the articles."""
        return self.store.relations()

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
        found = [
            Shown(
                story, max((self.heads[doc][3] for doc in story.docs if doc in self.heads), default=""),
                disputed[story.id], frozenset(self.heads[doc][1] for doc in story.docs if doc in self.heads) - {""},
                frozenset(self.heads[doc][2] for doc in story.docs if doc in self.heads),
                frozenset(kinds[one] for one in story.happenings if one in kinds) - {"other"},
            )
            for story in self.relations.stories
        ]  # fmt: skip
        return sorted(found, key=lambda one: (one.newest, one.story.texts, one.story.id), reverse=True)

    @cached_property
    def reuse_of(self) -> dict[str, list[Reuse]]:
        """The shared passages of each article."""
        found: dict[str, list[Reuse]] = defaultdict(list)
        for one in self.relations.reuse:
            found[one.a[0]].append(one)
            found[one.b[0]].append(one)
        return found

    def article(self, doc: str) -> Annotated | None:
        """One article with its records."""
        return self.once(("article", doc), lambda: next(iter(self.store.articles(frozenset({doc}))), None))

    def told(self, key: str) -> Told | None:
        """One story, by its id or label."""

        def made() -> Told | None:
            articles, relations = self.store.told(key)
            story = next((one for one in relations.stories if key in (one.id, one.story)), None)
            return Told(story, articles, relations) if story else None

        return self.once(("told", key), made)


class Desk:
    """A store as the web sees it; what was read stays until the store has another state."""

    def __init__(self, path: Path) -> None:
        self.store = Store(path)
        self.search = Search(self.store.engine, words, sounds)
        self.search.renew()
        self._lock = threading.Lock()
        self._set = Settings(self.store)
        state = self._state()
        self._now = self._away = Snapshot(Outward(self.store), state)
        self._split(state)

    def _state(self) -> str:
        """What changes when an article arrives, what stands between articles is made anew, or something is set."""
        return f"{self.store.state()}-{self.store.count('story')}-{self.store.fresh()}-{self._set.stamp()}"

    def now(self) -> Snapshot:
        """The store as it is shown on a page: what is held back is there, and marked."""
        state = self._state()
        with self._lock:
            if state != self._now.state:
                self.search.renew()
                self._now = Snapshot(Outward(self.store), state)
                self._split(state)
            return self._now

    def away(self) -> Snapshot:
        """The store as it may be given away, to programs and feeds."""
        self.now()
        return self._away

    def _split(self, state: str) -> None:
        """Where nothing is held back, what is shown is what may be given away."""
        held = self._now.store.care.held
        self._away = Snapshot(Outward(self.store, leaving=True), state) if held else self._now

    def account(self, key: str, pack: LanguagePack, now: Snapshot | None = None) -> tuple[Told, Account] | None:
        """The account of a story in a language, with what people have reviewed and settled."""
        now = now or self.now()
        told = now.told(key)
        if told is None:
            return None
        said = now.store.reviews([*told.story.docs, ""])
        stamp = tuple(n for n, _ in said)
        made = now.once(
            ("account", told.story.id, pack.code, stamp),
            lambda: account(told.articles, told.relations, pack, told.story.id, _hand(now, told, said)),
        )
        return told, made

    def reviews(self, found: Annotated, now: Snapshot | None = None) -> tuple[dict[str, list[Review]], list[Review]]:
        """The reviews of an article by record, those in force; and the orphans."""
        listed = [review for _, review in (now or self.now()).store.reviews([found.article.id]) if review.record]
        held, orphans = attached(found, (one for one in listed if one.verdict != "set"))
        return {record: kept for record, some in held.items() if (kept := in_force(some))}, orphans

    def notes(self, layer: str, key: str) -> list[Review]:
        """The notes in force on a source (an entity or an outlet) or a story, by people who signed them."""
        found = [one for _, one in self.now().store.reviews([""]) if (one.layer, one.record) == (layer, key)]
        return in_force(one for one in found if one.verdict != "set")

    def set_on(self, layer: str, key: str, doc: str = "") -> dict[str, Setting]:
        """What is set on one thing, by key."""
        with self.store.engine.connect() as connection:
            said = [review for _, review in reviews.log(connection, [doc])]
        found = settings(said)
        return {one[3]: value for one, value in found.items() if one[:3] == (layer, doc, key)}

    def review(self, review: Review) -> int:
        """Keeps what a person said; gives its number in the log."""
        return reviews.append(self.store.engine, review)

    def log(self, now: Snapshot | None = None) -> list[tuple[int, Review]]:
        """Everything that people said, the newest first."""
        return list(reversed((now or self.now()).store.reviews()))

    def find(self, query: str, kind: str, limit: int = 20, now: Snapshot | None = None) -> list[Found]:
        """Articles, claims or names that hold all words of a query, as far as they are shown."""
        now = now or self.now()
        shown = (now.store.found(hit) for hit in self.search.find(query, kind, limit))
        return [hit for hit in shown if hit is not None and hit.doc in now.heads]


class Settings:
    """Whether what people have set is as it was: something new was said, or something has come due."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._seen, self._stamp, self._due = -1, "", datetime.now(UTC)

    def stamp(self) -> str:
        """What stands for all that is set now."""
        now = datetime.now(UTC)
        with self.store.engine.connect() as connection:
            newest = reviews.newest(connection)
        if newest != self._seen or now >= self._due:
            found = stand(self.store, now)
            # A map that lags moves on by itself.
            minute = now.strftime("%H%M") if any(one.delay for one in found.coarse) else ""
            later = [instant(one.until) for one in found.held] + ([now + MINUTE] if minute else [])
            self._due = min(later, default=now + DAY)
            self._stamp = digest(msgspec.json.encode(found), minute)
            self._seen = newest
        return self._stamp


def _hand(now: Snapshot, told: Told, said: Sequence[tuple[int, Review]]) -> Hand:
    return hand(told.articles, told.relations.disputes, [review for _, review in said], now.store.needed)


def said_by(now: Snapshot, entity: Entity) -> list[tuple[str, Claim]]:
    """The claims of which an entity is the source."""
    docs = sorted({doc for doc, _ in entity.referents})
    found = []
    for doc in docs:
        one = now.article(doc)
        for claim in one.layer(Claim) if one else ():
            if claim.source_entity and now.entity_of.get((doc, claim.source_entity)) == entity.id:
                found.append((doc, claim))
    return found


def said_of(now: Snapshot, entity: Entity) -> list[tuple[str, Claim]]:
    """The claims whose content names an entity, made by others."""
    found = []
    mentions = set(entity.mentions)
    for doc in sorted({doc for doc, _ in mentions}):
        one = now.article(doc)
        if one is None:
            continue
        spans = [record.span for record in one.records if (doc, record.id) in mentions]
        for claim in one.layer(Claim):
            own = claim.source_entity and now.entity_of.get((doc, claim.source_entity)) == entity.id
            if not own and any(claim.start <= start and end <= claim.end for start, end in spans):
                found.append((doc, claim))
    return found


__all__ = ["Desk", "Snapshot", "Told", "said_by", "said_of"]
