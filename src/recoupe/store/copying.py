"""From one store to another, whatever databases they are in: every row, all of them or none."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, exists, func, select

from ..errors import StoreError
from .connect import fill, writing
from .schema import fact, metadata, parse
from .store import Store

# Rows that are read and written at once.
AT_ONCE = 1_000


def tables(parses: bool) -> list[Table]:
    """What is copied, in an order in which rows come after those that they refer to."""
    return [one for one in metadata.sorted_tables if parses or one is not parse]


def rows(store: Store, parses: bool) -> int:
    """How many rows there are to copy."""
    with store.engine.connect() as connection:
        return sum(connection.scalar(select(func.count()).select_from(one)) or 0 for one in tables(parses))


def copy(
    source: Store, target: Store, *, parses: bool = False, progress: Callable[[int], None] = lambda _: None
) -> None:
    """Copies a store, as it is at one moment, into one that holds nothing, and reads it again there: all of it is there
    afterwards, as it was, or nothing is. The parses come along where they are wanted: without them texts that come
    again are parsed once more. The index of search makes itself.

    Raises StoreError where the target holds something, or what was read from it differs.
    """
    with source.engine.connect() as give, writing(target.engine) as take:
        if any(take.scalar(select(exists().select_from(one))) for one in metadata.sorted_tables if one is not fact):
            raise StoreError("store.not_empty", place=target.place)
        take.execute(delete(fact))
        for one in tables(parses):
            given, taken = hashlib.sha256(), hashlib.sha256()
            for some in _read(give, one):
                fill(take, one, some)
                given.update(_bytes(some))
                progress(len(some))
            for some in _read(take, one):
                taken.update(_bytes(some))
            if given.digest() != taken.digest():
                raise StoreError("store.copy_differs", place=target.place, table=one.name)


def empty(store: Store) -> None:
    """Takes everything out of a store that a copy could not be verified in."""
    with writing(store.engine) as connection:
        for one in reversed(metadata.sorted_tables):
            if one is not fact:
                connection.execute(delete(one))
        connection.execute(delete(fact).where(fact.c.key != "schema"))


def _read(connection: Connection, one: Table) -> Iterator[Sequence[Row[Any]]]:
    """The rows of a table in the order of its key, some at a time."""
    query = select(one).order_by(*one.primary_key).execution_options(yield_per=AT_ONCE)
    return connection.execute(query).partitions()


def _bytes(some: Sequence[Row[Any]]) -> bytes:
    """What stands for rows, whatever database they are from."""
    return repr([tuple(row) for row in some]).encode("utf-8", "surrogatepass")
