"""Permanent ids of entities, and of stories alike.

What relate gives is a function of the set of articles, and so are its ids: they follow the fullest name known so far.
The store keeps the id under which an entity was first seen, whatever fuller names come later; where two entities turn
out to be one, the older id stays and the other leads to it.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple, Protocol

from sqlalchemy import Connection, select

from ..model.article import digest
from .connect import direct, each
from .schema import identity, redirect
from .sealing import sealed

LONGEST = 500
_QUOTED = re.compile(r'"([0-9a-f]{16})"')


class Lasting(Protocol):
    """What has a permanent id: the machine's id and keys, its main one first, and what mentions it."""

    @property
    def id(self) -> str: ...

    @property
    def keys(self) -> tuple[str, ...]: ...

    @property
    def mentions(self) -> Sequence[object]: ...


class _Known(NamedTuple):
    entity: str
    founder: bool
    since: str


class Settled(NamedTuple):
    """From the machine's ids to the permanent ones, and from those that were joined just now to what they lead to."""

    ids: dict[str, str]
    joined: dict[str, str]


def _nowhere(_: Collection[str]) -> set[str]:
    return set()


def settle(
    connection: Connection,
    entities: Sequence[Lasting],
    at: str,
    elsewhere: Callable[[Collection[str]], set[str]] = _nowhere,
) -> Settled:
    """Gives each entity its permanent id and keeps which keys belong to it.

    `at` is the instant (ISO 8601) that goes with ids that begin, or that now lead to another. Entities that are not
    given stay as they are, so that a part of a store can be settled alone. `elsewhere` says which of some ids such
    others have: only who has the key that such an id began with takes it.
    """
    known = _known(connection, [key for entity in entities for key in entity.keys])
    own = [entity.id for entity in entities]
    others = elsewhere({*own, *(one.entity for one in known.values())})
    chosen = _chosen(entities, known, others)
    taken = {*_taken(connection, own), *chosen.values(), *others}
    permanent: dict[str, str] = {}
    for entity in sorted(entities, key=lambda one: one.id):
        found = chosen.get(entity.id)
        if found is None:
            found, n = entity.id, 1
            while found in taken or (n > 1 and elsewhere([found])):
                found, n = digest(entity.id, n), n + 1
            taken.add(found)
        permanent[entity.id] = found
    return Settled(permanent, _keep(connection, entities, permanent, known, at))


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
    while found := direct(connection, "SELECT new FROM redirect WHERE old = ?", entity):
        entity = found[0][0]
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
    filed = {_filed(key): key for key in keys}
    query = "SELECT i.key, i.entity, i.founder, i.since FROM words(?) k CROSS JOIN identity i WHERE i.key = k.value"
    rows = direct(connection, query, list(filed))
    return {filed[key]: _Known(entity, bool(founder), since) for key, entity, founder, since in rows}


def _filed(key: str) -> str:
    """A key as it is filed: what a text without spaces is taken for can be longer than a database finds by."""
    return key if len(key) <= LONGEST else key[:LONGEST] + digest(key)


def _taken(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Those of some ids that are an entity's. One that leads to another is free: who is split off again has it back."""
    query = "SELECT DISTINCT i.entity FROM words(?) k CROSS JOIN identity i WHERE i.entity = k.value"
    return {entity for (entity,) in direct(connection, query, list(ids))}


def _keep(
    connection: Connection,
    entities: Sequence[Lasting],
    permanent: Mapping[str, str],
    known: Mapping[str, _Known],
    at: str,
) -> dict[str, str]:
    """Keeps which keys belong to whom; gives the ids that lead to others from now on."""
    rows: dict[str, tuple[tuple[object, ...], tuple[object, ...] | None]] = {}
    lost: dict[str, str] = {}
    for entity in entities:
        own = permanent[entity.id]
        begun = not any((one := known.get(key)) is not None and one.entity == own for key in entity.keys)
        for key in entity.keys:
            before = known.get(key)
            if before is None or before.entity != own:
                gone = (_filed(key), *before) if before is not None else None
                rows[key] = (_filed(key), own, begun and key == entity.keys[0], at), gone
            if before is not None and before.entity != own:
                lost[before.entity] = own
    statement = (
        "INSERT INTO identity (key, entity, founder, since) VALUES (?, ?, ?, ?) ON CONFLICT (key) "
        "DO UPDATE SET entity = excluded.entity, founder = excluded.founder, since = excluded.since"
    )
    each(connection, statement, [row for row, _ in rows.values()])
    sealed(connection, identity, [row for row, _ in rows.values()], [row for _, row in rows.values() if row])
    kept, joined = set(permanent.values()), dict[str, str]()
    for old, new in lost.items():
        if old not in kept and not _taken(connection, [old]):
            if not _lead_nowhere(connection, [old]):
                joined[old] = new
            direct(connection, "INSERT INTO redirect (old, new, at) VALUES (?, ?, ?)", old, new, at)
            sealed(connection, redirect, come=[(old, new, at)])
    # What begins to be an entity's again leads nowhere else.
    _lead_nowhere(connection, kept)
    return joined


def _lead_nowhere(connection: Connection, ids: Collection[str]) -> bool:
    """Takes away what some ids lead to; whether any led to another."""
    query = "SELECT r.old, r.new, r.at FROM words(?) k CROSS JOIN redirect r WHERE r.old = k.value"
    gone = direct(connection, query, list(ids))
    each(connection, "DELETE FROM redirect WHERE old = ?", [(old,) for old, _, _ in gone])
    sealed(connection, redirect, gone=gone)
    return bool(gone)
