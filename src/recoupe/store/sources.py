"""What is watched: sources, the feeds and pages that they name, and the servers that these are asked of. Kept so that
a program that starts anew asks nobody for what it has, and nobody sooner than it was told to."""

from collections.abc import Collection, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Engine, Select, Table, case, delete, func, insert, or_, select, update

from .connect import writing
from .schema import server, watched
from .sealing import changing, sealed


class Watched(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is watched. `kind` is feed, map (of a site), list (of feeds), page, folder or file, or empty
    before it was read; `root` the source that the user named, `parent` what named this (empty for a source itself);
    `host` the server (scheme, name, port); `stamp` what the parent says of its last change, `known` what it says of
    the article (JSON). `etag` and `modified` are what the server said of its last answer, `mark` stands for the bytes
    that were read last, `doc` is the article that they made. `at` is when it was last asked for, `status` how that
    ended, `failures` how often in a row it failed, `visits` how often it was read; it is asked for again at `due`, and
    not before `pause` even where the user says so."""

    key: str
    kind: str = ""
    root: str
    parent: str = ""
    host: str = ""
    stamp: str = ""
    known: str = ""
    etag: str = ""
    modified: str = ""
    mark: str = ""
    doc: str = ""
    at: str = ""
    status: str = ""
    failures: int = 0
    visits: int = 0
    pause: str = ""
    due: str = ""


class Server(msgspec.Struct, frozen=True, kw_only=True):
    """A server: its robots.txt as it is kept and until when it holds, failures in a row, when it may be asked again."""

    host: str
    robots: str = ""
    until: str = ""
    failures: int = 0
    due: str = ""


class Sources:
    """The watched things of a store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def roots(self) -> list[Watched]:
        """The sources that the user named, by their addresses."""
        return self._rows(watched.c.parent == "")

    def row(self, key: str) -> Watched | None:
        """One watched thing."""
        return next(iter(self._rows(watched.c.key == key)), None)

    def below(self, parent: str) -> list[Watched]:
        """What a source names itself."""
        return self._rows(watched.c.parent == parent)

    def counts(self, root: str) -> tuple[int, int]:
        """How many articles a source has brought, and how many pages of it wait to be asked for the first time."""
        under = select(func.count(func.distinct(watched.c.doc))).where(watched.c.root == root, watched.c.doc != "")
        new = select(func.count()).where(
            watched.c.root == root, watched.c.parent != "", watched.c.at == "", watched.c.due != ""
        )
        with self._engine.connect() as connection:
            return connection.scalar(under) or 0, connection.scalar(new) or 0

    def put(self, *rows: Watched) -> None:
        """Keeps what is known of some, all of it or nothing."""
        with writing(self._engine, "watch") as connection:
            for row in rows:
                _put(connection, watched, watched.c.key == row.key, msgspec.to_builtins(row))

    def known(self, keys: Collection[str]) -> dict[str, Watched]:
        """Those of some addresses that are known."""
        listed, found = sorted(keys), dict[str, Watched]()
        for start in range(0, len(listed), 500):
            found |= {row.key: row for row in self._rows(watched.c.key.in_(listed[start : start + 500]))}
        return found

    def forget(self, root: str) -> int:
        """Takes a source and all that it named off the list; gives how many they were. Articles stay."""
        with writing(self._engine, "watch") as connection, changing(connection, watched, watched.c.root == root):
            return connection.execute(delete(watched).where(watched.c.root == root)).rowcount

    def hasten(self, roots: Sequence[str], now: str) -> None:
        """Makes sources due now that nobody asked to wait and that did not fail."""
        mine = [watched.c.parent == "", watched.c.root.in_(roots), watched.c.failures == 0, watched.c.pause <= now]
        with writing(self._engine, "watch") as connection, changing(connection, watched, *mine):
            connection.execute(update(watched).where(*mine).values(due=now))

    def mend(self, now: str, farthest: str) -> None:
        """Makes due now what was put off farther than anything is: the clock was set back since."""
        with writing(self._engine, "watch") as connection:
            for table in (watched, server):
                later = connection.execute(select(table).where(table.c.due > farthest)).all()
                connection.execute(update(table).where(table.c.due > farthest).values(due=now))
                mended = [tuple({**row._mapping, "due": now}.values()) for row in later]
                sealed(connection, table, mended, later)

    def next(self, roots: Sequence[str], now: str, until: str = "", besides: Collection[str] = ()) -> Watched | None:
        """What of some sources is to be asked for now, what has waited longest first; its server may be asked too.
        With `until` only what was due by then; those `besides` are left out."""
        by = min(now, until or now)
        query = self._waiting(roots).where(watched.c.due <= by, or_(server.c.due.is_(None), server.c.due <= now))
        query = query.where(watched.c.key.not_in(list(besides))).order_by(watched.c.due, watched.c.key).limit(1)
        with self._engine.connect() as connection:
            found = connection.execute(query).first()
        return Watched(**found._mapping) if found else None

    def wakes(self, roots: Sequence[str], until: str = "") -> str:
        """When the next of some sources is to be asked for (of those that are due by an instant); empty for never."""
        later: ColumnElement[str] = case((server.c.due > watched.c.due, server.c.due), else_=watched.c.due)
        query = self._waiting(roots).with_only_columns(func.min(later))
        if until:
            query = query.where(watched.c.due <= until)
        with self._engine.connect() as connection:
            return connection.scalar(query) or ""

    def server(self, host: str) -> Server:
        """What is known of a server."""
        with self._engine.connect() as connection:
            found = connection.execute(select(server).where(server.c.host == host)).first()
        return Server(**found._mapping) if found else Server(host=host)

    def put_server(self, row: Server) -> None:
        """Keeps what is known of a server."""
        values = msgspec.to_builtins(row)
        with writing(self._engine, "watch") as connection:
            _put(connection, server, server.c.host == row.host, values)

    def _rows(self, *where: ColumnElement[bool]) -> list[Watched]:
        with self._engine.connect() as connection:
            found = connection.execute(select(watched).where(*where).order_by(watched.c.key))
            return [Watched(**row._mapping) for row in found]

    def _waiting(self, roots: Sequence[str]) -> Select[Any]:
        query = select(watched).outerjoin_from(watched, server, server.c.host == watched.c.host)
        return query.where(watched.c.due != "", watched.c.root.in_(roots))


def _put(connection: Connection, table: Table, where: ColumnElement[bool], values: dict[str, Any]) -> None:
    """Puts a row in the place of the one that there was."""
    with changing(connection, table, where):
        if not connection.execute(update(table).where(where).values(values)).rowcount:
            connection.execute(insert(table).values(values))
