"""A scenario as a store that got its articles one an hour."""

import functools
import hashlib
import json
from pathlib import Path

from recoupe.annotate import ANNOTATORS, Parser, annotate
from recoupe.brief.changes import Change, changes
from recoupe.lang import LanguagePack
from recoupe.model.article import Article
from recoupe.model.records import Annotated
from recoupe.model.relations import Story
from recoupe.run import as_of, related
from recoupe.store import Store

SCENARIOS = Path(__file__).parent.parent / "relate" / "scenarios"


@functools.cache
def read(name: str, prefix: str = "") -> list[Annotated]:
    """The articles of a scenario with their records, in the order in which they came; `prefix` goes before their
    ids."""
    rows = [json.loads(line) for line in (SCENARIOS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    articles = [
        Article(**{**row, "id": prefix + row["id"]}, sha256=hashlib.sha256(row["text"].encode()).hexdigest())
        for row in rows
    ]
    return annotate(articles, ANNOTATORS, Parser())


def hour(n: int) -> str:
    """When the store got its nth article."""
    return f"2031-03-03T{n:02}:00:00.000000+00:00"


class Grown:
    """A store with one story, and what changed in it from one hour to another."""

    def __init__(self, path: Path) -> None:
        self.path, self.store = path, Store(path)

    @property
    def story(self) -> Story:
        """The story of most articles."""
        return max(self.store.stories(), key=lambda one: len(one.docs))

    def changed(self, after: int, until: int, pack: LanguagePack) -> list[Change]:
        """What changed between two states."""
        return changes(as_of(self.store, self.story, after), as_of(self.store, self.story, until), pack)


def grown(name: str, path: Path) -> Grown:
    """A scenario in a store."""
    store = Store(path, create=True)
    for n, one in enumerate(read(name), 1):
        store.put(one, hour(n))
    related(store)
    return Grown(path)
