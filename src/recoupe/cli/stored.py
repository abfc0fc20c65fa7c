"""`recoupe add`: what goes into a store."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Annotated as Option

import typer

from ..lang import LanguagePack
from ..model.article import Article
from ..model.records import Annotated
from ..read import refused
from ..run import hold, related, stamps
from ..run.searching import search
from ..store import Store
from ..store.parses import Parses
from ..watch import notice
from .codes import REFUSED
from .console import bar, tell
from .opening import Named, engine_of, engine_option, inputs_argument, jobs_option, ray_option, store_option
from .reading import Reading


def register(app: typer.Typer, language: LanguagePack) -> None:
    """Adds the commands to the program."""
    say = language.phrase

    @app.command(help=say("cli.add.help"))
    def add(
        inputs: Option[list[Path], inputs_argument(language)],
        store: Option[str, store_option(language, makes=True)],
        jobs: Option[int | None, jobs_option(language)] = None,
        engine: Option[Named | None, engine_option(language)] = None,
        ray: Option[str | None, ray_option(language)] = None,
    ) -> None:
        on = engine_of(language, engine, jobs, ray)
        kept = Store(store, create=True)
        reading = Reading(language, inputs, partial(hold, kept))
        opened = partial(_parses, store)
        take(kept, reading, lambda some: reading.annotated(some, kept.parses(stamps()), opened, on))


def take(kept: Store, reading: Reading, annotate: Callable[[Iterator[Article]], Iterator[Annotated]]) -> None:
    """Takes what is read into a store: what it does not know is annotated, stored, related and made to be found."""
    say = reading.language.phrase
    known = [0]

    def unknown() -> Iterator[Article]:
        for article in reading.articles():
            if kept.has(article.version):
                known[0] += 1
            elif article.read != reading.now and _later(kept, article):
                reading.problem(refused(article.source, "older", id=article.id[:80]))
            else:
                yield article

    notice(kept)
    added = sum(kept.put(found) for found in annotate(unknown()))
    if not kept.fresh():
        with bar(say("cli.relating")) as progress:
            related(kept, lambda n: progress.advance(progress.task_ids[0], n))
            notice(kept)
    with bar(say("cli.indexing")):
        search(kept).renew()
    tell(say("cli.add.done", n=added, known=known[0], stories=kept.count("story")))
    if reading.refused:
        tell(say("cli.refused", n=reading.refused))
        raise typer.Exit(REFUSED)


def _parses(store: str) -> Parses:
    return Store(store).parses(stamps())


def _later(kept: Store, article: Article) -> bool:
    """Whether the store has a version of an archived page that was captured, or read, after this one."""
    return any(one.article.read > article.read for one in kept.articles(frozenset({article.id})))
