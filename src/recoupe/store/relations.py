"""The rows of what stands between articles, part by part, under one seal over all of them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, get_args

import msgspec
from sqlalchemy import Connection, func, select, update

from ..model.relations import AnyRelation, Origin, Relations, Reuse, Story
from .connect import direct, each
from .identity import renamed, settle
from .schema import redirect, relation
from .seal import encoded
from .sealing import changing, cleared, put_fact, sealed
from .story_ids import labelled, settled

_decoder = msgspec.json.Decoder(AnyRelation)
_story = msgspec.json.Decoder(Story)
_decode_all = msgspec.json.Decoder(list[AnyRelation]).decode
# The field of Relations that each kind of relation is kept in, in the order they are stored.
FIELDS = ("entities", "happenings", "statements", "questions", "reuse", "origins", "stories", "disputes", "truces")
_FIELD_OF: dict[type, str] = dict(zip(get_args(AnyRelation), FIELDS, strict=True))
# SQLite takes so many values in one statement.
AT_ONCE = 500
# Relations that are read at once where the articles that they name are too.
FEW = 100
# The last number of a relation that went: none is given twice, by them a part is known to be as it was (`stamp`).
USED = "used"
# The part of a file of articles goes by this and the file.
FILE = "file:"
T = TypeVar("T")


def in_parts(values: Collection[T]) -> Iterator[list[T]]:
    """Values in parts that one statement takes."""
    listed = list(values)
    for start in range(0, len(listed), AT_ONCE):
        yield listed[start : start + AT_ONCE]


def put(connection: Connection, part: str, relations: Relations, at: str) -> None:
    """Replaces a part; rows that stay the same are not touched. Entities and stories get the permanent ids under which
    the store knows them; `at` is now."""
    stories = settled(connection, part, relations.stories, at)
    relations = msgspec.structs.replace(relations, stories=tuple(labelled(one, stories) for one in relations.stories))
    found: list[AnyRelation] = [one for field in FIELDS for one in getattr(relations, field)]
    if not relations.entities and not stories:
        _exchange(connection, part, [(encoded(one), one.id, one) for one in found])
        return
    entities, joined = settle(connection, relations.entities, at)
    ids = entities | stories
    moved = {old: new for old, new in ids.items() if old != new}
    bodies = [renamed(encoded(one), moved) if moved else encoded(one) for one in found]
    _exchange(connection, part, [(body, ids.get(one.id, one.id), one) for body, one in zip(bodies, found, strict=True)])
    _follow(connection, joined)


def _exchange(connection: Connection, part: str, rows: Sequence[tuple[str, str, AnyRelation]]) -> None:
    """Makes a part hold these rows (body, id, relation)."""
    before = {body: n for n, body in direct(connection, "SELECT n, body FROM relation WHERE part = ?", part)}
    gone = before.keys() - {body for body, _, _ in rows}
    _insert(connection, part, [row for row in rows if row[0] not in before])
    _delete(connection, [before[body] for body in gone])


def _insert(connection: Connection, part: str, rows: Sequence[tuple[str, str, AnyRelation]]) -> None:
    if not rows:
        return
    used = direct(connection, "SELECT value FROM fact WHERE key = ?", USED)
    first = max(_last(connection), int(used[0][0]) if used else 0) + 1
    values = [(first + n, part, one.__struct_config__.tag, id, body) for n, (body, id, one) in enumerate(rows)]
    each(connection, "INSERT INTO relation (n, part, layer, id, body) VALUES (?, ?, ?, ?, ?)", values)
    places = [(doc, first + n) for n, (_, _, one) in enumerate(rows) for doc in docs_of(one)]
    each(connection, "INSERT INTO about (doc, n) VALUES (?, ?)", places)
    sealed(connection, relation, come=values)


def _delete(connection: Connection, rows: Sequence[int]) -> None:
    if rows:
        these = "relation WHERE n IN (SELECT value FROM numbers(?) k)"
        gone = direct(connection, f"SELECT n, part, layer, id, body FROM {these}", list(rows))
        direct(connection, f"DELETE FROM {these}", list(rows))
        sealed(connection, relation, gone=gone)
        if max(rows) > _last(connection):
            put_fact(connection, USED, str(max(rows)))


def _last(connection: Connection) -> int:
    return direct(connection, "SELECT MAX(n) FROM relation")[0][0] or 0


def clear(connection: Connection) -> None:
    """Takes all relations away."""
    last = _last(connection)
    cleared(connection, relation)
    if last:
        put_fact(connection, USED, str(last))


def drop(connection: Connection, parts: Collection[str]) -> None:
    """Takes parts away."""
    query = "SELECT n FROM relation WHERE part IN (SELECT value FROM words(?) k)"
    _delete(connection, [n for (n,) in direct(connection, query, list(parts))])


def put_about(
    connection: Connection, part: str, layer: str, docs: Collection[str], found: Sequence[AnyRelation]
) -> None:
    """Replaces the relations of one kind in a part that some articles are in; they hold no entities."""
    rows = [(encoded(one), one.id, one) for one in found]
    before = {body: n for n, home, body in _about(connection, layer, docs) if home == part}
    gone = before.keys() - {body for body, _, _ in rows}
    _insert(connection, part, [row for row in rows if row[0] not in before])
    _delete(connection, [before[body] for body in gone])


def of_part(connection: Connection, part: str) -> list[AnyRelation]:
    """The relations of a part."""
    bodies = direct(connection, "SELECT body FROM relation WHERE part = ? ORDER BY n", part)
    return _decoded(body for (body,) in bodies)


def of_docs(connection: Connection, layer: str, docs: Collection[str]) -> list[AnyRelation]:
    """The relations of one kind (shared passages, origins; of both where it is empty) that some articles are in, each
    once."""
    return _decoded(body for _, _, body in _about(connection, layer, docs))


def stamp(connection: Connection, part: str) -> str:
    """What stands for a part, the articles of its stories, and what these share with others: rows are never written
    over but where an entity has joined another."""
    rows = select(func.count(), func.sum(relation.c.n), func.max(relation.c.n)).where(relation.c.part == part)
    query = select(relation.c.body).where(relation.c.part == part, relation.c.layer == "story")
    docs = {doc for body in connection.scalars(query) for doc in _story.decode(body).docs}
    counts = [*connection.execute(rows).one(), connection.scalar(select(func.count()).select_from(redirect))]
    newest = "SELECT MAX(a.n) AS n FROM words(?) d CROSS JOIN article a WHERE a.id = d.value GROUP BY a.id"
    # A passage counts once for each of its articles here: to count it once, thousands of rows would be sorted.
    beside = "SELECT a.n FROM words(?) d CROSS JOIN about a WHERE a.doc = d.value"
    for rows_of in (newest, beside):
        counts += direct(connection, f"SELECT COUNT(*), SUM(n) FROM ({rows_of}) found", sorted(docs))[0]
    return "-".join(str(one) for one in counts)


def _decoded(bodies: Iterable[str]) -> list[AnyRelation]:
    """Thousands of relations are decoded as one list: one by one they take twice as long."""
    return _decode_all(f"[{','.join(bodies)}]")


def _about(connection: Connection, layer: str, docs: Collection[str]) -> list[tuple[int, str, str]]:
    # By the articles first: an index over kinds would lead through all relations of that kind.
    query = (
        "SELECT r.n, r.part, r.body FROM "
        "(SELECT DISTINCT a.n FROM words(?) d CROSS JOIN about a WHERE a.doc = d.value) found "
        "CROSS JOIN relation r WHERE r.n = found.n AND ? IN ('', r.layer || '') ORDER BY r.n"
    )
    return direct(connection, query, list(docs), layer)


def docs_of(one: AnyRelation) -> set[str]:
    """The articles by which a relation is found."""
    if isinstance(one, Reuse):
        return {one.a[0], one.b[0]}
    return set(one.docs) if isinstance(one, Origin) else set()


def stored(connection: Connection) -> Iterator[list[tuple[int, AnyRelation]]]:
    """Every relation with its number, some at a time."""
    query = select(relation.c.n, relation.c.body).order_by(relation.c.n).execution_options(yield_per=FEW)
    for some in connection.execute(query).partitions():
        yield [(n, _decoder.decode(body)) for n, body in some]


def gathered(bodies: Iterable[tuple[str, str]]) -> list[Relations]:
    """Rows (part, body) as one Relations for each part."""
    parts: dict[str, list[str]] = {}
    for part, body in bodies:
        parts.setdefault(part, []).append(body)
    return [collected(_decoded(found)) for found in parts.values()]


def collected(found: Iterable[AnyRelation]) -> Relations:
    """Relations by kind."""
    kinds: dict[str, Any] = {field: [] for field in FIELDS}
    for one in found:
        kinds[_FIELD_OF[type(one)]].append(one)
    return Relations(**{field: tuple(rows) for field, rows in kinds.items()})


def _follow(connection: Connection, joined: Mapping[str, str]) -> None:
    """Entities that were joined into others are called by their new ids in all parts."""
    for old in joined:
        named = select(relation.c.part).where(relation.c.layer == "entity", relation.c.id == old)
        for some in in_parts(set(connection.scalars(named))):
            with changing(connection, relation, relation.c.part.in_(some)):
                _renamed(connection, some, old, joined)


def _renamed(connection: Connection, parts: Collection[str], old: str, joined: Mapping[str, str]) -> None:
    there = relation.c.part.in_(parts)
    for n, body in list(connection.execute(select(relation.c.n, relation.c.body).where(there))):
        after = renamed(body, joined)
        if after != body:
            connection.execute(update(relation).where(relation.c.n == n).values(body=after))
    named = there & (relation.c.layer == "entity") & (relation.c.id == old)
    connection.execute(update(relation).where(named).values(id=joined[old]))
