"""Reads and annotates what a command was given, telling of each input that was mended or refused."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..lang import LanguagePack
from ..model.article import Article
from ..model.records import Annotated
from ..read import HeldBack, Problem, read_inputs
from ..run import Engine, Failure, annotated_on
from .console import bar, tell, told

if TYPE_CHECKING:
    from ..store.parses import Parses


class Reading:
    """Goes through inputs. `held` is told what a provider holds back, before the article comes. Afterwards `refused`
    says how many articles or files could not be used."""

    def __init__(
        self, language: LanguagePack, inputs: Sequence[Path], held: Callable[[HeldBack], object] = lambda _: None
    ) -> None:
        self.language, self.inputs = language, inputs
        self._held = held
        self.refused = 0
        self.now = datetime.now(UTC).isoformat(timespec="seconds")

    def found(self) -> Iterator[Article | Problem]:
        """What is in the inputs."""
        return read_inputs(self.inputs, now=self.now)

    def articles(self) -> Iterator[Article]:
        """Every article that could be read; problems are told as they come."""
        for found in self.found():
            if isinstance(found, Problem):
                if isinstance(found, HeldBack):
                    self._held(found)
                self.problem(found)
            else:
                yield found

    def problem(self, found: Problem) -> None:
        """Tells what was mended or refused."""
        self.refused += not found.repaired
        tell(told(self.language, found.key, dict(found.values)))

    def annotated(
        self,
        articles: Iterator[Article],
        parses: "Parses | None",
        opened: Callable[[], "Parses | None"],
        engine: Engine,
    ) -> Iterator[Annotated]:
        """Each article with its records; one that cannot be annotated is told and set aside. `opened` reaches the kept
        parses in each of several processes."""
        with bar(self.language.phrase("cli.annotating")) as progress:
            advance = partial(progress.advance, progress.task_ids[0])
            yield from self.done(annotated_on(engine, articles, parses, opened, advance))

    def done(self, many: Iterable[Annotated | Failure]) -> Iterator[Annotated]:
        """Those that could be annotated; of the others it is told why."""
        for found in many:
            if isinstance(found, Failure):
                self.refused += 1
                values: dict[str, object] = {"place": found.article.source or found.article.id}
                tell(told(self.language, "cli.cannot_annotate", values | {"reason": found.reason}))
            else:
                yield found
