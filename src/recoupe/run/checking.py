"""Whether what a store keeps to be found faster is what its articles give: the indexes of relate, and that of search.

None of it is shown to anybody; but what is changed there would keep later articles from being related to those that
they stand by, or keep something from being found.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec
from sqlalchemy import Connection, Table, select

from ..errors import VerifyError
from ..model.article import Article
from ..relate.reuse import Page
from ..relate.stories import Summary
from ..store import Store
from ..store.rows import article_of, known
from ..store.schema import article, feature, mark, summary, told
from ..store.sealing import of_row
from ..store.transaction import FILED_BY
from .relating import maker
from .searching import search
from .shelf import features, marked, telling

_summary = msgspec.msgpack.Decoder(Summary).decode


def check(store: Store) -> None:
    """Raises VerifyError naming the first index that differs. Indexes of another version of the program are no more
    read, and made anew by the next add."""
    with store.engine.connect() as connection:
        if known(connection, FILED_BY) == maker():
            _filed(connection)
    differs = search(store).differs()
    if differs:
        raise VerifyError("store.index_differs", table=differs)


def _filed(connection: Connection) -> None:
    """The rows of all articles are added up, each by its digest, and so are those that are there: neither is kept."""
    sums: Counter[str] = Counter()
    query = select(summary.c.body, article).join_from(summary, article, article.c.version == summary.c.version)
    for row in connection.execute(query.execution_options(yield_per=100)):
        try:
            found, text = _summary(row.body), article_of(row)
        except msgspec.MsgspecError as error:
            raise VerifyError("store.unreadable_record", reason=str(error)) from error
        for table, rows in _of_article(found, text):
            sums[table.name] += sum(map(of_row, rows))
    for table in (feature, mark, told):
        there = connection.execute(select(table).execution_options(yield_per=1_000))
        if sums[table.name] != sum(map(of_row, there)):
            raise VerifyError("store.index_differs", table=table.name)


def _of_article(one: Summary, text: Article) -> Iterator[tuple[Table, Iterable[tuple[object, ...]]]]:
    marks = marked([Page(text, one.passages)])[text.id]
    yield feature, [(key, one.low, one.number, float(weight)) for key, weight in features(one)]
    yield mark, {(key, one.low, one.number, at) for key, at in (*marks.runs, *marks.rare)}
    yield told, {(key, one.number) for key in telling(one)}
