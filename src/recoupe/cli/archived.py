"""`recoupe archive`, `near`, `load`: articles and their records as Parquet files, and from there into a store."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated as Option

import typer

from ..lang import LanguagePack
from ..model.article import Article
from ..model.records import Annotated
from ..read import HeldBack, Problem
from ..run import Failure, hold
from ..store import Store
from .codes import REFUSED
from .console import bar, tell, written
from .opening import Named, engine_of, engine_option, inputs_argument, jobs_option, ray_option, store_option
from .reading import Reading
from .stored import take


def register(app: typer.Typer, language: LanguagePack) -> None:
    """Adds the commands to the program."""
    say = language.phrase

    @app.command(help=say("cli.archive.help"))
    def archive(
        inputs: Option[list[Path], inputs_argument(language)],
        out: Option[Path, typer.Option("--out", help=say("cli.archive.out"), metavar=say("cli.folder_name"))],
        jobs: Option[int | None, jobs_option(language)] = None,
        engine: Option[Named | None, engine_option(language)] = None,
        ray: Option[str | None, ray_option(language)] = None,
    ) -> None:
        # Loaded here: only these commands need it.
        from ..archive import make

        on = engine_of(language, engine, jobs, ray)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with written(out), bar(say("cli.annotating")) as progress:
            found = make(inputs, out, on, now, partial(progress.advance, progress.task_ids[0]))
        tell(say("cli.annotate.done", n=found.articles, folder=out))
        if found.refused:
            tell(say("cli.archive.refused", n=found.refused))
            raise typer.Exit(REFUSED)

    @app.command(help=say("cli.near.help"))
    def near(
        folder: Option[Path, typer.Argument(help=say("cli.load.folder"), metavar=say("cli.folder_name"))],
        ray: Option[str | None, ray_option(language, "cli.near.ray")] = None,
    ) -> None:
        from ..archive import relate
        from ..run.spread import Daft

        with written(folder), bar(say("cli.relating")):
            found = relate(folder, Daft(ray or "", 0))
        tell(say("cli.near.done", n=found.pairs, articles=found.articles, folder=folder))

    @app.command(help=say("cli.load.help"))
    def load(
        folder: Option[Path, typer.Argument(help=say("cli.load.folder"), metavar=say("cli.folder_name"))],
        store: Option[str, store_option(language, makes=True)],
    ) -> None:
        from ..archive import kept

        found = kept(folder)
        target = Store(store, create=True)
        reading = Loading(language, found.read, found.items, partial(hold, target))
        take(target, reading, reading.found_with)


class Loading(Reading):
    """Goes through what was read and annotated before, at `now`, as if it were so now."""

    def __init__(
        self, language: LanguagePack, now: str, items: Iterable[Annotated | Failure | Problem],
        held: Callable[[HeldBack], object],
    ) -> None:  # fmt: skip
        super().__init__(language, (), held)
        self.now = now
        self._items = items

    def found(self) -> Iterator[Article | Problem]:
        """What is in the archive."""
        for one in self._items:
            if isinstance(one, Problem):
                yield one
            else:
                self._last = one
                yield one.article

    def found_with(self, articles: Iterator[Article]) -> Iterator[Annotated]:
        """Each article with the records that it has."""
        return self.done(self._last for _ in articles)
