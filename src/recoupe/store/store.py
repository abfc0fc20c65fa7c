"""What is kept: articles with their records, the relations made from them, what people settled, and the parses."""

import copy
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import msgspec
from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import DatabaseError

from ..errors import StoreError
from ..model import moments
from ..model.decisions import Decision
from ..model.parts import assembled
from ..model.records import Annotated
from ..model.relations import Dispute, Relations, Reuse, Story
from . import alerts, history
from . import decisions as settled
from .alerts import Alert
from .backends import located, place_of
from .connect import Moment, connect, direct, fill, writing
from .identity import current, former, permanent, renamed
from .parses import Parses
from .relations import FILE, collected, gathered, of_docs, of_part, stamp
from .rows import COLUMNS, Head, all_annotated, annotated, heads, in_force, known, packed, state
from .schema import article, bundle, record, relation, summary
from .seal import encoded, joined, seal
from .story_ids import Firsts, current_story
from .transaction import RELATED, SETTLED, Transaction

# Relations that were made elsewhere are one part.
WHOLE = "whole"
_story = msgspec.json.Decoder(Story)
# What begins with some signs stands between these and these with the last sign of all.
LAST_SIGN = "\U0010ffff"


class Store:
    """A store: a file, or a database that several share (postgresql://user@host/database). Each article is written
    whole or not at all; relations are replaced whole or not at all. `place` says where it is, without a password."""

    def __init__(self, where: Path | str, *, create: bool = False) -> None:
        """Opens (or creates) a store. Raises StoreError where that cannot be."""
        self.place = place_of(located(where))
        self.engine = connect(where, create=create)
        self._firsts = Firsts()

    def close(self) -> None:
        """Gives the file, or the server's connections, back."""
        self.engine.dispose()

    @contextmanager
    def still(self) -> Iterator["Store"]:
        """The store as it is at one moment: what is read of it inside is of that moment, whoever writes meanwhile."""
        with self.engine.connect() as connection:
            one = copy.copy(self)
            one.engine = cast(Engine, Moment(connection))
            yield one

    def parses(self, stamps: dict[str, str]) -> Parses:
        """The kept parses; `stamps` names model and characters of each language."""
        return Parses(self.engine, stamps)

    def has(self, version: str) -> bool:
        """Whether this very version of an article is stored."""
        with self.engine.connect() as connection:
            return connection.scalar(select(article.c.n).where(article.c.version == version)) is not None

    def put(self, found: Annotated, at: str = "") -> bool:
        """Stores an article with its records, in one transaction. False where that version is there already. `at` is
        when the store got it (ISO 8601, UTC, microseconds), unless told now."""
        about, bodies = found.article, [encoded(one) for one in found.records]
        version, own = about.version, seal(about, bodies)
        values = (*(getattr(about, name) for name in COLUMNS), packed(about.translated_why), packed(about.hints), own)
        rows = [
            (version, n, one.id, one.__struct_config__.tag, body)
            for n, (one, body) in enumerate(zip(found.records, bodies, strict=True))
        ]
        try:
            with writing(self.engine) as connection:
                if direct(connection, "SELECT 1 FROM article WHERE version = ?", version):
                    return False
                last = direct(connection, "SELECT n, chain FROM article ORDER BY n DESC LIMIT 1")
                n, chain = last[0] if last else (0, "")
                fill(connection, article, [(n + 1, version, *values, joined([chain, own]))])
                history.stamp(connection, n + 1, at or moments.now())
                if rows:
                    fill(connection, record, rows)
        except DatabaseError as error:
            raise StoreError("store.cannot_write", place=self.place, reason=str(error.orig)) from error
        return True

    def articles(self, ids: frozenset[str] | None = None, until: int | None = None) -> list[Annotated]:
        """The version in force of every article (or of these), by id; `until` is the state that is asked for: the
        number of the last article that counts."""
        with self.engine.connect() as connection:
            if ids is not None:
                return all_annotated(connection, ids, until)
            return [annotated(connection, row) for row in in_force(connection, ids, until)]

    def reached(self, at: str = "") -> int:
        """The state of the store at an instant (ISO 8601, UTC, microseconds), or now: the number of the last article
        that it had."""
        with self.engine.connect() as connection:
            return history.reached(connection, at) if at else history.newest(connection)

    def came(self, n: int | None = None) -> str:
        """When the article of a number, or the last one, came (ISO 8601, UTC); empty where there is none."""
        with self.engine.connect() as connection:
            return history.came(connection, history.newest(connection) if n is None else n)

    def arrivals(
        self, after: int, until: int | None = None, docs: Collection[str] | None = None
    ) -> list[history.Arrival]:
        """What came between two states of the store, oldest first; of some articles only where `docs` are given."""
        with self.engine.connect() as connection:
            return history.arrivals(connection, after, until, docs)

    def come(self, after: int, until: int, docs: Collection[str] | None = None) -> int:
        """How many articles came between two states of the store; of some only where `docs` are given."""
        with self.engine.connect() as connection:
            return history.come(connection, after, until, docs)

    def alerts(self, docs: Collection[str] | None = None, limit: int = 50, offset: int = 0) -> list[Alert]:
        """The alerts that were noticed (those that some articles brought), the newest first."""
        with self.engine.connect() as connection:
            return alerts.listed(connection, docs, limit, offset)

    def heads(self) -> list[Head]:
        """The version in force of every article, without its text and records; by id."""
        with self.engine.connect() as connection:
            return heads(connection)

    def state(self) -> str:
        """What stands for all articles ever stored: the newest link of the chain over their seals."""
        with self.engine.connect() as connection:
            return state(connection)

    def fresh(self) -> bool:
        """Whether the relations were made from all articles that are stored, and all decisions in force."""
        with self.engine.connect() as connection:
            return _fresh(connection)

    def shown_state(self) -> str:
        """What stands for all that is told of the store: its articles, what stands between them, what is settled."""
        with self.engine.connect() as connection:
            stories = direct(connection, "SELECT COUNT(*) FROM relation WHERE layer = 'story'")[0][0]
            articles, decided = state(connection), settled.standing(connection)
            fresh = _made_of(connection) == (articles, decided)
            return "-".join(map(str, (articles, stories, fresh, decided)))

    def alert_count(self, docs: Collection[str] | None = None) -> int:
        """How many alerts there are (that some articles brought)."""
        with self.engine.connect() as connection:
            return alerts.count(connection, docs)

    def link(self, n: int) -> str:
        """What stands for the first so many articles: their chain; empty where there is none of that number."""
        with self.engine.connect() as connection:
            return next((chain for (chain,) in direct(connection, "SELECT chain FROM article WHERE n = ?", n)), "")

    def related_until(self) -> int:
        """The state that the relations were made from: the number of the last article they know."""
        with self.engine.connect() as connection:
            link = known(connection, RELATED) or ""
            # It is among the last: from there, since links have no index.
            query = select(article.c.n).where(article.c.chain == link).order_by(article.c.n.desc()).limit(1)
            return connection.scalar(query) or 0

    def noticed(self) -> int | None:
        """The state up to which alerts have been noticed; None where none ever were."""
        with self.engine.connect() as connection:
            return alerts.noticed(connection)

    def notice(self, found: Sequence[tuple[str, str, str]], last: int | None, until: int) -> int:
        """Keeps alerts (id, article, body) between two states; gives how many are new. Nothing is kept where another
        has noticed them meanwhile."""
        with writing(self.engine) as connection:
            if alerts.noticed(connection) != last:
                return 0
            return alerts.append(connection, found, until, moments.now())

    def waiting(self, target: str, since: str, again: bool = False) -> list[Alert]:
        """The alerts that wait to be delivered to a target, oldest first. `since` (ISO 8601, UTC) holds for the first
        call to a target; with `again` from now on."""
        with writing(self.engine) as connection:
            return alerts.waiting(connection, target, since, again, moments.now())

    def delivered(self, target: str, key: str) -> None:
        """Keeps that an alert was delivered to a target."""
        with writing(self.engine) as connection:
            alerts.deliver(connection, target, key, moments.now())

    @contextmanager
    def changing(self) -> Iterator[Transaction]:
        """A transaction in which what stands between articles changes, all of it or nothing."""
        try:
            with writing(self.engine) as connection:
                yield Transaction(connection, max(moments.now(), history.latest(connection)))
        except DatabaseError as error:
            raise StoreError("store.cannot_write", place=self.place, reason=str(error.orig)) from error

    def put_relations(self, relations: Relations, state: str, decisions: Sequence[Decision] = ()) -> None:
        """Replaces all relations by some that were made elsewhere, in one transaction; `state` is the set of articles
        they were made from, `decisions` what people had settled. Entities get the permanent ids under which the store
        knows them. The next articles to come have everything made anew."""
        with self.changing() as transaction:
            transaction.begin(WHOLE)
            transaction.put(WHOLE, relations)
            transaction.stand(state, decisions)

    def decide(self, decision: Decision) -> int:
        """Keeps what a person has settled; gives its number, by which it can be undone. It holds from the next relate
        on, at each."""
        try:
            with writing(self.engine) as connection:
                return settled.keep(connection, decision)
        except DatabaseError as error:
            raise StoreError("store.cannot_write", place=self.place, reason=str(error.orig)) from error

    def undo(self, number: int, who: str) -> bool:
        """Takes a decision back; False where none of that number is in force. It stays in the list, as undone."""
        with writing(self.engine) as connection:
            return settled.undo(connection, number, who, moments.now())

    def decisions(self) -> list[Decision]:
        """What people have settled and not taken back, oldest first."""
        with self.engine.connect() as connection:
            return settled.in_force(connection)

    def settled_stamp(self) -> str:
        """What stands for all that people have settled and not taken back."""
        with self.engine.connect() as connection:
            return settled.standing(connection)

    def decided(self) -> list[settled.Kept]:
        """All decisions ever kept with their numbers, oldest first, those undone too."""
        with self.engine.connect() as connection:
            return settled.every(connection)

    def entity(self, entity_id: str) -> str:
        """The id that an entity has now; one that was joined into another leads there."""
        with self.engine.connect() as connection:
            return current(connection, entity_id)

    def former(self, entity_id: str) -> frozenset[str]:
        """The ids of all that has become part of an entity or a story, and its own."""
        with self.engine.connect() as connection:
            return former(connection, entity_id)

    def permanent(self, found: Relations) -> Relations:
        """Relations that were made of some of the articles, with the permanent ids of their entities."""
        with self.engine.connect() as connection:
            ids = permanent(connection, found.entities)
        if not ids:
            return found
        body = renamed(msgspec.json.encode(found).decode(), ids)
        return assembled([msgspec.json.decode(body, type=Relations)], {})

    def relations(self, *, reuse: bool = True) -> Relations:
        """All relations; shared passages, which are nine in ten of them, only where they are asked for."""
        with self.engine.connect() as connection:
            return everything(connection, reuse)

    def shared(self, doc: str) -> tuple[Reuse, ...]:
        """The passages that an article shares with others."""
        with self.engine.connect() as connection:
            return assembled([collected(of_docs(connection, "reuse", [doc]))], {}).reuse

    def apart(self) -> Iterator[tuple[list[Annotated], Relations]]:
        """What the stories are told from, one after the other, those together that were read together."""
        with self.engine.connect() as connection:
            parts = select(relation.c.part).where(relation.c.layer == "story").distinct().order_by(relation.c.part)
            for part in connection.scalars(parts).all():
                yield _told(connection, part)

    def stories(self) -> list[Story]:
        """The stories, by the day of their first article."""
        query = select(relation.c.body).where(relation.c.layer == "story")
        with self.engine.connect() as connection:
            found = tuple(_story.decode(body) for body in connection.scalars(query))
            docs = {story.docs[0] for story in found}
            return list(assembled([Relations(stories=found)], _days(connection, docs)).stories)

    def story(self, key: str) -> Story | None:
        """The story of an id or label. An id or label that it had before, or that of a story that it was joined with,
        leads to it too."""
        with self.engine.connect() as connection:
            found = _story_of(connection, key) or _story_of(connection, current_story(connection, key))
            if found is not None:
                return found[1]
            doc = self._firsts.of(connection, key)
        # A story goes by its first article: one that was first once is in it still.
        held = [one for one in self.around(doc).stories if doc in one.docs] if doc else []
        return max(held, key=lambda one: (len(one.docs), one.id), default=None)

    def dispute(self, key: str) -> Dispute | None:
        """The dispute of an id."""
        query = select(relation.c.body).where(relation.c.layer == "dispute", relation.c.id == key)
        with self.engine.connect() as connection:
            body = connection.scalars(query).first()
        return None if body is None else msgspec.json.decode(body, type=Dispute)

    def count(self, layer: str) -> int:
        """How many relations of a kind ("story", "dispute" …) there are."""
        query = select(func.count()).select_from(relation).where(relation.c.layer == layer)
        with self.engine.connect() as connection:
            return connection.scalar(query) or 0

    def told(self, story: str) -> tuple[list[Annotated], Relations]:
        """What a story (its id or label) is told from: the articles that were read together with its own, and what
        stands between these. Nothing where there is no such story."""
        with self.engine.connect() as connection:
            asked = _story_of(connection, story)
            return ([], Relations()) if asked is None else _told(connection, asked[0])

    def standing(self, story: str) -> tuple[Story, str] | None:
        """A story (its id or label), and what stands for all that it is told from, which changes when that does; far
        less work than to read it. None where there is no such story."""
        with self.engine.connect() as connection:
            asked = _story_of(connection, story)
            return None if asked is None else (asked[1], stamp(connection, asked[0]))

    def around(self, doc: str) -> Relations:
        """What stands between an article and those that were read together with it."""
        query = select(bundle.c.file).join(summary, summary.c.home == bundle.c.home).where(summary.c.doc == doc)
        with self.engine.connect() as connection:
            file = connection.scalar(query)
            return self.relations() if file is None else _part(connection, FILE + file)


def everything(connection: Connection, reuse: bool = True) -> Relations:
    """All relations, with or without shared passages."""
    query = select(relation.c.part, relation.c.body).order_by(relation.c.n)
    if not reuse:
        query = query.where(relation.c.layer != "reuse")
    return assembled(gathered(connection.execute(query)), _days(connection))


def _fresh(connection: Connection) -> bool:
    return _made_of(connection) == (state(connection), settled.standing(connection))


def _made_of(connection: Connection) -> tuple[str, str]:
    """What the relations were made of: what stands for the articles, and for what people had settled."""
    return known(connection, RELATED) or "", known(connection, SETTLED) or ""


def _days(connection: Connection, docs: Collection[str] | None = None) -> dict[str, str]:
    """From articles to their dates of publication."""
    query, given = "SELECT id, published FROM article ORDER BY n", list[list[str]]()
    if docs is not None:
        query = "SELECT a.id, a.published FROM words(?) d CROSS JOIN article a WHERE a.id = d.value ORDER BY a.n"
        given = [list(docs)]
    return {doc: day or "" for doc, day in direct(connection, query, *given)}


def _part(connection: Connection, part: str) -> Relations:
    """A part with the shared passages and origins of its articles."""
    own = of_part(connection, part)
    docs = sorted({doc for one in own if isinstance(one, Story) for doc in one.docs})
    known = {one.id: one for one in (*own, *of_docs(connection, "", docs))}
    return assembled([collected(known.values())], _days(connection, docs))


def _told(connection: Connection, part: str) -> tuple[list[Annotated], Relations]:
    """The articles of a part's stories, and what stands between them."""
    found = _part(connection, part)
    return all_annotated(connection, sorted({doc for one in found.stories for doc in one.docs})), found


def _story_of(connection: Connection, story: str) -> tuple[str, Story] | None:
    """A story by its id or its label (which ends with the first signs of the id), and the part that it is in."""
    query = "SELECT part, body FROM relation WHERE layer = 'story' AND id BETWEEN ? AND ?"
    signs = story.rpartition("-")[2]
    for part, body in direct(connection, query, signs, f"{signs}{LAST_SIGN}"):
        found = _story.decode(body)
        if story in (found.id, found.story):
            return part, found
    return None
