"""A store in one SQLite file: WAL mode, one writer and many readers, safe to kill at any moment."""

import json
import os
import re
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import URL, Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.pool import ConnectionPoolEntry

from ...errors import StoreError

# A second writer waits this long (milliseconds) for the first to finish one article.
BUSY_MS = 60_000
# What SQLite refuses, by its code: another who writes, a disk that is read-only, broken or full, a damaged file.
REFUSED = {
    5: "busy", 6: "busy", 8: "read_only", 10: "disk_error", 11: "damaged", 13: "disk_full",
    14: "cannot_open", 26: "not_a_store",
}  # fmt: skip
_encode = msgspec.json.Encoder().encode
_LISTED = re.compile(r"\b(?:numbers|words)\(\?\)")
# In the index of search the rows of each kind have numbers of their own, so many at most: what a name that stands in
# 12,000 articles finds of one kind is ranked in a third of the time, and no row is read only to see of what kind it is.
# In an index that was made before that, all have smaller numbers.
_SPAN = 1 << 40
_FIRST = f"(CASE {{}} WHEN 'name' THEN 1 WHEN 'claim' THEN 2 ELSE 3 END * {_SPAN})"
_OLDER = f"EXISTS (SELECT 1 FROM search_content WHERE id < {_SPAN})"
_LAST = f"SELECT MAX(id) FROM search_content WHERE id < {_FIRST.format('?1')} + {_SPAN}"
_OF_KIND = (
    f"search WHERE search MATCH ?1 AND rowid < {_FIRST.format('?2')} + {_SPAN} "
    f"AND rowid >= CASE WHEN {_OLDER} THEN 0 ELSE {_FIRST.format('?2')} END"
)


class SQLite:
    """One file. Whatever is written, the whole file has one writer at a time."""

    # Folded words are made of letters and digits: the tokenizer has only to part them at spaces.
    SEARCH = (
        "CREATE VIRTUAL TABLE IF NOT EXISTS search USING "
        "fts5 (kind UNINDEXED, doc UNINDEXED, ref UNINDEXED, words, tokenize = 'ascii')",
        "CREATE TABLE IF NOT EXISTS searched (doc TEXT PRIMARY KEY, version TEXT NOT NULL)",
    )
    INDEXED = "SELECT kind, doc, ref, words FROM search"
    KEPT = "SELECT k.value FROM words(?) k ORDER BY k.key"
    CHECK = "INSERT INTO search (search) VALUES ('integrity-check')"
    ENTER = (
        "INSERT INTO search (kind, doc, ref, words, rowid) "
        f"VALUES (?1, ?2, ?3, ?4, MAX(COALESCE(({_LAST}), 0) + 1, {_FIRST.format('?1')}))"
    )
    OLDER = f"SELECT 1 WHERE {_OLDER}"
    HITS = f"SELECT COUNT(*) FROM (SELECT 1 FROM {_OF_KIND} LIMIT ?3)"
    FIND = f"SELECT kind, doc, ref FROM {_OF_KIND} AND kind = ?2 ORDER BY rank LIMIT ?3"
    NEWEST = f"SELECT kind, doc, ref FROM {_OF_KIND} AND kind = ?2 ORDER BY rowid DESC LIMIT ?3"

    def shown(self, url: URL) -> str:
        return url.database or ""

    def opened(self, url: URL, *, create: bool) -> Engine:
        path = Path(url.database or "")
        if path.is_dir():
            raise StoreError("store.is_folder", place=str(path))
        if not create and not path.is_file():
            raise StoreError("store.missing", place=str(path))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError("store.cannot_open", place=str(path), reason=error.strerror or str(error)) from error
        # As many connections as threads ask for one: a desk's are 40, and who had to wait half a minute got an error.
        engine = create_engine(url, max_overflow=-1, **_unwritable(path))
        event.listen(engine, "connect", _settings)
        event.listen(engine, "begin", _begin)

        @event.listens_for(engine, "handle_error")
        def tell(context: ExceptionContext) -> StoreError | None:
            error = context.original_exception
            return self.told(str(path), error) if isinstance(error, Exception) else None

        return engine

    def writing(self, engine: Engine, what: str) -> AbstractContextManager[Connection]:
        return engine.execution_options(immediate=True).begin()

    def told(self, place: str, error: Exception) -> StoreError | None:
        # The lower byte is the kind of the error, the rest says more of it.
        key = REFUSED.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        return StoreError(f"store.{key}", place=place, reason=str(error)) if key else None

    def sound(self, connection: Connection, place: str) -> None:
        found = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
        if found != "ok":
            raise StoreError("store.damaged", place=place, reason=" ".join(str(found).split()))

    def insert(self, table: Table) -> Any:
        return insert(table)

    def statement(self, query: str) -> str:
        return _statement(query)

    def fill(self, cursor: Any, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        values = ", ".join("?" for _ in columns)
        cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})", rows)

    def listed(self, values: Collection[int | str]) -> object:
        try:
            return _encode(list(values)).decode()
        except UnicodeEncodeError:
            return json.dumps(list(values))  # half a pair of surrogates, as a damaged text may hold one

    def indexed(self, words: Sequence[str]) -> str:
        return " ".join(words)

    def sought(self, words: Sequence[Sequence[str]]) -> str:
        return " AND ".join("(" + " OR ".join(f'"{one}"*' for one in some) + ")" for some in words)


@lru_cache
def _statement(query: str) -> str:
    return _LISTED.sub("json_each(?)", query)


def _unwritable(path: Path) -> dict[str, Any]:
    """How a file is opened on a disk that nobody can write to: as it is, without the files that SQLite keeps beside it.
    Where one of these is left, what it holds is not passed over."""
    left = path.with_name(path.name + "-wal")
    if not path.is_file() or not _read_only(path) or (left.is_file() and left.stat().st_size):
        return {}
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    return {"creator": lambda: sqlite3.connect(address, uri=True, check_same_thread=False)}


def _read_only(path: Path) -> bool:
    """Whether a file's disk is known to be one that nobody can write to: Windows does not tell."""
    return hasattr(os, "statvfs") and bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _settings(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # Python's own transactions begin at the first write only; ours begin where they say.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    cursor.execute("PRAGMA foreign_keys = ON")
    # A file that may only be read is left as it is.
    if cursor.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()
