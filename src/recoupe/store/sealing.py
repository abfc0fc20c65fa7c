"""Seals over tables: for each, the sum of the digests of its rows, kept among the facts of the store and changed in the
same transaction as the rows. A row that is changed, taken out or put in by another hand makes the sum differ.

An article and its records have a seal of their own, and a chain (seal.py). What is kept to be found faster has none: it
is made again and compared (run/checking.py), or, as a parse, carries a digest of its own.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import ColumnElement, Connection, Table, delete, select

from .connect import direct
from .schema import (
    alert,
    arrival,
    bundle,
    decision,
    fact,
    identity,
    partner,
    redirect,
    relation,
    review,
    sent,
    server,
    summary,
    tie,
    watched,
)

# Sums of digests are kept modulo this.
WHOLE = 1 << 256
PUT = "INSERT INTO fact (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
# What the seal of a table is kept under begins so.
SEAL = "seal:"
# Of the facts all others are sealed; the version of the schema is read whenever a store is opened.
SCHEMA = "schema"
SEALED = (
    relation, summary, partner, tie, bundle, decision, identity, redirect, review, arrival, alert, sent, watched,
    server, fact,
)  # fmt: skip


def of_row(row: Sequence[object]) -> int:
    """The digest of a row, the same whatever database it lies in."""
    # Not repr(): which signs that writes as they are depends on the version of Python.
    return int.from_bytes(hashlib.sha256(ascii(tuple(row)).encode()).digest(), "big")


def shown(number: int) -> str:
    """A sum of digests as it is stored (64 hexadecimal digits)."""
    return f"{number % WHOLE:064x}"


def rows(connection: Connection, table: Table, *where: ColumnElement[bool]) -> Iterator[Sequence[object]]:
    """The rows of a table as they are sealed, in the order of its key."""
    query = select(table).where(*where).order_by(*table.primary_key)
    if table is fact:
        query = query.where(fact.c.key != SCHEMA, ~fact.c.key.startswith(SEAL))
    for row in connection.execute(query.execution_options(yield_per=1_000)):
        yield tuple(row)


def sealed(
    connection: Connection, table: Table, come: Iterable[Sequence[object]] = (), gone: Iterable[Sequence[object]] = ()
) -> None:
    """Keeps that rows came, with all their columns in order, or went, as they were."""
    changed(connection, table, sum(map(of_row, come)) - sum(map(of_row, gone)))


@contextmanager
def changing(connection: Connection, table: Table, *where: ColumnElement[bool]) -> Iterator[None]:
    """Seals what is written inside to the rows that are named by columns which that does not change."""
    before = sum(map(of_row, rows(connection, table, *where)))
    yield
    changed(connection, table, sum(map(of_row, rows(connection, table, *where))) - before)


def changed(connection: Connection, table: Table, by: int) -> None:
    """Changes the seal of a table."""
    if by:
        try:
            before = int(known(connection, table), 16)
        except ValueError:
            before = 0  # it was changed by another hand, and stays wrong
        kept(connection, table, before + by)


def known(connection: Connection, table: Table) -> str:
    """The seal of a table as it is kept; that of no rows where there is none."""
    return _fact(connection, SEAL + table.name) or shown(0)


def _fact(connection: Connection, key: str) -> str | None:
    found = direct(connection, "SELECT value FROM fact WHERE key = ?", key)
    return str(found[0][0]) if found else None


def kept(connection: Connection, table: Table, number: int) -> None:
    """Puts the seal of a table in the place of the one before."""
    direct(connection, PUT, SEAL + table.name, shown(number))


def put_fact(connection: Connection, key: str, value: str) -> None:
    """Keeps a fact."""
    before = _fact(connection, key)
    if before != value:
        direct(connection, PUT, key, value)
        sealed(connection, fact, [(key, value)], [(key, before)] if before is not None else [])


def drop_facts(connection: Connection, keys: Iterable[str]) -> None:
    """Forgets facts."""
    with changing(connection, fact, fact.c.key.in_(listed := list(keys))):
        connection.execute(delete(fact).where(fact.c.key.in_(listed)))


def cleared(connection: Connection, table: Table) -> None:
    """Empties a table, and seals that."""
    connection.execute(delete(table))
    direct(connection, "DELETE FROM fact WHERE key = ?", SEAL + table.name)
