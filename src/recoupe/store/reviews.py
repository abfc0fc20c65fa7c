"""What people say of records: kept apart from what the machine finds, appended and never changed."""

from collections.abc import Collection

import msgspec
from sqlalchemy import Connection, Engine, insert

from ..model.reviews import Review
from .connect import direct, writing
from .schema import review
from .sealing import sealed

_decoder = msgspec.json.Decoder(Review)


def append(engine: Engine, found: Review) -> int:
    """Adds a review to the log; gives its number."""
    with writing(engine, "reviews") as connection:
        body = msgspec.json.encode(found).decode()
        n = newest(connection) + 1
        row = {"n": n, "doc": found.doc, "record": found.record, "at": found.at, "body": body}
        connection.execute(insert(review).values(row))
        sealed(connection, review, come=[tuple(row.values())])
        return n


def log(connection: Connection, docs: Collection[str] | None = None) -> list[tuple[int, Review]]:
    """Every review ever made (or those of some articles) with its number, oldest first."""
    query, given = "SELECT n, body FROM review ORDER BY n", list[list[str]]()
    if docs is not None:
        query = "SELECT r.n, r.body FROM words(?) d CROSS JOIN review r WHERE r.doc = d.value ORDER BY r.n"
        given = [list(dict.fromkeys(docs))]
    return [(n, _decoder.decode(body)) for n, body in direct(connection, query, *given)]


def newest(connection: Connection) -> int:
    """The number of the last review; 0 where there is none."""
    return direct(connection, "SELECT MAX(n) FROM review")[0][0] or 0
