"""Rows of articles and records as structs."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, Row, func, select

from ..model.article import Article
from ..model.records import Annotated, AnyRecord
from .connect import direct
from .relations import in_parts
from .schema import article, record

decoder = msgspec.json.Decoder(AnyRecord)
_records = msgspec.json.Decoder(tuple[AnyRecord, ...]).decode
COLUMNS = (
    "id", "text", "sha256", "lang", "published", "published_by", "source", "read", "url", "title", "outlet",
    "translated",
)  # fmt: skip


def article_of(row: Row[tuple[object, ...]]) -> Article:
    """The article of a row."""
    values = {name: getattr(row, name) for name in COLUMNS}
    values["translated_why"] = msgspec.json.decode(row.translated_why)
    values["hints"] = msgspec.json.decode(row.hints)
    return msgspec.convert(values, Article)


def bodies_of(connection: Connection, version: str) -> list[str]:
    """The records of a version as they lie there, in their order."""
    return list(connection.scalars(select(record.c.body).where(record.c.version == version).order_by(record.c.n)))


class Sealed(NamedTuple):
    """A version of an article as it lies there: its row, its records (number, id, layer, body) in their order, and what
    they say."""

    row: Row[tuple[object, ...]]
    records: Sequence[tuple[int, str, str, str]]
    annotated: Annotated

    @property
    def bodies(self) -> list[str]:
        """The records as they are stored."""
        return [body for _, _, _, body in self.records]


def sealed(connection: Connection) -> Iterator[Sealed]:
    """Every version ever stored, oldest first."""
    columns = (record.c.n, record.c.id, record.c.layer, record.c.body)
    for row in connection.execute(select(article).order_by(article.c.n).execution_options(yield_per=100)):
        found = connection.execute(select(*columns).where(record.c.version == row.version).order_by(record.c.n))
        records = [tuple(one) for one in found]
        yield Sealed(row, records, Annotated(article_of(row), tuple(decoder.decode(body) for *_, body in records)))


def packed(parts: Sequence[object]) -> str:
    """The hints of an article, or why it is held for translated, as they are stored."""
    return msgspec.json.encode(parts).decode()


def in_force(
    connection: Connection, ids: Collection[str] | None = None, until: int | None = None
) -> Iterator[Row[tuple[object, ...]]]:
    """The rows of the newest version of every article (or of these), by id; of those that came no later than `until`
    (their number) where that is given."""
    newest = select(func.max(article.c.n)).group_by(article.c.id)
    if until is not None:
        newest = newest.where(article.c.n <= until)
    if ids is None:
        yield from connection.execute(select(article).where(article.c.n.in_(newest)).order_by(article.c.id))
        return
    for some in in_parts(sorted(ids)):
        here = newest.where(article.c.id.in_(some))
        yield from connection.execute(select(article).where(article.c.n.in_(here)).order_by(article.c.id))


class Head(msgspec.Struct, frozen=True):
    """An article without its text and records; `begins` are its first characters."""

    doc: str
    title: str
    outlet: str
    lang: str
    published: str | None
    begins: str


# So many characters stand for an article without a title.
FIRST = 140


def heads(connection: Connection) -> list[Head]:
    """The newest version of every article, by id."""
    newest = select(func.max(article.c.n)).group_by(article.c.id)
    shown = (article.c.id, article.c.title, article.c.outlet, article.c.lang, article.c.published)
    query = select(*shown, func.substr(article.c.text, 1, FIRST)).where(article.c.n.in_(newest)).order_by(article.c.id)
    return [Head(*row) for row in connection.execute(query)]


def all_annotated(connection: Connection, ids: Collection[str], until: int | None = None) -> list[Annotated]:
    """The newest version of some articles (of those that came no later than `until`) with their records, by id."""
    rows = list(in_force(connection, ids, until))
    query = "SELECT v.key, r.body FROM words(?) v CROSS JOIN record r WHERE r.version = v.value ORDER BY v.key, r.n"
    bodies: list[list[str]] = [[] for _ in rows]
    for at, body in direct(connection, query, [row.version for row in rows]):
        bodies[at].append(body)
    return [
        Annotated(article_of(row), _records(f"[{','.join(found)}]")) for row, found in zip(rows, bodies, strict=True)
    ]


def annotated(connection: Connection, row: Row[tuple[object, ...]]) -> Annotated:
    """The article of a row with its records."""
    return Annotated(article_of(row), tuple(decoder.decode(body) for body in bodies_of(connection, row.version)))


def state(connection: Connection) -> str:
    """The newest link of the chain over the seals of all articles ever stored."""
    return next((chain for (chain,) in direct(connection, "SELECT chain FROM article ORDER BY n DESC LIMIT 1")), "")


def known(connection: Connection, key: str) -> str | None:
    """A fact about the store."""
    return next((value for (value,) in direct(connection, "SELECT value FROM fact WHERE key = ?", key)), None)
