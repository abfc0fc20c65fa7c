"""Opens a store, and writes to it: what is asked of any database that holds one (`backends` has what differs)."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert, inspect, select
from sqlalchemy.exc import DatabaseError

from ..errors import StoreError
from . import schema
from .backends import BACKENDS, backend, located, place_of

LOST = "store.lost"


def connect(where: Path | str, *, create: bool) -> Engine:
    """The engine of a store. Raises StoreError where it is missing, out of reach, no store, or of a schema version that
    this program does not know; an older one is brought up to this version."""
    url = located(where)
    place = place_of(url)
    engine = backend(url).opened(url, create=create)
    try:
        if create:
            _create(engine)
        found = _version(engine, place)
        if found.isdecimal() and int(found) < schema.VERSION:
            from .migrations import migrated  # what older stores need takes time to load

            with writing(engine) as connection:
                migrated(connection)
            found = _version(engine, place)
    except DatabaseError as error:
        if type(error) is DatabaseError:  # as SQLite says of a file that is none of its own
            raise StoreError("store.not_a_store", place=place) from error
        raise StoreError("store.cannot_open", place=place, reason=str(error.orig)) from error
    if found != str(schema.VERSION):
        raise StoreError("store.other_schema", place=place, found=found, wanted=schema.VERSION)
    return engine


def _create(engine: Engine) -> None:
    with engine.connect() as connection:
        if inspect(connection).get_table_names():
            return  # who opens what is there waits for nobody who writes to it
    with writing(engine) as connection:
        if inspect(connection).get_table_names():
            return  # an existing database: whether it is a store of ours is checked by the caller
        schema.metadata.create_all(connection)
        connection.execute(insert(schema.fact).values(key="schema", value=str(schema.VERSION)))


def _version(engine: Engine, place: str) -> str:
    with engine.connect() as connection:
        if not inspect(connection).has_table("fact"):
            raise StoreError("store.not_a_store", place=place)
        return connection.scalar(select(schema.fact.c.value).where(schema.fact.c.key == "schema")) or ""


def writing(engine: Engine, what: str = "store") -> AbstractContextManager[Connection]:
    """A transaction that is the only one to write from its first word, so that what it reads stays true. Where several
    may write at once, the only one to write `what`: the log of reviews, the parses, the index of search; else the
    articles and all that is made of them."""
    return backend(engine.url).writing(engine, what)


class Moment:
    """An engine that reads in one transaction that has begun already, so that all is read as it was then; in all else
    the engine that it is of."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def connect(self) -> AbstractContextManager[Connection]:
        """The one connection, which stays open."""
        return nullcontext(self._connection)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection.engine, name)


def upsert(connection: Connection, table: Table) -> Any:
    """An insert that takes `on_conflict_do_nothing` and `on_conflict_do_update` (with `index_elements`)."""
    return BACKENDS[connection.dialect.name].insert(table)


def direct(connection: Connection, query: str, *values: object) -> list[tuple[Any, ...]]:
    """The rows of a query put to the driver itself: asked hundreds of times an article, past SQLAlchemy it takes a
    tenth of the time. A list of values is one value, and read as a table by `numbers(?)` or `words(?)`."""
    speaks = BACKENDS[connection.dialect.name]
    given = [speaks.listed(value) if isinstance(value, list) else value for value in values]
    try:
        cursor = _cursor(connection)
        cursor.execute(speaks.statement(query), given)
        return cursor.fetchall() if cursor.description else []
    except Exception as error:
        raise _plain(connection, error) from error


def each(connection: Connection, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Puts a statement to the driver itself, for every row of values."""
    try:
        _cursor(connection).executemany(BACKENDS[connection.dialect.name].statement(statement), rows)
    except Exception as error:
        raise _plain(connection, error) from error


def fill(connection: Connection, table: Table, rows: Iterable[Sequence[object]]) -> None:
    """Puts many rows into a table, their values in the order of its columns."""
    quote = connection.dialect.identifier_preparer.quote
    columns = [quote(one.name) for one in table.columns]
    try:
        BACKENDS[connection.dialect.name].fill(_cursor(connection), quote(table.name), columns, rows)
    except Exception as error:
        raise _plain(connection, error) from error


def _cursor(connection: Connection) -> Any:
    found = connection.connection.driver_connection
    assert found is not None
    return found.cursor()


def _plain(connection: Connection, error: Exception) -> Exception:
    """What went wrong in the driver, in plain words; any other error as it is."""
    dbapi: Any = connection.dialect.dbapi
    if not isinstance(error, dbapi.Error):
        return error
    place = place_of(connection.engine.url)
    told = BACKENDS[connection.dialect.name].told(place, error)
    if told is not None and told.key == LOST:
        connection.invalidate()  # there is nothing left to take back, and who tries hides what happened
    return told or StoreError("store.cannot_write", place=place, reason=str(error))
