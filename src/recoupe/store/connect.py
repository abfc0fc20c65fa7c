"""Opens a store: one SQLite file in WAL mode, one writer and many readers, safe to kill at any moment."""

import json
from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, delete, event, insert, inspect, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from ..errors import StoreError
from . import schema

# A second writer waits this long (milliseconds) for the first to finish one article.
BUSY_MS = 60_000


def connect(path: Path, *, create: bool) -> Engine:
    """The engine of a store file. Raises StoreError where it is missing, no store, or of another schema version."""
    if path.is_dir():
        raise StoreError("store.is_folder", place=str(path))
    if not create and not path.is_file():
        raise StoreError("store.missing", place=str(path))
    _make_folder(path)
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _settings)
    event.listen(engine, "begin", _begin)
    try:
        if create:
            _create(engine)
        _add_tables(engine)
        with engine.connect() as connection:
            if not inspect(connection).has_table("fact"):
                raise StoreError("store.not_a_store", place=str(path))
            found = connection.scalar(select(schema.fact.c.value).where(schema.fact.c.key == "schema"))
    except OperationalError as error:
        raise StoreError("store.cannot_open", place=str(path), reason=str(error.orig)) from error
    except DatabaseError as error:
        raise StoreError("store.not_a_store", place=str(path)) from error
    if found != str(schema.VERSION):
        raise StoreError("store.other_schema", place=str(path), found=found, wanted=schema.VERSION)
    return engine


def _add_tables(engine: Engine) -> None:
    """The tables that a store of this schema lacks because it is older than they are; nothing else is touched."""
    with engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
    if "fact" in tables and not tables >= schema.ADDED:
        with writing(engine) as connection:
            # Relations are made of the articles: those of an older form are made anew by the next add.
            if "about" not in tables:
                connection.exec_driver_sql("DROP TABLE IF EXISTS relation")
                connection.execute(delete(schema.fact).where(schema.fact.c.key.in_(("related", "relations_seal"))))
            schema.metadata.create_all(connection)


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError("store.cannot_open", place=str(path), reason=error.strerror or str(error)) from error


def writing(engine: Engine) -> AbstractContextManager[Connection]:
    """A transaction that is the only one to write from its first word, so that what it reads stays true."""
    return engine.execution_options(immediate=True).begin()


def direct(connection: Connection, query: str, *values: object) -> list[tuple[Any, ...]]:
    """The rows of a query put to the driver itself: asked hundreds of times an article, past SQLAlchemy it takes a
    tenth of the time. A collection of values is given as `many` of them, and read with json_each."""
    found: list[tuple[Any, ...]] = _driver(connection).execute(query, values).fetchall()
    return found


def each(connection: Connection, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Puts a statement to the driver itself, for every row of values."""
    _driver(connection).executemany(statement, rows)


def _driver(connection: Connection) -> Any:
    found = connection.connection.driver_connection
    assert found is not None
    return found


def many(values: Iterable[int | str]) -> str:
    """Values as one value of a query, whatever their number."""
    return json.dumps(list(values))


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _settings(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # Python's own transactions begin at the first write only; ours begin where they say.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _create(engine: Engine) -> None:
    with writing(engine) as connection:
        tables = inspect(connection).get_table_names()
        if tables:
            return  # an existing file: whether it is a store of ours is checked by the caller
        schema.metadata.create_all(connection)
        connection.execute(insert(schema.fact).values(key="schema", value=str(schema.VERSION)))
