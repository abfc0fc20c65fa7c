"""What the pure steps run on: this process, several of them, or Daft with the machines of a cluster."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from ..model.article import Article
from ..model.records import Annotated
from .local import Failure, annotated
from .pool import Opened, nothing_kept, pooled

if TYPE_CHECKING:
    from ..store.parses import Parses

ENGINES = ("local", "daft")


class Engine(NamedTuple):
    """What to run on: its name, how many processes (of each machine; 0 for as many as it has processors) and, for
    Daft, a Ray cluster's address."""

    name: str = "local"
    jobs: int = 1
    ray: str = ""


def annotated_on(
    engine: Engine, articles: Iterable[Article], parses: "Parses | None", opened: Opened | None,
    progress: Callable[[int], None] = lambda _: None,
) -> Iterator[Annotated | Failure]:  # fmt: skip
    """Every article with its records, in order, or why it has none, the same on every engine. `parses` are those kept
    for this process, `opened` reaches them in others on this machine. Raises EngineError where there is no such engine.
    """
    if engine.name == "daft":
        from .spread import Daft

        # The machines of a cluster do not reach this one's files.
        return Daft(engine.ray, engine.jobs).annotated(articles, None if engine.ray else opened, progress)
    if engine.jobs > 1:
        return pooled(articles, engine.jobs, opened or nothing_kept, progress)
    return annotated(articles, parses, progress)
