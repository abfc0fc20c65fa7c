"""Permanent ids of entities, and of stories alike.

What relate gives is a function of the set of articles, and so are its ids: they follow the fullest name known so far.
The store keeps the id under which an entity was first seen, whatever fuller names come later; where two entities turn
out to be one, the older id stays and the other leads to it.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

import msgspec
from sqlalchemy import Connection, delete, insert, select

from ..model.article import digest
from .connect import upsert
from .schema import identity, redirect
from .sealing import changing

# SQLite takes so many values in one statement.
AT_ONCE = 500
LONGEST = 500
T = TypeVar("T")
_QUOTED = re.compile(r'"([0-9a-f]{16})"')


class Lasting(Protocol):
    """What has a permanent id: the machine's id and keys, its main one first, and what mentions it."""

    @property
    def id(self) -> str: ...

    @property
    def keys(self) -> tuple[str, ...]: ...

    @property
    def mentions(self) -> Sequence[object]: ...


class _Known(msgspec.Struct, frozen=True):
    entity: str
    founder: bool
    since: str


def settle(
    connection: Connection, entities: Sequence[Lasting], at: str, elsewhere: Collection[str] = ()
) -> dict[str, str]:
    """Gives each entity its permanent id and keeps which keys belong to it; from the machine's ids to the permanent.

    `at` is the instant (ISO 8601) that goes with ids that begin, or that now lead to another. Entities that are not
    given stay as they are, so that a part of a store can be settled alone. `elsewhere` are ids that such others have:
    only who has the key that such an id began with takes it.
    """
    known = _known(connection, [key for entity in entities for key in entity.keys])
    chosen = _chosen(entities, known, elsewhere)
    taken = _taken(connection, [entity.id for entity in entities])
    taken |= {*chosen.values(), *elsewhere}
    permanent: dict[str, str] = {}
    for entity in sorted(entities, key=lambda one: one.id):
        found = chosen.get(entity.id)
        if found is None:
            found, n = entity.id, 1
            while found in taken:
                found, n = digest(entity.id, n), n + 1
            taken.add(found)
        permanent[entity.id] = found
    _keep(connection, entities, permanent, known, at)
    return permanent


def permanent(connection: Connection, entities: Sequence[Lasting]) -> dict[str, str]:
    """From the machine's ids to the permanent ones of entities that were made of some articles of the store, where
    these differ. Nothing is kept: two that the store has joined meanwhile have one id."""
    known = _known(connection, [key for entity in entities for key in entity.keys])
    found: dict[str, str] = {}
    for entity in entities:
        own = [(one.since, at > 0, one.entity) for at, key in enumerate(entity.keys) if (one := known.get(key))]
        if own and min(own)[2] != entity.id:
            found[entity.id] = min(own)[2]
    return found


def renamed(body: str, ids: Mapping[str, str]) -> str:
    """The JSON of a relation with other ids of entities."""
    return _QUOTED.sub(lambda found: f'"{ids.get(found[1], found[1])}"', body)


def current(connection: Connection, entity: str) -> str:
    """The id that an entity has now: an old one leads on, however often it was joined."""
    while (found := connection.scalar(select(redirect.c.new).where(redirect.c.old == entity))) is not None:
        entity = found
    return entity


def former(connection: Connection, entity: str) -> frozenset[str]:
    """The ids of all that has become part of an entity, and its own."""
    found, latest = {entity}, [entity]
    while latest:
        before = connection.scalars(select(redirect.c.old).where(redirect.c.new.in_(latest)))
        latest = [one for one in before if one not in found]
        found.update(latest)
    return frozenset(found)


def _chosen(entities: Sequence[Lasting], known: Mapping[str, _Known], elsewhere: Collection[str]) -> dict[str, str]:
    """From the machine's id to the permanent id that an entity keeps: the oldest that it has a claim to.

    Of several that claim one id, the one with the key that the id began with has it, then the most mentioned.
    """
    claims: dict[str, list[tuple[bool, int, str]]] = {}
    wanted: dict[str, list[str]] = {}
    for entity in entities:
        own = {one.entity: one for key in entity.keys if (one := known.get(key)) is not None}
        began = {one.entity for key in entity.keys if (one := known.get(key)) is not None and one.founder}
        own = {found: one for found, one in own.items() if found not in elsewhere or found in began}
        named = known.get(entity.keys[0]) if entity.keys else None  # of two as old, the one of the main key stays
        main = named.entity if named is not None else ""
        wanted[entity.id] = sorted(own, key=lambda found: (own[found].since, found != main, found))
        for found in own:
            claims.setdefault(found, []).append((found not in began, -len(entity.mentions), entity.id))
    holder = {found: min(listed)[2] for found, listed in claims.items()}
    return {
        one: kept[0] for one, listed in wanted.items() if (kept := [found for found in listed if holder[found] == one])
    }


def _known(connection: Connection, keys: Sequence[str]) -> dict[str, _Known]:
    found, filed = {}, {_filed(key): key for key in keys}
    for part in _parts(filed):
        for row in connection.execute(select(identity).where(identity.c.key.in_(part))):
            found[filed[row.key]] = _Known(row.entity, row.founder, row.since)
    return found


def _filed(key: str) -> str:
    """A key as it is filed: what a text without spaces is taken for can be longer than a database finds by."""
    return key if len(key) <= LONGEST else key[:LONGEST] + digest(key)


def _taken(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Those of some ids that are an entity's. One that leads to another is free: who is split off again has it back."""
    found: set[str] = set()
    for part in _parts(dict.fromkeys(ids)):
        found.update(connection.scalars(select(identity.c.entity).where(identity.c.entity.in_(part))))
    return found


def _parts(values: Collection[T]) -> Iterator[list[T]]:
    """Values in parts that one statement takes."""
    listed = list(values)
    for start in range(0, len(listed), AT_ONCE):
        yield listed[start : start + AT_ONCE]


def _keep(
    connection: Connection,
    entities: Sequence[Lasting],
    permanent: Mapping[str, str],
    known: Mapping[str, _Known],
    at: str,
) -> None:
    rows, lost = [], dict[str, str]()
    for entity in entities:
        own = permanent[entity.id]
        begun = not any((one := known.get(key)) is not None and one.entity == own for key in entity.keys)
        for key in entity.keys:
            before = known.get(key)
            if before is None or before.entity != own:
                first = begun and key == entity.keys[0]
                rows.append({"key": _filed(key), "entity": own, "founder": first, "since": at})
            if before is not None and before.entity != own:
                lost[before.entity] = own
    for part in _parts(rows):
        statement = upsert(connection, identity).values(part)
        fields = {name: statement.excluded[name] for name in ("entity", "founder", "since")}
        with changing(connection, identity, identity.c.key.in_([row["key"] for row in part])):
            connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=fields))
    kept = set(permanent.values())
    for old, new in lost.items():
        still = connection.scalar(select(identity.c.key).where(identity.c.entity == old).limit(1))
        if old not in kept and still is None:
            with changing(connection, redirect, redirect.c.old == old):
                connection.execute(delete(redirect).where(redirect.c.old == old))
                connection.execute(insert(redirect).values(old=old, new=new, at=at))
    # What begins to be an entity's again leads nowhere else.
    for again in _parts(kept):
        with changing(connection, redirect, redirect.c.old.in_(again)):
            connection.execute(delete(redirect).where(redirect.c.old.in_(again)))
