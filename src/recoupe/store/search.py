"""Full-text search over articles, claims and names, in our own folded words, so that every engine gives equal sets.

The index is made from the articles in force and caught up when asked; it can be thrown away at any time.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, distinct, func, inspect, select

from ..errors import StoreError
from ..model.records import Annotated, Claim, Name
from .backends import backend
from .connect import direct, each, writing
from .rows import annotated
from .schema import article
from .sealing import of_row

# The versions in force, and those that are not yet taken in. Rows of ten thousand articles read into Python at each
# arrival took more than all else that a desk does then.
EVERY = "SELECT id, version FROM article a WHERE n = (SELECT MAX(n) FROM article b WHERE b.id = a.id)"
UNKNOWN = " AND version IN (SELECT version FROM article EXCEPT SELECT version FROM searched)"

Fold = Callable[[str], Sequence[str]]
# The words of the query that are looked for; more make it no better.
WORDS = 8
# Articles taken in at once: so many that writing them costs little, so few that who adds articles does not wait; and
# seconds between two times, in which another may write: without them, one who waits for his turn never gets it.
AT_ONCE, BETWEEN = 25, 0.05
# A longer word is looked for by its first signs; of an article with more distinct words than this many signs (a book of
# them), the first ones. Databases differ in what they would do with more.
LONGEST, MOST = 200, 300_000
# Of more hits of a kind than this the newest are given, and not the best: to rank one takes four microseconds, and a
# country's name stands in each of 100,000 articles.
RANKED = 6_000


class Found(msgspec.Struct, frozen=True):
    """What was found: an article, a claim or a name (`kind`), in which article, and the record's id (a name's slug)."""

    kind: str
    doc: str
    ref: str


class Search:
    """The index of one store. `fold` gives the words of a text as they are looked for, `sound` those of a name."""

    def __init__(self, engine: Engine, fold: Fold, sound: Fold) -> None:
        self.engine, self.fold, self.sound = engine, fold, sound
        self._counted = (0, 0)

    def renew(self) -> int:
        """Takes in the articles that are new or changed since the last time; gives their number."""
        with self.engine.connect() as connection:
            ready = _ready(connection)
            stale = direct(connection, f"{EVERY}{UNKNOWN if ready else ''} ORDER BY n")
            if stale and ready and _older(connection):
                ready, stale = False, direct(connection, f"{EVERY} ORDER BY n")
        if stale and not ready:
            with writing(self.engine, "search") as connection:
                if _ready(connection) and _older(connection):
                    connection.exec_driver_sql("DROP TABLE search")
                    connection.exec_driver_sql("DROP TABLE searched")
                for statement in backend(self.engine.url).SEARCH:
                    connection.exec_driver_sql(statement)
        for start in range(0, len(stale), AT_ONCE):
            self._take(stale[start : start + AT_ONCE])
            if start + AT_ONCE < len(stale):
                time.sleep(BETWEEN)
        return len(stale)

    def differs(self) -> str:
        """Which table of the index is not what the articles give; empty where none is. Articles that are not taken in
        yet do not count."""
        speaks = backend(self.engine.url)
        with self.engine.connect() as connection:
            if not _ready(connection):
                return ""
            total = 0
            for doc, version in _each(connection, "SELECT doc, version FROM searched"):
                row = connection.execute(select(article).where(article.c.version == version)).first()
                if row is None or row.id != doc:
                    return "searched"
                rows = list(self._words(annotated(connection, row)))
                words = direct(connection, speaks.KEPT, [speaks.indexed(bounded(one)) for _, _, one in rows])
                total += sum(of_row((kind, doc, ref, one)) for (kind, ref, _), (one,) in zip(rows, words, strict=True))
            total -= sum(map(of_row, _each(connection, speaks.INDEXED)))
            if total:
                return "search"
        return "" if self._sound() else "search"

    def _sound(self) -> bool:
        """Whether the database finds its own index whole, as far as it can tell; one that may only be read cannot."""
        statement = backend(self.engine.url).CHECK
        try:
            if statement:
                with writing(self.engine, "search") as connection:
                    connection.exec_driver_sql(statement)
        except StoreError as error:
            return error.key != "store.damaged"
        return True

    def left(self) -> tuple[int, int]:
        """How many articles are taken in, and how many there are."""
        with self.engine.connect() as connection:
            # Counting the articles takes 20 ms where they are 100,000, and rows of articles never go.
            last = connection.scalar(select(func.max(article.c.n))) or 0
            if self._counted[0] != last:
                self._counted = last, connection.scalar(select(func.count(distinct(article.c.id)))) or 0
            every = self._counted[1]
            done = direct(connection, "SELECT COUNT(*) FROM searched")[0][0] if _ready(connection) else 0
        return min(int(done), every), every

    def _take(self, some: Sequence[tuple[str, str]]) -> None:
        """Takes in some versions of articles; what is written is made before the store is held for writing."""
        rows, shown = dict[str, list[tuple[str, str, str, str]]](), backend(self.engine.url).indexed
        with self.engine.connect() as connection:
            for doc, version in some:
                row = connection.execute(select(article).where(article.c.version == version)).one()
                found = annotated(connection, row)
                rows[doc] = [(kind, doc, ref, shown(bounded(words))) for kind, ref, words in self._words(found)]
        with writing(self.engine, "search") as connection:
            for doc, version in some:
                before = direct(connection, "SELECT version FROM searched WHERE doc = ?", doc)
                if before == [(version,)]:
                    continue  # another has taken it in meanwhile
                # The words of an article are found by no index: to look for those of one that is new takes as long as
                # the index is, for each, which made an index of ten thousand take an hour.
                if before:
                    direct(connection, "DELETE FROM search WHERE doc = ?", doc)
                    direct(connection, "DELETE FROM searched WHERE doc = ?", doc)
                direct(connection, "INSERT INTO searched (doc, version) VALUES (?, ?)", doc, version)
                each(connection, backend(self.engine.url).ENTER, rows[doc])

    def _words(self, found: Annotated) -> Iterator[tuple[str, str, Sequence[str]]]:
        about = found.article
        yield "article", "", self.fold(f"{about.title} {about.outlet} {about.text}")
        for claim in found.layer(Claim):
            source = about.text[slice(*claim.source)] if claim.source else ""
            yield "claim", claim.id, self.fold(f"{source} {claim.text}")
        forms = {(name.stands_for or name.entity, name.text) for name in found.layer(Name)}
        for slug, form in sorted(forms):
            yield "name", slug, [*self.fold(form), *self.sound(form)]

    def find(self, query: str, kind: str, limit: int = 20) -> list[Found]:
        """The best hits of a kind, of very many the newest; each word of the query may be the beginning of one."""
        words = list(dict.fromkeys(self.fold(query)))[:WORDS]
        if not words:
            return []
        speaks = backend(self.engine.url)
        wanted = speaks.sought([[one[:LONGEST] for one in self._either(word, kind)] for word in words])
        with self.engine.connect() as connection:
            if not _ready(connection):
                return []
            many = direct(connection, speaks.HITS, wanted, kind, RANKED + 1)[0][0] > RANKED
            return [
                Found(*row) for row in direct(connection, speaks.NEWEST if many else speaks.FIND, wanted, kind, limit)
            ]

    def _either(self, word: str, kind: str) -> list[str]:
        """A word as the index is asked for it; of a name in any spelling."""
        return [word, *(self.sound(word) if kind == "name" else ())]


def _ready(connection: Connection) -> bool:
    """Whether anything has been indexed."""
    return inspect(connection).has_table("searched")


def _older(connection: Connection) -> bool:
    """Whether the index has an older form; it is made anew when there is something to take in."""
    older = backend(connection.engine.url).OLDER
    return bool(older and direct(connection, older))


def _each(connection: Connection, query: str) -> Iterator[Sequence[Any]]:
    """The rows of a query, of which some are in memory at a time."""
    return iter(connection.exec_driver_sql(query, execution_options={"yield_per": 100}))


def bounded(words: Sequence[str]) -> list[str]:
    """Words as far as they are indexed."""
    kept, found, left = list[str](), set[str](), MOST
    for word in (one[:LONGEST] for one in words):
        if word not in found:
            left -= len(word)
            if left < 0:
                break
            found.add(word)
        kept.append(word)
    return kept
