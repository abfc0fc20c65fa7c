"""What is kept: articles with their records, the relations made from them, what people settled, and the parses."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from sqlalchemy import Connection, Row, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import DatabaseError

from ..errors import StoreError
from ..model.article import Article
from ..model.decisions import Decision
from ..model.records import Annotated, AnyRecord
from ..model.relations import AnyRelation, Relations, Story
from . import decisions as settled
from .connect import connect, writing
from .identity import current, renamed, settle
from .parses import Parses
from .schema import article, fact, record, relation
from .seal import encoded, joined, seal

_record = msgspec.json.Decoder(AnyRecord)
_relation = msgspec.json.Decoder(AnyRelation)
_story = msgspec.json.Decoder(Story)
# The field of Relations that each kind of relation is kept in, in the order they are stored.
FIELDS = ("entities", "happenings", "statements", "questions", "reuse", "origins", "stories", "disputes", "truces")
COLUMNS = (
    "id", "text", "sha256", "lang", "published", "published_by", "source", "read", "url", "title", "outlet",
    "translated",
)  # fmt: skip


class Store:
    """A store file. Each article is written whole or not at all; relations are replaced whole or not at all."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Opens (or creates) a store. Raises StoreError where that cannot be."""
        self.path = path
        self.engine = connect(path, create=create)

    def close(self) -> None:
        """Gives the file back."""
        self.engine.dispose()

    def parses(self, stamps: dict[str, str]) -> Parses:
        """The kept parses; `stamps` names model and characters of each language."""
        return Parses(self.engine, stamps)

    def has(self, version: str) -> bool:
        """Whether this very version of an article is stored."""
        with self.engine.connect() as connection:
            return connection.scalar(select(article.c.n).where(article.c.version == version)) is not None

    def put(self, annotated: Annotated) -> bool:
        """Stores an article with its records, in one transaction. False where that version is there already."""
        about, bodies = annotated.article, [encoded(found) for found in annotated.records]
        row: dict[str, object] = {name: getattr(about, name) for name in COLUMNS}
        row |= {
            "version": about.version,
            "translated_why": msgspec.json.encode(about.translated_why).decode(),
            "hints": msgspec.json.encode(about.hints).decode(),
            "seal": seal(about, bodies),
        }
        rows = [
            {"version": about.version, "n": n, "id": found.id, "layer": found.__struct_config__.tag, "body": body}
            for n, (found, body) in enumerate(zip(annotated.records, bodies, strict=True))
        ]
        try:
            with writing(self.engine) as connection:
                if connection.scalar(select(article.c.n).where(article.c.version == about.version)) is not None:
                    return False
                row["chain"] = joined([_state(connection), str(row["seal"])])
                connection.execute(insert(article).values(row))
                if rows:
                    connection.execute(insert(record), rows)
        except DatabaseError as error:
            raise StoreError("store.cannot_write", place=str(self.path), reason=str(error.orig)) from error
        return True

    def articles(self, ids: frozenset[str] | None = None) -> list[Annotated]:
        """The version in force of every article (or of these), by id."""
        with self.engine.connect() as connection:
            return [_annotated(connection, row) for row in _in_force(connection, ids)]

    def state(self) -> str:
        """What stands for all articles ever stored: the newest link of the chain over their seals."""
        with self.engine.connect() as connection:
            return _state(connection)

    def fresh(self) -> bool:
        """Whether the relations were made from all articles that are stored, and all decisions in force."""
        with self.engine.connect() as connection:
            articles = (_fact(connection, "related") or "") == _state(connection)
            return articles and (_fact(connection, "settled") or "") == settled.stamp(settled.in_force(connection))

    def put_relations(self, relations: Relations, state: str, decisions: Sequence[Decision] = ()) -> None:
        """Replaces all relations, in one transaction; `state` is the set of articles they were made from, `decisions`
        what people had settled. Entities get the permanent ids under which the store knows them."""
        found: list[AnyRelation] = [one for field in FIELDS for one in getattr(relations, field)]
        try:
            with writing(self.engine) as connection:
                ids = settle(connection, relations.entities, _now())
                moved = {old: new for old, new in ids.items() if old != new}
                bodies = [renamed(encoded(one), moved) if moved else encoded(one) for one in found]
                rows = [
                    {"n": n, "layer": one.__struct_config__.tag, "id": ids.get(one.id, one.id), "body": body}
                    for n, (one, body) in enumerate(zip(found, bodies, strict=True))
                ]
                connection.execute(delete(relation))
                if rows:
                    connection.execute(insert(relation), rows)
                facts = {"related": state, "relations_seal": joined(bodies), "settled": settled.stamp([*decisions])}
                for key, value in facts.items():
                    statement = upsert(fact).values(key=key, value=value)
                    connection.execute(statement.on_conflict_do_update(["key"], set_={"value": value}))
        except DatabaseError as error:
            raise StoreError("store.cannot_write", place=str(self.path), reason=str(error.orig)) from error

    def decide(self, decision: Decision) -> int:
        """Keeps what a person has settled; gives its number, by which it can be undone. It holds from the next relate
        on, at each."""
        try:
            with writing(self.engine) as connection:
                return settled.keep(connection, decision)
        except DatabaseError as error:
            raise StoreError("store.cannot_write", place=str(self.path), reason=str(error.orig)) from error

    def undo(self, number: int, who: str) -> bool:
        """Takes a decision back; False where none of that number is in force. It stays in the list, as undone."""
        with writing(self.engine) as connection:
            return settled.undo(connection, number, who, _now())

    def decisions(self) -> list[Decision]:
        """What people have settled and not taken back, oldest first."""
        with self.engine.connect() as connection:
            return settled.in_force(connection)

    def decided(self) -> list[settled.Kept]:
        """All decisions ever kept with their numbers, oldest first, those undone too."""
        with self.engine.connect() as connection:
            return settled.every(connection)

    def entity(self, entity_id: str) -> str:
        """The id that an entity has now; one that was joined into another leads there."""
        with self.engine.connect() as connection:
            return current(connection, entity_id)

    def relations(self) -> Relations:
        """All relations."""
        found: dict[str, list[AnyRelation]] = {field: [] for field in FIELDS}
        with self.engine.connect() as connection:
            for body in connection.scalars(select(relation.c.body).order_by(relation.c.n)):
                one = _relation.decode(body)
                found[_field(one)].append(one)
        return msgspec.convert({field: tuple(rows) for field, rows in found.items()}, Relations)

    def stories(self) -> list[Story]:
        """The stories, in their stored order."""
        query = select(relation.c.body).where(relation.c.layer == "story").order_by(relation.c.n)
        with self.engine.connect() as connection:
            return [_story.decode(body) for body in connection.scalars(query)]

    def sealed(self) -> Iterator[tuple[Annotated, list[str], str, str]]:
        """Every version ever stored with its record bodies as they lie there, its seal and chain; oldest first."""
        with self.engine.connect() as connection:
            for row in connection.execute(select(article).order_by(article.c.n)):
                bodies = _bodies(connection, row.version)
                yield (
                    Annotated(_article(row), tuple(_record.decode(body) for body in bodies)),
                    bodies,
                    row.seal,
                    row.chain,
                )

    def relation_bodies(self) -> tuple[list[str], str | None, str]:
        """The relations as they lie there, their seal, and the chain of articles that they were made from."""
        with self.engine.connect() as connection:
            bodies = list(connection.scalars(select(relation.c.body).order_by(relation.c.n)))
            return bodies, _fact(connection, "relations_seal"), _fact(connection, "related") or ""


def _field(one: AnyRelation) -> str:
    """The field of Relations that a relation belongs to."""
    tag = str(one.__struct_config__.tag)
    return {"entity": "entities", "story": "stories", "reuse": "reuse"}.get(tag, f"{tag}s")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")  # so fine that the older of two is told


def _fact(connection: Connection, key: str) -> str | None:
    return connection.scalar(select(fact.c.value).where(fact.c.key == key))


def _in_force(connection: Connection, ids: frozenset[str] | None) -> list[Row[tuple[object, ...]]]:
    newest = select(func.max(article.c.n)).group_by(article.c.id)
    query = select(article).where(article.c.n.in_(newest)).order_by(article.c.id)
    if ids is not None:
        query = query.where(article.c.id.in_(ids))
    return list(connection.execute(query))


def _state(connection: Connection) -> str:
    return connection.scalar(select(article.c.chain).order_by(article.c.n.desc()).limit(1)) or ""


def _article(row: Row[tuple[object, ...]]) -> Article:
    values = {name: getattr(row, name) for name in COLUMNS}
    values["translated_why"] = msgspec.json.decode(row.translated_why)
    values["hints"] = msgspec.json.decode(row.hints)
    return msgspec.convert(values, Article)


def _bodies(connection: Connection, version: str) -> list[str]:
    return list(connection.scalars(select(record.c.body).where(record.c.version == version).order_by(record.c.n)))


def _annotated(connection: Connection, row: Row[tuple[object, ...]]) -> Annotated:
    return Annotated(_article(row), tuple(_record.decode(body) for body in _bodies(connection, row.version)))
