"""The alerts that were noticed, kept as they were told then, and which of them were delivered where."""

from collections.abc import Collection, Sequence

import msgspec
from sqlalchemy import Connection, func, select

from .connect import each, upsert
from .relations import in_parts
from .rows import known
from .schema import alert, sent
from .sealing import changing, put_fact, sealed

# Up to which article alerts have been noticed.
NOTICED = "noticed"
# The row of `sent` that says since when a target is told.
BEGUN = ""


class Alert(msgspec.Struct, frozen=True):
    """A row of the log: its number, id, when it was noticed (ISO 8601, UTC), the article that brought it, and what it
    says (bytes that this room does not read)."""

    n: int
    id: str
    at: str
    doc: str
    body: str


def noticed(connection: Connection) -> int | None:
    """The number of the last article that alerts know of; None where none were ever noticed."""
    found = known(connection, NOTICED)
    return int(found) if found else None


def append(connection: Connection, found: Sequence[tuple[str, str, str]], until: int, at: str) -> int:
    """Adds alerts (id, article, body) that are not there yet and keeps up to which article they know all; gives how
    many were added. None is noticed before one that is older, whatever the clock says."""
    known = {
        key
        for some in in_parts([key for key, _, _ in found])
        for key in connection.scalars(select(alert.c.id).where(alert.c.id.in_(some)))
    }
    last, latest = connection.execute(select(func.max(alert.c.n), func.max(alert.c.at))).one()
    first, at = (last or 0) + 1, max(at, latest or "")
    new = {key: (key, at, doc, body) for key, doc, body in found if key not in known}
    rows = [(first + n, *row) for n, row in enumerate(new.values())]
    each(connection, "INSERT INTO alert (n, id, at, doc, body) VALUES (?, ?, ?, ?, ?)", rows)
    sealed(connection, alert, come=rows)
    put_fact(connection, NOTICED, str(until))
    return len(rows)


def listed(
    connection: Connection, docs: Collection[str] | None = None, limit: int = 50, offset: int = 0
) -> list[Alert]:
    """The alerts (those that some articles brought), the newest first."""
    query = select(alert).order_by(alert.c.n.desc()).limit(limit + offset)
    parts = [None] if docs is None else list(in_parts(sorted(docs)))
    rows = [row for some in parts for row in connection.execute(query.where(alert.c.doc.in_(some)) if some else query)]
    return [Alert(*row) for row in sorted(rows, key=lambda row: -row.n)[offset : offset + limit]]


def count(connection: Connection, docs: Collection[str] | None = None) -> int:
    """How many alerts there are (that some articles brought)."""
    query = select(func.count()).select_from(alert)
    if docs is None:
        return connection.scalar(query) or 0
    return sum(connection.scalar(query.where(alert.c.doc.in_(some))) or 0 for some in in_parts(sorted(docs)))


def waiting(connection: Connection, target: str, since: str, again: bool, now: str) -> list[Alert]:
    """The alerts that were not delivered to a target, oldest first: those noticed since an instant, which holds from
    the first call on unless `again` sets another, or the clock was set back before it."""
    begun = connection.scalar(select(sent.c.at).where(sent.c.target == target, sent.c.alert == BEGUN))
    if begun is None or again or begun > now:
        row = upsert(connection, sent).values(target=target, alert=BEGUN, at=since)
        with changing(connection, sent, sent.c.target == target, sent.c.alert == BEGUN):
            connection.execute(row.on_conflict_do_update(index_elements=["target", "alert"], set_={"at": since}))
        begun = since
    gone = select(sent.c.alert).where(sent.c.target == target)
    query = select(alert).where(alert.c.at >= begun, alert.c.id.not_in(gone)).order_by(alert.c.n)
    return [Alert(*row) for row in connection.execute(query)]


def deliver(connection: Connection, target: str, key: str, at: str) -> None:
    """Keeps that an alert was delivered."""
    row = upsert(connection, sent).values(target=target, alert=key, at=at)
    with changing(connection, sent, sent.c.target == target, sent.c.alert == key):
        connection.execute(row.on_conflict_do_nothing(index_elements=["target", "alert"]))
