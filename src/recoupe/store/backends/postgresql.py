"""A store in a PostgreSQL database that several share: many readers, and writers that wait for one another only where
they write the same thing."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine.interfaces import ExceptionContext
from sqlalchemy.exc import SQLAlchemyError

from ...errors import StoreError

SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")
DRIVER = "postgresql+psycopg"
OLDEST = 15
# Seconds that a connection may take, and that a second writer waits for the first to finish, as with a file.
REACHED, BUSY = 10, 60
# What is written is locked by name, for the schema that the tables are in: several stores may share a database.
LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended('recoupe/' || current_schema() || '/' || :what, 0))")
# PostgreSQL keeps so many places of a word, up to this one.
PLACES, LAST = 255, 16383
_OF_KIND = "search s, CAST(? AS tsquery) q WHERE s.words @@ q AND s.kind = ?"
_LISTED = re.compile(r"\b(numbers|words)\(\?\) (\w+)")
_KINDS = {"numbers": "bigint", "words": "text"}
# What the server refuses, by the first signs of its code (SQLSTATE): rights, its own shutdown, a lock, a full disk.
REFUSED = {"42501": "no_rights", "25006": "no_rights", "57P": "lost", "08": "lost", "55P03": "busy", "53": "full"}


class PostgreSQL:
    """A database of a server. Readers see the state of the moment at which they began, as in a file."""

    SEARCH = (
        'CREATE TABLE IF NOT EXISTS search (kind text NOT NULL, doc text COLLATE "C" NOT NULL, '
        'ref text COLLATE "C" NOT NULL, words tsvector NOT NULL)',
        "CREATE INDEX IF NOT EXISTS search_words ON search USING gin (words)",
        "CREATE INDEX IF NOT EXISTS search_doc ON search (doc)",
        'CREATE TABLE IF NOT EXISTS searched (doc text COLLATE "C" PRIMARY KEY, version text NOT NULL)',
    )
    INDEXED = "SELECT kind, doc, ref, CAST(words AS text) FROM search"
    KEPT = "SELECT CAST(CAST(k.value AS tsvector) AS text) FROM words(?) k ORDER BY k.key"
    CHECK = ""
    ENTER = "INSERT INTO search (kind, doc, ref, words) VALUES (?, ?, ?, ?)"
    OLDER = ""
    HITS = f"SELECT COUNT(*) FROM (SELECT 1 FROM {_OF_KIND} LIMIT ?) few"
    FIND = f"SELECT s.kind, s.doc, s.ref FROM {_OF_KIND} ORDER BY ts_rank(s.words, q, 1) DESC, s.doc, s.ref LIMIT ?"
    NEWEST = (
        "SELECT s.kind, s.doc, s.ref FROM searched d, article a, "
        f"{_OF_KIND} AND d.doc = s.doc AND a.version = d.version ORDER BY a.n DESC, s.ref LIMIT ?"
    )

    def shown(self, url: URL) -> str:
        told = {key: value for key, value in url.query.items() if key in ("host", "port")}
        return URL.create("postgresql", url.username, None, url.host, url.port, url.database, told).render_as_string()

    def opened(self, url: URL, *, create: bool) -> Engine:
        place, password = self.shown(url), password_of(url)
        wanted = {
            "application_name": "recoupe",
            "connect_timeout": str(REACHED),
            **url.query,
            "client_encoding": "utf8",
        }
        try:
            # Not one that is dead: a desk outlives a restart of the server. One for each of a desk's 40 threads.
            options = {"isolation_level": "REPEATABLE READ", "pool_pre_ping": True, "max_overflow": 35}
            engine = create_engine(url.set(query=wanted), **options)
        except ImportError as error:
            raise StoreError("store.no_driver", place=place) from error
        event.listen(engine, "begin", _begin)
        try:
            with engine.connect() as connection:
                version = connection.exec_driver_sql("SHOW server_version_num").scalar_one()
                encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
        except SQLAlchemyError as error:
            raise _unreached(place, password, error) from None
        if int(version) < OLDEST * 10_000:
            raise StoreError("store.too_old", place=place, found=int(version) // 10_000, wanted=OLDEST)
        if encoding != "UTF8":
            raise StoreError("store.not_utf8", place=place, found=encoding)

        @event.listens_for(engine, "handle_error")
        def tell(context: ExceptionContext) -> StoreError | None:
            error = context.original_exception
            # A connection of the pool that turns out to be dead is made anew.
            return self.told(place, error) if isinstance(error, Exception) and not context.is_pre_ping else None

        return engine

    def writing(self, engine: Engine, what: str) -> AbstractContextManager[Connection]:
        # The state is taken after the lock, not before: who waits sees what the one before has written.
        return engine.execution_options(lock=what, isolation_level="READ COMMITTED").begin()

    def told(self, place: str, error: Exception) -> StoreError | None:
        code = getattr(error, "sqlstate", None)
        if code is None:
            # The driver's own: the connection went, or never was.
            dead = getattr(getattr(error, "pgconn", None), "status", 0) == 1
            return StoreError("store.lost", place=place) if dead else None
        for signs, key in REFUSED.items():
            if code.startswith(signs):
                return StoreError(f"store.{key}", place=place, reason=_first_line(error))
        return None

    def sound(self, connection: Connection, place: str) -> None:
        pass  # the server sees to that (data checksums, amcheck)

    def insert(self, table: Table) -> Any:
        return insert(table)

    def statement(self, query: str) -> str:
        return _statement(query)

    def fill(self, cursor: Any, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as into:
            for row in rows:
                into.write_row(row)

    def listed(self, values: Collection[int | str]) -> object:
        return list(values)

    def indexed(self, words: Sequence[str]) -> str:
        """The words as a tsvector: as they are, past the parser, which would part some of them otherwise."""
        places: dict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(words, 1):
            if len(places[word]) < PLACES:
                places[word].append(min(at, LAST))
        return " ".join(f"'{word}':{','.join(map(str, dict.fromkeys(at)))}" for word, at in places.items())

    def sought(self, words: Sequence[Sequence[str]]) -> str:
        return " & ".join("(" + " | ".join(f"'{one}':*" for one in some) + ")" for some in words)


@lru_cache
def _statement(query: str) -> str:
    def listed(found: re.Match[str]) -> str:
        values = f"unnest(?::{_KINDS[found[1]]}[]) WITH ORDINALITY AS each (value, place)"
        return f"(SELECT value, place - 1 AS key FROM {values}) {found[2]}"

    return _LISTED.sub(listed, query).replace("?", "%s")


def _begin(connection: Connection) -> None:
    what = connection.get_execution_options().get("lock")
    if what:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY}s'")
        connection.execute(LOCK, {"what": what})


def _unreached(place: str, password: str, error: SQLAlchemyError) -> StoreError:
    """Why there is no connection, as far as the server, or its absence, tells."""
    cause = getattr(error, "orig", None) or error
    reason = _first_line(cause)
    if password:
        reason = reason.replace(password, "***")
    pgconn = getattr(cause, "pgconn", None)
    if getattr(pgconn, "needs_password", False):
        return StoreError("store.needs_password", place=place)
    # The word is the same in the languages that a server speaks.
    if "FATAL" not in str(cause):
        return StoreError("store.no_server", place=place, reason=reason)
    key = "store.wrong_password" if getattr(pgconn, "used_password", False) else "store.not_let_in"
    return StoreError(key, place=place, reason=reason)


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def password_of(url: URL) -> str:
    """The password in an address; empty where there is none."""
    return url.password or str(url.query.get("password", ""))
