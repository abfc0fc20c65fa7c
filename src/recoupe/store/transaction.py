"""What stands between articles, being changed: one transaction, in which all of it changes or nothing does."""

import json
from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Connection, select

from ..model.article import Article
from ..model.decisions import Decision
from ..model.records import Annotated
from ..model.relations import AnyRelation, Relations
from . import decisions as settled
from . import relations as rows
from .index import Index
from .rows import all_annotated, article_of, in_force, known, state
from .schema import article, relation
from .sealing import drop_facts, put_fact

# What the indexes were made by, and the decisions of people that the relations follow.
FILED_BY, SETTLED, APPLIED, RELATED = "filed_by", "settled", "applied", "related"


class Transaction:
    """A store inside one transaction that changes what stands between articles."""

    def __init__(self, connection: Connection, at: str) -> None:
        self._connection, self._at = connection, at
        self.index = Index(connection)

    def begin(self, maker: str) -> None:
        """Clears the indexes and all relations where others than `maker` made them."""
        if known(self._connection, FILED_BY) != maker:
            self.index.clear()
            rows.clear(self._connection)
            self._put(FILED_BY, maker)
            drop_facts(self._connection, (RELATED, SETTLED, APPLIED))

    def pending(self, most: int) -> tuple[list[str], str]:
        """The next articles of which the relations know nothing, or an older version, and the link of the chain up to
        which they then know all."""
        done = known(self._connection, RELATED) or ""
        last = self._connection.scalar(select(article.c.n).where(article.c.chain == done)) or 0
        query = select(article.c.id, article.c.chain).where(article.c.n > last).order_by(article.c.n).limit(most)
        found = list(self._connection.execute(query))
        return list(dict.fromkeys(row.id for row in found)), found[-1].chain if found else done

    def finish(self, link: str) -> None:
        """Says that the relations know all articles up to a link of the chain."""
        self._put(RELATED, link)

    def stand(self, link: str, decisions: Sequence[Decision]) -> None:
        """Says what relations that were made elsewhere rest on."""
        self._put(RELATED, link)
        self._put(SETTLED, settled.stamp([*decisions]))

    def decisions(self) -> list[Decision]:
        """What people have settled and not taken back."""
        return settled.in_force(self._connection)

    def resettled(self) -> set[str]:
        """The files that decisions bear on which were made or taken back since; from now on they count as applied."""
        every = {kept.decision.id: kept for kept in settled.every(self._connection)}
        holding = [key for key, kept in every.items() if kept.undone_at is None]
        before = set(json.loads(known(self._connection, APPLIED) or "[]"))
        words = {
            word
            for key in before ^ set(holding)
            if key in every
            for side in (*every[key].decision.a, *every[key].decision.b)
            for word in (side.key, side.form)
        }
        self._put(APPLIED, json.dumps(holding))
        self._put(SETTLED, settled.stamp([every[key].decision for key in holding]))
        found: set[str] = set()
        for word in sorted(words - {""}):
            quoted = json.dumps(word, ensure_ascii=False)
            query = select(relation.c.part).where(
                relation.c.layer == "entity", relation.c.body.contains(quoted, autoescape=True)
            )
            found.update(self._connection.scalars(query))
        return found

    def annotated(self, docs: Collection[str]) -> list[Annotated]:
        """The versions in force of some articles, with their records."""
        return all_annotated(self._connection, docs)

    def articles(self, docs: Collection[str]) -> Iterator[Article]:
        """The versions in force of some articles."""
        return (article_of(row) for row in in_force(self._connection, docs))

    def version(self, version: str) -> Article | None:
        """A version of an article."""
        row = self._connection.execute(select(article).where(article.c.version == version)).first()
        return article_of(row) if row else None

    def put(self, part: str, found: Relations) -> None:
        """Replaces a part of the relations."""
        rows.put(self._connection, part, found, self._at)

    def drop(self, parts: Collection[str]) -> None:
        """Takes parts of the relations away."""
        rows.drop(self._connection, parts)

    def of_part(self, part: str) -> list[AnyRelation]:
        """The relations of a part."""
        return rows.of_part(self._connection, part)

    def of_docs(self, layer: str, docs: Collection[str]) -> list[AnyRelation]:
        """The shared passages or the origins that some articles are in."""
        return rows.of_docs(self._connection, layer, docs)

    def put_about(self, part: str, layer: str, docs: Collection[str], found: Sequence[AnyRelation]) -> None:
        """Replaces the relations of one kind that some articles are in."""
        rows.put_about(self._connection, part, layer, docs, found)

    def state(self) -> str:
        """The newest link of the chain."""
        return state(self._connection)

    def _put(self, key: str, value: str) -> None:
        put_fact(self._connection, key, value)
