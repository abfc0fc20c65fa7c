"""A store with some articles, annotated and related, as several rooms' tests need one."""

from collections.abc import Sequence
from pathlib import Path

from recoupe.annotate import ANNOTATORS, Parser, annotate
from recoupe.model.article import Article
from recoupe.relate import relate
from recoupe.store import Store


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
