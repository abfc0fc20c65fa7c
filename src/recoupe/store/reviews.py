"""What people say of records: kept apart from what the machine finds, appended and never changed."""

from collections.abc import Collection

import msgspec
from sqlalchemy import Connection, Engine, func, insert, select

from ..model.reviews import Review
from .connect import writing
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
    query = select(review).order_by(review.c.n)
    if docs is not None:
        query = query.where(review.c.doc.in_(docs))
    return [(row.n, _decoder.decode(row.body)) for row in connection.execute(query)]


def newest(connection: Connection) -> int:
    """The number of the last review; 0 where there is none."""
    return connection.scalar(select(func.max(review.c.n))) or 0
