"""What people have settled, in the order in which they did: kept, applied at each relate, and undone by command."""

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from ..model.article import digest
from ..model.decisions import Decision
from .connect import direct
from .schema import decision
from .sealing import changing, sealed

_decoder = msgspec.json.Decoder(Decision)


class Kept(msgspec.Struct, frozen=True):
    """A decision with its number; `undone_at` and `undone_by` where it was taken back."""

    n: int
    decision: Decision
    undone_at: str | None = None
    undone_by: str | None = None


def keep(connection: Connection, found: Decision) -> int:
    """Keeps a decision; gives its number, by which it can be undone."""
    body = msgspec.json.encode(found).decode()
    n = (connection.scalar(select(func.max(decision.c.n))) or 0) + 1
    connection.execute(insert(decision).values(n=n, id=found.id, body=body))
    sealed(connection, decision, come=[(n, found.id, body, None, None)])
    return n


def undo(connection: Connection, number: int, who: str, at: str) -> bool:
    """Takes a decision back; False where there is none of that number in force."""
    query = update(decision).where(decision.c.n == number, decision.c.undone_at.is_(None))
    with changing(connection, decision, decision.c.n == number):
        return connection.execute(query.values(undone_at=at, undone_by=who)).rowcount == 1


def every(connection: Connection) -> list[Kept]:
    """All decisions ever kept, oldest first."""
    rows = connection.execute(select(decision).order_by(decision.c.n))
    return [Kept(row.n, _decoder.decode(row.body), row.undone_at, row.undone_by) for row in rows]


def in_force(connection: Connection) -> list[Decision]:
    """The decisions that hold, oldest first."""
    return [kept.decision for kept in every(connection) if kept.undone_at is None]


def stamp(found: list[Decision]) -> str:
    """What stands for a list of decisions: relations made with others are not fresh."""
    return _stamp([one.id for one in found])


def standing(connection: Connection) -> str:
    """What stands for the decisions that hold, none of which is read for it: a desk asks at each page."""
    return _stamp([id for (id,) in direct(connection, "SELECT id FROM decision WHERE undone_at IS NULL ORDER BY n")])


def _stamp(ids: list[str]) -> str:
    return digest(*ids) if ids else ""
