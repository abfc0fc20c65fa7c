"""The rows of what stands between articles, part by part, under one seal over all of them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from ..model.relations import AnyRelation, Origin, Relations, Reuse
from .identity import renamed, settle
from .schema import about, fact, redirect, relation
from .seal import WHOLE, encoded, shown, single, total

_decoder = msgspec.json.Decoder(AnyRelation)
# The field of Relations that each kind of relation is kept in, in the order they are stored.
FIELDS = ("entities", "happenings", "statements", "questions", "reuse", "origins", "stories", "disputes", "truces")
# SQLite takes so many values in one statement.
AT_ONCE = 500
SEAL = "relations_seal"
# The part of a file of articles goes by this and the file.
FILE = "file:"
T = TypeVar("T")


def in_parts(values: Collection[T]) -> Iterator[list[T]]:
    """Values in parts that one statement takes."""
    listed = list(values)
    for start in range(0, len(listed), AT_ONCE):
        yield listed[start : start + AT_ONCE]


def put(connection: Connection, part: str, relations: Relations, at: str) -> None:
    """Replaces a part. Entities get the permanent ids under which the store knows them; `at` is now."""
    drop(connection, [part])
    found: list[AnyRelation] = [one for field in FIELDS for one in getattr(relations, field)]
    if not found:
        return
    joined_before = _redirects(connection)
    ids = settle(connection, relations.entities, at) if relations.entities else {}
    moved = {old: new for old, new in ids.items() if old != new}
    bodies = [renamed(encoded(one), moved) if moved else encoded(one) for one in found]
    first = (connection.scalar(select(func.max(relation.c.n))) or 0) + 1
    rows = [
        {"n": first + n, "part": part, "layer": one.__struct_config__.tag, "id": ids.get(one.id, one.id), "body": body}
        for n, (one, body) in enumerate(zip(found, bodies, strict=True))
    ]
    connection.execute(insert(relation), rows)
    places = [{"doc": doc, "n": first + n} for n, one in enumerate(found) for doc in _docs(one)]
    if places:
        connection.execute(insert(about), places)
    _sealed(connection, total(bodies))
    if relations.entities:
        _follow(connection, {old: new for old, new in _redirects(connection).items() if old not in joined_before})


def drop(connection: Connection, parts: Collection[str]) -> None:
    """Takes parts away."""
    gone = 0
    for some in in_parts(parts):
        bodies = connection.scalars(select(relation.c.body).where(relation.c.part.in_(some)))
        gone = total(bodies, gone)
        connection.execute(delete(relation).where(relation.c.part.in_(some)))
    if gone:
        _sealed(connection, -gone)


def drop_about(connection: Connection, layer: str, docs: Collection[str], part: str) -> None:
    """Takes the relations of one kind away from a part that some articles are in."""
    rows = list(_about(connection, layer, docs, part))
    for some in in_parts([n for n, _ in rows]):
        connection.execute(delete(relation).where(relation.c.n.in_(some)))
    if rows:
        _sealed(connection, -total(body for _, body in rows))


def add(connection: Connection, part: str, found: Sequence[AnyRelation]) -> None:
    """Adds relations to a part that hold no entities."""
    if not found:
        return
    first = (connection.scalar(select(func.max(relation.c.n))) or 0) + 1
    bodies = [encoded(one) for one in found]
    connection.execute(
        insert(relation),
        [
            {"n": first + n, "part": part, "layer": one.__struct_config__.tag, "id": one.id, "body": body}
            for n, (one, body) in enumerate(zip(found, bodies, strict=True))
        ],
    )
    connection.execute(insert(about), [{"doc": d, "n": first + n} for n, one in enumerate(found) for d in _docs(one)])
    _sealed(connection, total(bodies))


def of_part(connection: Connection, part: str) -> list[AnyRelation]:
    """The relations of a part."""
    bodies = connection.scalars(select(relation.c.body).where(relation.c.part == part).order_by(relation.c.n))
    return [_decoder.decode(body) for body in bodies]


def of_docs(connection: Connection, layer: str, docs: Collection[str]) -> list[AnyRelation]:
    """The relations of one kind (shared passages, origins) that some articles are in, each once."""
    return [_decoder.decode(body) for _, body in _about(connection, layer, docs)]


def _about(
    connection: Connection, layer: str, docs: Collection[str], part: str | None = None
) -> Iterator[tuple[int, str]]:
    # By the articles first: an index over kinds would lead through all relations of that kind.
    numbers = {n for some in in_parts(docs) for n in connection.scalars(select(about.c.n).where(about.c.doc.in_(some)))}
    for part_of in in_parts(sorted(numbers)):
        query = select(relation.c.n, relation.c.layer, relation.c.part, relation.c.body)
        for n, kind, home, body in connection.execute(query.where(relation.c.n.in_(part_of))):
            if kind == layer and part in (None, home):
                yield n, body


def _docs(one: AnyRelation) -> set[str]:
    """The articles by which a relation is found."""
    if isinstance(one, Reuse):
        return {one.a[0], one.b[0]}
    return set(one.docs) if isinstance(one, Origin) else set()


def gathered(bodies: Iterable[tuple[str, str]]) -> list[Relations]:
    """Rows (part, body) as one Relations for each part."""
    parts: dict[str, list[AnyRelation]] = {}
    for part, body in bodies:
        parts.setdefault(part, []).append(_decoder.decode(body))
    return [collected(found) for found in parts.values()]


def collected(found: Iterable[AnyRelation]) -> Relations:
    """Relations by kind."""
    kinds: dict[str, list[AnyRelation]] = {field: [] for field in FIELDS}
    for one in found:
        kinds[field_of(one)].append(one)
    return msgspec.convert({field: tuple(rows) for field, rows in kinds.items()}, Relations)


def field_of(one: AnyRelation) -> str:
    """The field of Relations that a relation belongs to."""
    tag = str(one.__struct_config__.tag)
    return {"entity": "entities", "story": "stories", "reuse": "reuse"}.get(tag, f"{tag}s")


def _redirects(connection: Connection) -> dict[str, str]:
    return {row.old: row.new for row in connection.execute(select(redirect.c.old, redirect.c.new))}


def _follow(connection: Connection, joined: Mapping[str, str]) -> None:
    """Entities that were joined into others are called by their new ids in all parts."""
    for old in joined:
        parts = list(
            connection.scalars(select(relation.c.part).where(relation.c.layer == "entity", relation.c.id == old))
        )
        for n, body in list(
            connection.execute(select(relation.c.n, relation.c.body).where(relation.c.part.in_(parts)))
        ):
            after = renamed(body, joined)
            if after != body:
                connection.execute(update(relation).where(relation.c.n == n).values(body=after))
                _sealed(connection, single(after) - single(body))
        connection.execute(
            update(relation).where(relation.c.layer == "entity", relation.c.id == old).values(id=joined[old])
        )


def _sealed(connection: Connection, change: int) -> None:
    before = connection.scalar(select(fact.c.value).where(fact.c.key == SEAL))
    value = shown((int(before, 16) if before else 0) + change % WHOLE)
    statement = upsert(fact).values(key=SEAL, value=value)
    connection.execute(statement.on_conflict_do_update(["key"], set_={"value": value}))
