"""How much of a store verify holds in memory."""

import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path

from recoupe.cli.verified import checked
from recoupe.lang import available, pack
from recoupe.model.article import Article
from recoupe.model.records import Annotated, Block, identified
from recoupe.model.relations import Relations, Reuse
from recoupe.run.searching import search
from recoupe.store import Store

WORDS = " ".join(f"mot{n}" for n in range(600))


def filled(path: Path, articles: int) -> Store:
    """A store with long articles, each of which has a passage of the one before, and their index of search."""
    store, shared = Store(path, create=True), list[Reuse]()
    for n in range(articles):
        about = Article(id=f"a{n:05}", text=f"{n} {WORDS}", sha256="0" * 64, lang=available()[0])
        store.put(Annotated(about, (identified(Block(start=0, end=9, text=about.text[:9], kind="body"), about),)))
        if n:
            one, other = (f"a{n - 1:05}", 9, 99), (about.id, 9, 99)
            shared.append(Reuse(id=f"r{n}", a=one, b=other, kind="copy"))
    store.put_relations(Relations(reuse=tuple(shared)), store.state())
    search(store).renew()
    return store


def peak(work: Callable[[], object]) -> int:
    """The most bytes that are held at once meanwhile."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_store(tmp_path: Path) -> None:
    reader = pack(available()[0])
    stores = [filled(tmp_path / f"{n}.db", n) for n in (110, 440)]
    for one in stores:
        assert checked(one, reader)[2] == ""  # and what is loaded once is loaded
    few, many = (peak(partial(checked, one, reader)) for one in stores)
    assert many < 1.3 * few, (few, many)
