"""The store as it was: its articles are a log that only grows, so that each state is the first so many of its rows."""

from collections.abc import Collection
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection, func, select

from .connect import direct
from .relations import in_parts
from .schema import arrival, article
from .sealing import sealed


class Arrival(msgspec.Struct, frozen=True):
    """A version of an article as it came: its number in the log, the article's id, when the store got it (ISO 8601,
    UTC), and whether the store had another version of the article before."""

    n: int
    doc: str
    at: str
    again: bool


def stamp(connection: Connection, n: int, at: str) -> None:
    """Keeps when the store got a row: after the one before, whatever the clock says, so that nothing that comes later
    is in an earlier state."""
    last = latest(connection)
    if at <= last:
        at = (datetime.fromisoformat(last) + timedelta(microseconds=1)).isoformat(timespec="microseconds")
    direct(connection, "INSERT INTO arrival (n, at) VALUES (?, ?)", n, at)
    sealed(connection, arrival, come=[(n, at)])


def latest(connection: Connection) -> str:
    """When the last article came, as it was stamped; empty where none was."""
    return direct(connection, "SELECT MAX(at) FROM arrival")[0][0] or ""


def newest(connection: Connection) -> int:
    """The number of the last article that came; 0 where none did."""
    return connection.scalar(select(func.max(article.c.n))) or 0


def reached(connection: Connection, at: str) -> int:
    """The number of the last article that the store had at an instant (ISO 8601, UTC, microseconds)."""
    found = connection.scalar(select(func.max(arrival.c.n)).where(arrival.c.at <= at))
    if found is not None:
        return int(found)
    # Rows that are older than the table of arrivals: when they were read is the nearest that is known.
    first = connection.scalar(select(func.min(arrival.c.n)))
    query = select(func.max(article.c.n)).where(article.c.read <= at)
    return connection.scalar(query.where(article.c.n < first) if first is not None else query) or 0


def arrivals(
    connection: Connection, after: int, until: int | None = None, docs: Collection[str] | None = None
) -> list[Arrival]:
    """What came after one state of the store until another (or until now), of some articles only where `docs` are
    given; oldest first."""
    earlier = article.alias()
    again = select(earlier.c.n).where(earlier.c.id == article.c.id, earlier.c.n < article.c.n).exists()
    at = func.coalesce(arrival.c.at, article.c.read)
    query = select(article.c.n, article.c.id, at, again).outerjoin_from(article, arrival, arrival.c.n == article.c.n)
    query = query.where(article.c.n > after).order_by(article.c.n)
    if until is not None:
        query = query.where(article.c.n <= until)
    parts = [None] if docs is None else list(in_parts(sorted(docs)))
    rows = [row for some in parts for row in connection.execute(query.where(article.c.id.in_(some)) if some else query)]
    return sorted((Arrival(*row) for row in rows), key=lambda one: one.n)


def come(connection: Connection, after: int, until: int, docs: Collection[str] | None = None) -> int:
    """How many articles (of some) came between two states of the store."""
    query = select(func.count(article.c.id.distinct())).where(article.c.n > after, article.c.n <= until)
    parts = [None] if docs is None else list(in_parts(sorted(docs)))
    return sum(connection.scalar(query if some is None else query.where(article.c.id.in_(some))) or 0 for some in parts)


def came(connection: Connection, n: int) -> str:
    """When the store got a row (ISO 8601, UTC); empty where there is none."""
    query = select(func.coalesce(arrival.c.at, article.c.read)).outerjoin_from(
        article, arrival, arrival.c.n == article.c.n
    )
    return connection.scalar(query.where(article.c.n == n)) or ""
