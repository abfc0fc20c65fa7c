"""Full-text search over articles, claims and names, in our own folded words, so that every engine gives equal sets.

The index is made from the articles in force and caught up when asked; it can be thrown away at any time.
"""

import time
from collections.abc import Callable, Iterator, Sequence

import msgspec
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import OperationalError

from ..model.records import Annotated, Claim, Name
from .connect import writing
from .rows import annotated
from .schema import article

Fold = Callable[[str], Sequence[str]]
# The words of the query that are looked for; more make it no better.
WORDS = 8
# Articles taken in at once: so many that writing them costs little, so few that who adds articles does not wait; and
# seconds between two times, in which another may write: without them, one who waits for his turn never gets it.
AT_ONCE, BETWEEN = 25, 0.05
_TABLES = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5 (kind UNINDEXED, doc UNINDEXED, ref UNINDEXED, words)",
    "CREATE TABLE IF NOT EXISTS searched (doc TEXT PRIMARY KEY, version TEXT NOT NULL)",
)


class Found(msgspec.Struct, frozen=True):
    """What was found: an article, a claim or a name (`kind`), in which article, and the record's id (a name's slug)."""

    kind: str
    doc: str
    ref: str


class Search:
    """The index of one store. `fold` gives the words of a text as they are looked for, `sound` those of a name."""

    def __init__(self, engine: Engine, fold: Fold, sound: Fold) -> None:
        self.engine, self.fold, self.sound = engine, fold, sound

    def renew(self) -> int:
        """Takes in the articles that are new or changed since the last time; gives their number."""
        with self.engine.connect() as connection:
            ready = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'searched'").first()
            known: dict[str, str] = {}
            if ready:
                known |= dict(connection.exec_driver_sql("SELECT doc, version FROM searched").all())
            newest = {
                row.id: row.version
                for row in connection.execute(select(article.c.id, article.c.version).order_by(article.c.n))
            }
        stale = [doc for doc, version in newest.items() if known.get(doc) != version]
        if stale and not ready:
            with writing(self.engine) as connection:
                for statement in _TABLES:
                    connection.exec_driver_sql(statement)
        for start in range(0, len(stale), AT_ONCE):
            self._take([(doc, newest[doc]) for doc in stale[start : start + AT_ONCE]])
            if start + AT_ONCE < len(stale):
                time.sleep(BETWEEN)
        return len(stale)

    def _take(self, some: Sequence[tuple[str, str]]) -> None:
        """Takes in some versions of articles; what is written is made before the store is held for writing."""
        rows: list[tuple[str, str, str, str]] = []
        with self.engine.connect() as connection:
            for doc, version in some:
                row = connection.execute(select(article).where(article.c.version == version)).one()
                found = annotated(connection, row)
                rows += [(kind, doc, ref, " ".join(words)) for kind, ref, words in self._words(found)]
        with writing(self.engine) as connection:
            for doc, version in some:
                connection.exec_driver_sql("DELETE FROM search WHERE doc = ?", (doc,))
                connection.exec_driver_sql("INSERT OR REPLACE INTO searched VALUES (?, ?)", (doc, version))
            if rows:
                connection.exec_driver_sql("INSERT INTO search (kind, doc, ref, words) VALUES (?, ?, ?, ?)", rows)

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
        """The best hits of a kind; each word of the query may be the beginning of one."""
        words = list(dict.fromkeys(self.fold(query)))[:WORDS]
        if not words:
            return []
        wanted = " AND ".join(self._either(word, kind) for word in words)
        statement = text(
            "SELECT kind, doc, ref FROM search WHERE search MATCH :wanted AND kind = :kind ORDER BY rank LIMIT :limit"
        )
        try:
            with self.engine.connect() as connection:
                rows = connection.execute(statement, {"wanted": wanted, "kind": kind, "limit": limit})
                return [Found(*row) for row in rows]
        except OperationalError:
            return []  # nothing has been indexed yet

    def _either(self, word: str, kind: str) -> str:
        """A word as the index is asked for it; of a name in any spelling."""
        sounds = self.sound(word) if kind == "name" else ()
        return "(" + " OR ".join(f'"{one}"*' for one in (word, *sounds)) + ")"
