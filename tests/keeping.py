"""A store with some articles, annotated and related, as several rooms' tests need one."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection

from recoupe.annotate import ANNOTATORS, Parser, annotate
from recoupe.model.article import Article
from recoupe.relate import relate
from recoupe.store import Store, sealing


def kept(path: Path, articles: Sequence[Article]) -> Path:
    """Makes the store file, with all relations in one part."""
    store = Store(path, create=True)
    for one in annotate(articles, ANNOTATORS, Parser()):
        store.put(one)
    related_anew(store)
    store.close()
    return path


def related_anew(store: Store) -> None:
    """Makes what stands between a store's articles again, whatever is there."""
    store.put_relations(relate(store.articles()), store.state())


def sealed_anew(connection: Connection) -> None:
    """Seals all tables as they are, as someone would who can write the store and knows the program."""
    for table in sealing.SEALED:
        sealing.kept(connection, table, sum(map(sealing.of_row, sealing.rows(connection, table))))
