"""The versions of articles that have come with several texts."""

from collections.abc import Collection

import msgspec
from sqlalchemy import Engine, func, select

from ..model.records import Annotated
from .relations import in_parts
from .rows import annotated
from .schema import arrival, article


class Version(msgspec.Struct, frozen=True):
    """A version of an article with its records, and when the store got it (ISO 8601, UTC)."""

    at: str
    found: Annotated


def versions(engine: Engine, docs: Collection[str] | None = None, until: int | None = None) -> dict[str, list[Version]]:
    """The versions, oldest first, of those articles (of some) that have several; `until` is the state that is asked
    for: the number of the last article that counts."""
    at = func.coalesce(arrival.c.at, article.c.read).label("came")
    query = select(article, at).outerjoin_from(article, arrival, arrival.c.n == article.c.n).order_by(article.c.n)
    several = select(article.c.id).group_by(article.c.id).having(func.count() > 1)
    if until is not None:
        query = query.where(article.c.n <= until)
    found: dict[str, list[Version]] = {}
    with engine.connect() as connection:
        for some in [None] if docs is None else in_parts(sorted(docs)):
            asked = several if some is None else several.where(article.c.id.in_(some))
            for row in connection.execute(query.where(article.c.id.in_(asked))):
                found.setdefault(row.id, []).append(Version(row.came, annotated(connection, row)))
    return {doc: some for doc, some in found.items() if len(some) > 1}
